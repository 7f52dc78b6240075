"""The answer follows from figures alone, in exactly two sentences."""

import pytest

from planner.briefing.answer import answer, question_of
from planner.briefing.reading import shown_point
from planner.scenario.point import Point
from planner.scenario.run import ScenarioRun


def point(name: str = "base", **figures: object) -> Point:
    known: dict[str, object] = {
        "sto_pairs": 150,
        "draws": 500,
        "openings": 150,
        "openings_mean": 149.6,
        "openings_p5": 149,
        "openings_p95": 150,
        "voting_visits": 1349,
        "voting_visits_mean": 1346.7,
        "voting_visits_p5": 1343,
        "voting_visits_p95": 1349,
        "counts": 150,
        "counts_mean": 149.6,
        "counts_p5": 148,
        "counts_p95": 150,
        "margin_voting": 0.0368,
        "margin_voting_expected": 0.037,
        "margin_counting": 0.0889,
        "margin_counting_expected": 0.089,
        "basis_voting": "design-based",
        "basis_counting": "indicative",
        "currency": "EUR",
    }
    return Point.model_validate(
        {"name": name, "mission": "m", "input_hash": "h", "status": "planned"} | known | figures
    )


def test_one_scenario():
    first, second = answer([point()])
    assert first == (
        "“base” is expected to observe 150 (149 to 150) openings, 1,347 (1,343 to 1,349) voting "
        "visits and 150 (148 to 150) counts with 150 STO pairs."
    )
    assert second == (
        "A share of stations can be stated to ±3.7 percentage points for voting (design-based) and "
        "±8.9 for the count (indicative); what it costs is not known, because no unit cost is "
        "entered."
    )


def test_two_scenarios_that_differ():
    more = point(
        "more",
        voting_visits_mean=1581.0,
        voting_visits_p5=1577,
        voting_visits_p95=1583,
        counts_mean=174.0,
        counts_p5=172,
        counts_p95=175,
        margin_voting_expected=0.035,
        margin_counting_expected=0.089,
        cost=120_000.0,
    )
    first, second = answer([point(cost=100_000.0), more])
    assert first == (
        "Compared with “base”, “more” is expected to observe 1,581 voting visits (+234) and 174 "
        "counts (+24); that is more than election days differ by chance."
    )
    assert second == (
        "The margin of error is ±3.5 instead of ±3.7 for voting (design-based) and ±8.9 as before "
        "for the count (indicative), in percentage points; it costs 20,000 EUR more."
    )


def test_a_difference_within_the_uncertainty_is_said_to_be():
    first, _ = answer([point(), point("other")])
    assert first.endswith("; that is within the uncertainty of an election day.")
    first, _ = answer([point(), point("other", voting_visits_mean=1300.0)])
    assert first.endswith(
        "; the difference in counts is within the uncertainty of an election day."
    )


def test_without_simulation_the_uncertainty_is_not_known():
    names = ("openings", "voting_visits", "counts")
    nothing = {f"{name}_{end}": None for name in names for end in ("mean", "p5", "p95")}
    first, _ = answer(
        [
            point(**nothing),
            point(
                "other",
                **nothing,
            ),
        ]
    )
    assert "is planned to observe 1,349 voting visits" in first
    assert first.endswith("no election day was simulated, so that the uncertainty is not known.")


def test_several_scenarios_name_the_most_and_the_fewest():
    points = [
        point(),
        point("more", voting_visits_mean=1581.0, margin_voting_expected=0.035),
        point("same"),
        point("fewer", voting_visits_mean=1089.0, basis_voting="indicative"),
    ]
    first, second = answer(points)
    assert first == (
        "Against 1,347 voting visits of “base”, “more” is expected to make most, 1,581 (+234), and "
        "“fewer” fewest, 1,089 (\u2212258); 1 of 3 differences are within the uncertainty of an "
        "election day."
    )
    assert second.startswith(
        "Margins of error are ±3.5 to ±3.7 for voting (design-based or indicative) and ±8.9 for "
        "the count (indicative), in percentage points;"
    )


def test_costs_say_what_they_are_without():
    _, second = answer([point(cost=5_000.0, cost_missing="km", cost_illustrative=True)])
    assert second.endswith(
        "it costs 5,000 EUR (without items that have no unit cost, unit costs are invented)."
    )
    _, second = answer([point(cost=5_000.0), point("b", cost=4_000.0, currency="CHF")])
    assert second.endswith("costs are in two currencies and are not compared.")


def test_a_mission_without_stos(base: ScenarioRun, limited: ScenarioRun):
    first, second = answer([limited.point])
    assert first == "“limited” sends no STO pairs, so that no station is observed."
    assert second == "Nothing can be stated about the country's stations."
    first, _ = answer([shown_point(base), shown_point(limited)])
    assert "0 voting visits" in first


def test_each_part_is_one_sentence(base: ScenarioRun, fewer: ScenarioRun, cut_off: ScenarioRun):
    points = [shown_point(run) for run in (base, fewer, cut_off)]
    for number in (1, 2, 3):
        for sentence in answer(points[:number]):
            assert sentence.endswith(".")
            assert sentence.count(". ") == 0


def test_nothing_planned_has_no_answer():
    with pytest.raises(ValueError, match="Expected"):
        answer([])


def test_the_question_is_that_of_the_scenario_that_is_compared():
    points = [point(), point("other")]
    assert question_of(points, ["", "What if?"]) == "What if?"
    assert question_of(points, ["", ""]) == "What do 2 scenarios of the mission observe?"
    assert question_of(points[:1], [""]) == "What does the mission observe?"
