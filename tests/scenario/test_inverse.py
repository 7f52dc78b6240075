"""From a target back to a staffing: found, proven by plans, or answered with the nearest value."""

from typing import Any

import pytest

from planner.domain.finding import Severity
from planner.domain.mission import Costs
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Phase
from planner.errors import InputError
from planner.optimizer.stage import Effort, Silent
from planner.precision import assess
from planner.remember.plan import Memory
from planner.scenario.bounds import bounds_of, first_guess, last_where, least_planned
from planner.scenario.document import Scenario
from planner.scenario.found import Inverse, Tried
from planner.scenario.inverse import solve
from planner.scenario.run import run_scenario
from planner.scenario.span import teams_for
from planner.scenario.target import Target
from tests.good_plan import good_mission, good_plan

MISSION = good_mission()
MEMORY = Memory()
EFFORT = Effort(scale=0.5)
DRAWS = 100


def answer(
    mission: MissionInput = MISSION,
    scenario: Scenario | None = None,
    plans: int = 24,
    **target: Any,
) -> Inverse:
    return solve(
        mission,
        Target.model_validate(target),
        scenario,
        effort=EFFORT,
        memory=MEMORY,
        plans=plans,
        draws=DRAWS,
    )


def planned(pairs: int, teams: int = 2, **changes: Any) -> Any:
    scenario = Scenario.model_validate(
        {"staffing": {"sto_pairs": pairs, "lto_teams": teams}, **changes}
    )
    return run_scenario(MISSION, scenario, effort=EFFORT, memory=MEMORY, draws=DRAWS)


def told(found: Inverse, code: str = "SC-TARGET") -> list[Any]:
    return [finding for finding in found.findings if finding.code == code]


def test_the_answer_is_proven_by_two_plans():
    found = answer(margins={"voting": 0.3}, level="planned", most_pairs=5)
    assert found.status == "met"
    assert found.answer is not None
    pairs = found.answer.pairs
    margin = planned(pairs).point.margin_voting
    assert margin <= 0.3
    assert found.answer.goals[0].value == pytest.approx(margin, abs=1e-6)
    if found.below is None:
        assert pairs - 1 == found.low
    else:
        assert found.below.pairs == pairs - 1
        assert planned(pairs - 1).point.margin_voting > 0.3
    assert not told(found)


def test_every_number_below_the_answer_misses():
    found = answer(margins={"voting": 0.14}, level="planned")
    assert found.answer is not None
    margins = {n: planned(n).point.margin_voting for n in range(1, 11)}
    enough = [n for n, margin in margins.items() if margin <= 0.14]
    assert found.answer.pairs in enough
    assert margins[found.answer.pairs - 1] > 0.14


def test_the_answer_can_be_planned_again():
    found = answer(margins={"voting": 0.2})
    assert found.answer is not None
    again = run_scenario(
        MISSION, found.answer.scenario, effort=EFFORT, memory=Memory(), draws=DRAWS
    )
    assert again.point == found.answer.point


def test_the_same_order_gives_the_same_answer():
    target = Target(margins={Phase.VOTING: 0.15}, regions=True)
    first, second = (
        solve(MISSION, target, effort=EFFORT, memory=Memory(), draws=DRAWS) for _ in range(2)
    )
    assert first == second


def test_levels_ask_for_more_and_more():
    late = Scenario.model_validate({"delivery": {"late_share": 0.3}, "noise": "winter"})
    values = []
    for level in ("planned", "expected", "p5"):
        found = answer(scenario=late, margins={"voting": 0.49}, level=level)
        assert found.answer is not None
        one = next(tried for tried in found.tried if tried.pairs == 5)
        values.append(one.goals[0].value)
    assert values == sorted(values)
    assert values[0] < values[1] < values[2]


def test_delivery_counts_in_what_is_asked_for():
    half = Scenario.model_validate({"delivery": {"rate": 0.5}})
    whole = answer(regions=True, level="planned")
    found = answer(scenario=half, regions=True, level="planned")
    assert whole.answer is not None
    assert found.answer is not None
    assert found.answer.point.pairs_planned == whole.answer.pairs == 2
    assert found.answer.pairs == 4
    assert found.below is not None
    assert found.below.point.pairs_planned == 1


