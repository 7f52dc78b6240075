"""What the allocation stage tells beside its solution."""

from collections.abc import Sequence

from planner.domain.finding import Finding, Severity
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Area, Unassigned
from planner.domain.policy import AllocationBasis
from planner.objective.allocation import AreaDemand
from planner.optimizer.allocation.shares import Shares

BEDS = "OP-ALLOC-BEDS"
_SHOWN = 5


def findings(
    mission: MissionInput,
    areas: Sequence[Area],
    demands: Sequence[AreaDemand],
    shares: Shares,
) -> tuple[Finding, ...]:
    """Return what a reader should know about the shares of ``areas``."""
    told = [_voters(mission), _floor(mission, shares), _unknown_beds(areas, shares)]
    told += [_empty(areas, demands, shares), _held_back(areas, shares)]
    return tuple(finding for finding in told if finding is not None)


def without_beds(mission: MissionInput, shares: Shares) -> tuple[Unassigned, ...]:
    """Return the pairs that find no beds, as one entry."""
    missing = shares.wanted - shares.placed
    if not missing:
        return ()
    per_pair = mission.mission.policies.allocation.beds_per_pair
    width = max(3, len(str(shares.wanted)))
    first, last = f"STO-{shares.placed + 1:0{width}d}", f"STO-{shares.wanted:0{width}d}"
    reason = (
        f"{missing} of {shares.wanted} STO pairs find no beds: the towns of all areas have room "
        f"for {shares.placed} pairs ({per_pair} beds a pair, LTO teams deducted)."
        if shares.caps
        else f"{missing} STO pairs have no area to work in."
    )
    remedy = (
        f"Find {missing * per_pair} more beds in towns of any area (towns.csv), or deploy "
        f"{shares.placed} pairs."
        if shares.caps
        else "Plan the areas first: districts and candidate towns are needed."
    )
    subject = first if missing == 1 else f"{first} to {last}"
    return (Unassigned(kind="team", subject=subject, code=BEDS, reason=reason, remedy=remedy),)


def _voters(mission: MissionInput) -> Finding | None:
    basis = mission.mission.policies.allocation.basis
    missing = sum(station.voters is None for station in mission.stations)
    if basis is not AllocationBasis.VOTERS or not missing:
        return None
    nobody = not any(station.voters for station in mission.stations)
    return Finding(
        code="OP-ALLOC-VOTERS",
        severity=Severity.SOFT,
        subject="allocation",
        message="No station has voters: pairs are shared out by stations instead."
        if nobody
        else "Stations without voters count with the mean of the others.",
        value=f"{missing} of {len(mission.stations)} stations",
        limit="voters known at every station",
        remedy="Complete the column voters of stations.csv, or share out by stations.",
    )


def _floor(mission: MissionInput, shares: Shares) -> Finding | None:
    if not shares.floor_lowered:
        return None
    floor = mission.mission.policies.allocation.floor_pairs_per_area
    return Finding(
        code="OP-ALLOC-FLOOR",
        severity=Severity.SOFT,
        subject="allocation",
        message="There are fewer pairs than the floors of all areas ask for.",
        value=f"{shares.placed} pairs",
        limit=f"{floor} pair(s) in each of {len(shares.pairs)} areas",
        remedy="Lower floor_pairs_per_area, or ask for more STO pairs.",
    )


def _unknown_beds(areas: Sequence[Area], shares: Shares) -> Finding | None:
    unknown = [a.id for a, cap in zip(areas, shares.caps, strict=True) if cap is None]
    if not unknown or not shares.wanted:
        return None
    return Finding(
        code=BEDS,
        severity=Severity.INFO,
        subject="allocation",
        message=f"Beds are not known in every town of {_some(unknown)}: nothing caps their pairs.",
        value=f"{len(unknown)} of {len(areas)} areas",
        remedy="Enter the beds in towns.csv; an empty cell means that nobody knows.",
    )


def _empty(areas: Sequence[Area], demands: Sequence[AreaDemand], shares: Shares) -> Finding | None:
    empty = [
        (area.id, len(demand.stations))
        for area, demand, pairs in zip(areas, demands, shares.pairs.tolist(), strict=True)
        if demand.stations and not pairs
    ]
    if not empty or not shares.wanted:
        return None
    return Finding(
        code="OP-ALLOC-UNSTAFFED",
        severity=Severity.SOFT,
        subject=empty[0][0],
        message=f"No STO pair works in {_some([area for area, _ in empty])}.",
        value=f"{sum(stations for _, stations in empty)} stations in {len(empty)} area(s)",
        limit="at least 1 pair an area",
        remedy="Ask for more pairs, raise floor_pairs_per_area, or find beds in these areas.",
    )


def _held_back(areas: Sequence[Area], shares: Shares) -> Finding | None:
    held = [
        f"{area.id} {pairs} instead of {exact:.1f}"
        for area, pairs, exact, cap in zip(
            areas, shares.pairs.tolist(), shares.exact.tolist(), shares.caps, strict=True
        )
        if cap is not None and pairs == cap and exact >= cap + 1
    ]
    if not held:
        return None
    return Finding(
        code=BEDS,
        severity=Severity.SOFT,
        subject=held[0].split(" ", 1)[0],
        message=f"Too few beds hold pairs back: {_some(held)}.",
        value=f"{len(held)} area(s)",
        limit="the fair share",
        remedy="Find more beds in these areas (towns.csv), or accept the shift to the others.",
    )


def _some(named: Sequence[str]) -> str:
    return ", ".join(named[:_SHOWN]) + (f" and {len(named) - _SHOWN} more" * (len(named) > _SHOWN))
