"""Why is this station not visited, and what would change that."""

from collections import Counter
from collections.abc import Sequence

from geodata.travel.provider import TravelProvider
from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import StationId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Station
from planner.domain.plan import Area, Plan
from planner.explain.area_days import AreaDays, area_days, area_pairs
from planner.explain.draw_state import DrawState, draw_state
from planner.explain.insertion import (
    Attempt,
    best_by_team,
    insertions,
    visit_clock,
)
from planner.explain.limits import RULE_OF, Bar, told
from planner.explain.records import FITS, Binding, Explanation, Trial
from planner.explain.station_remedies import StationCase, station_remedies
from planner.explain.unstaffed import without_area, without_pairs
from planner.explain.variant import without
from planner.explain.words import binding, ranked, signed_minutes, times, unknown

_SHORT = "D5"


def explain_station(
    mission: MissionInput, plan: Plan, travel: TravelProvider, station: StationId
) -> Explanation:
    """Explain why a station is not visited; every day of its area is tried.

    The routes of the area's pairs are rebuilt from the plan document, and the station is tried at
    every position of each. Remedies are tried in the same way: a pin, a pin in the place of
    another visit, the least change of a limit, another town for a pair.

    Parameters
    ----------
    travel
        The travel times that the plan was made with.

    Raises
    ------
    PlannerError
        ``WHY-SUBJECT``: the mission has no such station.
    """
    record = mission.station_of.get(station)
    if record is None:
        raise unknown("station", station)
    seen = _visited(plan, station)
    if seen:
        return Explanation("station", station, f"{station} is in the plan: {seen}.")
    area = next((area for area in plan.areas if record.district in area.districts), None)
    if area is None:
        headline = f"{station} is not visited: its district {record.district} is in no area."
        return without_area(mission, plan, travel, record.district, "station", station, headline)
    if not area_pairs(mission, plan, area):
        headline = f"{station} is not visited: no STO pair works in {area.id}."
        return without_pairs(mission, plan, travel, area, "station", station, headline)
    return _unvisited(mission, plan, travel, area, record)


def _visited(plan: Plan, station: StationId) -> str:
    """Return who comes to a station, when and for what; empty if nobody does."""
    return "; ".join(
        f"{day.team} at {stop.arrive:%H:%M} ({stop.phase})"
        for day in plan.days
        for stop in day.stops
        if stop.place_kind == "station" and stop.place == station
    )


def _unvisited(
    mission: MissionInput, plan: Plan, travel: TravelProvider, area: Area, station: Station
) -> Explanation:
    never = [
        decision
        for decision in mission.decisions
        if decision.station == station.id and decision.kind is DecisionKind.NEVER_STATION
    ]
    free = without(mission, *never)
    days = area_days(free, plan, travel, area, [station.id])
    state = draw_state(free, plan, travel, area, station)
    open_long_enough = bool(days.scene.cluster.may_visit[days.number[station.id]])
    attempts = insertions(days, station.id) if open_long_enough else []
    best = best_by_team(attempts)
    case = StationCase(free, plan, travel, area, station, state, days, tuple(attempts), ())
    bindings = [
        *_decided(never),
        *([] if state.binding is None else [state.binding]),
        *([] if open_long_enough else [_too_short(days, station)]),
        *limits_that_bind(days, best),
        *_static(days),
        *_elsewhere(plan, area),
    ]
    return Explanation(
        "station",
        station.id,
        _headline(station, never, state, days, best, open_long_enough=open_long_enough),
        tuple(bindings),
        ranked(station_remedies(case, never, open_long_enough=open_long_enough)),
        (*trials_of(days, best), *_static_trials(days)),
    )


def _headline(
    station: Station,
    never: Sequence[Decision],
    state: DrawState,
    days: AreaDays,
    best: Sequence[Attempt],
    *,
    open_long_enough: bool,
) -> str:
    if never:
        return f"{station.id} is not visited: a decision says that nobody goes there."
    if not open_long_enough:
        return f"{station.id} is not visited: it is open for less time than a visit takes."
    fits = sum(attempt.fits for attempt in best)
    room = (
        f"it would fit into {times(fits, 'day')} of {len(best)} of its area"
        if fits
        else f"it fits into none of the {times(len(best), 'day')} of its area"
    )
    if state.drawn is not None and not fits and best:
        bars = limits_that_bind(days, best)
        room += f"; what is met most often is {bars[0].limit} ({bars[0].rule})" if bars else ""
    return f"{station.id} {state.sentence}; {room}."


def _decided(never: Sequence[Decision]) -> list[Binding]:
    return [
        binding("A4", f"{d.subject}{f' ({d.reason})' if d.reason else ''}", "never visited")
        for d in never
    ]


def _too_short(days: AreaDays, station: Station) -> Binding:
    opens, closes = days.hours.window_s(station)
    policy = days.mission.mission.policies.day
    needed = policy.dwell_min + policy.visit_buffer_min
    return binding(
        _SHORT, f"open for {(closes - opens) / 60:.0f} min", f"a visit takes {needed} min"
    )


def limits_that_bind(days: AreaDays, best: Sequence[Attempt]) -> list[Binding]:
    """Return the limits that the best attempts of the pairs break, the most frequent first."""
    count = Counter(bar for attempt in best for bar in attempt.broken)
    found = []
    for bar in sorted(count, key=lambda bar: (-count[bar], list(Bar).index(bar))):
        nearest = min(
            attempt.measure.found[bar]
            for attempt in best
            if attempt.measure is not None and bar in attempt.broken
        )
        value, limit = told(bar, nearest, days.scene.cluster.limits)
        found.append(binding(RULE_OF[bar], value, limit, count[bar]))
    return found


def trials_of(days: AreaDays, best: Sequence[Attempt]) -> list[Trial]:
    """Return the best attempt of each pair as a trial, those that fit first."""
    return [_trial(days, attempt) for attempt in sorted(best, key=lambda a: (a.rank, a.team.id))]


def _trial(days: AreaDays, attempt: Attempt) -> Trial:
    name = attempt.station
    if attempt.measure is None:
        more = signed_minutes(attempt.extra_s)
        detail = f"would visit {name} at {visit_clock(days, attempt)}, {more}"
        return Trial(attempt.team.id, FITS, more, "", detail)
    limits = days.scene.cluster.limits
    values = [told(bar, attempt.measure.found[bar], limits) for bar in attempt.broken]
    if not values:
        return Trial(attempt.team.id, "D4", "", "", f"{name} fits at no time of this day")
    detail = f"with {name}: " + "; ".join(f"{value}, {limit}" for value, limit in values)
    return Trial(attempt.team.id, RULE_OF[attempt.broken[0]], *values[0], detail)


def _static(days: AreaDays) -> list[Binding]:
    if not days.static:
        return []
    value = times(len(days.static), "static pair")
    return [binding("OP-DAYS-STATIC", value, "one station a pair", len(days.static))]


def _static_trials(days: AreaDays) -> list[Trial]:
    return [
        Trial(team.id, "OP-DAYS-STATIC", "static", "mobile", "stays at one station all day")
        for team in days.static
    ]


def _elsewhere(plan: Plan, area: Area) -> list[Binding]:
    others = sum(team.kind is Role.STO and team.area != area.id for team in plan.teams)
    if not others:
        return []
    return [binding("D1", f"in {area.id}", "pairs of other areas stay in theirs", others)]
