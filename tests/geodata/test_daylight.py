import math
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.clock import local_datetime
from geodata.daylight import (
    CIVIL_TWILIGHT_DEG,
    SUNRISE_ELEVATION_DEG,
    _sun,
    daylight,
    is_dark,
    solar_elevation_deg,
)

MINUTE = timedelta(minutes=1)


def test_declination_of_meeus_example_25a() -> None:
    """1992 October 13, 0h TD: -7.78507 degrees."""
    declination_deg, _ = _sun(datetime(1992, 10, 13, tzinfo=UTC))
    assert declination_deg == pytest.approx(-7.78507, abs=2e-3)


def test_equation_of_time_of_meeus_example_28a() -> None:
    """1992 October 13, 0h TD: 13 min 42.6 s."""
    _, equation_min = _sun(datetime(1992, 10, 13, tzinfo=UTC))
    assert equation_min == pytest.approx(13 + 42.6 / 60, abs=0.05)


# The test table of the CPAN distribution Astro-Sunrise, made by P. Schlyter's C program, which is
# independent of NOAA's equations; hours of the place's own zone, whole minutes, elevation -0.833.
@pytest.mark.parametrize(
    ("day", "lat", "lon", "utc_offset_h", "sunrise", "sunset"),
    [
        (date(2013, 1, 1), 51 + 28 / 60, 0.0, 0, time(8, 5), time(16, 2)),
        (date(2013, 3, 21), 51 + 28 / 60, 0.0, 0, time(6, 0), time(18, 15)),
        (date(2013, 6, 21), 51 + 28 / 60, 0.0, 0, time(3, 43), time(20, 21)),
        (date(2013, 1, 1), 64 + 4 / 60, -(21 + 58 / 60), -1, time(10, 18), time(14, 45)),
        (date(2013, 3, 21), 64 + 4 / 60, -(21 + 58 / 60), -1, time(6, 24), time(18, 46)),
        (date(2013, 1, 1), -15 / 60, -(78 + 35 / 60), -5, time(6, 14), time(18, 22)),
        (date(2013, 3, 21), 27 + 44 / 60, -(18 + 3 / 60), -1, time(6, 15), time(18, 24)),
    ],
)
def test_times_of_another_program(
    day: date, lat: float, lon: float, utc_offset_h: int, sunrise: time, sunset: time
) -> None:
    light = daylight(day, lat, lon)
    assert light.polar is None
    zone = timezone(timedelta(hours=utc_offset_h))
    for found, expected in ((light.sunrise, sunrise), (light.sunset, sunset)):
        assert found is not None
        assert abs(found - datetime.combine(day, expected, tzinfo=zone)) <= 2 * MINUTE


def test_sunrise_of_london_as_published_by_timeanddate() -> None:
    found = daylight(date(2015, 12, 1), 51.5, -0.1278).sunrise
    assert found is not None
    assert abs(found - datetime(2015, 12, 1, 7, 43, tzinfo=UTC)) <= MINUTE


def test_polls_of_kazakhstan_2022_opened_before_sunrise_and_closed_after_sunset() -> None:
    day, astana = date(2022, 11, 20), (51.169, 71.449)
    light = daylight(day, *astana)
    assert light.sunrise is not None
    assert light.sunset is not None
    assert local_datetime(day, time(7), "Asia/Almaty") < light.sunrise
    assert light.sunset < local_datetime(day, time(20), "Asia/Almaty")
    assert is_dark(local_datetime(day, time(7), "Asia/Almaty"), *astana)
    assert not is_dark(local_datetime(day, time(12), "Asia/Almaty"), *astana)


@pytest.mark.parametrize(
    ("day", "lat", "polar"),
    [
        (date(2022, 12, 21), 69.65, "night"),
        (date(2022, 6, 21), 69.65, "day"),
        (date(2022, 6, 21), -80.0, "night"),
        (date(2022, 1, 1), -90.0, "day"),
        (date(2022, 1, 1), 90.0, "night"),
    ],
)
def test_polar_day_and_night(day: date, lat: float, polar: str) -> None:
    light = daylight(day, lat, 18.96)
    assert (light.sunrise, light.sunset, light.polar) == (None, None, polar)


def test_dawn_comes_before_sunrise() -> None:
    day = date(2022, 11, 20)
    dawn = daylight(day, 51.169, 71.449, CIVIL_TWILIGHT_DEG).sunrise
    sunrise = daylight(day, 51.169, 71.449).sunrise
    assert dawn is not None
    assert sunrise is not None
    assert timedelta(minutes=20) < sunrise - dawn < timedelta(hours=1)


def test_naive_instants_and_points_off_the_globe_are_refused() -> None:
    with pytest.raises(ValueError, match="UTC offset"):
        solar_elevation_deg(datetime(2022, 1, 1), 0, 0)  # noqa: DTZ001 - the fault under test
    for lat, lon in ((91.0, 0.0), (0.0, 181.0), (math.nan, 0.0)):
        with pytest.raises(ValueError, match="latitude in"):
            daylight(date(2022, 1, 1), lat, lon)


@given(
    day=st.dates(date(1990, 1, 1), date(2049, 12, 31)),
    lat=st.floats(-65, 65),
    lon=st.floats(-180, 180),
)
def test_the_sun_stands_at_the_horizon_when_it_rises_and_sets(
    day: date, lat: float, lon: float
) -> None:
    light = daylight(day, lat, lon)
    assert light.sunrise is not None
    assert light.sunset is not None
    for moment in (light.sunrise, light.sunset):
        elevation = solar_elevation_deg(moment, lat, lon)
        assert elevation == pytest.approx(SUNRISE_ELEVATION_DEG, abs=0.02)
    noon = light.sunrise + (light.sunset - light.sunrise) / 2
    assert solar_elevation_deg(noon, lat, lon) > SUNRISE_ELEVATION_DEG
    # The solar day belongs to the calendar day of the place's mean time.
    assert (noon + timedelta(hours=lon / 15)).date() == day
