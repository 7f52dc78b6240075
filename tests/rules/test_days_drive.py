import pytest

from planner.domain.plan import Day, Phase, TeamMode
from planner.rules import days_drive
from tests.rules.small import at, case, day, station, stop, subjects, team


def visits(number: int, travel_min: int = 10) -> Day:
    stops = [
        stop(f"S{k}", Phase.VOTING, f"{8 + k:02}:00", f"{8 + k:02}:40", travel_min)
        for k in range(number)
    ]
    return day("T", *stops, back_min=travel_min)


@pytest.mark.parametrize(
    ("one", "limit"),
    [
        (visits(1, travel_min=61), "at most 60 min a leg"),
        (visits(4, travel_min=49), "at most 240 min a day"),
        (visits(11), "at most 10 visits"),
        (visits(1).model_copy(update={"reach_base": at("06:01", day=1)}), "at most 1440 min"),
    ],
)
def test_d6_names_the_limit_that_is_broken(one: Day, limit: str):
    (finding,) = days_drive.limits_of_the_day.check(case(days=(one,)))

    assert finding.limit == limit


@pytest.mark.parametrize("one", [visits(3, travel_min=60), visits(10), visits(0)])
def test_d6_accepts_days_at_their_limits(one: Day):
    assert subjects(days_drive.limits_of_the_day, case(days=(one,))) == []


def test_d6_counts_the_way_back():
    far = visits(1).model_copy(update={"return_travel_s": 61 * 60})

    assert subjects(days_drive.limits_of_the_day, case(days=(far,))) == ["T"]


@pytest.mark.parametrize(
    ("arrive", "travel_min", "in_the_dark"),
    [
        ("18:46", 60, "46 min"),
        ("18:45", 60, ""),
        ("07:30", 80, "50 min"),
        ("07:10", 55, ""),
        ("23:00", 60, "60 min"),
        ("00:30", 60, "60 min"),
        ("12:00", 120, ""),
    ],
)
def test_d9_counts_the_minutes_of_a_leg_in_the_dark(arrive: str, travel_min: int, in_the_dark: str):
    leg = stop("S", Phase.VOTING, arrive, "23:59", travel_min)

    found = list(
        days_drive.no_long_drive_after_dark.check(
            case(days=(day("T", leg),), stations=(station("S"),))
        )
    )

    assert [finding.value for finding in found] == (
        [f"{in_the_dark} in the dark"] if in_the_dark else []
    )


def test_d10_compares_mobile_pairs_with_their_median():
    names = ("T0", "T1", "T2", "T3")
    days = [visits(3).model_copy(update={"team": name}) for name in names]
    days[1] = visits(8).model_copy(update={"team": "T1"})
    days[2] = days[2].model_copy(update={"leave_base": at("02:59")})
    days[3] = days[3].model_copy(update={"leave_base": at("01:00")})
    teams = [team(name) for name in names[:3]] + [team("T3", mode=TeamMode.STATIC)]

    found = list(days_drive.fair_load.check(case(days=days, teams=teams)))

    assert [(finding.subject, finding.value) for finding in found] == [
        ("T1", "8 voting visits"),
        ("T2", "1141 min of duty"),
    ]


def test_d10_says_nothing_about_two_teams():
    days = [visits(3), visits(9).model_copy(update={"team": "U"})]

    assert subjects(days_drive.fair_load, case(days=days, teams=(team("T"), team("U")))) == []
