"""A short search of a cluster's days that starts at kept routes and pays for what it changes.

Team orienteering with a price on change: a station that was seen before is worth what it is worth
and twice the price of a move on top, because losing it for another one is two changed visits. Where
moves are dear, stations are held by the pair that saw them: giving one to another pair is two moves
for nothing. Where they are cheap the search knows stations, not who sees them; which pair of a hub
drives which route is settled after it, so that as many pairs as possible see the stations that they
saw (an assignment problem).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from planner.optimizer.days.assemble import Scene
from planner.optimizer.days.cluster import NO_PIN, Cluster, Route
from planner.optimizer.days.search import HISTORY, PINNED_PRIZE, STRICT, Model
from planner.optimizer.days.stop import SearchStop
from planner.optimizer.days.timetable import Timetable, timetable
from planner.optimizer.stage import Effort, Progress

if TYPE_CHECKING:
    from pyvrp import Client

ITERATIONS = 600
"""Limit of the search, times the effort's scale; a fifth of that of a search from nothing."""
PATIENCE = 100
DEAREST = 20.0
"""A move is priced at most this high, in units of value: more than any station is worth."""
TWO_MOVES = 2.0
SAME_ROLE = 0.5
"""Moves that it is worth to see a station in the same role again."""
HELD_FROM = 0.5
"""From this price on, in units of value, pairs hold their stations."""


class PricedModel(Model):
    """A cluster in which stations that were seen before are worth more.

    Parameters
    ----------
    seen
        Stations that were seen before, and in which role.
    price
        Price of one changed visit, in units of value.
    held
        Stations that are pinned to the pair that saw them, and by no decision: they are not worth
        what a pin is worth.
    """

    def __init__(
        self,
        cluster: Cluster,
        seen: Mapping[int, str],
        price: float,
        held: frozenset[int] = frozenset(),
    ) -> None:
        self._seen, self._price, self._held = seen, min(price, DEAREST), held
        super().__init__(cluster)

    def _client(self, station: int, role: str, group: int, pinned_teams: list[int]) -> "Client":
        import pyvrp  # noqa: PLC0415 - heavy import

        client = super()._client(station, role, group, pinned_teams)
        if station not in self._seen:
            return client
        worth = TWO_MOVES + (SAME_ROLE if self._seen[station] == role else 0.0)
        pinned = PINNED_PRIZE * self.prize if station in self._held else 0
        return pyvrp.Client(
            client.location,
            delivery=client.delivery,
            service_duration=client.service_duration,
            tw_early=client.tw_early,
            tw_late=client.tw_late,
            prize=client.prize - pinned + int(worth * self._price * self.prize),
            required=client.required,
            group=client.group,
        )


def warm_search(
    scene: Scene,
    start: Sequence[Route],
    before: Sequence[Route],
    price: float,
    effort: Effort,
    progress: Progress,
) -> list[Route]:
    """Return routes near to those of ``start``, better by value and by what they change.

    Parameters
    ----------
    start
        A feasible route for every pair of the cluster.
    before
        The earlier route of every pair, as far as its stations are still there.
    price
        Price of a changed (pair, station), in units of value.
    """
    import pyvrp  # noqa: PLC0415 - heavy import

    known = {station for route in start for station in route.stations}
    cluster = scene.cluster.only(known.union(scene.primaries))
    pair_of = {station: route.team for route in before for station in route.stations}
    seen = {station: role for route in before for station, role in route.roles}
    pins = cluster.pinned_team.copy()
    loose = frozenset(s for s in pair_of if price >= HELD_FROM and pins[s] == NO_PIN)
    for station in loose:
        pins[station] = pair_of[station]
    model = PricedModel(replace(cluster, pinned_team=pins), seen, price, loose)
    stop = SearchStop(int(ITERATIONS * effort.scale), int(PATIENCE * effort.scale), progress, None)
    params = pyvrp.SolveParams(
        ils=pyvrp.IteratedLocalSearchParams(history_length=HISTORY),
        penalty=pyvrp.PenaltyParams(max_penalty=STRICT),
    )
    found = pyvrp.solve(
        model.data,
        stop,
        effort.seed,
        collect_stats=False,
        params=params,
        initial_solution=model.solution(start),
    ).best
    if not found.is_feasible():
        return list(start)
    routes = handed_out(scene.cluster, model.routes(found), before)
    if all(isinstance(timetable(scene.cluster, route), Timetable) for route in routes):
        return routes
    return list(start)


def handed_out(cluster: Cluster, routes: Sequence[Route], before: Sequence[Route]) -> list[Route]:
    """Give the routes of each hub to its pairs so that most of them see what they saw before.

    Pairs to which stations are pinned keep their own.
    """
    groups: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for team in range(cluster.teams):
        pinned = team if team in cluster.pinned_team else -1
        groups[int(cluster.team_hub[team]), pinned].append(team)
    route_of = {route.team: route for route in routes}
    was = {route.team: frozenset(route.stations) for route in before}
    made = []
    for teams in groups.values():
        shared = np.array(
            [[len(was[t].intersection(route_of[u].stations)) for u in teams] for t in teams]
        )
        rows, columns = linear_sum_assignment(2 * shared + np.eye(len(teams)), maximize=True)
        made += [
            replace(route_of[teams[column]], team=teams[row])
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        ]
    return sorted(made, key=lambda route: route.team)
