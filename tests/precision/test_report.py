"""The whole report: phases, domains, effects, balance."""

from collections import Counter

import pytest

from planner.domain.plan import Phase
from planner.domain.policy import SampleMode
from planner.precision.detection import power_to_see
from planner.precision.margin import margin_of_error
from planner.precision.report import assess
from planner.precision.zero import zero_limit_finite
from tests.good_plan import good_mission, good_plan
from tests.precision.drawn_plan import all_visited

MISSION, PLAN = good_mission(), good_plan()


def test_every_phase_has_its_country_regions_and_strata() -> None:
    report = assess(MISSION, PLAN)
    assert [(e.phase, e.kind, e.domain) for e in report.estimates if e.phase is Phase.VOTING] == [
        (Phase.VOTING, "all", "all"),
        (Phase.VOTING, "region", "EAST"),
        (Phase.VOTING, "region", "WEST"),
        (Phase.VOTING, "stratum", "rural"),
        (Phase.VOTING, "stratum", "special"),
        (Phase.VOTING, "stratum", "urban"),
    ]
    assert Counter(e.phase for e in report.estimates) == {
        Phase.OPENING: 6,
        Phase.VOTING: 6,
        Phase.COUNTING: 6,
        Phase.TABULATION: 3,
    }


def test_phases_are_counted_apart() -> None:
    report = assess(MISSION, PLAN)
    numbers = {phase: report.of(phase) for phase in report.balances}
    assert {phase: (e.n, e.frame_n) for phase, e in numbers.items()} == {
        Phase.OPENING: (5, 30),
        Phase.VOTING: (10, 30),
        Phase.COUNTING: (5, 30),
    }
    assert report.of(Phase.TABULATION).frame_n == 2


@pytest.mark.parametrize("kind", ["region", "stratum"])
def test_domains_add_up_to_the_country(kind: str) -> None:
    report = assess(MISSION, PLAN)
    for phase in report.balances:
        parts = [e for e in report.estimates if e.phase is phase and e.kind == kind]
        country = report.of(phase)
        assert sum(e.n for e in parts) == country.n
        assert sum(e.frame_n for e in parts) == country.frame_n
        assert sum(e.drawn for e in parts) == country.drawn


def test_stations_around_one_hub_are_a_cluster() -> None:
    # T-W1 and T-E1 have two pairs with two visits each, T-E3 one: (16 + 16 + 4) / 10.
    estimate = assess(MISSION, PLAN, intraclass=0.1).of(Phase.VOTING)
    assert estimate.cluster_deff == pytest.approx(1 + (3.6 - 1) * 0.1)
    assert estimate.weight_deff == 1
    assert estimate.deff == pytest.approx(1.26)
    assert estimate.margin == pytest.approx(margin_of_error(10, 30, deff=1.26))
    assert estimate.zero_limit == pytest.approx(zero_limit_finite(10 / 1.26, 30))
    assert estimate.detection[0.1] == pytest.approx(power_to_see(10 / 1.26, 0.1, 30))


def test_or_those_of_one_pair() -> None:
    estimate = assess(MISSION, PLAN, intraclass=0.1, cluster="pair").of(Phase.VOTING)
    assert estimate.cluster_deff == pytest.approx(1.1)
    assert assess(MISSION, PLAN, cluster="pair").of(Phase.COUNTING).cluster_deff == 1


def test_commissions_are_no_clusters() -> None:
    assert assess(MISSION, PLAN, intraclass=1).of(Phase.TABULATION).deff == 1


def test_unequal_chances_cost() -> None:
    plan = all_visited()
    half = tuple(
        entry.model_copy(update={"probability": 1 / 6}) if entry.area == "A01" else entry
        for entry in plan.sample
    )
    plan = plan.model_copy(update={"sample": half})
    estimate = assess(MISSION, plan, intraclass=0).of(Phase.VOTING)
    # Four stations weigh 6 and six weigh 3.
    assert estimate.weight_deff == pytest.approx(10 * (4 * 36 + 6 * 9) / (4 * 6 + 6 * 3) ** 2)
    assert estimate.deff == estimate.weight_deff
    assert assess(MISSION, plan).of(Phase.VOTING, "region", "WEST").weight_deff == 1


