"""PyVRP with its own defaults on the model of a cluster, and nothing around it."""

import warnings

from planner.optimizer.days.cluster import Cluster, Route, idle
from planner.optimizer.days.search import Model

NAME = "PyVRP"


def solve(cluster: Cluster, seconds: float, seed: int) -> list[Route]:
    """Return PyVRP's best routes after ``seconds`` on one core."""
    import pyvrp  # noqa: PLC0415 - heavy import

    at_home = [idle(team) for team in range(cluster.teams)]
    model = Model(cluster)
    if not model.data.num_clients:
        return at_home
    stop = pyvrp.stop.MaxRuntime(seconds)
    with warnings.catch_warnings():
        # Its default ceiling of penalties is low for prizes of this size, and it says so.
        warnings.simplefilter("ignore")
        found = pyvrp.solve(model.data, stop, seed, collect_stats=False, display=False).best
    return model.routes(found) if found.is_feasible() else at_home
