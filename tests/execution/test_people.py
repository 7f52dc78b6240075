"""Delivery: how many come, who is complete, who stands in."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import State
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer
from planner.domain.plan import Plan
from planner.execution.people import Deliverer, Delivery, draw_delivery
from planner.execution.standins import StandIns
from tests.execution.small import only
from tests.good_plan import good_mission, good_plan

MISSION, PLAN = good_mission(), good_plan()
# Pairs by their States: AT-BE, CH-CZ, DK-EE, FI-GB, IE-IT; the reserve STO-P11 is of AT.
NONE_STANDS = np.zeros(10, dtype=bool)
SURE = Delivery(late_withdrawal=0)


def _present(delivery: Delivery, plan: Plan = PLAN, draws: int = 400, seed: int = 1) -> np.ndarray:
    return draw_delivery(MISSION, plan, delivery, np.random.default_rng(seed), draws=draws)


def _fill(
    missing: dict[int, str],
    *,
    mission: MissionInput = MISSION,
    reserve: bool = True,
    join: bool = False,
    spare: tuple[int, ...] = (),
) -> str:
    """Return the pairs that go out, as digits; ``missing`` names lost seats, ``ab`` for both."""
    stand_ins = StandIns(mission, Deliverer(mission, PLAN, SURE).seats)
    pairs = np.ones((5, 2), dtype=bool)
    for pair, seats in missing.items():
        for seat in seats:
            pairs[pair - 1, "ab".index(seat)] = False
    complete = pairs.all(axis=1)
    extra = NONE_STANDS.copy()
    extra[list(spare)] = True
    stands = np.full(len(stand_ins.reserves), reserve)
    stand_ins.fill(complete, pairs, stands, extra, join)
    return "".join(str(pair + 1) for pair in np.flatnonzero(complete))


def _reserve(**changes: Any) -> MissionInput:
    """Return the mission with a changed reserve."""
    observers = [
        each.model_copy(update=changes) if each.id == "STO-P11" else each
        for each in MISSION.observers
    ]
    return MISSION.model_copy(update={"observers": tuple(observers)})


def _decided(*decisions: Decision) -> MissionInput:
    return MISSION.model_copy(update={"decisions": decisions})


def test_all_come_all_go():
    assert _present(SURE).all()


def test_nobody_comes_nobody_goes():
    assert not _present(Delivery(rate=0)).any()


def test_half_of_a_rate_is_drawn_by_lot():
    # 10 seats at 0.75 are 7 or 8 people; the reserve stands by and halves are joined.
    complete = _present(Delivery(rate=0.75, late_withdrawal=0), draws=4_000).sum(axis=0)
    assert set(complete.tolist()) <= {3, 4}
    assert 3 < complete.mean() < 4


def test_halves_are_joined_only_if_wanted():
    joined = _present(Delivery(rate=0.6, late_withdrawal=0))
    apart = _present(Delivery(rate=0.6, late_withdrawal=0, join_halves=False))
    assert (apart.sum(axis=0) <= joined.sum(axis=0)).all()
    assert apart.mean() < joined.mean()


def test_more_delivery_never_means_fewer_pairs_without_joining():
    rates = (0.3, 0.5, 0.7, 0.85, 1.0, 1.15)
    shares = [_present(Delivery(rate=rate, join_halves=False)) for rate in rates]
    for fewer, more in pairwise(shares):
        assert (fewer.sum(axis=0) <= more.sum(axis=0)).all()


def test_a_state_may_have_its_own_rate():
    delivery = Delivery(rate_by_state={State("CZ"): 0.0}, late_withdrawal=0, join_halves=False)
    plan = only(PLAN, "STO-001", "STO-002", "STO-003")
    # The reserve of AT takes the Czech seat beside CH, nobody else is missing.
    assert _present(delivery, plan).all()
    both = {State("CH"): 0.0, State("CZ"): 0.0, State("DK"): 0.0}
    delivery = Delivery(rate_by_state=both, late_withdrawal=0, join_halves=False)
    # One reserve: EE gets it before the pair that lost both.
    assert _present(delivery, plan)[:, 0].tolist() == [True, False, True]


def test_the_spread_is_common_to_all():
    delivery = Delivery(rate=0.8, spread=0.2, late_withdrawal=0)
    complete = _present(delivery, draws=2_000).sum(axis=0)
    assert complete.min() <= 3
    assert complete.max() == 5


def test_late_withdrawals_strike_after_the_delivery():
    share = _present(Delivery(late_withdrawal=0.1, join_halves=False), draws=5_000).mean()
    # Without the reserve 0.81 of the pairs are complete; it fills at most one of five.
    assert 0.81 < share < 0.81 + 0.2


def test_the_first_draws_of_many_are_those_of_few():
    delivery = Delivery(rate=0.8, spread=0.1)
    np.testing.assert_array_equal(
        _present(delivery, draws=50)[:, :20], _present(delivery, draws=20)
    )
    assert (_present(delivery, seed=2) != _present(delivery)).any()


def test_pairs_without_names_are_two_people_of_any_state():
    teams = tuple(team.model_copy(update={"members": ()}) for team in PLAN.teams)
    plan = PLAN.model_copy(update={"teams": teams})
    nobody = _reserve(accredited=False)
    rng = np.random.default_rng(1)
    delivery = Delivery(rate=0.6, late_withdrawal=0)
    complete = draw_delivery(nobody, plan, delivery, rng, draws=100)
    # Six of ten people make three pairs, whoever they are.
    assert (complete.sum(axis=0) == 3).all()


def test_a_reserve_completes_the_first_pair_it_fits():
    assert _fill({}) == "12345"
    assert _fill({3: "a"}) == "12345"
    assert _fill({3: "a", 5: "a"}) == "1234"
    assert _fill({3: "a"}, reserve=False) == "1245"


def test_a_reserve_is_never_of_the_state_of_its_partner():
    # BE is missing: AT cannot be joined by the reserve from AT; CZ's seat can be taken.
    assert _fill({1: "b"}) == "2345"
    assert _fill({1: "b", 2: "b"}) == "2345"


@pytest.mark.parametrize(
    "mission",
    [
        _reserve(accredited=False),
        _reserve(state="KZ"),
        _reserve(languages=()),
        _reserve(reserve=False),
        _reserve(available_to=MISSION.mission.e_day),
        _decided(Decision(kind=DecisionKind.NEVER_PAIR, observers=("STO-P11", "STO-P06"))),
        _decided(Decision(kind=DecisionKind.NEVER_STATE_AREA, state="AT", area="A02")),
        _decided(Decision(kind=DecisionKind.OBSERVER_AREA, observers=("STO-P11",), area="A01")),
    ],
    ids=["P5", "P3", "P6", "regular", "P5-days", "P7", "P8", "A4"],
)
def test_a_reserve_who_may_not_stays_out(mission: MissionInput):
    assert _fill({3: "a"}, mission=mission) == "1245"


def test_surplus_observers_stand_in_after_the_reserves():
    # Seat 2 is of CH: one more from there joins EE, and cannot join CZ.
    assert _fill({3: "a"}, reserve=False, spare=(2,)) == "12345"
    assert _fill({2: "b"}, reserve=False, spare=(2,)) == "1345"
    assert _fill({3: "a", 4: "a"}, spare=(2,)) == "12345"


def test_a_pair_that_lost_both_is_filled_last_and_by_two_states():
    assert _fill({3: "ab"}, spare=(2,)) == "12345"
    assert _fill({3: "ab"}, spare=(0,)) == "1245"  # the reserve and the surplus are both of AT
    assert _fill({3: "ab", 4: "a"}, spare=(2,)) == "1245"


def test_halves_join_in_their_own_area_first():
    # Pairs 1 and 2 are of area A01, the others of A02.
    assert _fill({1: "a", 3: "a", 2: "a"}, reserve=False, join=True) == "145"
    assert _fill({1: "a", 3: "a", 5: "a"}, reserve=False, join=True) == "124"
    assert _fill({2: "a", 3: "a", 5: "a"}, reserve=False, join=True) == "124"
    assert _fill({3: "a", 5: "a"}, reserve=False, join=True) == "1234"


def test_halves_against_a_decision_are_not_joined():
    never = Decision(kind=DecisionKind.NEVER_PAIR, observers=("STO-P06", "STO-P10"))
    assert _fill({3: "a", 5: "a"}, reserve=False, join=True, mission=_decided(never)) == "124"


def test_people_of_one_state_are_not_joined():
    observers = tuple(
        each.model_copy(update={"state": State("EE")}) if each.id == "STO-P10" else each
        for each in MISSION.observers
    )
    mission = MISSION.model_copy(update={"observers": observers})
    assert _fill({3: "a", 5: "a"}, reserve=False, join=True, mission=mission) == "124"


@pytest.mark.parametrize("fields", [{"rate": -0.1}, {"rate": 2.5}, {"late_withdrawal": 2}])
def test_impossible_deliveries_are_refused(fields: dict[str, float]):
    with pytest.raises(ValidationError):
        Delivery.model_validate(fields)


def test_seats_stand_in_the_order_of_the_days():
    seats = Deliverer(MISSION, only(PLAN, "STO-002", "STO-001"), SURE).seats
    known: dict[str, Observer] = {str(each.id): each for each in MISSION.observers}
    assert seats.observers == ("STO-P03", "STO-P04", "STO-P01", "STO-P02")
    assert seats.states == tuple(known[str(name)].state for name in seats.observers)
    assert seats.areas == ("A01", "A01")
