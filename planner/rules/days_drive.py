"""Election day: how long a pair drives and is on duty (D6, D9, D10)."""

import statistics
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from planner.domain.finding import Severity
from planner.domain.observer import Role
from planner.domain.plan import Day, Phase, TeamMode
from planner.rules.case import Case
from planner.rules.legs import Leg, drive_s, legs_of
from planner.rules.rule import RULES, Fault
from planner.rules.text import length, minutes

_SOURCE = "DOMAIN.md §2, election day of an STO pair"
_FAIR_DUTY_MIN = 180
_FAIR_VISITS = 4
_FAIR_TEAMS = 3


@RULES.rule("D6", "Leg, drive, duty and visit limits", Severity.HARD, f"{_SOURCE}; policies (B)")
def limits_of_the_day(case: Case) -> Iterator[Fault]:
    """Find legs, driving, duty and numbers of voting visits beyond their limits."""
    policy = case.policies.day
    for day in case.days:
        longest = max(legs_of(case, day), key=lambda leg: leg.travel_s)
        if longest.travel_s > 60 * policy.max_leg_min:
            yield Fault(
                day.team,
                f"The leg from {longest.label} is too long.",
                minutes(longest.travel_s),
                f"at most {policy.max_leg_min} min a leg",
                "Choose a nearer station or another hub.",
            )
        if drive_s(day) > 60 * policy.max_drive_min:
            yield Fault(
                day.team,
                "The team drives too long.",
                minutes(drive_s(day)),
                f"at most {policy.max_drive_min} min a day",
                "Leave out the station with the longest detour.",
            )
        duty = day.reach_base - day.leave_base
        if duty > timedelta(minutes=policy.max_duty_min):
            yield Fault(
                day.team,
                "The team is on duty too long.",
                length(duty),
                f"at most {policy.max_duty_min} min",
                "Skip the tabulation, or hand it over to another team.",
            )
        visits = _visits(day)
        if visits > policy.max_visits:
            yield Fault(
                day.team,
                "The team has too many voting visits.",
                f"{visits} visits",
                f"at most {policy.max_visits} visits",
                "Leave some out.",
            )


@RULES.rule("D9", "No long drive after dark", Severity.SOFT, f"{_SOURCE} (B)")
def no_long_drive_after_dark(case: Case) -> Iterator[Fault]:
    """Find legs with more minutes in the dark than the policy allows; one finding a pair."""
    policy = case.policies.day
    for day in case.days:
        dark = [(_dark_s(case, leg), leg) for leg in legs_of(case, day)]
        seconds, worst = max(dark, key=lambda found: found[0])
        over = sum(found[0] > 60 * policy.max_dark_leg_min for found in dark)
        if over:
            yield Fault(
                day.team,
                f"{over} long leg(s) in the dark, the longest from {worst.label}.",
                f"{minutes(seconds)} in the dark",
                f"at most {policy.max_dark_leg_min} min between "
                f"{policy.dark_from_hour}:00 and {policy.light_from_hour}:00",
                "Stay the night near the station, or choose a nearer one.",
            )


def _dark_s(case: Case, leg: Leg) -> float:
    """Return the seconds of a leg between nightfall and daybreak, by local clocks."""
    policy = case.policies.day
    start, end = leg.driven
    midnight = datetime.combine(start.date(), time(0), tzinfo=start.tzinfo)
    light = timedelta()
    for days in range(2):  # a leg may pass midnight
        dawn = midnight + timedelta(days=days, hours=policy.light_from_hour)
        dusk = midnight + timedelta(days=days, hours=policy.dark_from_hour)
        light += max(timedelta(), min(end, dusk) - max(start, dawn))
    return max(0.0, (end - start - light).total_seconds())


@RULES.rule("D10", "Fair load between teams", Severity.SOFT, "DESIGN.md, rulebook (B)")
def fair_load(case: Case) -> Iterator[Fault]:
    """Find mobile pairs whose duty or visits are far from the median of all mobile pairs."""
    mobile = [
        day
        for day in case.days
        if day.team in case.team_of
        and case.team_of[day.team].kind is Role.STO
        and case.team_of[day.team].mode is TeamMode.MOBILE
    ]
    if len(mobile) < _FAIR_TEAMS:
        return
    duty_min = [(day.reach_base - day.leave_base).total_seconds() / 60 for day in mobile]
    visits = [_visits(day) for day in mobile]
    usual_min, usual_visits = statistics.median(duty_min), statistics.median(visits)
    for day, duty, made in zip(mobile, duty_min, visits, strict=True):
        long = abs(duty - usual_min) > _FAIR_DUTY_MIN
        if long or abs(made - usual_visits) > _FAIR_VISITS:
            yield Fault(
                day.team,
                "The day of the team is far from the usual one.",
                f"{duty:.0f} min of duty" if long else f"{made} voting visits",
                f"{usual_min:.0f} min ± {_FAIR_DUTY_MIN} min"
                if long
                else f"{usual_visits:g} ± {_FAIR_VISITS} voting visits",
                "Exchange stations between neighbouring teams, or accept it.",
            )


def _visits(day: Day) -> int:
    return sum(stop.phase is Phase.VOTING for stop in day.stops)
