"""Why an eligible observer is in no team, by rule, and what would change it."""

from collections.abc import Mapping, Sequence

from planner.domain.ids import AreaId
from planner.domain.observer import Observer, Role
from planner.domain.plan import Unassigned
from planner.optimizer.pairing.pins import RolePins

SLOTS = "OP-PAIR-SLOTS"


def leftovers(
    role: Role,
    free: Sequence[Observer],
    open_slots: Mapping[AreaId, int],
    slots: int,
    most: int,
    pins: RolePins,
) -> tuple[Unassigned, ...]:
    """Return an entry for every observer in ``free``.

    Parameters
    ----------
    free
        Eligible observers without a team, by id.
    open_slots
        Unnamed slots of each area.
    slots
        All slots of the role.
    most
        Number of teams that the roster could fill if there were slots enough.
    """
    unnamed = {area for area, count in open_slots.items() if count}
    return tuple(
        _full(role, person, slots, most)
        if not unnamed
        else _blocked(person, [other for other in free if other is not person], unnamed, pins)
        for person in free
    )


def _full(role: Role, person: Observer, slots: int, most: int) -> Unassigned:
    number = "lto_teams" if role is Role.LTO else "sto_pairs"
    reason = (
        f"All {slots} {role} slots of the plan are filled."
        if slots
        else f"The plan has no {role} slots."
    )
    more = f"Set staffing.{number} = {most} to deploy {most - slots} more, or k" * (most > slots)
    return _entry(person, SLOTS, reason, f"{more or 'K'}eep the observer as a reserve.")


def _blocked(
    person: Observer, others: Sequence[Observer], unnamed: set[AreaId], pins: RolePins
) -> Unassigned:
    mine = {area for area in unnamed if pins.may_work(person, area)}
    if not mine:
        return _entry(
            person,
            "P8",
            f"Decisions keep the observer ({person.state}) out of every area with a free slot: "
            f"{_some(sorted(unnamed))}.",
            "Allow one of these areas, or exchange observers between areas.",
        )
    if not others:
        return _entry(
            person,
            "P1",
            "Nobody is left to make a pair with: the number of observers is odd.",
            f"One more eligible observer, of another State than {person.state}, makes one more "
            "pair; a reserve may be called up.",
        )
    foreign = [other for other in others if other.state != person.state]
    if not foreign:
        return _entry(
            person,
            "P2",
            f"All {len(others)} others who are left come from {person.state} too.",
            f"Every further eligible observer of another State than {person.state} makes one more "
            "pair.",
        )
    allowed = [other for other in foreign if _may_pair(person, other, pins)]
    if not allowed:
        return _entry(
            person,
            "P7",
            f"Decisions on pairs leave no partner among the {len(others)} others who are left.",
            "Withdraw one of these decisions, or exchange observers between teams.",
        )
    return _entry(
        person,
        "P8",
        "Decisions on areas leave no area with a free slot that is open to the observer and to a "
        f"possible partner ({_some([other.id for other in allowed])}).",
        "Withdraw one of these decisions, or exchange observers between areas.",
    )


def _may_pair(person: Observer, other: Observer, pins: RolePins) -> bool:
    if frozenset({person.id, other.id}) in pins.never:
        return False
    return (
        pins.mate_of.get(person.id, other.id) == other.id
        and pins.mate_of.get(other.id, person.id) == person.id
    )


def _entry(person: Observer, code: str, reason: str, remedy: str) -> Unassigned:
    return Unassigned(kind="observer", subject=person.id, code=code, reason=reason, remedy=remedy)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
