from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.clock import (
    UnknownTimeZoneError,
    local_datetime,
    time_zones,
    to_local,
    utc_offset_s,
    zone,
)

E_DAY_2022 = date(2022, 11, 20)
WEST = ("Asia/Aqtau", "Asia/Aqtobe", "Asia/Atyrau", "Asia/Oral", "Asia/Qyzylorda")
EAST = ("Asia/Almaty", "Asia/Qostanay")


@pytest.mark.parametrize("name", WEST)
def test_west_of_kazakhstan_was_at_utc_plus_5_in_2022(name: str) -> None:
    assert utc_offset_s(E_DAY_2022, name) == 5 * 3600


@pytest.mark.parametrize("name", EAST)
def test_rest_of_kazakhstan_was_at_utc_plus_6_in_2022(name: str) -> None:
    assert utc_offset_s(E_DAY_2022, name) == 6 * 3600


@pytest.mark.parametrize("name", WEST + EAST)
def test_kazakhstan_has_one_zone_since_march_2024(name: str) -> None:
    assert utc_offset_s(date(2024, 3, 1), name) == 5 * 3600


def test_kazakhstan_changed_at_midnight() -> None:
    assert utc_offset_s(date(2024, 2, 29), "Asia/Almaty") == 6 * 3600


def test_opening_of_two_zones_is_an_hour_apart() -> None:
    west = local_datetime(E_DAY_2022, time(7), "Asia/Oral")
    east = local_datetime(E_DAY_2022, time(7), "Asia/Almaty")
    assert west - east == timedelta(hours=1)


def test_offset_is_fixed_and_shown() -> None:
    opening = local_datetime(E_DAY_2022, time(7), "Asia/Almaty")
    assert isinstance(opening.tzinfo, timezone)
    assert opening.isoformat() == "2022-11-20T07:00:00+06:00"


def test_a_skipped_time_moves_forward() -> None:
    for fold in (0, 1):
        moment = local_datetime(date(2024, 3, 31), time(2, 30, fold=fold), "Europe/Berlin")
        assert moment.isoformat() == "2024-03-31T03:30:00+02:00"


def test_a_repeated_time_is_the_first_unless_told_otherwise() -> None:
    day, name = date(2024, 10, 27), "Europe/Berlin"
    assert local_datetime(day, time(2, 30), name).isoformat() == "2024-10-27T02:30:00+02:00"
    second = local_datetime(day, time(2, 30, fold=1), name)
    assert second.isoformat() == "2024-10-27T02:30:00+01:00"


def test_a_whole_skipped_day_moves_forward() -> None:
    moment = local_datetime(date(2011, 12, 30), time(12), "Pacific/Apia")
    assert moment.isoformat() == "2011-12-31T12:00:00+14:00"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Asia/Almati", "Asia/Almaty"),
        ("almaty", "Asia/Almaty"),
        ("asia/tbilisi", "Asia/Tbilisi"),
        ("Europe/Chisinaw", "Europe/Chisinau"),
    ],
)
def test_an_unknown_zone_suggests_the_nearest(wrong: str, right: str) -> None:
    with pytest.raises(UnknownTimeZoneError, match=r"Expected an IANA time zone") as caught:
        zone(wrong)
    assert caught.value.suggestions[0] == right
    assert right in str(caught.value)
    assert repr(wrong) in str(caught.value)


@pytest.mark.parametrize("wrong", ["", "../etc/passwd", "/etc/localtime", "Asia/", "zones"])
def test_a_path_is_no_zone(wrong: str) -> None:
    with pytest.raises(UnknownTimeZoneError):
        zone(wrong)


def test_a_time_with_its_own_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        local_datetime(E_DAY_2022, time(7, tzinfo=UTC), "Asia/Almaty")


def test_a_naive_datetime_is_refused() -> None:
    naive = datetime(2022, 11, 20, 7)  # noqa: DTZ001 - the fault under test
    with pytest.raises(ValueError, match="with a UTC offset"):
        to_local(naive, "Asia/Almaty")


def test_every_zone_loads() -> None:
    assert all(zone(name).key == name for name in time_zones())


@given(
    day=st.dates(date(1990, 1, 1), date(2040, 12, 31)),
    at=st.times(),
    name=st.sampled_from(sorted(time_zones())),
)
def test_the_wall_clock_is_kept_or_moved_forward(day: date, at: time, name: str) -> None:
    moment = local_datetime(day, at, name)
    asked = datetime.combine(day, at.replace(fold=0))
    shown = moment.replace(tzinfo=None)
    assert timedelta(0) <= shown - asked <= timedelta(days=1)
    assert to_local(moment.astimezone(UTC), name) == moment
    assert to_local(moment.astimezone(UTC), name).utcoffset() == moment.utcoffset()
