"""The routes of a cluster by PyVRP: one client a role of a station, in exclusive groups.

A station may be opened, visited or closed, but by one pair only: its up to three clients form one
group. Driving is the *distance* of the model and the clock its *duration*, so that the limit of
driving and the limit of duty are both kept; legs that are too long get a distance that no route
can afford. Opening and closing need no constraint of their own: their windows leave room for one
each in a route, and openings can only be reached from a hub, hubs only be reached after a closing.
"""

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.optimizer.days.cluster import NO_PIN, Cluster, IntArray, Route, idle
from planner.optimizer.days.harvest import Harvest
from planner.optimizer.days.stop import SearchStop

if TYPE_CHECKING:
    from pyvrp import Client, ProblemData, Solution

LEAST_PRIZE = 200_000
"""Cost units for one unit of value, if not more: a prize must outweigh all driving of a cluster,
so that a cost tells the value. At 100 the value varied by 15 % with the seed."""
PINNED_PRIZE = 1_000
"""A pinned station is worth this many visits: it is left out only if it cannot be reached."""
FORBIDDEN = 10_000_000
HISTORY = 20
"""Length of the late acceptance; a short search gains 1.7 % over PyVRP's default of 300 (founding
mission, 2,000 iterations a cluster, one seed: 2,415 against 2,374; 2,407 with 50, 2,410 with 5)."""
STRICT, LOOSE = 1e8, 1e5
"""How far prices of broken limits may rise. Loose searches pass through infeasible routes and find
2 to 4 % more where values differ and windows are tight (published instances of team orienteering,
3,000 iterations, two seeds each). Strict ones drive less for the same value, which leaves more room
for substitutes (founding mission: 2,420 against 2,411 with them, 2,338 and 2,337 without)."""
NIMBLE_CHANGES, NIMBLE_NEAR = 10, 25
"""Most stations changed at a time, and neighbours looked at, of a nimble search; PyVRP's own are 25
and 50. Days of thirty stops and more then get a third more iterations, which found 1 to 5 % more
in four seconds where windows are wide; where driving ends a day it made no difference."""


