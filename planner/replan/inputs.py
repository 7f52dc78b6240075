"""What each stage reads of a mission: if none of it has changed, the stage need not be solved.

Generous on purpose: what a stage may read counts as read, and a stage in doubt is run.
"""

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from geodata.travel.provider import TravelProvider
from planner.domain.decision import DecisionKind
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Plan, StageName, StopReason
from planner.domain.policy import TravelModel
from planner.optimizer.pipeline import NOT_RUN, unnamed
from planner.optimizer.run_stage import Draft

DECISIONS: dict[StageName, frozenset[DecisionKind]] = {
    StageName.AREAS: frozenset({DecisionKind.DISTRICT_AREA, DecisionKind.BASE_TOWN}),
    StageName.ALLOCATION: frozenset({DecisionKind.TEAM_TOWN}),
    StageName.PAIRING: frozenset(
        {
            DecisionKind.PAIR,
            DecisionKind.NEVER_PAIR,
            DecisionKind.OBSERVER_AREA,
            DecisionKind.NEVER_STATE_AREA,
        }
    ),
    StageName.SAMPLING: frozenset({DecisionKind.NEVER_STATION, DecisionKind.VISIT_STATION}),
    StageName.DAYS: frozenset({DecisionKind.NEVER_STATION, DecisionKind.VISIT_STATION}),
}
"""Kinds of decision that each stage keeps."""
_Parts = tuple[object, ...]


def reads(stage: StageName, mission: MissionInput) -> _Parts:
    """Return all that ``stage`` reads of a mission, to be compared; travel times stand apart."""
    read = {
        StageName.AREAS: _areas,
        StageName.ALLOCATION: _allocation,
        StageName.PAIRING: _pairing,
        StageName.SAMPLING: _sampling,
        StageName.DAYS: _days,
    }[stage]
    return (mission.mission.format, *read(mission), _decided(mission, DECISIONS[stage]))


def _decided(mission: MissionInput, kinds: Collection[DecisionKind]) -> list[str]:
    return [decision.subject for decision in mission.decisions if decision.kind in kinds]


def _wanted(mission: MissionInput) -> _Parts:
    return (*map(mission.teams_wanted, Role), mission.mission.staffing)


def _areas(mission: MissionInput) -> _Parts:
    policies = mission.mission.policies
    voters = sorted((s.district, s.voters or 0, s.voters is None) for s in mission.stations)
    edges = [(pair.a, pair.b) for pair in mission.adjacency]
    return (
        _wanted(mission),
        (policies.areas, policies.allocation),
        (mission.districts, edges, mission.towns, voters),
    )


def _allocation(mission: MissionInput) -> _Parts:
    policies = mission.mission.policies
    places = [(s.id, s.district, s.lat, s.lon, s.voters) for s in mission.stations]
    return (
        _wanted(mission),
        (policies.allocation, policies.day),
        (mission.districts, mission.towns, places),
    )


def _pairing(mission: MissionInput) -> _Parts:
    known = mission.mission
    policies = known.policies
    places = [(s.district, s.lat, s.lon) for s in mission.stations]
    return (
        (known.country, known.e_day, known.calendar),
        (policies.pairing, policies.allocation, policies.day.max_leg_min),
        (mission.regions, mission.districts, mission.towns, Counter(places)),
        mission.observers,
    )


def _sampling(mission: MissionInput) -> _Parts:
    policies = mission.mission.policies
    return (
        (policies.sample, policies.allocation, policies.day),
        (mission.towns, mission.stations),
    )


def _days(mission: MissionInput) -> _Parts:
    known = mission.mission
    return (
        (known.e_day, known.hours, known.policies.day),
        (mission.regions, mission.districts, mission.towns),
        (mission.stations, mission.commissions),
    )


def same_travel(
    mission: MissionInput, earlier_mission: MissionInput, earlier: Plan, travel: TravelProvider
) -> bool:
    """Tell whether drives take as long as they did; of a server's answers nobody knows."""
    now, before = (m.mission.policies.travel for m in (mission, earlier_mission))
    if now != before or earlier.provenance.travel != travel.provenance:
        return False
    if now.model is TravelModel.GREAT_CIRCLE:
        return True
    if now.model is TravelModel.SERVER:
        return False
    files = [Path(m.folder) / now.file for m in (mission, earlier_mission)]
    return all(file.is_file() for file in files) and files[0].read_bytes() == files[1].read_bytes()


def same_ground(stage: StageName, earlier: Plan, draft: Draft) -> bool:
    """Tell whether a stage stands on the same results of other stages as it did in ``earlier``."""
    if stage is StageName.AREAS:
        return True
    districts = [
        [area.model_copy(update={"sto_pairs": 0}) for area in areas]
        for areas in (earlier.areas, draft.areas)
    ]
    if stage is StageName.ALLOCATION:
        return districts[0] == districts[1]
    same = earlier.areas == draft.areas and unnamed(earlier.teams) == unnamed(draft.teams)
    return same and (stage is not StageName.DAYS or earlier.sample == draft.sample)


def was_finished(stage: StageName, earlier: Plan) -> bool:
    """Tell whether an earlier plan has a result of ``stage`` that nobody broke off."""
    return any(
        report.name is stage and report.note != NOT_RUN and report.stop is not StopReason.CANCELLED
        for report in earlier.stages
    )
