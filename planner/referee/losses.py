"""Is anything missing without a word? (R-LOST)."""

from collections import Counter
from collections.abc import Iterator

from planner.domain.finding import Severity
from planner.domain.observer import Role
from planner.domain.plan import Phase
from planner.referee.book import RECORDS, SOURCE
from planner.rules.case import Case
from planner.rules.rule import Fault

_REQUIRED = (Phase.OPENING, Phase.COUNTING)


@RECORDS.rule(
    "R-LOST",
    "Nothing missing without a reason",
    Severity.HARD,
    f"{SOURCE}; what is left out stands under unassigned with its reason",
)
def nothing_missing_without_reason(case: Case) -> Iterator[Fault]:
    """Find teams, days, openings and counts that are missing and not among the unassigned."""
    yield from _teams(case)
    reasons = Counter(
        word
        for left in case.plan.unassigned
        if left.kind == "team" and left.reason
        for word in set(left.subject.split())
    )
    days = {day.team: day for day in reversed(case.days)}
    for team in case.teams:
        if team.kind is not Role.STO:
            continue
        day = days.get(team.id)
        if day is None or not day.stops:
            if not reasons[team.id]:
                yield Fault(
                    team.id,
                    "The team has no election day, and nobody says why.",
                    "no stops, no reason",
                    "a day, or an unassigned record with its reason",
                    "Plan the days again.",
                )
            continue
        phases = {stop.phase for stop in day.stops}
        missing = [phase for phase in _REQUIRED if phase not in phases]
        if len(missing) > reasons[team.id]:
            yield Fault(
                team.id,
                f"The team has no {' and no '.join(missing)}, and nobody says why.",
                f"{len(missing)} missing, {reasons[team.id]} reason(s)",
                "a stop, or an unassigned record with its reason, for each",
                "Plan the days again.",
            )


def _teams(case: Case) -> Iterator[Fault]:
    staffing = case.mission.mission.staffing
    unassigned = any(
        left.kind == "team" and left.subject not in case.team_of for left in case.plan.unassigned
    )
    for role, asked in ((Role.LTO, staffing.lto_teams), (Role.STO, staffing.sto_pairs)):
        planned = sum(team.kind is role for team in case.teams)
        if planned > asked > 0 or (planned < asked and not unassigned):
            yield Fault(
                role.value,
                f"The number of {role} teams is not the one asked for.",
                f"{planned} teams",
                f"{asked} teams, or a reason for each missing one",
                "Plan again, or correct the staffing in mission.toml.",
            )
