"""VROOM (package ``pyvroom``) on the visits of a cluster: priorities stand for values.

VROOM collects the highest sum of priorities (0 to 100), then drives least. It knows no exclusive
alternatives, so openings and closings are settled before, by assignment (two phases); its routes
then begin at the one and end at the other.
"""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from benchmarks.peers.two_phase import ends_of_days
from planner.optimizer.days.cluster import Cluster, Route, idle

NAME = "VROOM"
FAR = 10_000_000
LEVELS = 5
"""VROOM's largest exploration level."""


def solve(
    cluster: Cluster,
    seconds: float,
    seed: int,  # noqa: ARG001 - VROOM has no seed
) -> list[Route]:
    """Return VROOM's routes at its largest exploration level.

    Parameters
    ----------
    seconds
        VROOM's time limit; it usually ends long before.
    """
    import vroom  # noqa: PLC0415 - benchmark only

    given = ends_of_days(cluster)
    problem = vroom.Input()
    drive = cluster.drive_s.copy()
    drive[(drive < 0) | (drive > cluster.limits.max_leg_s)] = FAR
    problem.set_durations_matrix("car", drive.astype(np.uint32))
    for team in range(cluster.teams):
        problem.add_vehicle(_vehicle(cluster, team, *given.get(team, (None, None))))
    taken = {station for pair in given.values() for station in pair}
    top = max(1, int(cluster.visit_value.max(initial=1)))
    factor = max(1, 100 // top)
    jobs = [s for s in range(cluster.stations) if cluster.may_visit[s] and s not in taken]
    for station in jobs:
        stay = int(cluster.stay_s[station])
        problem.add_job(
            vroom.Job(
                station + 1,
                location=cluster.hubs + station,
                default_service=stay,
                delivery=[1],
                priority=int(cluster.visit_value[station]) * factor,
                time_windows=[
                    vroom.TimeWindow(
                        int(cluster.visit_from_s[station]), int(cluster.visit_to_s[station]) - stay
                    )
                ],
            )
        )
    if not jobs:
        return [Route(team, o, (), c) for team, (o, c) in sorted(given.items())]
    plan = problem.solve(exploration_level=LEVELS, nb_threads=1, timeout=timedelta(seconds=seconds))
    visits: dict[int, list[int]] = {team: [] for team in range(cluster.teams)}
    steps = plan.routes
    for vehicle, kind, job in zip(steps["vehicle_id"], steps["type"], steps["id"], strict=True):
        if kind == "job":
            visits[int(vehicle) - 1].append(int(job) - 1)
    return [_route(team, tuple(visits[team]), given.get(team)) for team in sorted(visits)]


def _route(team: int, visits: Sequence[int], given: tuple[int | None, int | None] | None) -> Route:
    opening, closing = given or (None, None)
    if opening is None and closing is None and not visits:
        return idle(team)
    return Route(team, opening, tuple(visits), closing)


def _vehicle(cluster: Cluster, team: int, opening: int | None, closing: int | None) -> object:
    """Return a vehicle that starts where the pair is after its opening and ends at its closing."""
    import vroom  # noqa: PLC0415 - benchmark only

    hub = int(cluster.team_hub[team])
    limits = cluster.limits
    drive = limits.max_drive_s
    first, last = int(cluster.visit_from_s.min()), int(cluster.visit_to_s.max())
    start, end = hub, hub
    begin, finish = max(0, first - limits.max_leg_s), last + limits.max_leg_s
    if opening is not None:
        start, begin = cluster.hubs + opening, int(cluster.open_leave_s[opening])
        drive -= int(cluster.drive_s[hub, start])
    if closing is not None:
        end, finish = cluster.hubs + closing, int(cluster.close_arrive_s[closing])
        drive -= int(cluster.tail_drive_s[closing, hub])
    return vroom.Vehicle(
        team + 1,
        start=start,
        end=end,
        capacity=[limits.max_visits],
        time_window=vroom.TimeWindow(begin, max(begin, finish)),
        max_travel_time=max(0, drive),
    )
