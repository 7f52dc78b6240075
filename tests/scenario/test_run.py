"""A scenario as a row: a full plan with its verdict, cost, forecast and precision."""

from typing import Any

import pytest

from planner.domain.mission import Costs
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Phase, StageName
from planner.errors import InputError
from planner.optimizer.pipeline import make_plan
from planner.optimizer.stage import Effort, Silent
from planner.precision import assess
from planner.referee import check_plan
from planner.remember.plan import Memory
from planner.scenario.cost import fixed_cost, plan_cost
from planner.scenario.document import Scenario
from planner.scenario.point import COLUMNS, Point
from planner.scenario.run import run_point, run_scenario
from planner.travel import make_provider
from tests.good_plan import good_mission, good_plan

MISSION = good_mission()
MEMORY = Memory()
DRAWS = 200


def point(mission: MissionInput = MISSION, draws: int = DRAWS, **changes: Any) -> Point:
    scenario = Scenario.model_validate(changes)
    return run_point(mission, scenario, memory=MEMORY, draws=draws)


def test_a_point_is_a_full_plan_with_the_referees_figures():
    travel = make_provider(MISSION)
    plan = make_plan(MISSION, travel, Effort(), Silent()).plan
    verdict = check_plan(MISSION, plan, travel)
    found = run_scenario(MISSION, Scenario(), memory=Memory(), draws=DRAWS)
    assert found.plan == plan
    assert found.verdict == verdict
    row = found.point
    for name in ("openings", "voting_visits", "counts", "tabulations", "districts_touched"):
        assert getattr(row, name) == verdict.kpis[name]
    assert row.hard_findings == 0
    assert row.days_value == verdict.objectives[StageName.DAYS]
    assert row.margin_voting == pytest.approx(
        assess(MISSION, plan).of(Phase.VOTING).margin, abs=1e-6
    )
    assert (row.pairs_requested, row.pairs_planned, row.pairs_delivered) == (5, 5, 5)


def test_without_noise_everything_planned_is_observed():
    row = point(noise="zero")
    for name in ("openings", "voting_visits", "counts", "tabulations"):
        ends = {getattr(row, f"{name}_{end}") for end in ("mean", "p5", "p50", "p95")}
        assert ends == {getattr(row, name)}
    assert row.margin_voting_expected == row.margin_voting


def test_without_draws_nothing_is_expected():
    row = point(draws=0)
    assert row.voting_visits is not None
    assert row.voting_visits_mean is None
    assert row.margin_voting is not None
    assert row.margin_voting_expected is None


def test_an_unknown_delivery_shares_the_plan_and_shows_on_the_day():
    memory = Memory()

    def run(**delivery: Any) -> Point:
        scenario = Scenario.model_validate({"delivery": delivery, "noise": "zero"})
        return run_point(MISSION, scenario, memory=memory, draws=DRAWS)

    all_come, few = run(), run(rate=0.8, known=False)
    assert memory.cache.hits["plan"] == memory.cache.hits["verdict"] == 1
    assert few.voting_visits == all_come.voting_visits
    assert few.pairs_planned == 5
    assert few.pairs_delivered == 4
    assert few.pairs_out_mean is not None
    assert few.pairs_out_mean < 5
    assert few.voting_visits_mean is not None
    assert all_come.voting_visits_mean is not None
    assert few.voting_visits_mean < all_come.voting_visits_mean
    known = run(rate=0.8)
    assert (known.pairs_planned, known.pairs_out_mean) == (4, 4)


def test_late_withdrawals_as_a_number_and_as_a_share():
    number = point(delivery={"late_withdrawals": 5})
    share = point(delivery={"late_share": 0.5})
    assert number.late_share == share.late_share == 0.5
    assert number.pairs_out_mean == share.pairs_out_mean
    assert number.pairs_out_mean is not None
    assert number.pairs_out_mean < 5


