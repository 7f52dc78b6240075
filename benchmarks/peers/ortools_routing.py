"""OR-Tools' routing library on a cluster: prizes as penalties of disjunctions.

A station is up to three nodes (opened, visited, closed) in one disjunction of which one may be
seen. OR-Tools has one penalty a disjunction; where the roles of a station are worth different
amounts the penalty is the highest, and what a lesser role lacks is paid on the way into it. Node
numbers follow the planner's own model of the days, so that the same matrices are used.
"""

from typing import Any

import numpy as np

from planner.optimizer.days.cluster import Cluster, Route, idle
from planner.optimizer.days.search import FORBIDDEN, Model

NAME = "OR-Tools"
PRIZE = 100_000
"""Cost of a missed unit of value, in seconds of driving: more than all driving of a cluster."""


def solve(
    cluster: Cluster,
    seconds: float,
    seed: int,  # noqa: ARG001 - guided local search has none
) -> list[Route]:
    """Return the routes of guided local search after ``seconds``."""
    from ortools.constraint_solver import (  # noqa: PLC0415 - benchmark only
        pywrapcp,
        routing_enums_pb2,
    )

    model = Model(cluster)
    clients = model.data.clients()
    if not clients:
        return [idle(team) for team in range(cluster.teams)]
    hubs = cluster.team_hub.tolist()
    # Nodes: clients first, then a start and an end for each hub.
    place = [client.location for client in clients] + list(range(cluster.hubs)) * 2
    n = len(clients)
    manager = pywrapcp.RoutingIndexManager(
        len(place), cluster.teams, [n + hub for hub in hubs], [n + cluster.hubs + h for h in hubs]
    )
    routing = pywrapcp.RoutingModel(manager)
    drive = model.data.distance_matrix(0)[np.ix_(place, place)]
    stay = np.array([client.service_duration for client in clients] + [0] * 2 * cluster.hubs)
    clock = model.data.duration_matrix(0)[np.ix_(place, place)] + stay[:, None]
    worth = [client.prize // model.prize for client in clients]
    groups = [list(group.clients) for group in model.data.groups()]
    lack = np.zeros(len(place), dtype=np.int64)
    for group in groups:
        best = max(worth[client] for client in group)
        for client in group:
            lack[client] = (best - worth[client]) * PRIZE
    cost = drive + lack[None, :]
    far = drive >= FORBIDDEN
    costs = routing.RegisterTransitMatrix(cost.tolist())
    routing.SetArcCostEvaluatorOfAllVehicles(costs)
    limits = cluster.limits
    driving = routing.RegisterTransitMatrix(drive.tolist())
    routing.AddDimension(driving, 0, limits.max_drive_s, True, "driving")  # noqa: FBT003
    horizon = int(max(c.tw_late + c.service_duration for c in clients)) + limits.max_duty_s
    clocks = routing.RegisterTransitMatrix(np.where(far, horizon, clock).tolist())
    routing.AddDimension(clocks, horizon, horizon, False, "clock")  # noqa: FBT003
    visits = [int(role == "visit") for role in model.client_role] + [0] * 2 * cluster.hubs
    counted = routing.RegisterUnaryTransitVector(visits)
    routing.AddDimension(counted, 0, limits.max_visits, True, "visits")  # noqa: FBT003
    when = routing.GetDimensionOrDie("clock")
    for number, client in enumerate(clients):
        index = manager.NodeToIndex(number)
        when.CumulVar(index).SetRange(int(client.tw_early), int(client.tw_late))
    for team in range(cluster.teams):
        when.SetSpanUpperBoundForVehicle(limits.max_duty_s, team)
    for group in groups:
        best = max(worth[client] for client in group)
        routing.AddDisjunction([manager.NodeToIndex(c) for c in group], best * PRIZE, 1)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = (
        routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    )
    parameters.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    parameters.time_limit.FromMilliseconds(int(seconds * 1000))
    found = routing.SolveWithParameters(parameters)
    if found is None:
        return [idle(team) for team in range(cluster.teams)]
    return [_route(model, routing, manager, found, team) for team in range(cluster.teams)]


def _route(model: Model, routing: Any, manager: Any, found: Any, team: int) -> Route:  # noqa: ANN401 - no stubs
    parts: dict[str, list[int]] = {"opening": [], "visit": [], "closing": []}
    index = found.Value(routing.NextVar(routing.Start(team)))
    while not routing.IsEnd(index):
        node = manager.IndexToNode(index)
        parts[model.client_role[node]].append(model.client_station[node])
        index = found.Value(routing.NextVar(index))
    opening, closing = parts["opening"], parts["closing"]
    return Route(
        team,
        opening[0] if opening else None,
        tuple(parts["visit"]),
        closing[0] if closing else None,
    )
