"""The roster in figures: languages, experience, presence by day, and who cannot be paired."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planner.domain.ids import Language
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Experience, Gender, LanguageLevel, Observer, Role
from planner.domain.plan import Unassigned

AROUND_DAYS = 3
"""Days that are shown before and after the time of a role."""


class Purpose(StrEnum):
    """What a language is for in this mission."""

    WORKING = "working"
    """Everybody needs it (P6)."""
    LOCAL = "local"
    """Helps in the field (P11)."""
    OTHER = "other"


@dataclass(frozen=True)
class LanguageCount:
    """Who speaks a language.

    Attributes
    ----------
    level
        Level that the mission asks for; None for a language that it does not need.
    enough, below
        Observers at that level or better, and those who speak less; all are ``enough`` where no
        level is asked for.
    """

    language: Language
    purpose: Purpose
    level: LanguageLevel | None
    enough: int
    below: int


@dataclass(frozen=True)
class DayCount:
    """How many observers who may be deployed are in the country, and how many the teams need."""

    day: date
    present: int
    needed: int


@dataclass(frozen=True)
class RoleCount:
    """The observers of one role.

    Attributes
    ----------
    ready
        Those who may be deployed: neither reserve nor barred.
    needed
        Two for each team that is wanted.
    """

    role: Role
    listed: int
    ready: int
    barred: int
    reserves: int
    needed: int
    experience: Counter[Experience]
    gender: Counter[Gender | None]


def deployable(mission: MissionInput, role: Role) -> tuple[Observer, ...]:
    """Return the observers of a role who may be deployed (P3, P5, P6), reserves left out."""
    from planner.optimizer.pairing.eligible import eligible  # noqa: PLC0415 - heavy neighbours

    return eligible(mission, role).observers


def barred(mission: MissionInput) -> tuple[Unassigned, ...]:
    """Return who can be in no pair at all, each with the rule, the reason and the remedy."""
    from planner.optimizer.pairing.eligible import eligible  # noqa: PLC0415 - heavy neighbours

    return tuple(entry for role in Role for entry in eligible(mission, role).left_out)


def count_role(mission: MissionInput, role: Role) -> RoleCount:
    """Count the observers of a role; experience and gender are those of the ones ready."""
    listed = [observer for observer in mission.observers if observer.role is role]
    ready = deployable(mission, role)
    reserves = sum(observer.reserve for observer in listed)
    return RoleCount(
        role,
        len(listed),
        len(ready),
        len(listed) - len(ready) - reserves,
        reserves,
        2 * mission.teams_wanted(role),
        Counter(observer.experience for observer in ready),
        Counter(observer.gender for observer in ready),
    )


def count_languages(mission: MissionInput, role: Role) -> tuple[LanguageCount, ...]:
    """Count speakers among the observers of a role without reserves.

    The working language comes first, then local ones, then others, each by number of speakers.
    """
    people = [o for o in mission.observers if o.role is role and not o.reserve]
    policy = mission.mission.policies.pairing
    local = {language for region in mission.regions for language in region.languages}
    spoken = {skill.language for observer in people for skill in observer.languages}
    counts: list[LanguageCount] = []
    level: LanguageLevel | None
    for language in sorted(spoken | local | {policy.working_language}):
        if language == policy.working_language:
            level, purpose = policy.working_level, Purpose.WORKING
        elif language in local:
            level, purpose = policy.local_level, Purpose.LOCAL
        else:
            level, purpose = None, Purpose.OTHER
        counts.append(_language(people, language, level, purpose))
    order = list(Purpose)
    return tuple(
        sorted(counts, key=lambda c: (order.index(c.purpose), -c.enough - c.below, c.language))
    )


def _language(
    people: Sequence[Observer], language: Language, level: LanguageLevel | None, purpose: Purpose
) -> LanguageCount:
    speakers = [observer for observer in people if observer.level(language) is not None]
    enough = sum(level is None or observer.speaks(language, level) for observer in speakers)
    return LanguageCount(language, purpose, level, enough, len(speakers) - enough)


def presence(mission: MissionInput, role: Role) -> tuple[DayCount, ...]:
    """Return, day by day, who is there of those not barred by anything but their dates.

    Observers count with accreditation, working language and a foreign State, without reserves;
    days run from a few before the first of the role's window to a few after the last.
    """
    calendar = mission.mission.calendar
    offsets = (
        (calendar.lto_from_day, calendar.lto_to_day)
        if role is Role.LTO
        else (calendar.sto_from_day, calendar.sto_to_day)
    )
    first, last = (mission.mission.day(offset) for offset in offsets)
    policy = mission.mission.policies.pairing
    people = [
        observer
        for observer in mission.observers
        if observer.role is role
        and not observer.reserve
        and observer.accredited
        and observer.state != mission.mission.country
        and observer.speaks(policy.working_language, policy.working_level)
    ]
    needed = 2 * mission.teams_wanted(role)
    begin = first - timedelta(days=AROUND_DAYS)
    days = [begin + timedelta(days=n) for n in range((last - first).days + 2 * AROUND_DAYS + 1)]
    return tuple(
        DayCount(
            day,
            sum(observer.present(day, day) for observer in people),
            needed if first <= day <= last else 0,
        )
        for day in days
    )
