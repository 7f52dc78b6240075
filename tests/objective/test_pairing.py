"""Points of a pair, part by part."""

from dataclasses import replace

import pytest

from planner.domain.ids import Language, ObserverId, State
from planner.domain.observer import (
    Experience,
    Gender,
    LanguageLevel,
    LanguageSkill,
    Observer,
    Restriction,
    Role,
)
from planner.domain.policy import PairingPolicy
from planner.objective.pairing import AreaView, area_points, together_points

ONLY_GENDER = PairingPolicy(experience_mix_weight=0, local_language_weight=0)
ONLY_EXPERIENCE = PairingPolicy(mixed_gender_weight=0, local_language_weight=0)
F, M = Gender.F, Gender.M
NEW, SOME, SENIOR = Experience.NEW, Experience.SOME, Experience.SENIOR
RU, KK = Language("ru"), Language("kk")
MIXED = AreaView(((3, (RU, KK)), (1, (KK,))), long_drives=False)


def person(state: str = "NO", **fields: object) -> Observer:
    return Observer(
        id=ObserverId(state),
        role=Role.STO,
        state=State(state),
        **fields,  # type: ignore[arg-type]
    )


def speaker(**levels: str) -> Observer:
    skills = tuple(
        LanguageSkill(language=Language(code), level=LanguageLevel(level))
        for code, level in levels.items()
    )
    return person(languages=skills)


@pytest.mark.parametrize(
    ("one", "other", "points"), [(F, M, 20), (F, F, 0), (M, M, 0), (F, None, 10), (None, None, 10)]
)
def test_gender(one: Gender | None, other: Gender | None, points: int) -> None:
    assert together_points(person(gender=one), person(gender=other), ONLY_GENDER) == points


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [(NEW, NEW, 0), (NEW, SOME, 12), (NEW, SENIOR, 20), (SOME, SENIOR, 12), (SENIOR, SENIOR, 8)],
)
def test_experience(one: Experience, other: Experience, points: int) -> None:
    pair = person(experience=one), person(experience=other)
    assert together_points(*pair, ONLY_EXPERIENCE) == points
    assert together_points(*reversed(pair), ONLY_EXPERIENCE) == points


def test_common_language_above_the_working_level() -> None:
    policy = PairingPolicy(experience_mix_weight=0, mixed_gender_weight=0)
    assert together_points(speaker(en="B2"), speaker(en="C2"), policy) == 0
    assert together_points(speaker(en="C1"), speaker(en="C2"), policy) == 2
    assert together_points(speaker(en="B2", fr="native"), speaker(en="B2", fr="C2"), policy) == 4
    assert together_points(speaker(fr="native"), speaker(en="C2"), policy) == 0


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        ({"ru": "B1"}, {}, 30 * 30 // 40),  # first language where 3 of 4 stations are
        ({"kk": "B1"}, {}, 30 * (3 * 8 + 10) // 40),
        ({"ru": "C2"}, {"kk": "B2"}, 30),
        ({"ru": "A2"}, {"kk": "A1"}, 0),  # below the local level
        ({}, {}, 0),
    ],
)
def test_local_language_by_the_stations_of_its_region(
    one: dict[str, str], other: dict[str, str], points: int
) -> None:
    assert area_points(speaker(**one), speaker(**other), MIXED, PairingPolicy()) == points


def test_restrictions_cost_where_drives_are_long() -> None:
    stays = person(restrictions=(Restriction.NO_REMOTE_AREAS,))
    near = AreaView((), long_drives=False)
    far = replace(near, long_drives=True)
    assert area_points(stays, person(), near, PairingPolicy()) == 0
    assert area_points(stays, person(), far, PairingPolicy()) == -25
    assert area_points(stays, stays, far, PairingPolicy()) == -50
    assert (
        area_points(person(restrictions=(Restriction.NO_STAIRS,)), person(), far, PairingPolicy())
        == 0
    )
