"""A mission of a few areas with slots, and rosters to fill them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest

from planner.domain.decision import Decision
from planner.domain.ids import (
    AreaId,
    DistrictId,
    Language,
    MissionId,
    ObserverId,
    RegionId,
    State,
    StationId,
    TeamId,
    TownId,
)
from planner.domain.mission import Mission
from planner.domain.mission_input import MissionInput
from planner.domain.observer import (
    Experience,
    Gender,
    LanguageLevel,
    LanguageSkill,
    Observer,
    Restriction,
    Role,
)
from planner.domain.place import District, Region, Station, Town
from planner.domain.plan import Area, Team

LANGUAGES = (("ru", "kk"), ("kk",), ("kk", "uz"), ())


def make_person(number: int, state: str, role: Role = Role.STO, **fields: Any) -> Observer:
    """Return a STO with good English, unless ``fields`` say otherwise."""
    english = LanguageSkill(language=Language("en"), level=LanguageLevel.C1)
    values: dict[str, Any] = {"languages": (english,)} | fields
    return Observer(id=ObserverId(f"O-{number:04d}"), role=role, state=State(state), **values)


def random_people(seed: int, count: int, states: Sequence[str]) -> tuple[Observer, ...]:
    """Return a roster of every kind of person."""
    rng = np.random.default_rng(seed)
    people = []
    for number in range(count):
        skills = [
            LanguageSkill(
                language=Language("en"), level=list(LanguageLevel)[int(rng.integers(3, 7))]
            )
        ]
        for code in ("ru", "kk", "uz"):
            if rng.random() < 0.3:
                level = list(LanguageLevel)[int(rng.integers(0, 7))]
                skills.append(LanguageSkill(language=Language(code), level=level))
        people.append(
            make_person(
                number,
                str(rng.choice(list(states))),
                languages=tuple(skills),
                experience=list(Experience)[int(rng.integers(3))],
                gender=(Gender.F, Gender.M, None)[int(rng.integers(3))],
                restrictions=(Restriction.NO_REMOTE_AREAS,) if rng.random() < 0.2 else (),
            )
        )
    return tuple(people)


def make_mission(
    observers: Sequence[Observer],
    quota: Sequence[int],
    decisions: Sequence[Decision] = (),
    role: Role = Role.STO,
) -> tuple[MissionInput, tuple[Area, ...], tuple[Team, ...]]:
    """Areas of one region each, stations ever further from their town, ``quota`` slots each."""
    regions, districts, towns, stations, areas, teams = [], [], [], [], [], []
    for k in range(len(quota)):
        region, district, town = RegionId(f"R{k}"), DistrictId(f"D{k}"), TownId(f"T{k}")
        lon = 60.0 + 5 * k
        regions.append(
            Region(
                id=region,
                name=region,
                time_zone="Asia/Almaty",
                languages=tuple(Language(code) for code in LANGUAGES[k % len(LANGUAGES)]),
            )
        )
        districts.append(District(id=district, name=district, region=region, lat=50.0, lon=lon))
        towns.append(Town(id=town, name=town, district=district, lat=50.0, lon=lon))
        stations.append(
            Station(id=StationId(f"S{k}"), district=district, lat=50.0, lon=lon + 0.1 + 0.1 * k)
        )
        area = AreaId(f"A{k + 1:02d}")
        areas.append(Area(id=area, lto_team=None, base_town=town, districts=(district,)))
        for _ in range(quota[k]):
            name = TeamId(f"{role}-{len(teams) + 1:03d}")
            teams.append(Team(id=name, kind=role, area=area, base_town=town))
    return (
        MissionInput(
            mission=Mission(
                id=MissionId("m"),
                name="m",
                country="KZ",
                e_day=date(2022, 11, 20),
                time_zone="Asia/Almaty",
            ),
            regions=tuple(regions),
            districts=tuple(districts),
            adjacency=(),
            towns=tuple(towns),
            stations=tuple(stations),
            observers=tuple(sorted(observers, key=lambda observer: observer.id)),
            decisions=tuple(decisions),
        ),
        tuple(areas),
        tuple(teams),
    )


@pytest.fixture
def person() -> Callable[..., Observer]:
    return make_person


@pytest.fixture
def mission_of() -> Callable[..., tuple[MissionInput, tuple[Area, ...], tuple[Team, ...]]]:
    return make_mission


@pytest.fixture
def people_of() -> Callable[..., tuple[Observer, ...]]:
    return random_people
