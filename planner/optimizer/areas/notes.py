"""What the areas stage says beside its areas: reasons and remedies by subject."""

from collections.abc import Iterator, Sequence

import numpy as np

from geodata.travel.provider import UNROUTABLE
from planner.domain.finding import Finding, Severity
from planner.domain.plan import Area, Unassigned
from planner.optimizer.areas.frame import Frame
from planner.optimizer.areas.pins import Settled
from planner.optimizer.areas.problem import Ints


def left_out(frame: Frame) -> Iterator[Unassigned]:
    """Yield districts in parts of the country for which there is no team."""
    parts = int(frame.part.max()) + 1 + len(frame.left_out)
    for members in frame.left_out:
        for district in members:
            yield Unassigned(
                kind="district",
                subject=district,
                code="OP-AREA-PARTS",
                reason=(
                    f"the country falls into {parts} parts that are not joined, but there are "
                    f"{frame.teams} LTO teams; an area must be contiguous (A2)"
                ),
                remedy=(
                    f"plan at least {parts} LTO teams (staffing.lto_teams), or join this part to "
                    "a neighbour by a row in adjacency.csv with its reason"
                ),
            )


def idle_teams(frame: Frame, areas: Sequence[Area]) -> Iterator[Unassigned]:
    """Yield LTO teams for which there is no area."""
    if all(area.lto_team is None for area in areas):
        return
    used = {area.id for area in areas}
    homes = len(np.unique(frame.home))
    for k in range(1, frame.teams + 1):
        if f"A{k:02d}" not in used:
            yield Unassigned(
                kind="team",
                subject=f"LTO-{k:02d}",
                code="OP-AREA-TEAMS",
                reason=(
                    f"{len(frame.districts)} districts, {homes} of them with a possible base, and "
                    f"the pins allow {len(areas)} areas only; {frame.teams} were wanted"
                ),
                remedy=(
                    f"plan {len(areas)} LTO teams (staffing.lto_teams), or name base towns with "
                    "enough beds in further districts (towns.csv)"
                ),
            )


def dropped_pins(settled: Settled) -> Iterator[Finding]:
    """Yield a finding for each pin that is not kept."""
    for dropped in settled.dropped:
        yield Finding(
            code="OP-AREA-PIN",
            severity=Severity.SOFT,
            subject=dropped.decision.subject,
            message=f"Decision not kept: {dropped.reason}.",
            remedy="Change or remove it, or the decision that it contradicts, in decisions.toml.",
        )


def dropped_decisions(settled: Settled) -> Iterator[Unassigned]:
    """Yield each pin that is not kept as left out of the plan."""
    for dropped in settled.dropped:
        yield Unassigned(
            kind="decision",
            subject=dropped.decision.subject,
            code="OP-AREA-PIN",
            reason=dropped.reason,
            remedy="change or remove it, or the decision that it contradicts, in decisions.toml",
        )


def without_team(areas: Sequence[Area]) -> Iterator[Finding]:
    """Yield one finding where STO pairs work without LTO teams."""
    alone = [area.id for area in areas if area.lto_team is None]
    if alone:
        yield Finding(
            code="OP-AREA-NOTEAM",
            severity=Severity.SOFT,
            subject=" ".join(alone),
            message="There are STO pairs but no LTO teams: nobody receives them in the field.",
            value="0 LTO teams",
            remedy="Set staffing.lto_teams in mission.toml, or add LTOs to observers.csv.",
        )


def without_base(areas: Sequence[Area]) -> Iterator[Finding]:
    """Yield areas that have no base town."""
    for area in areas:
        if area.base_town is None:
            yield Finding(
                code="OP-AREA-BASE",
                severity=Severity.SOFT,
                subject=area.id,
                message=(
                    "No town with enough beds in this part of the country: the area has no base "
                    "town; drives are counted from its best district centre."
                ),
                remedy="Add a town with its beds (empty if unknown) to towns.csv.",
            )


def homeless_teams(areas: Sequence[Area]) -> Iterator[Unassigned]:
    """Yield LTO teams whose area has no town where they could live."""
    for area in areas:
        if area.base_town is None and area.lto_team is not None:
            yield Unassigned(
                kind="team",
                subject=area.lto_team,
                code="OP-AREA-BASE",
                reason=f"no town of {area.id} has beds for an LTO team",
                remedy="enter the beds in towns.csv (empty if unknown), or add a town",
            )


def far_districts(frame: Frame, owner: Ints, areas: Sequence[Area]) -> Iterator[Finding]:
    """Yield districts beyond the longest acceptable drive from their base (A8)."""
    area_of = {district: area.id for area in areas for district in area.districts}
    limit_min = frame.mission.mission.policies.areas.max_base_to_district_min
    durations = frame.duration_s[owner, np.arange(len(owner))].tolist()
    for i, (district, duration_s) in enumerate(zip(frame.districts, durations, strict=True)):
        if duration_s != UNROUTABLE and duration_s <= 60 * limit_min:
            continue
        town = frame.towns[int(owner[i])]
        start = "its area's centre" if town is None else f"base town {town.name} ({town.id})"
        no_way = duration_s == UNROUTABLE
        far = "has no way" if no_way else "is too far"
        yield Finding(
            code="A8",
            severity=Severity.SOFT,
            subject=district.id,
            message=f"District {district.name} of area {area_of[district.id]} {far} from {start}.",
            value="no way" if no_way else f"{duration_s / 60:.0f} min",
            limit=f"{limit_min} min (policies.areas.max_base_to_district_min)",
            remedy=(
                "Check the travel data of this district."
                if no_way
                else "Plan more LTO teams, add a nearer base town, or raise the limit."
            ),
        )
