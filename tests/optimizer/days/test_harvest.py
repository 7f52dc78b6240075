"""What is kept of a search."""

from planner.optimizer.days.cluster import value
from planner.optimizer.days.harvest import Harvest
from planner.optimizer.days.search import LOOSE, search
from planner.optimizer.days.stop import SearchStop
from planner.optimizer.days.timetable import Timetable, timetable
from planner.optimizer.stage import Silent
from tests.optimizer.days.made_up import HOUR, cluster

SPREAD = [(x * 17.0 - 30, y * 13.0 - 20) for x in range(4) for y in range(3)]


def test_plans_that_were_met_are_kept_best_first():
    made = cluster([(0, 0)], SPREAD, [0, 0], max_drive_s=2 * HOUR)
    harvest = Harvest()
    stop = SearchStop(300, 300, Silent())
    best = search(made, stop, 10**6, 1, harvest, most_penalty=LOOSE)
    worth = [sum(value(made, route) for route in plan) for plan in harvest.plans]
    assert worth[0] == sum(value(made, route) for route in best)
    assert worth == sorted(worth, reverse=True)
    assert len(set(map(tuple, harvest.plans))) > 1
    assert all(isinstance(timetable(made, route), Timetable) for route in harvest.routes)


def test_a_search_goes_on_from_given_routes():
    made = cluster([(0, 0)], SPREAD, [0, 0], max_drive_s=2 * HOUR)
    best = search(made, SearchStop(300, 300, Silent()), 10**6, 1)
    again = search(made, SearchStop(1, 1, Silent()), 10**6, 2, start=best)
    worth = [sum(value(made, route) for route in routes) for routes in (best, again)]
    assert worth[1] >= worth[0] > 0