def test_regions_and_districts_touched():
    found = answer(regions=True)
    assert found.answer is not None
    (regions,) = found.answer.goals
    assert (regions.value, regions.limit, regions.met) == (2, 2, True)
    share = answer(districts=0.8, level="planned")
    assert share.answer is not None
    touched = planned(share.answer.pairs).point.districts_touched
    assert share.answer.goals[0].value == pytest.approx(touched / len(MISSION.districts))
    for level in ("expected", "p5"):
        surely = next(
            tried
            for tried in answer(districts=0.8, level=level).tried
            if tried.pairs == share.answer.pairs
        )
        assert surely.goals[0].value is not None
        assert surely.goals[0].value <= share.answer.goals[0].value + 1e-9


def test_what_no_sample_could_reach_is_said_with_the_nearest_value():
    found = answer(margins={"counting": 0.05}, level="planned")
    assert found.status == "unreachable"
    assert found.answer is None
    assert found.plans == 1
    (finding,) = told(found)
    assert finding.severity is Severity.HARD
    assert "beds for 10 pairs" in finding.message
    value = planned(10).point.margin_counting
    assert f"±{100 * value:.2f} points with 10 pairs" in finding.remedy
    assert finding.limit == "at most ±5.00 points"


def test_a_basis_that_is_only_indicative_does_not_count():
    found = answer(margins={"voting": 0.3}, design_based=True, level="planned")
    assert found.status == "unreachable"
    assert {tried.pairs for tried in found.tried} >= {10}
    assert found.answer is None
    (finding,) = told(found)
    assert finding.subject == "basis voting"
    assert "less than 80 %" in finding.message
    best = max(tried.goals[1].value or 0.0 for tried in found.tried)
    assert f"{round(100 * best, 1):g} %" in finding.remedy


def test_others_can_give_no_more_pairs():
    found = answer(margins={"counting": 0.3}, level="planned", most_pairs=3)
    assert found.status == "unreachable"
    assert "as the target says" in told(found)[0].message
    assert "with 3 pairs" in told(found)[0].remedy


COSTS = {
    "vehicle_day": 100.0,
    "interpreter_day": 50.0,
    "bed_night": 60.0,
    "observer_day": 80.0,
    "km": 0.5,
}


def priced() -> MissionInput:
    costs = Costs(illustrative=True, **COSTS)  # type: ignore[arg-type]
    known = MISSION.mission.model_copy(update={"costs": costs})
    return MISSION.model_copy(update={"mission": known})


def test_a_budget_is_kept_or_answered_by_what_it_pays_for():
    free = answer(priced(), margins={"counting": 0.3}, level="planned", budget=1e9)
    assert free.status == "met"
    assert free.answer is not None
    cost = free.answer.point.cost
    assert cost is not None
    tight = answer(priced(), margins={"counting": 0.3}, level="planned", budget=cost - 1)
    assert tight.status == "unreachable"
    assert tight.answer is None
    (finding,) = told(tight)
    assert finding.subject == "margin counting"
    assert "then cost is" in finding.message
    within = [one for one in tight.tried if (one.point.cost or 0.0) <= cost - 1]
    assert max(one.pairs for one in within) == free.answer.pairs - 1
    assert f"with {free.answer.pairs - 1} pairs" in finding.remedy
    exact = answer(priced(), margins={"counting": 0.3}, level="planned", budget=cost)
    assert exact.status == "met"


def test_lto_teams_are_searched_by_span_of_control():
    found = answer(margins={"voting": 0.14}, level="planned", span=3.0)
    assert found.status == "met"
    assert found.answer is not None
    teams = found.answer.lto_teams
    assert (found.answer.point.span_of_control_max or 0) <= 3
    assert teams == 1 or (found.fewer_teams is not None and not found.fewer_teams.met)
    assert found.below is None or found.below.lto_teams == teams


def test_spans_are_those_of_the_whole_plan():
    scenario = Scenario.model_validate({"staffing": {"sto_pairs": 5}})
    teams = teams_for(MISSION, scenario, 2.0, EFFORT, MEMORY, Silent())
    assert teams.answer is not None
    for number, most in teams.spans.items():
        assert planned(5, number).point.span_of_control_max == most


def test_a_span_that_no_number_of_teams_keeps():
    found = answer(margins={"counting": 0.3}, level="planned", span=1.0)
    assert found.status == "unreachable"
    (finding,) = told(found)
    assert finding.subject == "span"
    assert "districts" in finding.message


def test_plans_that_do_not_suffice_leave_it_open():
    found = answer(margins={"voting": 0.14}, level="planned", plans=1)
    assert found.status == "open"
    assert found.plans == 1
    assert told(found)[0].severity is Severity.SOFT
    assert "1 plans that were allowed" in told(found)[0].message


