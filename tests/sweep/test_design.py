"""Grids, random designs, and what a person types for them."""

import pytest

from planner.errors import InputError, PlannerError
from planner.scenario.document import DayChange, Scenario
from planner.sweep.design import MOST_POINTS, Axis, Design, scenarios
from planner.sweep.options import axis_of, engine_of, numbers, stos_axis, whole_numbers

PAIRS = "staffing.sto_pairs"
RATE = "delivery.rate"


def test_a_grid_has_every_combination_in_order_for_each_seed():
    design = Design(
        axes=(Axis(path=PAIRS, values=(50, 75)), Axis(path=RATE, values=(0.7, 1.0))),
        seeds=(1, 2),
    )
    found = [(s.staffing.sto_pairs, s.delivery.rate, s.seed) for s in scenarios(design)]
    assert found == [
        (pairs, rate, seed) for pairs in (50, 75) for rate in (0.7, 1.0) for seed in (1, 2)
    ]
    assert len({scenario.name for scenario in scenarios(design)}) == 4


def test_the_28_plans_of_the_founding_mission():
    design = Design(axes=(stos_axis("100:400:50"), Axis(path=RATE, values=(0.7, 0.85, 1, 1.15))))
    found = scenarios(design)
    assert len(found) == 28
    assert {s.staffing.sto_pairs for s in found} == {50, 75, 100, 125, 150, 175, 200}


def test_a_latin_hypercube_fills_every_part_of_every_axis_once():
    design = Design(
        axes=(
            Axis(path=PAIRS, low=1, high=20),
            Axis(path="travel.speed_factor", low=0.5, high=1.5),
            Axis(path="day.mode", values=("mobile", "static")),
        ),
        samples=20,
    )
    found = scenarios(design)
    assert sorted(s.staffing.sto_pairs or 0 for s in found) == list(range(1, 21))
    parts = sorted(int(((s.travel.speed_factor or 0) - 0.5) * 20) for s in found)
    assert parts == list(range(20))
    assert sum(s.day.mode == "static" for s in found) == 10
    assert scenarios(design) == found
    assert scenarios(design.model_copy(update={"sample_seed": 2})) != found


def test_axes_reach_into_lists_states_and_what_is_not_there_yet():
    base = Scenario.model_validate({"isolated": [{"region": "EAST"}]})
    axes = (
        Axis(path="isolated.0.to_hour", values=(12.0,)),
        Axis(path="delivery.by_state.AT", values=(0.5,)),
        Axis(path="second_round.sto_share", values=(0.4,)),
    )
    (found,) = scenarios(Design(base=base, axes=axes))
    assert found.isolated[0].to_hour == 12
    assert found.delivery.by_state == {"AT": 0.5}
    assert found.second_round is not None
    assert (found.second_round.days_later, found.second_round.sto_share) == (14, 0.4)


@pytest.mark.parametrize(
    "path", ["staffing.pairs", "nothing", "staffing.sto_pairs.deep", "isolated.3.to_hour", ""]
)
def test_an_unknown_field_is_refused(path: str):
    with pytest.raises(PlannerError) as caught:
        scenarios(Design(axes=(Axis(path=path, values=(1,)),)))
    assert caught.value.code == "SW-AXIS"


def test_a_value_of_another_type_is_refused_with_its_place():
    with pytest.raises(InputError) as caught:
        scenarios(Design(axes=(Axis(path=PAIRS, values=("many",)),)))
    assert "sto_pairs" in caught.value.findings[0].column + caught.value.findings[0].subject


@pytest.mark.parametrize(
    ("design", "code"),
    [
        (Design(axes=(Axis(path=PAIRS),)), "SW-AXIS"),
        (Design(axes=(Axis(path=PAIRS, low=2, high=1),), samples=3), "SW-AXIS"),
        (Design(samples=3), "SW-DESIGN"),
        (Design(seeds=()), "SW-DESIGN"),
        (Design(seeds=tuple(range(MOST_POINTS + 1))), "SW-DESIGN"),
        (Design(axes=(Axis(path=PAIRS, low=1, high=9),), samples=MOST_POINTS + 1), "SW-DESIGN"),
    ],
)
def test_designs_that_cannot_be(design: Design, code: str):
    with pytest.raises(PlannerError) as caught:
        scenarios(design)
    assert caught.value.code == code


def test_what_a_person_types():
    assert whole_numbers("100:400:50", "--stos") == tuple(range(100, 401, 50))
    assert whole_numbers("3:5", "--seeds") == (3, 4, 5)
    assert whole_numbers("10,15", "--lto") == (10, 15)
    assert numbers("0.7, 1", "--delivery") == (0.7, 1.0)
    assert stos_axis("100,102") == Axis(path=PAIRS, values=(50, 51))
    assert axis_of("day.dwell_min=30,60") == Axis(path="day.dwell_min", values=(30, 60))
    assert axis_of("delivery.known=true,False").values == (True, False)
    assert axis_of("allocation_basis=equal,voters").values == ("equal", "voters")
    assert axis_of("delivery.rate=0.7..1.15") == Axis(path=RATE, low=0.7, high=1.15)
    for text in ("9:1", "1:9:0", "1:2:3:4", "few", "", "1.5"):
        with pytest.raises(PlannerError) as caught:
            whole_numbers(text, "--stos")
        assert caught.value.code == "SW-RANGE"
    for text in ("day.dwell_min", "=3", "day.dwell_min="):
        with pytest.raises(PlannerError) as caught:
            axis_of(text)
        assert caught.value.code == "SW-AXIS"


def test_odd_numbers_of_stos_name_their_neighbours():
    with pytest.raises(PlannerError) as caught:
        stos_axis("100,301")
    assert caught.value.code == "SW-STOS"
    assert "300 and 302" in caught.value.remedy


def test_engines_by_name():
    assert engine_of("in-process", 1).name == "in-process"
    assert engine_of("process", 2).name == "process x2"
    for name, processes in (("cloud", None), ("process", 1000)):
        with pytest.raises(PlannerError) as caught:
            engine_of(name, processes)
        assert caught.value.code == "SW-ENGINE"
    assert "256" in caught.value.remedy


def test_further_scenarios_run_beside_the_grid_with_every_seed() -> None:
    other = Scenario(name="other", day=DayChange(dwell_min=60))
    design = Design(
        axes=(Axis(path="delivery.rate", values=(0.8, 1.0)),), also=(other,), seeds=(1, 2)
    )
    found = scenarios(design)
    assert len(found) == 6
    assert [(one.name, one.day.dwell_min, one.seed) for one in found[-2:]] == [
        ("other", 60, 1),
        ("other", 60, 2),
    ]
