"""Points beside each other: differences, what is better, and what nothing beats."""

import pytest

from planner.scenario.point import COLUMNS, Point
from planner.scenario.sides import GROUPS, MARGINS, over_seeds, sides, unbeaten


def point(**values: object) -> Point:
    return Point.model_validate(
        {"name": "p", "mission": "m", "input_hash": "h", "status": "planned"} | values
    )


def test_every_group_names_columns() -> None:
    known = {column.name for column in COLUMNS}
    assert {name for names in GROUPS.values() for name in names} <= known
    assert {f"margin_{phase}" for phase, _ in MARGINS} <= known


@pytest.mark.parametrize(
    ("name", "more", "meaning"),
    [
        ("voting_visits", 12, "better"),
        ("counts_mean", 12, "better"),
        ("margin_voting_expected", 12, "worse"),
        ("cost", 12, "worse"),
        ("duty_mean_h", 12, "worse"),
        ("vehicle_days", 12, ""),
        ("cost", 10, ""),
    ],
)
def test_the_sign_goes_by_the_meaning(name: str, more: float, meaning: str) -> None:
    (found,) = sides([point(**{name: 10}), point(**{name: more})], [name])
    assert found.better == ("", meaning)
    assert found.differences == (0, more - 10)


def test_a_share_is_better_near_to_the_frame() -> None:
    frame = {"urban_share_frame": 0.5}
    old, new = point(urban_share_visited=0.9, **frame), point(urban_share_visited=0.6, **frame)
    assert sides([old, new], ["urban_share_visited"])[0].better[1] == "better"


def test_what_nobody_knows_is_left_out() -> None:
    assert not sides([point(), point()], ["cost"])
    (found,) = sides([point(), point(cost=5)], ["cost"])
    assert found.values == (None, 5)
    assert found.differences == (None, None)


def test_only_what_nothing_beats_is_unbeaten() -> None:
    prices = [(10, 0.05, 20), (12, 0.04, 20), (12, 0.05, 20), (10, 0.05, 20)]
    assert unbeaten(prices) == {0, 1, 3}
    assert unbeaten([]) == frozenset()


def test_seeds_of_one_scenario_are_one_record() -> None:
    points = [
        point(name="a", seed=1, cost=10, margin_voting=0.05),
        point(name="a", seed=2, cost=12, margin_voting=0.03),
        point(name="b", cost=7, margin_voting=0.02),
        point(name="c", margin_voting=0.01),
        point(name="d", status="refused", cost=1, margin_voting=0.01),
    ]
    found = over_seeds(points, ("cost", "margin_voting"))
    assert found.keys() == {"a", "b"}
    assert found["a"] == pytest.approx((11, 0.04))