class Model:
    """A cluster as PyVRP's data, and the way back from its solutions to routes.

    Parameters
    ----------
    cluster
        What to plan.
    """

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.prize = max(LEAST_PRIZE, cluster.teams * cluster.limits.max_drive_s + 1)
        self.client_station: list[int] = []
        self.client_role: list[str] = []
        self.types = sorted({self._type_of(team) for team in range(cluster.teams)})
        self.data = self._build()

    def routes(self, solution: "Solution") -> list[Route]:
        """Translate a solution; pairs of one kind are given out in the order of their number."""
        waiting: dict[tuple[int, int], list[int]] = {kind: [] for kind in self.types}
        for team in range(self.cluster.teams):
            waiting[self._type_of(team)].append(team)
        routes = []
        for found in solution.routes():
            team = waiting[self.types[found.vehicle_type()]].pop(0)
            chosen = [activity.idx for activity in found if activity.is_client()]
            parts: dict[str, list[int]] = {"opening": [], "visit": [], "closing": []}
            for client in chosen:
                parts[self.client_role[client]].append(self.client_station[client])
            routes.append(
                Route(
                    team,
                    parts["opening"][0] if parts["opening"] else None,
                    tuple(parts["visit"]),
                    parts["closing"][0] if parts["closing"] else None,
                )
            )
        at_home = [idle(team) for teams in waiting.values() for team in teams]
        return sorted([*routes, *at_home], key=lambda route: route.team)

    def solution(self, routes: Sequence[Route]) -> "Solution":
        """Translate routes, one a pair, into a solution to start from.

        What the cluster does not allow is passed over.
        """
        import pyvrp  # noqa: PLC0415 - heavy import

        client_of = {
            (station, role): number
            for number, (station, role) in enumerate(
                zip(self.client_station, self.client_role, strict=True)
            )
        }
        made = []
        for route in routes:
            clients = [client_of[role] for role in route.roles if role in client_of]
            if clients:
                kind = self.types.index(self._type_of(route.team))
                made.append(pyvrp.Route(self.data, clients, kind))
        return pyvrp.Solution(self.data, made)

    def cost_of(self, bound: int) -> int:
        """Return the largest cost whose solutions are all worth at least ``bound``.

        Pinned stations count as collected: a solution that leaves one out costs so much more that
        it never meets the goal.
        """
        total = sum(client.prize for client in self.data.clients())
        pinned = np.flatnonzero(self.cluster.pinned_team != NO_PIN).tolist()
        collected = PINNED_PRIZE * sum(bool(self._roles(station)) for station in pinned)
        return total - (collected + bound - 1) * self.prize - 1

    def _type_of(self, team: int) -> tuple[int, int]:
        """Return the hub of a pair, and its number if stations are pinned to it (else -1)."""
        pinned = team if team in self.cluster.pinned_team else -1
        return int(self.cluster.team_hub[team]), pinned

    def _build(self) -> "ProblemData":
        import pyvrp  # noqa: PLC0415 - heavy import

        cluster = self.cluster
        pinned_teams = sorted({int(team) for team in cluster.pinned_team if team >= 0})
        clients: list[pyvrp.Client] = []
        groups: list[pyvrp.ClientGroup] = []
        for station in range(cluster.stations):
            members = []
            for role in self._roles(station):
                members.append(len(clients))
                self.client_station.append(station)
                self.client_role.append(role)
                clients.append(self._client(station, role, len(groups), pinned_teams))
            if members:
                groups.append(pyvrp.ClientGroup(members, required=False))
        depots = [pyvrp.Depot(location=hub) for hub in range(cluster.hubs)]
        vehicles = []
        for hub, pinned in self.types:
            number = sum(self._type_of(team) == (hub, pinned) for team in range(cluster.teams))
            room = [cluster.limits.max_visits]
            room += [cluster.stations if team == pinned else 0 for team in pinned_teams]
            vehicles.append(
                pyvrp.VehicleType(
                    number,
                    room,
                    start_depot=hub,
                    end_depot=hub,
                    max_distance=cluster.limits.max_drive_s,
                    shift_duration=cluster.limits.max_duty_s,
                )
            )
        distance, duration = self._matrices()
        locations = [pyvrp.Location(0, 0)] * len(distance)
        # PyVRP's stubs call a matrix ``ndarray[int]``, which no array of numpy's own stubs is.
        matrices: list[Any] = [distance, duration]
        return pyvrp.ProblemData(
            locations,
            clients,
            depots,
            vehicles,
            matrices[:1],
            matrices[1:],
            groups,
        )

    def _roles(self, station: int) -> list[str]:
        cluster = self.cluster
        allowed = {
            "opening": cluster.may_open[station],
            "visit": cluster.may_visit[station],
            "closing": cluster.may_close[station],
        }
        return [role for role, may in allowed.items() if may]

    def _client(self, station: int, role: str, group: int, pinned_teams: list[int]) -> "Client":
        import pyvrp  # noqa: PLC0415 - heavy import

        cluster = self.cluster
        pin = int(cluster.pinned_team[station])
        extra = 0 if pin == NO_PIN else PINNED_PRIZE
        first = cluster.hubs + station
        load = [int(role == "visit"), *(int(pin == team) for team in pinned_teams)]
        if role == "opening":
            arrive = int(cluster.open_arrive_s[station])
            window = (arrive, arrive)
            stay = int(cluster.open_leave_s[station]) - arrive
            location, worth = first + cluster.stations, cluster.opening_value
        elif role == "visit":
            stay = int(cluster.stay_s[station])
            window = (int(cluster.visit_from_s[station]), int(cluster.visit_to_s[station]) - stay)
            location, worth = first, int(cluster.visit_value[station])
        else:
            arrive = int(cluster.close_arrive_s[station])
            window = (arrive, arrive)
            stay = int(cluster.count_to_s[station]) - arrive
            location = first + 2 * cluster.stations
            worth = cluster.count_value + int(cluster.tail_value[station].max(initial=0))
        return pyvrp.Client(
            location,
            delivery=load,
            service_duration=stay,
            tw_early=window[0],
            tw_late=window[1],
            prize=(worth + extra) * self.prize,
            required=False,
            group=group,
        )

    def _matrices(self) -> tuple[IntArray, IntArray]:
        """Distance (driving) and duration, shape (hubs + 3 stations) squared.

        Blocks of the stations: as visited, as opened, as closed.
        """
        cluster = self.cluster
        hubs, stations = cluster.hubs, cluster.stations
        drive = cluster.drive_s.copy()
        drive[(drive < 0) | (drive > cluster.limits.max_leg_s)] = FORBIDDEN
        place = np.concatenate(
            [np.arange(hubs), *([np.arange(stations) + hubs] * 3)],
        )
        distance = drive[np.ix_(place, place)]
        opened = slice(hubs + stations, hubs + 2 * stations)
        closed = slice(hubs + 2 * stations, hubs + 3 * stations)
        distance[hubs:, opened] = FORBIDDEN
        distance[closed, hubs:] = FORBIDDEN
        duration = distance.copy()
        missing = cluster.tail_s < 0
        distance[closed, :hubs] = np.where(missing, FORBIDDEN, cluster.tail_drive_s)
        duration[closed, :hubs] = np.where(missing, FORBIDDEN, cluster.tail_s)
        np.fill_diagonal(distance, 0)
        np.fill_diagonal(duration, 0)
        return distance, duration


