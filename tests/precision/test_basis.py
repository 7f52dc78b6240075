"""Design-based or indicative, and the reasons given."""

import pytest

from planner.domain.plan import Phase, Plan, SampleRole
from planner.domain.policy import SampleMode
from planner.precision.estimate import Basis
from planner.precision.report import assess
from tests.good_plan import good_mission, good_plan
from tests.precision.drawn_plan import VISITED, all_visited, drawn, with_sample

MISSION = good_mission()


def _voting(plan: Plan) -> tuple[Basis, str]:
    estimate = assess(MISSION, plan).of(Phase.VOTING)
    return estimate.basis, estimate.why


def test_a_draw_that_is_visited_as_drawn_is_design_based() -> None:
    estimate = assess(MISSION, all_visited()).of(Phase.VOTING)
    assert (estimate.basis, estimate.why) == (Basis.DESIGN, "")
    assert (estimate.drawn, estimate.reached) == (10, 1)
    assert estimate.covered == pytest.approx(1)


def test_other_phases_of_the_same_plan_are_indicative() -> None:
    report = assess(MISSION, all_visited())
    for phase in (Phase.OPENING, Phase.COUNTING):
        assert report.of(phase).basis is Basis.INDICATIVE
        assert "5 of 5 observed stations had no known probability" in report.of(phase).why
    assert report.of(Phase.TABULATION).basis is Basis.DESIGN  # both commissions: a census


def test_openings_chosen_by_the_road_are_indicative() -> None:
    estimate = assess(MISSION, good_plan()).of(Phase.OPENING)
    assert estimate.basis is Basis.INDICATIVE
    assert estimate.reached == pytest.approx(0.25)
    assert estimate.why == (
        "75 % of 20 drawn are not observed in this phase; the road, not the lot, chose in which of "
        "the drawn stations the opening is observed; 25 % of the frame is represented, "
        "less than 80 %"
    )


def test_a_day_that_leaves_out_half_of_the_draw_is_indicative() -> None:
    basis, why = _voting(good_plan())
    assert basis is Basis.INDICATIVE
    assert why == (
        "50 % of 20 drawn are not observed in this phase; 50 % of the frame is represented, "
        "less than 80 %"
    )


def test_a_small_gap_is_design_based_for_the_part_represented() -> None:
    sample = drawn(VISITED, 2 / 6, SampleRole.PRIMARY) + drawn([5], 2 / 6, SampleRole.PRIMARY)[:1]
    basis, why = _voting(with_sample(sample))
    assert basis is Basis.DESIGN
    assert why == "for the part represented: 9.1 % of 11 drawn are not observed in this phase"


def test_a_frame_without_a_chance_is_named() -> None:
    basis, why = _voting(with_sample(drawn(VISITED, 0.4, SampleRole.PRIMARY)))
    assert basis is Basis.DESIGN
    assert why == "for the part represented: the lot gave 83.3 % of the stations a chance"
    basis, why = _voting(with_sample(drawn(VISITED, 0.5, SampleRole.PRIMARY)))
    assert basis is Basis.INDICATIVE
    assert "the lot gave 66.7 % of the stations a chance" in why


def test_a_substitute_does_not_count_as_reached() -> None:
    sample = drawn([2, 5], 2 / 6, SampleRole.PRIMARY) + drawn([3], 2 / 6, SampleRole.SUBSTITUTE)
    estimate = assess(MISSION, with_sample(sample)).of(Phase.VOTING)
    assert estimate.reached == pytest.approx(0.5)
    assert estimate.basis is Basis.INDICATIVE
    assert "substitutes among the 10 observed: 5" in estimate.why


def test_a_pinned_station_takes_the_basis_away() -> None:
    sample = drawn(VISITED, 2 / 6, SampleRole.PRIMARY)
    pinned = (sample[0].model_copy(update={"probability": None}), *sample[1:])
    basis, why = _voting(with_sample(pinned))
    assert basis is Basis.INDICATIVE
    assert why.startswith("1 of 10 observed stations had no known probability: pinned")


def test_coverage_is_indicative_even_if_a_probability_is_claimed() -> None:
    plan = all_visited().model_copy(update={"sample_mode": SampleMode.COVERAGE})
    assert _voting(plan) == (
        Basis.INDICATIVE,
        "nothing was randomised: priorities chose the stations",
    )


def test_commissions_are_never_drawn() -> None:
    plan = good_plan()
    days = tuple(day for day in plan.days if day.stops[-1].place == "C-E")
    estimate = assess(MISSION, plan.model_copy(update={"days": days})).of(Phase.TABULATION)
    assert (estimate.n, estimate.frame_n, estimate.basis) == (1, 2, Basis.INDICATIVE)
    assert estimate.why == "commissions are not drawn: they follow from where pairs count"


def test_nothing_observed_has_no_basis() -> None:
    report = assess(MISSION, good_plan().model_copy(update={"days": ()}))
    for estimate in report.estimates:
        assert estimate.basis is Basis.NONE
        assert estimate.why.startswith(("no stations are observed", "no commissions are observed"))
    bare = MISSION.model_copy(update={"commissions": ()})
    tabulation = assess(bare, good_plan()).of(Phase.TABULATION)
    assert (tabulation.basis, tabulation.why) == (Basis.NONE, "there are no commissions here")


def test_a_draw_that_simulations_thin_out_loses_its_basis() -> None:
    kept = assess(MISSION, all_visited(), observed={Phase.VOTING: 9.0}).of(Phase.VOTING)
    lost = assess(MISSION, all_visited(), observed={Phase.VOTING: 7.0}).of(Phase.VOTING)
    assert (kept.basis, lost.basis) == (Basis.DESIGN, Basis.INDICATIVE)
    assert "30 % of 10 drawn are not observed in this phase" in lost.why
