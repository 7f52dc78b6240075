"""Why something is missing from election day: each reason found by trying it."""

from collections.abc import Sequence

from planner.domain.plan import Unassigned
from planner.optimizer.days.assemble import Scene
from planner.optimizer.days.cluster import Route
from planner.optimizer.days.insertion import best_insertion
from planner.optimizer.days.timetable import Broken

_LIMITS: dict[Broken, tuple[str, str]] = {
    Broken.LEG: ("D6", "a leg would be longer than the limit of {leg} min"),
    Broken.DRIVE: ("D6", "the day's driving would exceed {drive} min"),
    Broken.DUTY: ("D6", "the day would be longer than {duty} min"),
    Broken.WINDOW: ("D4", "no pair has time left between its opening and its closing"),
    Broken.VISITS: ("OP-DAYS-CAP", "every pair near enough already has {visits} visits"),
}


def missing(scene: Scene, routes: Sequence[Route]) -> tuple[Unassigned, ...]:
    """List pairs without a day, an opening, a count or a commission, and stations left out."""
    found: list[Unassigned] = []
    for route in routes:
        team = scene.teams[route.team].id
        if not route.stations:
            found.append(_team(team, "has no election day", "no drawn station can be reached"))
            continue
        if route.opening is None:
            found.append(_team(team, "sees no opening", "no free station fits its morning"))
        if route.closing is None:
            found.append(_team(team, "sees no count", "no free station fits its evening"))
        elif not scene.cluster.tail_value[route.closing, scene.cluster.team_hub[route.team]]:
            found.append(_tabulation(scene, route))
    seen = {station for route in routes for station in route.stations}
    found += [_station(scene, routes, s) for s in scene.primaries if s not in seen]
    return tuple(found)


def _team(team: str, what: str, reason: str) -> Unassigned:
    return Unassigned(
        kind="team",
        subject=team,
        code="OP-DAYS-TEAM",
        reason=f"{team} {what}: {reason} within the limits of a leg, of driving and of duty",
        remedy="move the pair to another hub, draw more stations near it, or relax the limits",
    )


def _tabulation(scene: Scene, route: Route) -> Unassigned:
    team = scene.teams[route.team].id
    station = scene.stations[route.closing or 0].id
    number = scene.commission_of[route.closing or 0]
    if number < 0:
        return Unassigned(
            kind="commission",
            subject=team,
            code="OP-DAYS-NO-COMMISSION",
            reason=f"{team} counts at {station}, for which no commission is listed",
            remedy="add the territorial commission to commissions.csv",
        )
    limit = scene.cluster.limits.max_leg_s // 60
    return Unassigned(
        kind="commission",
        subject=scene.commissions[number].id,
        code="OP-DAYS-COMMISSION",
        reason=f"{team} cannot follow the protocol from {station}: the way to the commission, or "
        f"from there to its base town, is longer than {limit} min",
        remedy="raise policies.day.max_leg_min or give the pair another base town",
    )


def _station(scene: Scene, routes: Sequence[Route], station: int) -> Unassigned:
    limits = scene.cluster.limits
    _, broken = best_insertion(scene.cluster, routes, station)
    code, text = "D6", "no pair can reach it"
    if broken:
        # The limit that was met most often without being the first to fail everywhere.
        code, text = _LIMITS[max(Broken, key=lambda limit: (broken[limit], limit.value))]
    figures = {
        "leg": limits.max_leg_s // 60,
        "drive": limits.max_drive_s // 60,
        "duty": limits.max_duty_s // 60,
        "visits": limits.max_visits,
    }
    name = scene.stations[station].id
    why = text.format(**figures)
    if name in scene.pins:
        return Unassigned(
            kind="decision",
            subject=scene.pins[name],
            code="OP-DAYS-PIN",
            reason=f"{name} is pinned but cannot be visited: {why}",
            remedy="withdraw the decision, or relax this limit",
        )
    return Unassigned(
        kind="station",
        subject=name,
        code=code,
        reason=f"drawn but not visited: {why}",
        remedy="relax this limit, or add a pair to its hub",
    )
