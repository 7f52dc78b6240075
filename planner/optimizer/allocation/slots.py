"""Team slots: ids, areas, base towns and modes, without members."""

from collections import Counter
from collections.abc import Mapping, Sequence

from planner.domain.ids import AreaId, TeamId, TownId
from planner.domain.observer import Role
from planner.domain.plan import Area, Team, TeamMode
from planner.domain.policy import DayPolicy, ObservationMode
from planner.optimizer.allocation.apportion import apportion


def slot_ids(areas: Sequence[Area]) -> dict[AreaId, tuple[TeamId, ...]]:
    """Return the ids of all areas' STO pairs, ``STO-001`` …, in the order of the areas."""
    total = sum(area.sto_pairs for area in areas)
    width = max(3, len(str(total)))
    slots: dict[AreaId, tuple[TeamId, ...]] = {}
    start = 1
    for area in areas:
        numbers = range(start, start + area.sto_pairs)
        slots[area.id] = tuple(TeamId(f"STO-{number:0{width}d}") for number in numbers)
        start += area.sto_pairs
    return slots


def lto_slots(areas: Sequence[Area]) -> tuple[Team, ...]:
    """Return a slot for every area's LTO team, in its base town."""
    return tuple(
        Team(id=area.lto_team, kind=Role.LTO, area=area.id, base_town=area.base_town)
        for area in areas
        if area.lto_team is not None and area.base_town is not None
    )


def sto_slots(
    area: AreaId,
    slots: Sequence[TeamId],
    hubs: Mapping[TownId, int],
    pinned: Mapping[TeamId, TownId],
    static: int,
) -> tuple[Team, ...]:
    """Return the STO slots of one area: pinned ones in their towns, the others hub by hub.

    Parameters
    ----------
    hubs
        Pairs that sleep in each town, pinned ones included; they add up to the slots.
    static
        How many of the slots are static; they are spread evenly.
    """
    kept = {slot: pinned[slot] for slot in slots if slot in pinned}
    free = Counter(hubs)
    free.subtract(kept.values())
    towns = iter([town for town in sorted(free) for _ in range(free[town])])
    return tuple(
        Team(
            id=slot,
            kind=Role.STO,
            area=area,
            base_town=kept[slot] if slot in kept else next(towns),
            mode=_mode(number, len(slots), static),
        )
        for number, slot in enumerate(slots)
    )


def _mode(number: int, slots: int, static: int) -> TeamMode:
    """Spread ``static`` of ``slots`` evenly, as a line is drawn on a grid."""
    now, before = (number + 1) * static // slots, number * static // slots
    return TeamMode.STATIC if now > before else TeamMode.MOBILE


def static_pairs(areas: Sequence[Area], policy: DayPolicy) -> tuple[int, ...]:
    """Return the static pairs of every area: all, none, or the policy's share in mixed mode."""
    pairs = [area.sto_pairs for area in areas]
    if policy.mode is ObservationMode.STATIC:
        return tuple(pairs)
    if policy.mode is ObservationMode.MOBILE or not sum(pairs):
        return tuple(0 for _ in pairs)
    wanted = int(policy.static_share * sum(pairs) + 0.5)
    return tuple(apportion(pairs, wanted, None, pairs).tolist())
