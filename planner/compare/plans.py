"""Compare two plan documents."""

from collections import defaultdict
from collections.abc import Mapping
from typing import TypeVar

from planner.compare.change import (
    AreaChange,
    AreaPlace,
    KpiChange,
    PersonChange,
    PlanChange,
    RetimedDay,
    Seat,
    StationChange,
    TeamChange,
    TeamPlace,
    Visit,
)
from planner.domain.ids import AreaId, CommissionId, ObserverId, StationId, TeamId
from planner.domain.plan import Area, Day, Plan
from planner.errors import PlannerError

Key = TypeVar("Key")
Value = TypeVar("Value")
Place = tuple[str, StationId | CommissionId]


def compare_plans(old: Plan, new: Plan) -> PlanChange:
    """Return what differs from ``old`` to ``new``.

    Pure: no file, no clock. ``compare_plans(p, p)`` is empty, and swapping the plans swaps every
    ``old`` and ``new``, ``gained`` and ``lost``. Findings, sample and provenance are not compared:
    they explain a deployment, they are not the deployment.

    Raises
    ------
    PlannerError
        ``CO-MISSION`` if the plans belong to different missions.
    """
    if old.mission != new.mission:
        raise PlannerError(
            "CO-MISSION",
            f"A plan of mission {old.mission} cannot be compared with one of {new.mission}.",
            "Choose two revisions of the same mission.",
        )
    return PlanChange(
        kpis=tuple(KpiChange(*row) for row in _differences(old.kpis, new.kpis)),
        areas=_areas(old, new),
        teams=tuple(TeamChange(*row) for row in _differences(_teams(old), _teams(new))),
        people=tuple(PersonChange(*row) for row in _differences(_seats(old), _seats(new))),
        stations=_stations(old, new),
        retimed=_retimed(old, new),
    )


def _differences(
    old: Mapping[Key, Value], new: Mapping[Key, Value]
) -> list[tuple[Key, Value | None, Value | None]]:
    keys = sorted(old.keys() | new.keys(), key=str)
    return [(key, old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key)]


def _areas(old: Plan, new: Plan) -> tuple[AreaChange, ...]:
    before = {area.id: area for area in old.areas}
    after = {area.id: area for area in new.areas}
    changes = (_area(key, before.get(key), after.get(key)) for key in sorted({*before, *after}))
    return tuple(
        change for change in changes if change.old != change.new or change.gained or change.lost
    )


def _area(key: AreaId, old: Area | None, new: Area | None) -> AreaChange:
    had = set(old.districts) if old else set()
    has = set(new.districts) if new else set()
    return AreaChange(
        area=key,
        old=AreaPlace(old.lto_team, old.base_town, old.sto_pairs) if old else None,
        new=AreaPlace(new.lto_team, new.base_town, new.sto_pairs) if new else None,
        gained=tuple(sorted(has - had)),
        lost=tuple(sorted(had - has)),
    )


def _teams(plan: Plan) -> dict[TeamId, TeamPlace]:
    return {
        team.id: TeamPlace(team.area, team.base_town, team.mode, team.vehicle, team.interpreter)
        for team in plan.teams
    }


def _seats(plan: Plan) -> dict[ObserverId, Seat]:
    return {
        person: Seat(
            team.id,
            team.area,
            team.base_town,
            tuple(sorted(other for other in team.members if other != person)),
        )
        for team in plan.teams
        for person in team.members
    }


def _stations(old: Plan, new: Plan) -> tuple[StationChange, ...]:
    return tuple(
        StationChange(place[0], place[1], before or (), after or ())
        for place, before, after in _differences(_visits(old), _visits(new))
    )


def _visits(plan: Plan) -> dict[Place, tuple[Visit, ...]]:
    visits: dict[Place, set[Visit]] = defaultdict(set)
    for day in plan.days:
        for stop in day.stops:
            visits[stop.place_kind, stop.place].add(Visit(day.team, stop.phase))
    return {place: tuple(sorted(found)) for place, found in visits.items()}


def _retimed(old: Plan, new: Plan) -> tuple[RetimedDay, ...]:
    before = {day.team: day for day in old.days}
    return tuple(
        RetimedDay(day.team)
        for day in sorted(new.days, key=lambda day: day.team)
        if day.team in before
        and before[day.team] != day
        and _places(before[day.team]) == _places(day)
    )


def _places(day: Day) -> list[tuple[str, str, str]]:
    return sorted((stop.place_kind, stop.place, stop.phase) for stop in day.stops)
