from datetime import time

import pytest

from planner.domain.place import Region
from planner.domain.plan import Phase, Stop
from planner.rules import days_phases
from planner.rules.case import Case
from tests.rules.small import at, case, day, station, stop, subjects

EARLY = station("EARLY", opens=time(6))


def judged(*stops: Stop, zone: str = "Asia/Almaty") -> Case:
    regions = (Region(id="R", name="R", time_zone=zone),)
    return case(stations=(station("S"), EARLY), days=(day("T", *stops),), regions=regions)


@pytest.mark.parametrize(
    ("arrive", "fine"),
    [("05:59", False), ("06:00", True), ("06:30", True), ("06:31", False)],
)
def test_d3_wants_the_opening_reached_60_to_30_minutes_early(arrive: str, fine: bool):
    found = judged(stop("S", Phase.OPENING, arrive, "07:30"))

    assert (subjects(days_phases.opening_and_count, found) == []) is fine


def test_d3_follows_the_hours_of_the_station():
    found = judged(stop("EARLY", Phase.OPENING, "06:30", "07:30"))

    (finding,) = days_phases.opening_and_count.check(found)
    assert finding.limit == "2022-11-20 05:00:00+0600 to 2022-11-20 05:30:00+0600"


def test_d3_wants_one_opening_and_one_count():
    opening = stop("S", Phase.OPENING, "06:30", "07:30")
    count = stop("S", Phase.COUNTING, "20:00", "23:00")

    findings = list(days_phases.opening_and_count.check(judged(opening, opening, count, count)))

    assert [finding.value for finding in findings] == [
        "2 stops for opening",
        "2 stops for counting",
    ]


def test_d3_wants_the_closing_station_reached_in_time():
    late = judged(stop("S", Phase.CLOSING, "19:31", "20:00"))
    early = judged(stop("S", Phase.CLOSING, "10:00", "20:00"))

    assert subjects(days_phases.opening_and_count, late) == ["T"]
    assert subjects(days_phases.opening_and_count, early) == []


@pytest.mark.parametrize(
    ("arrive", "leave", "fine"),
    [("07:00", "20:00", True), ("06:59", "08:00", False), ("19:00", "20:01", False)],
)
def test_d4_wants_visits_inside_the_hours(arrive: str, leave: str, fine: bool):
    found = judged(stop("S", Phase.VOTING, arrive, leave))

    assert (subjects(days_phases.visits_inside_hours, found) == []) is fine


def test_d4_reads_hours_in_the_time_zone_of_the_station():
    visit = stop("S", Phase.VOTING, "07:00", "08:00")  # 06:00 in the west of the country

    west = judged(visit, zone="Asia/Aqtobe")

    assert subjects(days_phases.visits_inside_hours, judged(visit)) == []
    assert subjects(days_phases.visits_inside_hours, west) == ["T"]


@pytest.mark.parametrize(
    ("one", "value"),
    [
        (stop("S", Phase.VOTING, "09:00", "09:34"), "34 min"),
        (stop("S", Phase.OPENING, "06:00", "07:29"), "29 min"),
        (stop("C", Phase.TABULATION, "23:00", "23:59"), "59 min"),
    ],
)
def test_d5_wants_stays_long_enough(one: Stop, value: str):
    (finding,) = days_phases.dwell.check(judged(one))

    assert finding.value == value


def test_d5_accepts_planned_lengths():
    stops = (
        stop("S", Phase.OPENING, "06:30", "07:30"),
        stop("S", Phase.VOTING, "09:00", "09:35"),
        stop("C", Phase.TABULATION, "22:00", "23:00"),
    )

    assert subjects(days_phases.dwell, judged(*stops)) == []


CLOSING = stop("S", Phase.CLOSING, "19:30", "20:00")
COUNT = stop("S", Phase.COUNTING, "20:00", "23:00")


@pytest.mark.parametrize(
    ("stops", "message"),
    [
        ((CLOSING,), "leaves station S before the count"),
        ((COUNT,), "does not follow its closing"),
        ((CLOSING, COUNT.model_copy(update={"leave": at("22:59")})), "is left early"),
        ((CLOSING.model_copy(update={"leave": at("19:59")}), COUNT), "ends before voting does"),
    ],
)
def test_d7_wants_closing_and_count_watched_to_the_end(stops: tuple[Stop, ...], message: str):
    (finding,) = days_phases.stays_at_the_count.check(judged(*stops))

    assert message in finding.message


def test_d7_wants_the_count_where_the_closing_was():
    elsewhere = stop("EARLY", Phase.COUNTING, "20:00", "23:00")

    assert subjects(days_phases.stays_at_the_count, judged(CLOSING, elsewhere)) == ["T", "T"]


def test_d7_accepts_a_closing_with_its_count():
    assert subjects(days_phases.stays_at_the_count, judged(CLOSING, COUNT)) == []