def test_unknown_chances_have_no_weights() -> None:
    sample = tuple(s.model_copy(update={"probability": None}) for s in PLAN.sample)
    plan = PLAN.model_copy(update={"sample": sample, "sample_mode": SampleMode.COVERAGE})
    estimate = assess(MISSION, plan).of(Phase.VOTING)
    assert (estimate.weight_deff, estimate.drawn, estimate.reached) == (1, 0, None)
    assert estimate.covered == 0


def test_a_full_tabulation_is_a_census() -> None:
    estimate = assess(MISSION, PLAN).of(Phase.TABULATION)
    assert (estimate.n, estimate.margin, estimate.zero_limit) == (2, 0, 0)
    assert estimate.why == "all 2 commissions are observed: nothing is left to chance"


def test_fewer_seen_in_simulations_widen_the_margin() -> None:
    margins = [
        assess(MISSION, PLAN, observed={Phase.VOTING: n}).of(Phase.VOTING).margin
        for n in (10.0, 8.5, 5.0, 2.0)
    ]
    assert None not in margins
    assert margins == sorted(margins)
    assert len(set(margins)) == 4
    none = assess(MISSION, PLAN, observed={Phase.VOTING: 0}).of(Phase.VOTING)
    assert (none.n, none.margin, none.basis) == (0, None, "none")


def test_simulated_places_reach_their_own_region_only() -> None:
    lost = {"W1-2": 0.0, "W1-3": 0.0, "W2-2": 0.5, "W2-3": 0.5}
    east = {f"E{d}-{k}": 1.0 for d in (1, 2, 3) for k in (2, 3)}
    report = assess(MISSION, PLAN, observed={Phase.VOTING: lost | east})
    assert report.of(Phase.VOTING).n == 7
    assert report.of(Phase.VOTING, "region", "WEST").n == 1
    assert report.of(Phase.VOTING, "region", "EAST").n == 6
    urban = report.balances[Phase.VOTING][0].observed
    assert sum(urban.values()) == 7


def test_balance_of_every_phase() -> None:
    settlement, distance = assess(MISSION, PLAN).balances[Phase.VOTING]
    assert settlement.frame == {"rural": 20, "urban": 10}
    assert settlement.observed == {"rural": 8, "urban": 2}
    assert settlement.distance == pytest.approx(0.8 - 2 / 3)
    assert distance.distance is not None


def test_assumptions_and_notes_travel_with_the_figures() -> None:
    report = assess(MISSION, PLAN, p=0.2, confidence=0.9, intraclass=0.02, prevalence=(0.03,))
    assumed = report.assumptions
    assert (assumed.p, assumed.confidence, assumed.intraclass) == (0.2, 0.9, 0.02)
    assert set(report.of(Phase.VOTING).detection) == {0.03}
    assert "assumption (B)" in report.notes[0]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"p": 2}, "Expected p from 0 to 1, got 2"),
        ({"confidence": 1}, "Expected confidence between 0 and 1, got 1"),
        ({"intraclass": -0.1}, "Expected intraclass correlation from 0 to 1, got -0.1"),
        ({"prevalence": (0.1, 3)}, "Expected prevalence from 0 to 1, got 3"),
        ({"cluster": "region"}, "Expected a cluster of .*, got 'region'"),
    ],
)
def test_impossible_assumptions_are_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        assess(MISSION, PLAN, **values)


def test_a_domain_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="Expected a phase and domain of the report, got voting"):
        assess(MISSION, PLAN).of(Phase.VOTING, "region", "NORTH")
