"""Whole simulations: identity without noise, order of outcomes, same seed, bounds."""

from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest

from planner.domain.plan import Plan
from planner.errors import PlannerError
from planner.execution import (
    Cause,
    Delivery,
    Execution,
    Isolation,
    Noise,
    Preset,
    draw_delivery,
    simulate,
)
from planner.execution.luck import Luck, LuckSource
from planner.execution.simulation import MOST_DRAWS
from tests.execution.same_times import assert_same_times
from tests.execution.small import day_policy, only
from tests.good_plan import TRAVEL, good_mission, good_plan

MISSION, PLAN = good_mission(), good_plan()
STORM = Isolation(region="WEST", from_hour=-2, to_hour=30)


def _run(noise: Noise, *, plan: Plan = PLAN, draws: int = 200, **options: object) -> Execution:
    return simulate(MISSION, plan, TRAVEL, noise, draws=draws, **options)  # type: ignore[arg-type]


def _seen(execution: Execution) -> np.ndarray:
    return execution.opening.astype(int) + execution.visits + 3 * execution.closing


def test_without_noise_every_time_is_that_of_the_plan():
    execution = _run(Noise.zero(), draws=3, keep_times=True)
    assert assert_same_times(execution, PLAN, MISSION) == 5 * 6
    assert (execution.cause == Cause.NOTHING).all()
    assert (execution.seen_share[:, :3] == 1).all()


def test_same_seed_same_result_and_another_seed_another():
    first, again = _run(Noise()), _run(Noise())
    for name in ("opening", "closing", "visits", "duty_s", "reach_base_s", "cause", "observed"):
        np.testing.assert_array_equal(getattr(first, name), getattr(again, name))
    assert (_run(Noise(), seed=2).duty_s != first.duty_s).any()


def test_a_pair_fares_the_same_whoever_else_goes():
    alone = _run(Noise.preset("winter"), plan=only(PLAN, "STO-003"))
    turned = _run(Noise.preset("winter"), plan=only(PLAN, "STO-005", "STO-003", "STO-001"))
    np.testing.assert_array_equal(turned.duty_s[1], alone.duty_s[0])
    np.testing.assert_array_equal(turned.visits[1], alone.visits[0])


@pytest.mark.parametrize("names", [("calm", "usual"), ("usual", "winter")])
def test_a_worse_day_observes_less_on_average(names: tuple[str, str]):
    better, worse = (_run(Noise.preset(name), draws=2_000) for name in names)
    assert _seen(worse).mean() <= _seen(better).mean()


def test_slower_roads_never_observe_more():
    factors = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05)
    quiet = Noise.zero()
    seen = [
        _seen(_run(quiet.model_copy(update={"speed_factor": factor}), draws=1))
        for factor in factors
    ]
    assert all((after <= before).all() for before, after in pairwise(seen))
    assert (seen[-1] < seen[0]).all()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("late_opening_mean_min", (20, 60, 240, 960)),
        ("late_opening_probability", (0, 0.2, 0.6, 1)),
        ("repair_longest_min", (180, 400, 900)),
        ("speed_factor", (1, 0.7, 0.4, 0.2)),
    ],
)
def test_more_delay_never_observes_more_stations_in_any_draw(name: str, values: tuple[float, ...]):
    base = Noise(breakdown_probability=0.5, late_opening_mean_min=300, late_opening_max_min=1_000)
    runs = [_run(base.model_copy(update={name: value})) for value in values]
    seen = [run.visits + run.opening.astype(int) for run in runs]
    assert all((after <= before).all() for before, after in pairwise(seen))
    assert seen[-1].sum() < seen[0].sum()


def test_pairs_of_an_isolated_region_observe_nothing_the_others_as_ever():
    storm, usual = _run(Noise(isolations=(STORM,))), _run(Noise())
    west = [team in ("STO-001", "STO-002") for team in storm.teams]
    assert not _seen(storm)[west].any()
    assert not storm.duty_s[west].any()
    np.testing.assert_array_equal(
        _seen(storm)[np.logical_not(west)], _seen(usual)[np.logical_not(west)]
    )
    # The regions stand in their order: EAST, WEST.
    assert not storm.observed[:, 1].any()
    assert (storm.observed[:, 0] == usual.observed[:, 0]).all()


