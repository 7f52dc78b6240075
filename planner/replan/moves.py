"""What a person would notice: how much of an earlier plan is not where it was, stage by stage."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from planner.domain.ids import AreaId, ObserverId, StationId, TeamId
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
from planner.replan.heirs import behind, heirs

WORDS: dict[StageName, str] = {
    StageName.AREAS: "districts, base towns, pairs and people",
    StageName.ALLOCATION: "pairs",
    StageName.PAIRING: "people",
    StageName.SAMPLING: "stations",
    StageName.DAYS: "visits",
}
"""What moves in each stage."""

Key = TypeVar("Key")


def moves(stage: StageName, mission: MissionInput, earlier: Plan, draft: Draft) -> int:
    """Count what a stage of ``draft`` has moved since ``earlier``.

    Areas: districts in another area with the pairs and people who sleep there, base towns that are
    others with their LTO team, and names that are others (see :mod:`planner.replan.heirs`).
    Allocation: STO pairs that came, went, or have another LTO team, town or mode. Pairing: people
    on the present roster whose team, LTO team or partner is another one. Sampling: stations that
    entered or left the primaries. Days: visits of a station by a pair that came or went.
    """
    if stage is StageName.AREAS:
        return moved_areas(mission, earlier, draft.areas)
    if stage is StageName.ALLOCATION:
        return len(moved_pairs(earlier.teams, draft.teams))
    if stage is StageName.PAIRING:
        return len(moved_people(mission, earlier.teams, draft.teams))
    if stage is StageName.SAMPLING:
        return len(_primaries(earlier.sample) ^ _primaries(draft.sample))
    return moved_visits(earlier.days, draft.days)


def moved_areas(mission: MissionInput, earlier: Plan, areas: Sequence[Area]) -> int:
    """Count what new areas move: districts, base towns, names, and who stands behind them.

    An area is the one that carries on an earlier one, whatever it is called.
    """
    heir_of = heirs(mission, earlier, areas)
    asleep = behind(mission, (team for team in earlier.teams if team.kind is Role.STO))
    before = {d: heir_of.get(area.id) for area in earlier.areas for d in area.districts}
    districts = _changed(before, {d: area.id for area in areas for d in area.districts})
    base_of = {area.id: area.base_town for area in areas}
    leads = {team.id: 1 + len(team.members) for team in earlier.teams if team.kind is Role.LTO}
    rebased = sum(
        1 + leads.get(area.lto_team, 0) if area.lto_team is not None else 1
        for area in earlier.areas
        if area.id not in heir_of or base_of[heir_of[area.id]] != area.base_town
    )
    names = sum(old != new for old, new in heir_of.items())
    new = len(areas) - len(heir_of)
    return sum(1 + asleep[d] for d in districts) + rebased + names + new


def moved_pairs(old: Iterable[Team], new: Iterable[Team]) -> set[TeamId]:
    """Return STO pairs that came, went, or have another LTO team, town or mode."""
    return _changed(_places(list(old)), _places(list(new)))


def _places(teams: Sequence[Team]) -> dict[TeamId, tuple[str, ...]]:
    lead = _leads(teams)
    return {
        team.id: (lead[team.area], team.base_town, team.mode)
        for team in teams
        if team.kind is Role.STO
    }


def _leads(teams: Sequence[Team]) -> dict[AreaId, str]:
    """Return the LTO team of every area, the area's own name where it has none.

    Who works under the same LTO team as before works where they did, whatever the area is called.
    """
    named = {team.area: str(team.area) for team in teams}
    return named | {team.area: str(team.id) for team in teams if team.kind is Role.LTO}


def moved_people(
    mission: MissionInput, old: Iterable[Team], new: Iterable[Team]
) -> set[ObserverId]:
    """Return people whose team, LTO team or partner is another one.

    Who is no longer on the roster has left, whatever is planned, and is not counted; the partner
    is.
    """
    return _changed(_seats(list(old)), _seats(list(new))) & mission.observer_of.keys()


def _seats(teams: Sequence[Team]) -> dict[ObserverId, tuple[str, str, frozenset[ObserverId]]]:
    lead = _leads(teams)
    return {
        member: (str(team.id), lead[team.area], frozenset(team.members))
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
