"""The frame in figures: hand-counted on the small good mission."""

from datetime import time

from planner.domain.ids import DistrictId
from planner.domain.place import (
    CoordinatePrecision,
    SettlementType,
    Station,
    StationKind,
)
from planner.overview.find import find_stations
from planner.overview.frame import by_district, by_region, tally, whole_frame
from tests.good_plan import good_mission


def test_whole_frame_of_the_good_mission() -> None:
    whole = whole_frame(good_mission())
    assert whole.stations == 30
    assert whole.settlement[SettlementType.URBAN] == 10
    assert whole.settlement[SettlementType.RURAL] == 20
    assert whole.kind[StationKind.SPECIAL] == 1
    assert whole.precision[CoordinatePrecision.EXACT] == 30
    # Six stations a district with 900 to 1,400 voters.
    assert whole.voters == 5 * (900 + 1_000 + 1_100 + 1_200 + 1_300 + 1_400)
    assert whole.voters_unknown == 0


def test_a_station_counts_as_early_only_before_the_usual_hour() -> None:
    assert whole_frame(good_mission()).early == 1
    at_usual = (
        good_mission()
        .station_of[good_mission().stations[0].id]
        .model_copy(update={"opens": time(7)})
    )
    assert tally([at_usual], time(7)).early == 0


def test_unknown_voters_are_counted_and_not_taken_for_none() -> None:
    station = good_mission().stations[0].model_copy(update={"voters": None})
    found = tally([station], time(7))
    assert (found.voters, found.voters_unknown) == (0, 1)


def test_an_empty_set_has_shares_of_nothing() -> None:
    assert tally([], time(7)).share(0) == 0


def test_regions_hold_all_stations_and_districts_once() -> None:
    mission = good_mission()
    regions = {place.id: place for place in by_region(mission)}
    assert {code: place.tally.stations for code, place in regions.items()} == {
        "EAST": 18,
        "WEST": 12,
    }
    assert {code: place.districts for code, place in regions.items()} == {"EAST": 4, "WEST": 2}


def test_a_district_without_stations_is_listed_too() -> None:
    districts = {place.id: place.tally.stations for place in by_district(good_mission())}
    assert districts[DistrictId("X1")] == 0
    assert sum(districts.values()) == 30


def _ids(found: tuple[Station, ...]) -> list[str]:
    return [str(station.id) for station in found]


def test_the_exact_id_comes_first_whatever_the_case() -> None:
    stations = good_mission().stations
    assert _ids(find_stations(stations, "w1-3")) == ["W1-3"]
    assert _ids(find_stations(stations, "Station W1-3")) == ["W1-3"]


def test_a_part_of_the_name_finds_all_up_to_the_most() -> None:
    stations = good_mission().stations
    assert len(find_stations(stations, "station", most=7)) == 7
    assert len(find_stations(stations, "w1-")) == 6


def test_blanks_find_nothing() -> None:
    assert find_stations(good_mission().stations, "  ") == ()
