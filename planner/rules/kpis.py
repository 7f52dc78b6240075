"""Key figures of a plan, computed from documents only; pipeline and referee use the same."""

from collections.abc import Iterator
from itertools import groupby

from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import SettlementType, Station, StationKind
from planner.domain.plan import Phase, Plan
from planner.rules.case import Case
from planner.rules.legs import drive_s, legs_of

_DIGITS = 6
_PHASES = {
    "openings": Phase.OPENING,
    "voting_visits": Phase.VOTING,
    "closings": Phase.CLOSING,
    "counts": Phase.COUNTING,
    "tabulations": Phase.TABULATION,
}


def compute_kpis(mission: MissionInput, plan: Plan) -> dict[str, float]:
    """Return the key figures of ``plan``, rounded to six decimals.

    ``station_visits`` counts unbroken presences at stations: an opening, each voting visit, and a
    closing with its count are one each; a static pair's whole day is one. Figures without a
    denominator (e.g. ``duty_mean_h`` without days) are left out. Shares lie between 0 and 1;
    ``_h``, ``_min`` and ``_km`` are hours, minutes and kilometres.
    """
    return key_figures(Case(mission, plan))


def key_figures(case: Case) -> dict[str, float]:
    """Return the key figures of a case, as ``compute_kpis`` does."""
    figures = (_teams(case), _visits(case), _driving(case), _coverage(case))
    return {name: round(float(value), _DIGITS) for part in figures for name, value in part}


def _teams(case: Case) -> Iterator[tuple[str, float]]:
    teams = case.plan.teams
    yield "areas", len(case.plan.areas)
    yield "lto_teams", sum(team.kind is Role.LTO for team in teams)
    yield "sto_teams", sum(team.kind is Role.STO for team in teams)
    yield "unnamed_teams", sum(not team.members for team in teams)
    yield "observers_deployed", len(case.teams_of_observer)
    yield "unassigned", len(case.plan.unassigned)
    if case.plan.areas:
        yield "span_of_control_max", max(area.sto_pairs for area in case.plan.areas)
    known = [pair for _, pair in case.pairs if all(member.gender for member in pair)]
    if known:
        mixed = sum(first.gender is not second.gender for first, second in known)
        yield "mixed_gender_share", mixed / len(known)


def _visits(case: Case) -> Iterator[tuple[str, float]]:
    days = case.plan.days
    for name, phase in _PHASES.items():
        yield name, sum(stop.phase is phase for day in days for stop in day.stops)
    yield "distinct_stations", len(case.visited)
    yield (
        "station_visits",
        sum(
            kind == "station"
            for day in days
            for (kind, _), _ in groupby(day.stops, key=lambda stop: (stop.place_kind, stop.place))
        ),
    )


def _driving(case: Case) -> Iterator[tuple[str, float]]:
    days = case.plan.days
    if not days:
        return
    drive_h = [drive_s(day) / 3600 for day in days]
    duty_h = [(day.reach_base - day.leave_base).total_seconds() / 3600 for day in days]
    legs = [leg for day in days for leg in legs_of(case, day)]
    yield "drive_mean_h", sum(drive_h) / len(days)
    yield "drive_max_h", max(drive_h)
    yield "duty_mean_h", sum(duty_h) / len(days)
    yield "duty_max_h", max(duty_h)
    yield "longest_leg_min", max(leg.travel_s for leg in legs) / 60
    yield "distance_total_km", sum(leg.distance_m for leg in legs) / 1000


def _coverage(case: Case) -> Iterator[tuple[str, float]]:
    frame, visited = case.mission.stations, case.visited
    yield "stations", len(frame)
    for name, stations in (("frame", frame), ("visited", visited)):
        known = [s.settlement for s in stations if s.settlement is not SettlementType.UNKNOWN]
        if known:
            urban = sum(settlement is SettlementType.URBAN for settlement in known)
            yield f"urban_share_{name}", urban / len(known)
        if stations:
            yield f"special_share_{name}", _special(stations) / len(stations)
    yield "districts", len(case.mission.districts)
    yield "districts_touched", len({station.district for station in visited})
    yield "commissions", len(case.mission.commissions)
    at_commissions = {
        stop.place for day in case.plan.days for stop in day.stops if stop.place_kind != "station"
    } & set(case.mission.commission_of)
    yield (
        "commissions_touched",
        len(at_commissions | {station.commission for station in visited if station.commission}),
    )


def _special(stations: tuple[Station, ...]) -> int:
    return sum(station.kind is StationKind.SPECIAL for station in stations)
