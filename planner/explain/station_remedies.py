"""What would bring a pair to a station: each remedy is tried before it is told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from geodata.travel.provider import TravelProvider
from planner.domain.decision import Decision
from planner.domain.mission_input import MissionInput
from planner.domain.place import Station
from planner.domain.plan import Area, Plan, SampleRole
from planner.explain.area_days import AreaDays, area_days
from planner.explain.draw_state import DrawState
from planner.explain.hub_move import hub_move
from planner.explain.insertion import (
    Attempt,
    best_by_team,
    emptied,
    fitting,
    insertions,
    replacements,
    visit_clock,
)
from planner.explain.limits import HIGHEST, PATH_OF, Bar
from planner.explain.pinning import pins_on, refusal, visit_pin
from planner.explain.raising import least_raise, needs_of
from planner.explain.records import Remedy
from planner.explain.variant import policy_value, with_policy
from planner.explain.words import signed_minutes
from planner.travel import points_of

_PINS_TRIED = 5
_COMBINED = 5
REACH = "allocation.reach_min"
_LEG = "day.max_leg_min"
Policies = tuple[tuple[str, float], ...]
"""Dotted paths with their values."""


@dataclass(frozen=True, eq=False)
class StationCase:
    """A station that nobody visits, with what is known of it.

    Parameters
    ----------
    mission
        The mission, decisions against the station set aside.
    attempts
        Insertions into every day of the area.
    swaps
        Attempts in the place of a visit of its stratum, once they have been made.
    """

    mission: MissionInput
    plan: Plan
    travel: TravelProvider
    area: Area
    station: Station
    state: DrawState
    days: AreaDays
    attempts: tuple[Attempt, ...]
    swaps: tuple[Attempt, ...]

    def refused(self, mission: MissionInput, attempt: Attempt) -> str:
        """Return why a pin on the attempt's pair would be refused; empty if it is kept."""
        pin = visit_pin(self.station.id, attempt.team.id)
        return refusal(mission, self.travel, self.area, self.plan.teams, pin)


def station_remedies(
    case: StationCase, never: Sequence[Decision], *, open_long_enough: bool
) -> list[Remedy]:
    """Return what would bring a pair to the station, as far as it was found by trying."""
    if not open_long_enough:
        return list(_shorter_visit(case))
    found = list(_insertion(case))
    full = not any(attempt.fits for attempt in case.attempts)
    if not found or full:
        swaps = replacements(case.days, case.station.id, same_stratum=True)
        case = replace(case, swaps=tuple(swaps))
        found += _swap(case)
    if full:
        found += _raised(case)
    if not any(remedy.verified for remedy in found):
        found += [*_move(case), *_several(case, (*case.attempts, *case.swaps))]
    if not any(remedy.verified for remedy in found):
        found += _several(case, emptied(case.days, case.station.id))
    if not found:
        text = (
            f"Let a pair sleep nearer to {case.station.id}, or let the LTO team of "
            f"{case.area.id} go there."
        )
        found = [Remedy(text, verified=False, effect="")]
    return _after(case, never, found)


def _after(
    case: StationCase, never: Sequence[Decision], remedies: Sequence[Remedy]
) -> list[Remedy]:
    """Name the decisions that have to go first."""
    earlier = [*never, *pins_on(case.mission, case.station.id)]
    if not earlier:
        return list(remedies)
    names = ", ".join(f"“{decision.subject}”" for decision in earlier)
    return [replace(r, text=f"Withdraw {names}. {r.text}") for r in remedies]


def _told(days: AreaDays, attempt: Attempt) -> str:
    instead = "" if attempt.replaced is None else f" instead of {attempt.replaced}"
    instead = " and nothing else that day" if attempt.alone else instead
    more = signed_minutes(attempt.extra_s)
    at = visit_clock(days, attempt)
    return f"{attempt.team.id} visits {attempt.station} at {at}{instead}, {more}"


def _insertion(case: StationCase) -> Iterator[Remedy]:
    """Yield a pin of the best pair whose day has room and whose pin would be kept."""
    yield from _pins(case, fitting(best_by_team(case.attempts)), "Pin {station} to {team}.")


def _pins(case: StationCase, fits: Sequence[Attempt], text: str) -> Iterator[Remedy]:
    for attempt in fits[:_PINS_TRIED]:
        if case.refused(case.mission, attempt):
            continue
        yield Remedy(
            text.format(station=case.station.id, team=attempt.team.id, replaced=attempt.replaced),
            verified=True,
            effect=_told(case.days, attempt),
            decision=visit_pin(case.station.id, attempt.team.id),
        )
        return
    for attempt in fits[:1]:
        yield from _policy(case, case.days, attempt, ())


def _wider(
    case: StationCase, mission: MissionInput, days: AreaDays, attempt: Attempt
) -> tuple[Policies, AreaDays, Attempt] | None:
    """Return the least reach with which a pin on the attempt's pair is kept, or None.

    Tried: with this reach the pin is kept and the day still holds the station; with a minute less
    the pin is not kept. A reach wider than the longest leg needs a longer leg too.
    """
    town = mission.town_of[attempt.team.base_town]
    drive = case.travel.matrix(points_of([town]), points_of([case.station])).duration_s
    wanted = ceil(int(drive[0, 0]) / 60)
    paths = [path for path in (REACH, _LEG) if policy_value(mission, path) < wanted]
    if not paths or wanted > HIGHEST[Bar.LEG]:
        return None
    trial, short = mission, mission
    for path in paths:
        trial, short = with_policy(trial, path, wanted), with_policy(short, path, wanted - 1)
    if case.refused(trial, attempt) or not case.refused(short, attempt):
        return None
    if _LEG in paths:
        days, again = _tried(case, trial, attempt)
        kept = [other for other in fitting(again) if other.team.id == attempt.team.id]
        if not kept:
            return None
        attempt = kept[0]
    return tuple((path, float(wanted)) for path in paths), days, attempt