def search(  # noqa: PLR0913 - what a search may be told
    cluster: Cluster,
    stop: SearchStop,
    bound: int,
    seed: int,
    harvest: Harvest | None = None,
    start: Sequence[Route] | None = None,
    most_penalty: float = STRICT,
    history: int = HISTORY,
    *,
    nimble: bool = False,
) -> list[Route]:
    """Return good routes for every pair of the cluster.

    Parameters
    ----------
    stop
        When to end; its goal is set here, from the bound.
    bound
        Upper bound on the value of the cluster's routes.
    harvest
        Keeps other good routes that the search meets.
    start
        Routes to start from, one a pair; from nothing if None.
    most_penalty
        How far prices of broken limits may rise: ``STRICT`` or ``LOOSE``.
    history
        Length of the late acceptance.
    nimble
        Change less at a time and look less far around: many more, smaller steps.
    """
    import pyvrp  # noqa: PLC0415 - heavy import
    import pyvrp.exceptions  # noqa: PLC0415
    import pyvrp.search  # noqa: PLC0415

    at_home = [idle(team) for team in range(cluster.teams)]
    roles = cluster.may_open | cluster.may_close | cluster.may_visit
    if not cluster.teams or not roles.any():
        return at_home
    model = Model(cluster)
    stop.goal_cost = model.cost_of(bound)
    # PyVRP's base class of callbacks is no more than the methods that a harvest has.
    callbacks: Any = harvest
    small: dict[str, Any] = {}
    if nimble:
        small["perturbation"] = pyvrp.search.PerturbationParams(1, NIMBLE_CHANGES)
        small["neighbourhood"] = pyvrp.search.NeighbourhoodParams(num_neighbours=NIMBLE_NEAR)
    params = pyvrp.SolveParams(
        ils=pyvrp.IteratedLocalSearchParams(history_length=history, callbacks=callbacks),
        penalty=pyvrp.PenaltyParams(max_penalty=most_penalty),
        **small,
    )
    # PyVRP warns when prices of broken limits meet their ceiling; a low one is meant to be met.
    warnings.filterwarnings("ignore", category=pyvrp.exceptions.PenaltyBoundWarning)
    first = None if start is None else model.solution(start)
    found = pyvrp.solve(
        model.data, stop, seed, collect_stats=False, params=params, initial_solution=first
    ).best
    if harvest is not None:
        harvest.plans = [model.routes(kept) for kept in harvest.solutions()]
    return model.routes(found) if found.is_feasible() else at_home
