from planner.domain.plan import Phase
from planner.rules import days_places
from tests.rules.small import area, case, day, district, station, stop, subjects, team

VISIT = Phase.VOTING
STATIONS = (station("S1", "D1"), station("S2", "D2"))
PARTS = {"districts": (district("D1"), district("D2")), "stations": STATIONS}


def test_d1_keeps_a_team_in_its_area_but_lets_it_drive_to_any_commission():
    stops = (
        stop("S1", VISIT, "09:00", "10:00"),
        stop("S2", VISIT, "11:00", "12:00"),
        stop("C", Phase.TABULATION, "23:00", "23:59"),
    )

    found = case(teams=(team("T"),), areas=(area("A01", "D1"),), days=(day("T", *stops),), **PARTS)

    (finding,) = days_places.stations_inside_area.check(found)
    assert (finding.subject, finding.value) == ("T", "S2 in district D2")


def test_d2_finds_two_teams_at_one_station():
    days = [day(name, stop("S1", VISIT, "09:00", "10:00")) for name in ("T", "U")]

    assert subjects(days_places.no_station_twice, case(days=days, **PARTS)) == ["S1"]


def test_d2_finds_a_team_that_comes_back():
    stops = [
        stop(place, VISIT, f"{hour:02}:00", f"{hour:02}:40")
        for hour, place in ((9, "S1"), (10, "S2"), (11, "S1"))
    ]

    assert subjects(days_places.no_station_twice, case(days=(day("T", *stops),), **PARTS)) == ["T"]


def test_d2_counts_closing_and_count_as_one_presence():
    stops = (
        stop("S1", Phase.CLOSING, "19:30", "20:00"),
        stop("S1", Phase.COUNTING, "20:00", "23:00"),
    )

    assert subjects(days_places.no_station_twice, case(days=(day("T", *stops),), **PARTS)) == []
