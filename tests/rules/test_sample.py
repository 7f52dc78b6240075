import pytest

from planner.domain.finding import Severity
from planner.domain.mission import Staffing
from planner.domain.place import Commission, Station
from planner.domain.plan import Day, Phase
from planner.rules import sample
from planner.rules.remoteness import remoteness_bands
from tests.rules.small import area, case, day, district, observer, station, stop, subjects, town


def visited(*names: str) -> tuple[Day, ...]:
    return (day("T", *(stop(name, Phase.VOTING, "09:00", "10:00") for name in names)),)


def kinds(text: str) -> tuple[Station, ...]:
    return tuple(
        station(f"S{k}", settlement={"u": "urban", "r": "rural", "?": "unknown"}[letter])
        for k, letter in enumerate(text)
    )


def test_s1_counts_nominations_against_the_requested_stos():
    crew = [observer(f"a{k}", "NO") for k in range(3)]
    crew += [observer("r", "SE", reserve=True), observer("b", "SE")]

    found = case(observers=crew, staffing=Staffing(sto_pairs=10))

    (finding,) = sample.state_quota.check(found)
    assert (finding.subject, finding.value) == ("NO", "3 of 20 STOs (15 %)")
    assert finding.limit == "at most 10 %, 2 STOs"


def test_s2_measures_the_total_variation_of_urban_and_rural():
    stations = kinds("uuurrr")

    (finding,) = sample.balance_against_the_frame.check(
        case(stations=stations, days=visited("S0", "S1", "S2", "S3"))
    )
    even = case(stations=stations, days=visited("S0", "S3"))

    assert finding.value.startswith("25 % apart; visited rural 25 %, urban 75 %")
    assert subjects(sample.balance_against_the_frame, even) == []


def test_s2_says_when_nobody_knows():
    (finding,) = sample.balance_against_the_frame.check(
        case(stations=kinds("??"), days=visited("S0"))
    )

    assert finding.severity is Severity.INFO


def test_s2_sees_visits_that_stay_near_the_towns():
    stations = (*kinds("uu"), station("S2", settlement="urban", lon=71.0))

    found = case(stations=stations, days=visited("S0", "S1"), towns=(town(),))

    (finding,) = sample.balance_against_the_frame.check(found)
    assert "distance to the nearest town" in finding.message


def test_remoteness_is_the_distance_to_the_nearest_town():
    stations = tuple(
        station(name, lon=lon) for name, lon in (("A", 70.1), ("B", 70.3), ("C", 71.0), ("D", 72.0))
    )
    # A degree of longitude is 71.5 km on the 50th parallel.
    mission = case(stations=stations, towns=(town(), town("U", lon=69.0))).mission

    assert list(remoteness_bands(mission).values()) == [
        "0-10 km",
        "10-30 km",
        "30-100 km",
        ">100 km",
    ]


def test_total_variation_gives_the_published_check():
    # DOMAIN.md, section 3: (.75, .25) against (.60, .40) is .15.
    assert sample.total_variation({"u": 75, "r": 25}, {"u": 60, "r": 40}) == pytest.approx(0.15)
    with pytest.raises(ValueError, match="not empty"):
        sample.total_variation({}, {"u": 1})


def test_s3_allows_special_stations_their_share():
    stations = [
        station(f"S{k}", kind="special" if k < 2 else "ordinary") for k in range(10)
    ]  # a fifth is special

    above = case(stations=stations, days=visited("S0", "S1", "S5"))
    within = case(stations=stations, days=visited("S0", "S4", "S5"))

    (finding,) = sample.special_stations.check(above)
    assert finding.limit == "at most 1 (20 %)"
    assert subjects(sample.special_stations, within) == []


def test_s4_gathers_what_nobody_touches_by_area():
    places = [district("D1"), district("D2"), district("EMPTY")]
    commissions = [
        Commission(id=f"C{k}", name="C", district=f"D{k}", lat=50, lon=70) for k in (1, 2)
    ]
    stations = [station("S1", "D1", commission="C1"), station("S2", "D2", commission="C2")]
    zones = (area("A01", "D1"), area("A02", "D2", "EMPTY"))

    (finding,) = sample.every_district_touched.check(
        case(
            districts=places,
            commissions=commissions,
            stations=stations,
            areas=zones,
            days=visited("S1"),
        )
    )

    assert (finding.subject, finding.value) == ("A02", "1 districts, 1 commissions")
