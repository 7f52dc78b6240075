"""The sampling stage: stations to visit and their substitutes, drawn before any route is planned.

Drawn before routing, so that inclusion probabilities are those of the draw. What the days then
leave out is non-response and is reported as such.
"""

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.finding import Finding, Severity
from planner.domain.ids import StationId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Station, StationKind
from planner.domain.plan import (
    Area,
    SampledStation,
    SampleRole,
    StageName,
    StageReport,
    StopReason,
    Team,
)
from planner.domain.policy import SampleMode
from planner.objective.sampling import frame_shares, stratum, total_variation
from planner.optimizer.sampling.catchment import Catchment, catchments
from planner.optimizer.sampling.draw import draw
from planner.optimizer.sampling.pins import StationPins
from planner.optimizer.sampling.priority import by_priority
from planner.optimizer.sampling.shares import IntArray, share_out
from planner.optimizer.stage import Effort, Progress, StageNotes, report, skipped
from planner.travel import points_of

STATIC = "static"
SPECIAL = "special"
UNIT = "total variation of strata, primaries against frame"


@dataclass(frozen=True)
class SamplingResult:
    """The sample, by area, hub, stratum and rank."""

    sample: tuple[SampledStation, ...]
    report: StageReport
    notes: StageNotes


def solve_sampling(
    mission: MissionInput,
    travel: TravelProvider,
    areas: Sequence[Area],
    teams: Sequence[Team],
    effort: Effort,
    progress: Progress,
) -> SamplingResult:
    """Draw primaries and substitutes for every hub.

    In mode ``representative`` the strata (urban, rural, special) are shared out over the hubs so
    that all primaries together match the frame, then stations are drawn with equal probability
    within hub and stratum. In mode ``coverage`` nothing is random: every district first, then the
    stations with most voters; no probability is stated.
    """
    if not any(team.kind is Role.STO for team in teams):
        # Nobody goes anywhere, also not where a decision sends somebody.
        refused = StationPins(mission, areas, teams).refused
        return SamplingResult((), _skipped(effort), StageNotes(unassigned=tuple(refused)))
    policy = mission.mission.policies.sample
    hubs, refused = catchments(mission, travel, areas, teams)
    shares = frame_shares(mission.stations)
    strata = sorted(shares)
    available = np.array(
        [[_count(hub.stations, name) for name in strata] for hub in hubs], dtype=np.int64
    )
    wanted = np.array(
        [max(0, hub.mobile * policy.stations_per_pair - len(hub.pinned)) for hub in hubs],
        dtype=np.int64,
    )
    capped = np.array([name == SPECIAL for name in strata], dtype=bool)
    frame = np.array([shares[name] for name in strata])
    plan = share_out(available, wanted, frame, capped, policy.max_special_share)
    sample: list[SampledStation] = []
    for hub, numbers in zip(hubs, plan.number, strict=True):
        sample += pinned_entries(hub, hub.pinned, "pinned")
        sample += pinned_entries(hub, hub.pinned_static, f"{STATIC} pinned")
        sample += _mobile(mission, hub, dict(zip(strata, numbers.tolist(), strict=True)), effort)
        sample += _static(mission, hub, {entry.station for entry in sample}, effort)
    entries = tuple(sample)
    drawn = Counter(
        stratum(mission.station_of[entry.station])
        for entry in entries
        if entry.role is SampleRole.PRIMARY
    )
    objective = total_variation(drawn, shares)
    free = not any(hub.pinned or hub.pinned_static or hub.static for hub in hubs)
    progress.report(StageName.SAMPLING, objective, plan.bound if free else 0.0)
    return SamplingResult(
        entries,
        report(
            StageName.SAMPLING,
            sense="min",
            unit=UNIT,
            objective=objective,
            bound=plan.bound if free else 0.0,
            stop=StopReason.ITERATIONS,
            seed=effort.seed,
            note=f"{drawn.total()} primaries, {len(entries) - drawn.total()} substitutes at "
            f"{len(hubs)} hubs, mode {policy.mode.value}",
        ),
        StageNotes(
            findings=_findings(mission, hubs, wanted, plan.number), unassigned=tuple(refused)
        ),
    )


def _count(stations: Sequence[Station], name: str) -> int:
    return sum(stratum(station) == name for station in stations)


