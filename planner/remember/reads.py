"""What each stage reads of a mission and of the stages before it, as the key of its result.

The same as :mod:`planner.replan.inputs` compares, less what a change of staffing leaves alone:
areas need to know whether there are STO pairs, not how many.
"""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import planner
from geodata.travel.provider import TravelProvider
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import StageName
from planner.domain.policy import TravelModel
from planner.optimizer.pipeline import ENGINES, unnamed
from planner.optimizer.run_stage import Draft
from planner.optimizer.stage import Effort
from planner.remember.digest import Digester
from planner.replan.inputs import DECISIONS

_Parts = tuple[object, ...]


def travel_key(mission: MissionInput, travel: TravelProvider, digest: Digester) -> str | None:
    """Return what travel times depend on; None if nobody knows, because a server answers."""
    policy = mission.mission.policies.travel
    if policy.model is TravelModel.SERVER:
        return None
    content = b""
    if policy.model in (TravelModel.MATRIX, TravelModel.OSM):
        path = Path(mission.folder) / policy.file
        content = path.read_bytes() if path.is_file() else b""
    return digest(policy, travel.provenance, content)


def engines_key() -> str:
    """Return the versions of everything that solves: another version may solve differently."""
    found = [planner.__version__]
    for engine in ENGINES:
        try:
            found.append(f"{engine} {version(engine)}")
        except PackageNotFoundError:
            found.append(f"{engine} -")
    return ", ".join(found)


def stage_key(
    stage: StageName, mission: MissionInput, draft: Draft, effort: Effort, digest: Digester
) -> str:
    """Return the key of a stage's result, travel times and versions left out."""
    decided = [d.subject for d in mission.decisions if d.kind in DECISIONS[stage]]
    head = (stage.value, mission.mission.format.value, decided, effort.seed, effort.scale)
    if stage is StageName.AREAS:
        return digest(head, _areas(mission, digest))
    districts = [area.model_copy(update={"sto_pairs": 0}) for area in draft.areas]
    if stage is StageName.ALLOCATION:
        return digest(head, districts, _allocation(mission, digest))
    ground = (draft.areas, unnamed(draft.teams))
    if stage is StageName.PAIRING:
        return digest(head, ground, _pairing(mission, digest))
    if stage is StageName.SAMPLING:
        return digest(head, ground, _sampling(mission, digest))
    return digest(head, ground, draft.sample, _days(mission, digest))


def _wanted(mission: MissionInput) -> _Parts:
    return (*(mission.teams_wanted(role) for role in Role), mission.mission.staffing)


def _areas(mission: MissionInput, digest: Digester) -> _Parts:
    policies = mission.mission.policies
    return (
        mission.teams_wanted(Role.LTO),
        (mission.teams_wanted(Role.STO) > 0, mission.mission.staffing.sto_pairs > 0),
        (policies.areas, policies.allocation.basis.value, policies.allocation.beds_per_lto_team),
        digest.shared(mission.districts),
        digest.shared(mission.adjacency),
        digest.shared(mission.towns),
        digest.shared(mission.stations),
    )


def _allocation(mission: MissionInput, digest: Digester) -> _Parts:
    policies = mission.mission.policies
    return (
        (_wanted(mission), policies.allocation, policies.day),
        digest.shared(mission.districts),
        digest.shared(mission.towns),
        digest.shared(mission.stations),
    )


def _pairing(mission: MissionInput, digest: Digester) -> _Parts:
    known = mission.mission
    policies = known.policies
    return (
        (known.country, known.e_day.isoformat(), known.calendar),
        (policies.pairing, policies.allocation, policies.day.max_leg_min),
        digest.shared(mission.regions),
        digest.shared(mission.districts),
        digest.shared(mission.towns),
        digest.shared(mission.stations),
        digest.shared(mission.observers),
    )


def _sampling(mission: MissionInput, digest: Digester) -> _Parts:
    policies = mission.mission.policies
    return (
        (policies.sample, policies.allocation, policies.day),
        digest.shared(mission.towns),
        digest.shared(mission.stations),
    )


def _days(mission: MissionInput, digest: Digester) -> _Parts:
    known = mission.mission
    return (
        (known.e_day.isoformat(), known.hours, known.policies.day),
        digest.shared(mission.regions),
        digest.shared(mission.districts),
        digest.shared(mission.towns),
        digest.shared(mission.stations),
        digest.shared(mission.commissions),
    )
