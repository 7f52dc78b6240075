"""The earlier sample, with stations replaced only where they have to be."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from planner.domain.finding import Finding, Severity
from planner.domain.ids import AreaId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import (
    Plan,
    SampledStation,
    SampleRole,
    StageName,
    StageStatus,
    TeamMode,
)
from planner.domain.policy import SampleMode
from planner.objective.sampling import frame_shares, stratum, total_variation
from planner.optimizer.run_stage import Draft, Ran
from planner.optimizer.sampling.catchment import catchments
from planner.optimizer.sampling.stage import SPECIAL
from planner.optimizer.stage import StageNotes, report
from planner.replan.ground import Ground, Kept, refused, stopped
from planner.replan.hub_sample import HubSample, Population, kept_hub, population

_Hub = tuple[AreaId, TownId]


@dataclass
class _Kept:
    """The sample in the making, and what is to be said of it."""

    sample: list[SampledStation] = field(default_factory=list)
    drawn_anew: list[_Hub] = field(default_factory=list)
    hubs: dict[_Hub, HubSample] = field(default_factory=dict)


def keep_sampling(ground: Ground, draft: Draft, free: Ran) -> Kept:
    """Return the earlier sample where hubs and their pairs are the same, or why it cannot be kept.

    A hub that is new, or has other numbers of pairs, takes the draw of the free run. Probabilities
    stay true or are taken back, see :mod:`planner.replan.hub_sample`.
    """
    mission, earlier = ground.mission, ground.earlier
    if free.report.status is StageStatus.SKIPPED or not earlier.sample:
        return refused("there is no earlier sample")
    policy = mission.mission.policies.sample
    if earlier.sample_mode is not policy.mode:
        return refused(f"the sample mode was {earlier.sample_mode} and is {policy.mode}")
    if ground.known and policy != ground.earlier_mission.mission.policies.sample:
        return refused("the policy of the sample has changed")
    hubs, _ = catchments(mission, ground.travel, draft.areas, draft.teams)
    before = _before(ground)
    old, new = _by_hub(earlier.sample), _by_hub(free.draft.sample)
    pairs = _pairs(earlier)
    kept = _Kept()
    for hub in hubs:
        key = hub.area, hub.hub
        if key not in old or pairs[key] != (hub.mobile, hub.static):
            kept.sample += new.get(key, [])
            kept.drawn_anew.append(key)
            continue
        kept.hubs[key] = kept_hub(hub, old[key], before.get(key) if before is not None else None)
        kept.sample += kept.hubs[key].entries
    if not kept.hubs:
        return refused("no hub has as many pairs as before")
    return Kept(_ran(ground, draft, free, kept), lost=_lost(kept))


def _before(ground: Ground) -> dict[_Hub, Population] | None:
    """Return the stations that took part in the earlier draw, by hub; None where nobody knows."""
    if not (ground.known and ground.same_travel):
        return None
    mission, plan = ground.earlier_mission, ground.earlier
    hubs, _ = catchments(mission, ground.travel, plan.areas, plan.teams)
    return {(hub.area, hub.hub): population(hub) for hub in hubs}


def _pairs(plan: Plan) -> defaultdict[_Hub, tuple[int, int]]:
    """Return the mobile and static pairs of every hub."""
    found: defaultdict[_Hub, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for team in plan.teams:
        if team.kind is Role.STO:
            mobile, static = found[team.area, team.base_town]
            is_static = team.mode is TeamMode.STATIC
            found[team.area, team.base_town] = mobile + (not is_static), static + is_static
    return found


def _by_hub(sample: Sequence[SampledStation]) -> dict[_Hub, list[SampledStation]]:
    found: defaultdict[_Hub, list[SampledStation]] = defaultdict(list)
    for entry in sample:
        found[entry.area, entry.hub].append(entry)
    return dict(found)


def _ran(ground: Ground, draft: Draft, free: Ran, kept: _Kept) -> Ran:
    mission, sample = ground.mission, tuple(kept.sample)
    drawn = Counter(
        stratum(mission.station_of[entry.station])
        for entry in sample
        if entry.role is SampleRole.PRIMARY
    )
    total = drawn.total()
    return Ran(
        replace(draft, sample=sample),
        report(
            StageName.SAMPLING,
            sense="min",
            unit=free.report.unit,
            objective=total_variation(drawn, frame_shares(mission.stations)),
            bound=_bound(mission, free, sample),
            stop=stopped(free),
            seed=free.report.seed,
            note=f"{total} primaries, {len(sample) - total} substitutes; "
            f"{len(kept.hubs)} hubs keep their draw, {len(kept.drawn_anew)} draw anew",
        ),
        StageNotes((*free.notes.findings, *_findings(mission, kept)), free.notes.unassigned),
    )


def _bound(mission: MissionInput, free: Ran, sample: Sequence[SampledStation]) -> float:
    """Return the free bound where it holds: as many primaries at each hub, no more special ones.

    Else 0, which no distance is below.
    """
    mine, theirs = (_numbers(mission, one) for one in (sample, free.draft.sample))
    policy = mission.mission.policies.sample.max_special_share
    share = frame_shares(mission.stations).get(SPECIAL, 0.0) if policy is None else policy
    total = sum(mine[0].values())
    allowed = max(int(total * share + 1e-9), theirs[1])
    holds = mine[0] == theirs[0] and mine[1] <= allowed
    return (free.report.bound or 0.0) if holds else 0.0


def _numbers(mission: MissionInput, sample: Sequence[SampledStation]) -> tuple[Counter[_Hub], int]:
    """Return the primaries of every hub, and the special ones among all."""
    primaries = [entry for entry in sample if entry.role is SampleRole.PRIMARY]
    special = sum(stratum(mission.station_of[entry.station]) == SPECIAL for entry in primaries)
    return Counter((entry.area, entry.hub) for entry in primaries), special


def _findings(mission: MissionInput, kept: _Kept) -> tuple[Finding, ...]:
    """Say where the kept sample states no chance any more, and why."""
    if mission.mission.policies.sample.mode is SampleMode.COVERAGE:
        return ()
    promoted = [station for hub in kept.hubs.values() for station in hub.promoted]
    unknown = [
        f"{area} {town} {name}" for (area, town), hub in kept.hubs.items() for name in hub.undrawn
    ]
    found = []
    if promoted:
        found.append(
            _finding(
                "Substitutes have moved up for stations that left the sample; no lot put them "
                "among the primaries, so that they state no probability.",
                promoted,
                f"{len(promoted)} station(s)",
            )
        )
    if unknown:
        found.append(
            _finding(
                "Stations have come that took no part in the lot: hub and stratum state no "
                "probability any more.",
                unknown,
                f"{len(unknown)} stratum (strata) of a hub",
            )
        )
    return tuple(found)


def _finding(message: str, subjects: Sequence[str], value: str) -> Finding:
    shown = ", ".join(subjects[:5]) + (", …" if len(subjects) > 5 else "")
    return Finding(
        code="OP-SAMPLE-KEPT",
        severity=Severity.SOFT,
        subject=subjects[0],
        message=message,
        value=f"{value}: {shown}",
        limit="every primary drawn by lot",
        remedy="Draw the sample anew (stability 0), or report these figures as indicative.",
    )


def _lost(kept: _Kept) -> tuple[str, ...]:
    gone = [station for hub in kept.hubs.values() for station in hub.gone]
    said = []
    if gone:
        shown = ", ".join(gone[:5]) + (f" and {len(gone) - 5} more" if len(gone) > 5 else "")
        said.append(f"{len(gone)} primary station(s) left the sample: {shown}")
    if kept.drawn_anew:
        said.append(f"{len(kept.drawn_anew)} hub(s) draw anew, their pairs have changed")
    return tuple(said)