def pinned_entries(hub: Catchment, stations: Sequence[Station], name: str) -> list[SampledStation]:
    """Return stations that a decision puts into the sample; no lot gave them a chance."""
    return [
        SampledStation(
            station=station.id,
            area=hub.area,
            hub=hub.hub,
            stratum=f"{name} {stratum(station)}",
            role=SampleRole.PRIMARY,
            rank=rank,
            probability=None,
        )
        for rank, station in enumerate(stations, start=1)
    ]


def _mobile(
    mission: MissionInput, hub: Catchment, wanted: dict[str, int], effort: Effort
) -> list[SampledStation]:
    policy = mission.mission.policies.sample
    spare_total = hub.mobile * policy.substitutes_per_pair
    total = max(1, sum(wanted.values()))
    entries: list[SampledStation] = []
    for name, number in wanted.items():
        members = [station for station in hub.stations if stratum(station) == name]
        spare = -(-spare_total * number // total)
        if policy.mode is SampleMode.COVERAGE:
            order = by_priority(members)
            primaries, spares, probability = order[:number], order[number : number + spare], None
        else:
            rng = _generator(effort.seed, hub, name)
            size = 1 if name == SPECIAL else policy.stations_per_cluster
            drawn = draw(points_of(members), number, spare, size, rng)
            primaries, spares = drawn.primaries.tolist(), drawn.substitutes.tolist()
            probability = _stated(hub, drawn.probability)
        entries += _entries(hub, name, members, primaries, spares, probability)
    return entries


def _stated(hub: Catchment, chance: float) -> float | None:
    """Return a chance that may be stated as an inclusion probability.

    Where a hub has mobile and static pairs a station can come into the sample in two ways, the
    second depending on the first; neither chance alone is its inclusion probability.
    """
    return None if hub.mobile and hub.static else chance or None


def _static(
    mission: MissionInput, hub: Catchment, taken: set[StationId], effort: Effort
) -> list[SampledStation]:
    """Choose one ordinary station for each static pair, and two substitutes."""
    number = max(0, hub.static - len(hub.pinned_static))
    if not number:
        return []
    members = [
        station
        for station in hub.stations
        if station.kind is StationKind.ORDINARY and station.id not in taken
    ]
    if mission.mission.policies.sample.mode is SampleMode.COVERAGE:
        order, chance = by_priority(members), None
    else:
        order = _generator(effort.seed, hub, STATIC).permutation(len(members)).tolist()
        chance = _stated(hub, min(number, len(members)) / len(members)) if members else None
    return _entries(hub, STATIC, members, order[:number], order[number : 3 * number], chance)


def _entries(
    hub: Catchment,
    name: str,
    members: Sequence[Station],
    primaries: Sequence[int],
    spares: Sequence[int],
    probability: float | None,
) -> list[SampledStation]:
    roles = [(index, SampleRole.PRIMARY) for index in primaries]
    roles += [(index, SampleRole.SUBSTITUTE) for index in spares]
    return [
        SampledStation(
            station=members[index].id,
            area=hub.area,
            hub=hub.hub,
            stratum=name,
            role=role,
            rank=rank,
            probability=probability,
        )
        for rank, (index, role) in enumerate(roles, start=1)
    ]


def _generator(seed: int, hub: Catchment, name: str) -> np.random.Generator:
    """One stream for each hub and stratum: a change in one hub moves no draw in another."""
    key = zlib.crc32(f"{hub.area}|{hub.hub}|{name}".encode())
    return np.random.default_rng([seed, key])


def _findings(
    mission: MissionInput, hubs: Sequence[Catchment], wanted: IntArray, number: IntArray
) -> tuple[Finding, ...]:
    found = []
    for hub, want, got in zip(hubs, wanted.tolist(), number.sum(axis=1).tolist(), strict=True):
        if got < want:
            found.append(
                Finding(
                    code="OP-SAMPLE-FEW",
                    severity=Severity.SOFT,
                    subject=str(hub.hub),
                    message=f"{_town(mission, hub)} in {hub.area} has too few stations to draw",
                    value=f"{got} stations",
                    limit=f"{want} for {hub.mobile} pairs",
                    remedy="send fewer pairs there, or raise allocation.reach_min",
                )
            )
    return tuple(found)


def _town(mission: MissionInput, hub: Catchment) -> str:
    return mission.town_of[hub.hub].name


def _skipped(effort: Effort) -> StageReport:
    return skipped(StageName.SAMPLING, "min", UNIT, effort.seed, "no STO pairs")
