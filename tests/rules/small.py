"""Missions and plans of one to four entities, for the test of a single rule."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from planner.domain.mission import Mission, Staffing
from planner.domain.mission_input import MissionInput
from planner.domain.observer import LanguageSkill, Observer, Role
from planner.domain.place import Adjacency, Commission, District, Region, Station, Town
from planner.domain.plan import Area, Day, Phase, Plan, Provenance, Stop, Team
from planner.domain.policy import Policies, SampleMode
from planner.rules.case import Case
from planner.rules.rule import Rule

E_DAY = date(2022, 11, 20)
ZONE = timezone(timedelta(hours=6))


def observer(name: str, state: str = "NO", **fields: Any) -> Observer:
    """Return an STO who speaks English well enough, unless told otherwise."""
    fields.setdefault("languages", skills("en:C1"))
    fields.setdefault("role", Role.STO)
    return Observer(id=name, state=state, **fields)


def skills(text: str) -> tuple[LanguageSkill, ...]:
    """Return skills from ``en:C1 ru:B2``."""
    parts = (part.split(":") for part in text.split())
    return tuple(LanguageSkill(language=language, level=level) for language, level in parts)


def team(name: str, *members: str, area: str = "A01", town: str = "T", **fields: Any) -> Team:
    """Return an STO team."""
    fields.setdefault("kind", Role.STO)
    return Team(id=name, area=area, base_town=town, members=members, **fields)


def area(name: str, *districts: str, lto: str | None = None, **fields: Any) -> Area:
    """Return an area without a base town, unless told otherwise."""
    fields.setdefault("base_town", None)
    return Area(id=name, lto_team=lto, districts=districts, **fields)


def district(name: str, region: str = "R", lon: float = 70.0) -> District:
    """Return a district on the 50th parallel."""
    return District(id=name, name=name, region=region, lat=50, lon=lon)


def station(name: str, district_id: str = "D", **fields: Any) -> Station:
    """Return a station at the centre of the default district."""
    return Station(**{"id": name, "district": district_id, "lat": 50, "lon": 70, **fields})


def town(name: str = "T", district_id: str = "D", **fields: Any) -> Town:
    """Return a town at the centre of the default district."""
    return Town(
        **{"id": name, "name": name, "district": district_id, "lat": 50, "lon": 70, **fields}
    )


def at(clock: str, day: int = 0) -> datetime:
    """Return the local time ``clock`` (``07:30``) of E+``day``."""
    return datetime.combine(E_DAY + timedelta(days=day), time.fromisoformat(clock), tzinfo=ZONE)


def stop(
    place: str, phase: Phase, arrive: str, leave: str, travel_min: int = 0, **fields: Any
) -> Stop:
    """Return a stop at a station (at a commission for a tabulation)."""
    kind = "commission" if phase is Phase.TABULATION else "station"
    return Stop(
        **{
            "place_kind": kind,
            "place": place,
            "phase": phase,
            "arrive": at(arrive),
            "leave": at(leave),
            "travel_s": 60 * travel_min,
            "distance_m": 0,
            **fields,
        }
    )


def day(
    team_id: str, *stops: Stop, leave: str = "06:00", reach: str = "22:00", back_min: int = 0
) -> Day:
    """Return a day of ``team_id``; the return leg takes ``back_min``."""
    return Day(
        team=team_id,
        leave_base=at(leave),
        stops=stops,
        reach_base=at(reach),
        return_travel_s=60 * back_min,
        return_distance_m=0,
    )


def case(
    *,
    observers: Iterable[Observer] = (),
    teams: Iterable[Team] = (),
    areas: Iterable[Area] = (),
    days: Iterable[Day] = (),
    districts: Iterable[District] = (district("D"),),
    regions: Iterable[Region] = (Region(id="R", name="R", time_zone="Asia/Almaty"),),
    neighbours: Iterable[tuple[str, str]] = (),
    stations: Iterable[Station] = (),
    towns: Iterable[Town] = (),
    commissions: Iterable[Commission] = (),
    travel: Any = None,
    staffing: Staffing | None = None,
    policies: dict[str, Any] | None = None,
    **fields: Any,
) -> Case:
    """Return a case; ``fields`` go to the input (``decisions``) or the plan (``unassigned``)."""
    of_plan = {name: fields.pop(name) for name in ("unassigned", "sample") if name in fields}
    mission = MissionInput(
        mission=Mission(
            id="small",
            name="Small",
            country="KZ",
            e_day=E_DAY,
            time_zone="Asia/Almaty",
            staffing=staffing or Staffing(),
            policies=Policies.model_validate(policies or {}),
        ),
        regions=tuple(regions),
        districts=tuple(districts),
        adjacency=tuple(Adjacency(a=a, b=b) for a, b in neighbours),
        towns=tuple(towns),
        stations=tuple(stations),
        commissions=tuple(commissions),
        observers=tuple(observers),
        **fields,
    )
    plan = Plan(
        mission=mission.mission.id,
        sample_mode=SampleMode.REPRESENTATIVE,
        areas=tuple(areas),
        teams=tuple(teams),
        days=tuple(days),
        provenance=Provenance(input_hash="", seed=1, reproducible=True, versions={}, travel="none"),
        **of_plan,
    )
    return Case(mission, plan, travel)


def subjects(rule: Rule, one: Case) -> list[str]:
    """Return the subjects of the findings of ``rule``, in order."""
    return [finding.subject for finding in rule.check(one)]
