"""Better and worse by what a figure means."""

import pytest

from planner.compare.meaning import LESS, LIKE_THE_FRAME, MORE, judge
from planner.rules.kpis import compute_kpis
from tests.good_plan import good_mission, good_plan


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("voting_visits", 10, 12, "better"),
        ("voting_visits", 12, 10, "worse"),
        ("drive_max_h", 3, 2, "better"),
        ("unassigned", 0, 1, "worse"),
        ("stations", 10, 12, ""),
        ("counts", 5, 5, ""),
        ("nobody_knows_this", 1, 2, ""),
    ],
)
def test_direction(name: str, old: float, new: float, said: str) -> None:
    assert judge(name, {name: old}, {name: new}) == said


def test_figure_that_one_plan_lacks_is_not_judged() -> None:
    assert judge("counts", {}, {"counts": 5}) == ""


def test_share_is_judged_by_its_distance_to_the_frame() -> None:
    def shares(visited: float) -> dict[str, float]:
        return {"urban_share_visited": visited, "urban_share_frame": 0.5}

    assert judge("urban_share_visited", shares(0.7), shares(0.45)) == "better"
    assert judge("urban_share_visited", shares(0.55), shares(0.4)) == "worse"
    assert judge("urban_share_visited", shares(0.6), shares(0.4)) == ""
    assert judge("urban_share_visited", {"urban_share_visited": 1}, shares(0.4)) == ""


def test_every_judged_figure_is_one_that_is_computed() -> None:
    computed = set(compute_kpis(good_mission(), good_plan())) | {"hard_findings", "soft_findings"}
    assert computed >= MORE | LESS | set(LIKE_THE_FRAME) | set(LIKE_THE_FRAME.values())