def test_an_isolated_region_observes_less_and_the_plan_stays():
    free, cut = point(noise="zero"), point(noise="zero", isolated=[{"region": "WEST"}])
    assert cut.input_hash == free.input_hash
    assert cut.voting_visits == free.voting_visits
    assert cut.voting_visits_mean is not None
    assert free.voting_visits_mean is not None
    assert cut.voting_visits_mean < free.voting_visits_mean
    assert cut.isolated == "WEST 0-48 h"


def test_more_pairs_observe_more():
    visits = [point(staffing={"sto_pairs": number}).station_visits or 0 for number in range(6)]
    assert visits == sorted(visits)
    assert visits[0] == 0 < visits[1]


def test_formats_without_stos_are_planned():
    for kind in ("LEOM", "EAM"):
        row = point(format=kind)
        assert row.status == "planned"
        assert row.hard_findings == 0
        assert (row.format, row.sto_pairs, row.openings, row.voting_visits) == (kind, 0, 0, 0)
        assert row.margin_voting is None
    assert point(format="LEOM").lto_teams == 2
    assert point(format="EAM").lto_teams == 0


def test_second_round_and_closed_town():
    row = point(second_round={}, closed_towns=["T-E3"])
    assert row.e_day == "2022-12-04"
    assert row.hard_findings == 0
    assert row.closed_towns == "T-E3"
    plan = run_scenario(MISSION, Scenario(closed_towns=("T-E3",)), memory=MEMORY, draws=0).plan
    assert "T-E3" not in {team.base_town for team in plan.teams}


def test_a_refused_scenario_is_a_row_with_the_reason():
    row = point(staffing={"sto_pairs": 99})
    assert row.status == "refused"
    assert "SC-BEDS" in row.reason
    assert "nearest possible value: 10" in row.reason
    assert row.voting_visits is None
    with pytest.raises(InputError):
        run_scenario(MISSION, Scenario.model_validate({"staffing": {"sto_pairs": 99}}))


def priced(**costs: float) -> MissionInput:
    known = MISSION.mission.model_copy(update={"costs": Costs(illustrative=True, **costs)})
    return MISSION.model_copy(update={"mission": known})


def test_cost_by_hand():
    mission = priced(vehicle_day=100, bed_night=10, km=2)
    cost = plan_cost(mission, good_plan())
    # LTO: 33 days and 32 nights, 2 teams; STO: 7 days and 6 nights, 5 pairs; two people each.
    km = good_plan().kpis["distance_total_km"]
    wanted = 100 * (2 * 33 + 5 * 7) + 10 * 2 * (2 * 32 + 5 * 6) + 2 * km
    assert cost.money == pytest.approx(wanted)
    assert cost.missing == ("interpreter_day", "observer_day")
    assert fixed_cost(mission).money == 100 * 2 * 33 + 10 * 2 * 2 * 32
    assert plan_cost(MISSION, good_plan()).money is None


def test_a_budget_is_kept_broken_or_unknown():
    everything = {
        "vehicle_day": 1.0,
        "interpreter_day": 1.0,
        "bed_night": 1.0,
        "observer_day": 1.0,
        "km": 1.0,
    }
    fixed = fixed_cost(priced(**everything)).money or 0.0
    assert point(priced(**everything), budget=1e9).within_budget is True
    assert point(priced(**everything), budget=fixed).within_budget is False
    # Items without a unit cost may break what looks kept.
    assert point(priced(km=1.0), budget=1e9).within_budget is None
    assert point(priced(km=1.0), budget=1.0).within_budget is False
    assert point(budget=1.0).within_budget is None


def test_every_column_has_a_meaning_and_a_name_of_its_own():
    assert [column.name for column in COLUMNS] == list(Point.model_fields)
    assert all(column.meaning.endswith(".") for column in COLUMNS)
    for column in COLUMNS:
        if column.name.endswith("_h"):
            assert column.unit == "h"
        if column.name.endswith("_min"):
            assert column.unit == "min"
        if column.name.startswith(("margin_", "zero_limit_")):
            assert column.unit == "share"
