"""Sunrise, sunset and darkness by date and place.

The NOAA solar calculator's equations (Global Monitoring Laboratory, "Solar Calculation Details"
and its spreadsheet), which follow J. Meeus, *Astronomical Algorithms*, chapters 25 and 28: good to
a minute between the polar circles, to about ten minutes beyond. Terrain and weather are not known.
"""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

SUNRISE_ELEVATION_DEG = -0.833
"""Elevation of the sun's centre when its upper limb is seen at the horizon (refraction, radius)."""
CIVIL_TWILIGHT_DEG = -6.0
"""Elevation at which one cannot see without lamps any more."""

_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
_DAYS_A_CENTURY = 36_525.0
# Terrestrial time is ahead of UTC by about 70 s in this century; the sun moves 0.001 degrees.
_ITERATIONS = 3


@dataclass(frozen=True)
class Daylight:
    """Sunrise and sunset of one calendar day by the sun (not by law).

    Parameters
    ----------
    sunrise, sunset
        Aware instants in UTC of the solar day around local noon; both None when the sun does not
        cross the horizon.
    polar
        ``"day"`` when the sun stays up, ``"night"`` when it stays down, otherwise None.
    """

    sunrise: datetime | None
    sunset: datetime | None
    polar: Literal["day", "night"] | None = None


def daylight(
    day: date, lat: float, lon: float, elevation_deg: float = SUNRISE_ELEVATION_DEG
) -> Daylight:
    """Return when the sun rises and sets on ``day`` at a place.

    Parameters
    ----------
    day
        Calendar day at the place.
    lat, lon
        Degrees, north and east positive.
    elevation_deg
        Elevation of the sun's centre in degrees that counts as rise and set;
        :data:`CIVIL_TWILIGHT_DEG` gives dawn and dusk.

    Raises
    ------
    ValueError
        Expected a point on the globe.
    """
    _check(lat, lon)
    # Solar noon by mean time of the place; a zone's own noon is never more than hours away.
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - timedelta(hours=lon / 15.0)
    noon -= timedelta(minutes=_sun(noon)[1])
    rise = _crossing(noon, lat, elevation_deg, sign=-1)
    fall = _crossing(noon, lat, elevation_deg, sign=1)
    if rise is None or fall is None:
        up = solar_elevation_deg(noon, lat, lon) > elevation_deg
        return Daylight(None, None, "day" if up else "night")
    return Daylight(rise, fall)


def is_dark(
    instant: datetime, lat: float, lon: float, elevation_deg: float = CIVIL_TWILIGHT_DEG
) -> bool:
    """Return whether the sun stands lower than ``elevation_deg`` (end of civil twilight).

    Raises
    ------
    ValueError
        Expected an aware datetime and a point on the globe.
    """
    return solar_elevation_deg(instant, lat, lon) < elevation_deg


def solar_elevation_deg(instant: datetime, lat: float, lon: float) -> float:
    """Return the elevation of the sun's centre in degrees, without refraction.

    Raises
    ------
    ValueError
        Expected an aware datetime and a point on the globe.
    """
    if instant.utcoffset() is None:
        msg = f"Expected a datetime with a UTC offset, got {instant.isoformat()}."
        raise ValueError(msg)
    _check(lat, lon)
    moment = instant.astimezone(UTC)
    declination_deg, equation_min = _sun(moment)
    minutes = moment.hour * 60 + moment.minute + moment.second / 60 + moment.microsecond / 6e7
    hour_angle = math.radians((minutes + equation_min + 4 * lon) / 4 - 180)
    phi, delta = math.radians(lat), math.radians(declination_deg)
    sine = math.sin(phi) * math.sin(delta) + math.cos(phi) * math.cos(delta) * math.cos(hour_angle)
    return math.degrees(math.asin(max(-1.0, min(1.0, sine))))


def _check(lat: float, lon: float) -> None:
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        msg = f"Expected latitude in [-90, 90] and longitude in [-180, 180], got ({lat}, {lon})."
        raise ValueError(msg)


def _crossing(noon: datetime, lat: float, elevation_deg: float, sign: int) -> datetime | None:
    """Return when the sun passes the elevation before (-1) or after (1) ``noon``.

    The declination is that of the crossing itself, found by iteration; around polar day and night
    it decides whether there is a crossing.
    """
    moment = noon
    equation_noon_min = _sun(noon)[1]
    for _ in range(_ITERATIONS):
        declination_deg, equation_min = _sun(moment)
        phi, delta = math.radians(lat), math.radians(declination_deg)
        span = math.cos(phi) * math.cos(delta)
        height = math.sin(math.radians(elevation_deg)) - math.sin(phi) * math.sin(delta)
        if abs(height) > span:
            return None
        hour_angle_deg = math.degrees(math.acos(height / span))
        drift_min = equation_noon_min - equation_min
        moment = noon + timedelta(minutes=sign * 4 * hour_angle_deg + drift_min)
    return moment


def _sun(moment: datetime) -> tuple[float, float]:
    """Return the sun's apparent declination in degrees and the equation of time in minutes."""
    t = (moment - _J2000).total_seconds() / 86_400.0 / _DAYS_A_CENTURY
    mean_longitude = math.radians((280.46646 + t * (36_000.76983 + t * 0.0003032)) % 360)
    anomaly = math.radians(357.52911 + t * (35_999.05029 - 0.0001537 * t))
    eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t)
    centre_deg = (
        math.sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t))
        + math.sin(2 * anomaly) * (0.019993 - 0.000101 * t)
        + math.sin(3 * anomaly) * 0.000289
    )
    node = math.radians(125.04 - 1934.136 * t)
    apparent_deg = math.degrees(mean_longitude) + centre_deg - 0.00569 - 0.00478 * math.sin(node)
    mean_obliquity_deg = (
        23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60
    )
    obliquity = math.radians(mean_obliquity_deg + 0.00256 * math.cos(node))
    declination = math.asin(math.sin(obliquity) * math.sin(math.radians(apparent_deg)))
    y = math.tan(obliquity / 2) ** 2
    equation = (
        y * math.sin(2 * mean_longitude)
        - 2 * eccentricity * math.sin(anomaly)
        + 4 * eccentricity * y * math.sin(anomaly) * math.cos(2 * mean_longitude)
        - 0.5 * y * y * math.sin(4 * mean_longitude)
        - 1.25 * eccentricity * eccentricity * math.sin(2 * anomaly)
    )
    return math.degrees(declination), 4 * math.degrees(equation)
