import pytest
from pydantic import ValidationError

from planner.domain.ids import StationId
from planner.domain.place import Region
from tests.good_plan import good_mission


def test_a_copy_does_not_answer_from_the_index_of_the_original():
    mission = good_mission()
    first = mission.stations[0].id
    assert first in mission.station_of
    smaller = mission.model_copy(update={"stations": mission.stations[1:]})
    assert StationId(first) not in smaller.station_of
    assert first in mission.station_of


def test_a_misspelt_field_is_refused():
    with pytest.raises(ValidationError, match="Extra inputs"):
        Region.model_validate({"id": "R", "name": "R", "time_zone": "UTC", "timezone": "UTC"})


def test_values_do_not_change():
    with pytest.raises(ValidationError, match="frozen"):
        good_mission().mission.name = "other"