def _swap(case: StationCase) -> Iterator[Remedy]:
    """Yield a pin in the place of a visit: of its stratum if possible, of another if not."""
    text = "Pin {station} to {team}, in the place of {replaced} of the same stratum."
    found = list(_pins(case, fitting(case.swaps), text))
    if not found:
        others = fitting(
            replacements(case.days, case.station.id, same_stratum=False, measured=False)
        )
        text = "Pin {station} to {team}, in the place of {replaced} of another stratum."
        found = list(_pins(case, others, text))
    yield from found


def _raised(case: StationCase) -> Iterator[Remedy]:
    """Yield the least value of each limit with which the station fits, the nearest first."""
    for bar in (Bar.VISITS, Bar.DRIVE, Bar.DUTY, Bar.LEG):
        for attempts in (case.attempts, case.swaps):
            if not attempts:
                continue
            like = attempts[0]

            def retry(
                changed: Bar, value: float, *, like: Attempt = like
            ) -> tuple[AreaDays, list[Attempt]]:
                return _tried(case, with_policy(case.mission, PATH_OF[changed], value), like)

            raised = least_raise(case.days, attempts, bar, retry)
            if raised is not None:
                policy = (raised.path, float(raised.value))
                yield from _policy(case, raised.days, raised.attempt, (policy,))
                break


def _tried(
    case: StationCase, mission: MissionInput, like: Attempt
) -> tuple[AreaDays, list[Attempt]]:
    """Try the station again under changed limits, in the way of an earlier attempt."""
    days = area_days(mission, case.plan, case.travel, case.area, [case.station.id])
    if like.alone:
        return days, emptied(days, case.station.id)
    if like.replaced is not None:
        return days, replacements(days, case.station.id, same_stratum=True, measured=False)
    return days, insertions(days, case.station.id, measured=False)


def _several(case: StationCase, attempts: Iterable[Attempt]) -> Iterator[Remedy]:
    """Yield the limits that have to be raised together for the attempt that breaks fewest."""
    for attempt in sorted(attempts, key=lambda a: a.rank)[:_COMBINED]:
        needs = needs_of(attempt)
        if not needs:
            continue
        mission = case.mission
        for bar, value in needs.items():
            mission = with_policy(mission, PATH_OF[bar], value)
        days, again = _tried(case, mission, attempt)
        fits = fitting(again)
        if fits:
            policies = tuple((PATH_OF[bar], float(value)) for bar, value in needs.items())
            found = list(_policy(case, days, fits[0], policies))
            yield from found
            if found:
                return


def _policy(
    case: StationCase,
    days: AreaDays,
    attempt: Attempt,
    policies: Policies,
) -> Iterator[Remedy]:
    """Yield changes of limits, with a pin and a wider reach where these are needed too."""
    drawn, pin = case.state.drawn, None
    if drawn is None or drawn.role is not SampleRole.PRIMARY or attempt.replaced is not None:
        pin = visit_pin(case.station.id, attempt.team.id)
        if case.refused(days.mission, attempt):
            wider = _wider(case, days.mission, days, attempt)
            if wider is None:
                return
            more, days, attempt = wider
            again = dict(more)
            policies = (*(p for p in policies if p[0] not in again), *more)
    if not policies:
        return
    raised = " and ".join(f"policies.{path} to {value:g}" for path, value in policies)
    pinned = "" if pin is None else f", and pin {case.station.id} to {attempt.team.id}"
    yield Remedy(
        f"Raise {raised}{pinned}.",
        verified=True,
        effect=_told(days, attempt),
        decision=pin,
        policy=policies[0],
        also=policies[1:],
    )


def _move(case: StationCase) -> Iterator[Remedy]:
    """Yield another town for a pair of the area, nearer to the station."""
    move = hub_move(case.mission, case.plan, case.travel, case.area, case.station)
    if move is not None:
        yield Remedy(
            f"Let {move.team.id} sleep in {move.town.name} ({move.town.id}); "
            f"{case.station.id} can then be drawn for it, or pinned to it.",
            verified=True,
            effect=f"from there the station is {move.drive_min:.0f} min away, and a day sees "
            f"{move.stations} stations; the pair gives up its {move.lost} visits of now",
            decision=move.decision,
        )


def _shorter_visit(case: StationCase) -> Iterator[Remedy]:
    """Yield the longest visit that the opening hours of the station hold, if it then fits."""
    opens, closes = case.days.hours.window_s(case.station)
    policy = case.mission.mission.policies.day
    dwell = (closes - opens) // 60 - policy.visit_buffer_min
    if dwell < 1:
        text = "Correct the opening hours of the station, if they are wrong."
        yield Remedy(text, verified=False, effect="")
        return
    mission = with_policy(case.mission, "day.dwell_min", dwell)
    days = area_days(mission, case.plan, case.travel, case.area, [case.station.id])
    attempts = insertions(days, case.station.id)
    fits = fitting(attempts) or fitting(replacements(days, case.station.id, same_stratum=True))
    kept = [a for a in fits[:_PINS_TRIED] if not case.refused(mission, a)]
    text = f"Lower policies.day.dwell_min to {dwell}"
    if not kept:
        yield Remedy(f"{text}; no day has room for it even then.", verified=False, effect="")
        return
    yield Remedy(
        f"{text}, and pin {case.station.id} to {kept[0].team.id}.",
        verified=True,
        effect=_told(days, kept[0]),
        decision=visit_pin(case.station.id, kept[0].team.id),
        policy=("day.dwell_min", float(dwell)),
    )
