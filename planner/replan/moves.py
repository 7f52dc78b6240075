"""What a person would notice: how much of an earlier plan is not where it was, stage by stage."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from planner.domain.ids import DistrictId, ObserverId, StationId, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import (
    Area,
    Day,
    Plan,
    SampledStation,
    SampleRole,
    StageName,
    Team,
)
from planner.optimizer.run_stage import Draft

WORDS: dict[StageName, str] = {
    StageName.AREAS: "districts and base towns",
    StageName.ALLOCATION: "pairs",
    StageName.PAIRING: "people",
    StageName.SAMPLING: "stations",
    StageName.DAYS: "visits",
}
"""What moves in each stage."""

Key = TypeVar("Key")


def moves(stage: StageName, mission: MissionInput, earlier: Plan, draft: Draft) -> int:
    """Count what a stage of ``draft`` has moved since ``earlier``.

    Areas: districts in another area and base towns that are others. Allocation: STO pairs that
    came, went, or have another area, town or mode. Pairing: people on the present roster whose
    team, area or partner is another one. Sampling: stations that entered or left the primaries.
    Days: visits of a station by a pair that came or went.
    """
    if stage is StageName.AREAS:
        return moved_areas(earlier.areas, draft.areas)
    if stage is StageName.ALLOCATION:
        return len(moved_pairs(earlier.teams, draft.teams))
    if stage is StageName.PAIRING:
        return len(moved_people(mission, earlier.teams, draft.teams))
    if stage is StageName.SAMPLING:
        return len(_primaries(earlier.sample) ^ _primaries(draft.sample))
    return moved_visits(earlier.days, draft.days)


def moved_areas(old: Iterable[Area], new: Iterable[Area]) -> int:
    """Count districts whose area, and areas whose base town, is another one."""
    before, after = list(old), list(new)
    districts = _changed(_area_of(before), _area_of(after))
    bases = _changed(
        {area.id: area.base_town for area in before}, {area.id: area.base_town for area in after}
    )
    return len(districts) + len(bases)


def _area_of(areas: Iterable[Area]) -> dict[DistrictId, str]:
    return {district: str(area.id) for area in areas for district in area.districts}


def moved_pairs(old: Iterable[Team], new: Iterable[Team]) -> set[TeamId]:
    """Return STO pairs that came, went, or have another area, town or mode."""
    return _changed(_places(old), _places(new))


def _places(teams: Iterable[Team]) -> dict[TeamId, tuple[str, ...]]:
    return {
        team.id: (team.area, team.base_town, team.mode) for team in teams if team.kind is Role.STO
    }


def moved_people(
    mission: MissionInput, old: Iterable[Team], new: Iterable[Team]
) -> set[ObserverId]:
    """Return people whose team, area or partner is another one.

    Who is no longer on the roster has left, whatever is planned, and is not counted; the partner
    is.
    """
    return _changed(_seats(old), _seats(new)) & mission.observer_of.keys()


def _seats(teams: Iterable[Team]) -> dict[ObserverId, tuple[str, str, frozenset[ObserverId]]]:
    return {
        member: (str(team.id), str(team.area), frozenset(team.members))
        for team in teams
        for member in team.members
    }


def moved_visits(old: Iterable[Day], new: Iterable[Day]) -> int:
    """Count visits of a station by a pair that came or went."""
    return len(_visits(old) ^ _visits(new))


def _primaries(sample: Iterable[SampledStation]) -> set[StationId]:
    return {entry.station for entry in sample if entry.role is SampleRole.PRIMARY}


def _visits(days: Iterable[Day]) -> set[tuple[str, str]]:
    return {
        (day.team, stop.place) for day in days for stop in day.stops if stop.place_kind == "station"
    }


def _changed(old: Mapping[Key, object], new: Mapping[Key, object]) -> set[Key]:
    missing = object()
    return {
        key for key in old.keys() | new.keys() if old.get(key, missing) != new.get(key, missing)
    }
