"""Which couples of an earlier plan may stay, and in which team."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from planner.domain.ids import AreaId, TeamId
from planner.domain.observer import Observer
from planner.domain.plan import Team
from planner.optimizer.pairing.pins import RolePins
from planner.optimizer.pairing.role import Members


@dataclass(frozen=True)
class Couples:
    """Couples of one role.

    Parameters
    ----------
    kept
        Couples that stay, by their team.
    parted
        Why the others cannot, by their earlier team.
    """

    kept: dict[TeamId, Members]
    parted: dict[TeamId, str]


def kept_couples(
    earlier: Iterable[Team], slots: Sequence[Team], roster: Sequence[Observer], pins: RolePins
) -> Couples:
    """Sort the couples of ``earlier`` teams into those that stay and those that are parted.

    Parameters
    ----------
    slots
        The teams of the role as they are now.
    roster
        Observers who may be deployed (P3, P5, P6 hold).
    pins
        The decisions that are kept (P7, P8, A4).
    """
    known = {person.id: person for person in roster}
    slot_of = {slot.id: slot for slot in slots}
    kept: dict[TeamId, Members] = {}
    parted: dict[TeamId, str] = {}
    waiting: list[tuple[Team, Members]] = []
    for team in sorted(earlier, key=lambda team: team.id):
        if len(team.members) != 2:
            continue
        couple = team.members[0], team.members[1]
        missing = sorted(name for name in couple if name not in known)
        reason = (
            f"{', '.join(missing)} can no longer be deployed"
            if missing
            else _objection(known[couple[0]], known[couple[1]], team.area, pins)
        )
        slot = slot_of.get(team.id)
        if reason:
            parted[team.id] = reason
        elif slot is not None and slot.area == team.area:
            kept[team.id] = couple
        else:
            waiting.append((team, couple))
    for team, couple in waiting:
        slot = _other_slot(team, slots, kept) or slot_of.get(team.id)
        people = known[couple[0]], known[couple[1]]
        if slot is None or slot.id in kept:
            parted[team.id] = f"{team.area} has no slot for them any more"
        elif slot.area != team.area and (reason := _objection(*people, slot.area, pins)):
            parted[team.id] = f"{reason}, where their team works now"
        else:
            kept[slot.id] = couple
    return Couples(kept, parted)


def _objection(one: Observer, other: Observer, area: AreaId, pins: RolePins) -> str:
    """Return why two observers may not be a team of an area, or an empty text."""
    if one.state == other.state:
        return f"both come from {one.state}"
    if frozenset({one.id, other.id}) in pins.never:
        return "a decision parts them"
    for person, mate in ((one, other), (other, one)):
        if pins.mate_of.get(person.id, mate.id) != mate.id:
            return f"a decision pairs {person.id} with somebody else"
        if not pins.may_work(person, area):
            return f"a decision keeps {person.id} out of {area}"
    return ""


def _other_slot(team: Team, slots: Sequence[Team], taken: Collection[TeamId]) -> Team | None:
    """Return a free slot in a team's area, in its town if there is one there."""
    free = [slot for slot in slots if slot.area == team.area and slot.id not in taken]
    ranked = sorted(free, key=lambda slot: (slot.base_town != team.base_town, slot.id))
    return ranked[0] if ranked else None
