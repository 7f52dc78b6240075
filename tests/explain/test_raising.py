"""The least value of a limit is looked for by trying, also where more is not always better."""

import pytest

from planner.domain.ids import StationId
from planner.explain.area_days import AreaDays, area_days
from planner.explain.insertion import Attempt, insertions
from planner.explain.limits import Bar
from planner.explain.raising import least_raise
from planner.explain.variant import with_policy
from tests.good_plan import TRAVEL, good_mission, good_plan

STATION = StationId("W1-5")


def tried(max_visits: int) -> tuple[AreaDays, list[Attempt]]:
    mission, plan = with_policy(good_mission(), "day.max_visits", max_visits), good_plan()
    days = area_days(mission, plan, TRAVEL, plan.areas[0], [STATION])
    return days, insertions(days, STATION)


@pytest.mark.parametrize(("opens_at", "expected"), [(3, 3), (6, 6), (100, 100), (101, None)])
def test_where_the_measure_is_too_kind_it_is_found_by_halving(opens_at: int, expected: int | None):
    """A trial that fails until ``opens_at``, whatever the attempts said that they need."""
    asked: list[float] = []

    def retry(bar: Bar, value: float) -> tuple[AreaDays, list[Attempt]]:
        assert bar is Bar.VISITS
        asked.append(value)
        return tried(100 if value >= opens_at else 2)

    days, attempts = tried(2)
    found = least_raise(days, attempts, Bar.VISITS, retry)
    assert (None if found is None else found.value) == expected
    assert len(asked) < 12
    assert asked[0] == 3


def test_what_fits_already_raises_nothing():
    days, attempts = tried(10)

    def never(_bar: Bar, _value: float) -> tuple[AreaDays, list[Attempt]]:
        pytest.fail("nothing is to be tried")

    assert least_raise(days, attempts, Bar.VISITS, never) is None


def test_a_limit_that_is_not_the_only_one_in_the_way_is_not_raised():
    days, attempts = tried(2)
    assert least_raise(days, attempts, Bar.DRIVE, lambda *_: tried(2)) is None
