"""Two phases, as a person would plan: who opens and who counts where, then visits by insertion."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from planner.optimizer.days.cluster import ANY_TEAM, NO_PIN, Cluster, Route
from planner.optimizer.days.insertion import insert_all

NAME = "two-phase"
FAR = 10**9


def solve(
    cluster: Cluster,
    seconds: float,  # noqa: ARG001 - it takes as long as it takes
    seed: int,  # noqa: ARG001
) -> list[Route]:
    """Return days by assignment of openings and closings, and cheapest insertion of visits."""
    fixed = ends_of_days(cluster)
    routes = [Route(team, *_ends(fixed.get(team))) for team in range(cluster.teams)]
    used = {station for route in routes for station in route.stations}
    hubs = [int(hub) for hub in cluster.team_hub]
    near = cluster.drive_s[hubs][:, cluster.hubs :].min(axis=0)
    order = [int(s) for s in np.lexsort([near, -cluster.visit_value]) if int(s) not in used]
    routes, _ = insert_all(cluster, routes, order)
    return routes


def _ends(
    pair: tuple[int | None, int | None] | None,
) -> tuple[int | None, tuple[int, ...], int | None]:
    opening, closing = pair or (None, None)
    return opening, (), closing


def ends_of_days(cluster: Cluster) -> dict[int, tuple[int | None, int | None]]:
    """Give each pair an opening and a closing near its hub: most value, then least driving."""
    used: set[int] = set()
    found: list[dict[int, int]] = []
    for opens in (True, False):
        cost = np.full((cluster.teams, cluster.stations), float(FAR))
        for team, hub in enumerate(cluster.team_hub.tolist()):
            cost[team] = _cost(cluster, team, hub, opens=opens)
        cost[:, sorted(used)] = FAR
        rows, columns = linear_sum_assignment(cost) if cost.size else ([], [])
        chosen = {
            int(team): int(station)
            for team, station in zip(rows, columns, strict=True)
            if cost[team, station] < FAR
        }
        used |= set(chosen.values())
        found.append(chosen)
    teams = sorted({*found[0], *found[1]})
    return {team: (found[0].get(team), found[1].get(team)) for team in teams}


def _cost(
    cluster: Cluster, team: int, hub: int, *, opens: bool
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    limits = cluster.limits
    out = cluster.drive_s[hub, cluster.hubs :].astype(float)
    home = cluster.drive_s[cluster.hubs :, hub].astype(float)
    fits = (out >= 0) & (out <= limits.max_leg_s)
    if opens:
        fits &= cluster.may_open & (home >= 0) & (home <= limits.max_leg_s)
        cost = out
    else:
        tail = cluster.tail_drive_s[:, hub].astype(float)
        fits &= cluster.may_close & (tail >= 0) & (out + tail <= limits.max_drive_s / 2)
        # The commission on the way home is worth a whole day of driving.
        cost = out + tail - cluster.tail_value[:, hub] * float(limits.max_drive_s)
    fits &= np.isin(cluster.pinned_team, [NO_PIN, ANY_TEAM, team])
    return np.where(fits, cost, FAR)
