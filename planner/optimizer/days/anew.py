"""One pair's day planned anew from what the others leave, by labels: a step that search lacks.

A day of thirty stops is changed by a search a few stops at a time; labels build it as a whole, the
most promising ones first, and find days that no small step leads to.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from planner.optimizer.days.cluster import NO_PIN, Cluster, Route, value
from planner.optimizer.days.generate import all_days, unpriced
from planner.optimizer.days.network import networks
from planner.optimizer.days.pool import Pool
from planner.optimizer.days.timetable import Timetable, timetable


def one_anew(
    cluster: Cluster,
    routes: Sequence[Route],
    team: int,
    width: int,
    stopped: Callable[[], bool],
) -> list[Route]:
    """Return the routes with a better day of one pair, or as they are.

    Parameters
    ----------
    cluster
        Without pins, and without strata that more stations could be seen of than allowed.
    routes
        One a pair, in the order of the pairs.
    width
        Most labels of a layer.
    stopped
        Asked between layers whether to give up.
    """
    taken = {station for route in routes if route.team != team for station in route.stations}
    free = [station for station in range(cluster.stations) if station not in taken]
    alone = replace(
        cluster.only(free),
        team_hub=cluster.team_hub[[team]],
        pinned_team=np.full(cluster.stations, NO_PIN, dtype=np.int64),
    )
    pool = Pool(alone, networks(alone))
    if not pool.networks or not pool.networks[0].nodes:
        return list(routes)
    all_days(pool, unpriced(pool), 0, width, stopped)
    old = next(route for route in routes if route.team == team)
    best = max(pool.columns, key=lambda day: (day.worth, -day.drive_s), default=None)
    if best is None or best.worth <= value(cluster, old):
        return list(routes)
    day = replace(best.route, team=team)
    if not isinstance(timetable(cluster, day), Timetable):
        return list(routes)
    return [day if route.team == team else route for route in routes]
