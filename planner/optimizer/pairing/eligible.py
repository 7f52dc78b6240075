"""Who may be deployed at all: the rules that concern one observer alone (P3, P5, P6)."""

from dataclasses import dataclass
from datetime import date

from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer, Role
from planner.domain.plan import Unassigned


@dataclass(frozen=True)
class Eligible:
    """The roster of one role.

    Parameters
    ----------
    observers
        Those who may be deployed, by id.
    left_out
        The others, each with the rule that bars them; reserves are in neither list.
    reserves
        Accredited people who stand by.
    """

    observers: tuple[Observer, ...]
    left_out: tuple[Unassigned, ...]
    reserves: tuple[Observer, ...]


def eligible(mission: MissionInput, role: Role) -> Eligible:
    """Sort the roster of ``role``; reserves are never deployed by the optimizer."""
    calendar = mission.mission.calendar
    days = (
        (calendar.lto_from_day, calendar.lto_to_day)
        if role is Role.LTO
        else (calendar.sto_from_day, calendar.sto_to_day)
    )
    first, last = mission.mission.day(days[0]), mission.mission.day(days[1])
    fine, left_out, reserves = [], [], []
    for observer in sorted(mission.observers, key=lambda observer: observer.id):
        if observer.role is not role:
            continue
        if observer.reserve:
            reserves.append(observer)
            continue
        bar = _bar(mission, observer, first, last)
        if bar is None:
            fine.append(observer)
        else:
            code, reason, remedy = bar
            left_out.append(
                Unassigned(
                    kind="observer", subject=observer.id, code=code, reason=reason, remedy=remedy
                )
            )
    return Eligible(tuple(fine), tuple(left_out), tuple(reserves))


def _bar(
    mission: MissionInput, observer: Observer, first: date, last: date
) -> tuple[str, str, str] | None:
    policy = mission.mission.policies.pairing
    if observer.state == mission.mission.country:
        return (
            "P3",
            f"{observer.state} is the host country; nobody observes at home.",
            "Take the observer out of the roster, or correct the State.",
        )
    if not observer.accredited:
        return (
            "P5",
            "The observer is not accredited.",
            (
                f"Accredit before E{mission.mission.calendar.accreditation_closes_day:+d}, or call "
                "up an accredited reserve."
            ),
        )
    if not observer.present(first, last):
        return (
            "P5",
            (
                f"Available {observer.available_from or 'any day'} to "
                f"{observer.available_to or 'any day'}, needed from {first} to {last}."
            ),
            "Correct the availability, or call up a reserve.",
        )
    if not observer.speaks(policy.working_language, policy.working_level):
        level = observer.level(policy.working_language)
        return (
            "P6",
            (
                f"Speaks {policy.working_language} at {level or 'no level'}, below the working "
                f"level {policy.working_level}."
            ),
            f"Correct the level in the roster; working_level = {level} would admit the observer."
            if level
            else "Correct the languages in the roster, or choose another working language.",
        )
    return None
