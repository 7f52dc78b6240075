from datetime import time, timedelta

from planner.optimizer.days.hours import Hours
from tests.good_plan import good_mission


def test_two_zones_open_an_hour_apart():
    mission = good_mission()
    hours = Hours(mission)
    west = next(s for s in mission.stations if s.district == "W1")
    east = next(s for s in mission.stations if s.district == "E1")
    assert hours.window_s(west)[0] - hours.window_s(east)[0] == 3600


def test_a_station_with_its_own_hours_and_the_way_back_to_local_time():
    mission = good_mission()
    hours = Hours(mission)
    first = next(s for s in mission.stations if s.district == "W1")
    early = first.model_copy(update={"opens": time(6), "closes": time(18)})
    opens_s, closes_s = hours.window_s(early)
    assert closes_s - opens_s == 12 * 3600
    local = hours.local(opens_s, early.district)
    assert local.timetz().replace(tzinfo=None) == time(6)
    assert local.utcoffset() == timedelta(hours=5)
    assert local.date() == mission.mission.e_day
