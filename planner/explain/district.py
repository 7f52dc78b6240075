"""Why does no pair go to this district, and what would change that."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import DistrictId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Station
from planner.domain.plan import Area, Plan, SampleRole
from planner.explain.area_days import AreaDays, area_days, area_pairs
from planner.explain.draw_state import draw_state
from planner.explain.hub_move import hub_move
from planner.explain.insertion import Attempt, best_by_team, insertions
from planner.explain.records import Binding, Explanation, Remedy
from planner.explain.station import limits_that_bind, trials_of
from planner.explain.station_remedies import StationCase, station_remedies
from planner.explain.unstaffed import without_area, without_pairs
from planner.explain.variant import changed
from planner.explain.words import binding, ranked, times, unknown
from planner.objective.allocation import reach_min
from planner.rules.text import minutes, some
from planner.travel import points_of

STATIONS_TRIED = 8
"""Stations of a district that are tried in every day, those nearest to a hub first."""
_CASES = 3
"""Stations for which remedies are looked for, until one has been found."""


def explain_district(
    mission: MissionInput, plan: Plan, travel: TravelProvider, district: DistrictId
) -> Explanation:
    """Explain why no pair goes to a district (rule S4).

    The stations nearest to a town where pairs sleep are tried in every day of the area.

    Raises
    ------
    PlannerError
        ``WHY-SUBJECT``: the mission has no such district.
    """
    if district not in mission.district_of:
        raise unknown("district", district)
    name = f"{mission.district_of[district].name} ({district})"
    stations = [station for station in mission.stations if station.district == district]
    area = next((area for area in plan.areas if district in area.districts), None)
    if area is None:
        headline = f"{name} has no team: it is in no area."
        return without_area(mission, plan, travel, district, "district", district, headline)
    teams = _visitors(plan, stations)
    if teams:
        seen = sum(len(found) for found in teams.values())
        headline = (
            f"{name} is visited: {seen} of {times(len(stations), 'station')}, by {some(teams)}."
        )
        return Explanation("district", district, headline)
    if not stations:
        headline = f"{name} has no polling station in the frame: there is nothing to visit."
        found = binding("OP-FRAME", "0 stations", "at least 1 station")
        advice = Remedy("Import its stations, if it has some.", verified=False, effect="")
        return Explanation("district", district, headline, (found,), (advice,))
    if not area_pairs(mission, plan, area):
        headline = f"{name} is not visited: no STO pair works in {area.id}."
        return without_pairs(mission, plan, travel, area, "district", district, headline)
    return _untouched(_District(mission, plan, travel, area, name, tuple(stations)))


def _visitors(plan: Plan, stations: Sequence[Station]) -> dict[str, set[str]]:
    """Return the pairs that stop in a district, with the stations that each sees."""
    here = {station.id for station in stations}
    found: dict[str, set[str]] = {}
    for day in plan.days:
        for stop in day.stops:
            if stop.place_kind == "station" and stop.place in here:
                found.setdefault(day.team, set()).add(stop.place)
    return found


@dataclass(frozen=True)
class _District:
    """A district that nobody goes to."""

    mission: MissionInput
    plan: Plan
    travel: TravelProvider
    area: Area
    name: str
    stations: tuple[Station, ...]


def _untouched(case: _District) -> Explanation:
    mission, plan, area = case.mission, case.plan, case.area
    here = {station.id for station in case.stations}
    never = [
        decision
        for decision in mission.decisions
        if decision.kind is DecisionKind.NEVER_STATION and decision.station in here
    ]
    free = changed(mission, decisions=tuple(d for d in mission.decisions if d not in never))
    case = _District(free, plan, case.travel, area, case.name, case.stations)
    drive, hub = _drives(case)
    order = np.argsort(drive, kind="stable").tolist()
    near = [case.stations[index] for index in order[:STATIONS_TRIED]]
    days = area_days(free, plan, case.travel, area, [station.id for station in near])
    attempts = [
        a for station in near if _may_visit(days, station) for a in insertions(days, station.id)
    ]
    best = best_by_team(attempts)
    forbidden = {decision.station for decision in never}
    bindings = [
        binding("S4", f"0 of {len(here)} stations visited", "at least 1 station"),
        *(
            [binding("A4", some(d.subject for d in never), "never visited", len(never))]
            if never
            else []
        ),
        *_reach(case, drive, hub),
        *_drawn(case),
        *limits_that_bind(days, best),
    ]
    remedies: list[Remedy] = []
    ranks = {
        s.id: min((a.rank for a in attempts if a.station == s.id), default=(9.0,)) for s in near
    }
    tried = sorted(near, key=lambda s: (s.id in forbidden, ranks[s.id], s.id))
    for station in tried[:_CASES]:
        remedies += _remedies(
            case, days, attempts, station, [d for d in never if d.station == station.id]
        )
        if any(remedy.verified for remedy in remedies):
            break
    if drive.min() > reach_min(mission):
        remedies += _moved(case, tried[0], remedies)
    if any(remedy.verified for remedy in remedies):
        remedies = [remedy for remedy in remedies if remedy.verified]
    within = int((drive <= reach_min(mission)).sum())
    closest = case.stations[order[0]]
    headline = (
        f"No pair goes to {case.name} in {area.id}: {within} of its "
        f"{times(len(here), 'station')} lie within {reach_min(mission):g} min of a town where "
        f"pairs sleep; the nearest, {closest.id}, is {_told(drive[order[0]])} from {hub}."
    )
    return Explanation(
        "district",
        closest.district,
        headline,
        tuple(bindings),
        ranked(remedies),
        tuple(trials_of(days, best)),
    )


def _drives(case: _District) -> tuple[np.ndarray, str]:
    """Return minutes from the nearest hub to each station, and the hub nearest to any."""
    pairs = area_pairs(case.mission, case.plan, case.area)
    towns = [case.mission.town_of[name] for name in sorted({t.base_town for t in pairs})]
    matrix = case.travel.matrix(points_of(towns), points_of(case.stations)).duration_s / 60
    matrix = np.where(matrix < 0, np.inf, matrix)
    hub = towns[int(matrix.min(axis=1).argmin())]
    return matrix.min(axis=0), hub.name


def _told(drive: float) -> str:
    return "without a way" if np.isinf(drive) else minutes(60 * drive)


def _may_visit(days: AreaDays, station: Station) -> bool:
    return bool(days.scene.cluster.may_visit[days.number[station.id]])


def _reach(case: _District, drive: np.ndarray, hub: str) -> list[Binding]:
    limit = reach_min(case.mission)
    beyond = int((drive > limit).sum())
    if not beyond:
        return []
    value = f"{beyond} of {len(drive)} stations beyond; the nearest is {_told(drive.min())} "
    return [binding("OP-ALLOC-REACH", f"{value}from {hub}", f"at most {limit:g} min", beyond)]


def _drawn(case: _District) -> list[Binding]:
    """Return what the draw has left out: the whole district, or what was drawn in vain."""
    here = {station.id for station in case.stations}
    drawn = [e for e in case.plan.sample if e.station in here and e.role is SampleRole.PRIMARY]
    if drawn:
        return []
    value = f"0 of {len(here)} stations drawn"
    return [binding("OP-SAMPLE", value, "equal chances around a hub, whatever the district")]


def _remedies(
    case: _District,
    days: AreaDays,
    attempts: Sequence[Attempt],
    station: Station,
    never: Sequence[Decision],
) -> list[Remedy]:
    state = draw_state(case.mission, case.plan, case.travel, case.area, station)
    mine = tuple(attempt for attempt in attempts if attempt.station == station.id)
    one = StationCase(
        case.mission, case.plan, case.travel, case.area, station, state, days, mine, ()
    )
    return station_remedies(one, never, open_long_enough=_may_visit(days, station))


def _moved(case: _District, station: Station, so_far: Sequence[Remedy]) -> list[Remedy]:
    """Return another town for a pair, if that has not been told yet."""
    if any(r.decision and r.decision.kind is DecisionKind.TEAM_TOWN for r in so_far):
        return []
    move = hub_move(case.mission, case.plan, case.travel, case.area, station)
    if move is None:
        return []
    return [
        Remedy(
            f"Let {move.team.id} sleep in {move.town.name} ({move.town.id}).",
            verified=True,
            effect=f"{station.id} is {move.drive_min:.0f} min from there, and a day sees "
            f"{move.stations} stations; the pair gives up its {move.lost} visits of now",
            decision=move.decision,
        )
    ]
