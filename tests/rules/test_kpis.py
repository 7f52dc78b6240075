import pytest

from planner.domain.plan import Phase
from planner.rules.kpis import compute_kpis
from tests.good_plan import good_mission, good_plan
from tests.rules.small import case, day, station, stop, team


def test_a_presence_is_counted_once_whatever_its_phases():
    stops = (
        stop("S1", Phase.OPENING, "06:30", "07:30", 30),
        stop("S1", Phase.VOTING, "07:30", "19:30"),
        stop("S1", Phase.CLOSING, "19:30", "20:00"),
        stop("S1", Phase.COUNTING, "20:00", "21:30"),
    )
    found = case(
        stations=(station("S1", settlement="urban"), station("S2", settlement="rural")),
        days=(day("T", *stops, back_min=30),),
        teams=(team("T"),),
    )

    kpis = compute_kpis(found.mission, found.plan)

    assert kpis["station_visits"] == kpis["distinct_stations"] == kpis["openings"] == 1
    assert kpis["drive_mean_h"] == 1.0
    assert kpis["duty_max_h"] == 16.0
    assert (kpis["urban_share_visited"], kpis["urban_share_frame"]) == (1.0, 0.5)
    assert kpis["unnamed_teams"] == 1


def test_figures_without_a_denominator_are_left_out():
    found = case()

    kpis = compute_kpis(found.mission, found.plan)

    assert kpis["station_visits"] == 0
    assert "duty_mean_h" not in kpis
    assert "urban_share_frame" not in kpis


def test_the_good_plan_visits_twenty_stations():
    kpis = compute_kpis(good_mission(), good_plan())

    assert (kpis["openings"], kpis["voting_visits"], kpis["counts"]) == (5, 10, 5)
    assert (kpis["station_visits"], kpis["distinct_stations"]) == (20, 20)
    assert kpis["urban_share_visited"] == pytest.approx(7 / 20)
    assert kpis["mixed_gender_share"] == 1
