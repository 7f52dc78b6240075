from planner.optimizer.days.stop import SearchStop
from planner.optimizer.stage import Silent


class Cancelled(Silent):
    cancelled = True


def calls_until_end(stop: SearchStop, costs: list[int]) -> int:
    return next(number for number, cost in enumerate(costs, start=1) if stop(cost))


def test_ends_after_its_iterations():
    assert calls_until_end(SearchStop(3, 100, Silent()), list(range(100, 0, -1))) == 4


def test_ends_without_improvement_and_starts_counting_anew_after_one():
    assert calls_until_end(SearchStop(100, 2, Silent()), [5, 5, 4, 4, 4, 4]) == 5


def test_ends_when_cancelled_or_late():
    assert SearchStop(100, 100, Cancelled())(1)
    assert SearchStop(100, 100, Silent(), deadline_s=0.0)(1)
    assert not SearchStop(100, 100, Silent(), deadline_s=float("inf"))(1)


def test_at_its_goal_a_tenth_of_the_patience_is_enough():
    stop = SearchStop(100, 20, Silent(), goal_cost=5)
    assert calls_until_end(stop, [9, 8, 5, *[5] * 50]) == 5