class Stopping(Silent):
    """Cancels once so many plans were told."""

    def __init__(self, after: int) -> None:
        self.after, self.told = after, 0

    @property
    def cancelled(self) -> bool:  # type: ignore[override]
        return self.told >= self.after

    def watch(self, _tried: Tried) -> None:
        self.told += 1


def test_a_search_can_be_cancelled():
    stopping = Stopping(1)
    found = solve(
        MISSION,
        Target(margins={Phase.VOTING: 0.14}),
        effort=EFFORT,
        memory=MEMORY,
        draws=DRAWS,
        progress=stopping,
        watch=stopping.watch,
    )
    assert found.status == "open"
    assert found.plans == stopping.told == 1
    assert "cancelled" in told(found)[0].message


def test_the_frontier_holds_what_nothing_beats():
    found = answer(margins={"voting": 0.14}, level="planned")
    frontier = found.frontier
    assert found.answer in frontier
    for beaten in (one for one in found.tried if one not in frontier):
        assert any(
            better.pairs <= beaten.pairs and better.score <= beaten.score for better in frontier
        )
    for spot in found.spots:
        assert spot.fewer < spot.more
        assert spot.value_more > spot.value_fewer
    assert bool(found.spots) is bool(told(found, "SC-ROUGH"))


@pytest.mark.parametrize(
    ("target", "code", "nearest"),
    [
        ({}, "SC-TARGET", "a margin of 0.05"),
        ({"design_based": True, "regions": True}, "SC-TARGET", "leave this out"),
        ({"margins": {"closing": 0.1}}, "SC-TARGET", "leave this out"),
        ({"margins": {"voting": 3}}, "SC-TARGET", "nearest possible value: 0.5"),
        ({"margins": {"voting": float("nan")}}, "SC-TARGET", "nearest possible value: 0.0005"),
        ({"districts": 1.2}, "SC-TARGET", "nearest possible value: 1"),
        ({"regions": True, "span": 0}, "SC-TARGET", "nearest possible value: 1"),
        ({"regions": True, "most_pairs": -4}, "SC-TARGET", "nearest possible value: 1"),
        ({"regions": True, "confidence": 1}, "SC-TARGET", "nearest possible value: 0.999"),
        ({"regions": True, "budget": 5.0}, "SC-COSTS", "leave this out"),
    ],
)
def test_a_target_that_means_nothing_is_refused(target: dict[str, Any], code: str, nearest: str):
    with pytest.raises(InputError) as caught:
        answer(**target)
    (finding,) = caught.value.findings
    assert finding.code == code
    assert nearest in finding.remedy


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(InputError) as caught:
        answer(margins={"voting": 3, "closing": 0.1}, districts=-1)
    assert len(caught.value.findings) == 3


def test_a_format_without_stos_a_budget_below_the_fixed_cost_and_a_strange_region():
    for mission, scenario, target, code in (
        (MISSION, Scenario.model_validate({"format": "LEOM"}), {}, "SC-FORMAT"),
        (priced(), None, {"budget": 5.0}, "SC-BUDGET"),
        (MISSION, Scenario.model_validate({"isolated": [{"region": "?"}]}), {}, "SC-REGION"),
    ):
        with pytest.raises(InputError) as caught:
            answer(mission, scenario, regions=True, **target)
        assert code in {finding.code for finding in caught.value.findings}


def test_bounds_by_hand():
    target = Target(margins={Phase.COUNTING: 0.2, Phase.VOTING: 0.2})
    # n0 = 0.25 (1.96/0.2)^2 = 24.01; of 30 stations 24.01*30/(29+24.01) = 13.6.
    assert len(MISSION.stations) == 30
    assert least_planned(MISSION, target) == 14
    assert least_planned(MISSION, Target(margins={Phase.VOTING: 0.2})) == 2
    bounds = bounds_of(MISSION, MISSION, Scenario(), target)
    assert (bounds.low, bounds.most, bounds.impossible) == (13, 10, True)
    half = Scenario.model_validate({"delivery": {"rate": 0.5}})
    assert bounds_of(MISSION, MISSION, half, Target(regions=True)).most == 21
    assert last_where(lambda n: n < 7, 100) == 6
    assert last_where(lambda n: n < 700, 100) == 100


def test_the_guess_keeps_to_the_formula():
    report = assess(MISSION, good_plan())
    own = report.of(Phase.COUNTING).margin
    assert own is not None
    target = Target(margins={Phase.COUNTING: own})
    assert first_guess(report, 5, 100, target) == 5
    assert first_guess(report, 5, 100, Target(margins={Phase.COUNTING: own / 2})) > 10
    assert first_guess(report, 5, 7, Target(margins={Phase.COUNTING: 0.001})) == 7
