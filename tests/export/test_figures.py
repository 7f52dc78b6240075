"""Key figures in words."""

import pytest

from planner.export.figures import _KNOWN, _REMARKED, figures
from planner.referee import check_plan
from tests.export.made_up import Case
from tests.good_plan import TRAVEL, good_mission, good_plan


def test_every_figure_of_the_referee_has_its_words() -> None:
    verdict = check_plan(good_mission(), good_plan(), TRAVEL)
    assert set(verdict.kpis) <= set(_KNOWN) | _REMARKED


def test_figures_come_from_the_referee_before_the_plan(case: Case) -> None:
    shown = {f.key: f for f in figures(case.mission, case.verdict, {"openings": 999.0})}
    assert shown["openings"].value == 4
    assert shown["openings"].remark == ""


def test_claims_that_nobody_recomputed_are_marked(case: Case) -> None:
    claimed = figures(case.mission, case.verdict, case.plan.kpis)[-2:]
    assert [(f.label, f.unit, f.remark) for f in claimed] == [
        ("Design effect", "", "as the planning claims"),
        ("Margin of error share", "share", "as the planning claims"),
    ]


def test_shares_stand_beside_those_of_the_frame(case: Case) -> None:
    shown = {f.key: f for f in figures(case.mission, case.verdict, {})}
    urban = shown["urban_share_visited"]
    assert urban.unit == "share"
    assert urban.value == pytest.approx(10 / 16)
    assert urban.remark == "frame 63.6%, tolerance 5 points"