def test_nobody_arrives_anywhere_during_a_closure():
    closure = Isolation(region="WEST", from_hour=9, to_hour=15)
    run = _run(Noise(isolations=(closure,)), plan=only(PLAN, "STO-001"), keep_times=True)
    assert run.times is not None
    hours = run.times.arrive_s / 3600 + 5  # the west is five hours ahead of UTC
    arrived = hours[~np.isnan(hours)]
    assert arrived.size
    assert not ((arrived > 9) & (arrived < 15)).any()


def test_portions_change_no_result_and_bound_the_memory(monkeypatch: pytest.MonkeyPatch):
    delivery = Delivery(rate=0.8, spread=0.1)
    whole = _run(Noise.preset("winter"), delivery=delivery, keep_times=True)
    sizes: list[int] = []
    draw = LuckSource.draw

    def noted(source: LuckSource, draws: int) -> Luck:
        sizes.append(draws)
        return draw(source, draws)

    monkeypatch.setattr(LuckSource, "draw", noted)
    monkeypatch.setattr("planner.execution.simulation.CELLS", 5 * 30 + 4)
    parts = _run(Noise.preset("winter"), delivery=delivery, keep_times=True)
    assert sizes == [30] * 6 + [20]
    for name in ("present", "visits", "duty_s", "reach_base_s", "observed", "seen_share"):
        np.testing.assert_array_equal(getattr(parts, name), getattr(whole, name))
    assert parts.times is not None
    assert whole.times is not None
    np.testing.assert_array_equal(parts.times.arrive_s, whole.times.arrive_s)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"draws": 0}, "SI-DRAWS"),
        ({"draws": MOST_DRAWS + 1}, "SI-DRAWS"),
        ({"draws": 5_001, "keep_times": True}, "SI-DRAWS"),
        ({"seed": -1}, "SI-SEED"),
    ],
)
def test_what_is_out_of_range_is_refused(options: dict[str, int], code: str):
    with pytest.raises(PlannerError) as caught:
        _run(Noise(), **options)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert caught.value.remedy


def test_a_mission_without_days_has_nothing_to_tell():
    execution = _run(Noise(), plan=PLAN.model_copy(update={"days": ()}), delivery=Delivery())
    summary = execution.summary()
    assert summary.pairs == summary.pairs_out.mean == summary.duty_h.p95 == 0
    assert all(phase.planned == phase.observed.mean == 0 for phase in summary.phases)
    assert summary.risks == ()


def test_a_pair_without_a_route_stays_at_home():
    day = PLAN.days[0]
    idle = day.model_copy(update={"stops": (), "reach_base": day.leave_base, "return_travel_s": 0})
    plan = PLAN.model_copy(update={"days": (idle, *PLAN.days[1:])})
    execution = _run(Noise(), plan=plan)
    assert not execution.duty_s[0].any()
    assert not _seen(execution)[0].any()


def test_a_pair_without_a_closing_turns_back_at_its_duty_limit():
    day = PLAN.days[0]
    visits = day.stops[:3]
    # It leaves the last visit as soon as it may and drives straight home.
    leave = visits[-1].arrive + timedelta(minutes=35)
    visits = (*visits[:2], visits[2].model_copy(update={"leave": leave}))
    back = leave + timedelta(seconds=day.return_travel_s)
    short = day.model_copy(update={"stops": visits, "reach_base": back})
    plan = PLAN.model_copy(update={"days": (short,)})
    # The limit is below what the plan takes, so that the plan itself is the limit.
    mission = day_policy(MISSION, max_duty_min=60)
    exact = simulate(mission, plan, TRAVEL, Noise.zero(), draws=1, keep_times=True)
    assert assert_same_times(exact, plan, mission) == 3
    assert exact.visits.item() == 2
    slow = Noise.zero().model_copy(update={"speed_factor": 0.1})
    late = simulate(mission, plan, TRAVEL, slow, draws=1)
    assert late.visits.item() < 2
    assert late.duty_s.item() <= exact.duty_s.item()


def test_absent_pairs_are_told_apart():
    execution = _run(Noise.zero(), delivery=Delivery(rate=0), draws=10)
    assert not execution.present.any()
    assert not execution.observed.any()
    assert np.isnan(execution.duty_s).all()
    assert (execution.cause == Cause.ABSENT).all()


def test_delivery_comes_from_the_seed_alone():
    delivery = Delivery(rate=0.6)
    calm, winter = (
        _run(Noise.preset(name), delivery=delivery).present for name in (Preset.CALM, Preset.WINTER)
    )
    np.testing.assert_array_equal(calm, winter)
    rng = np.random.default_rng(7)
    assert draw_delivery(MISSION, PLAN, delivery, rng, draws=3).shape == (5, 3)
