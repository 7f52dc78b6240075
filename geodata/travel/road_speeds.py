"""How fast a car goes on an OpenStreetMap way, and in which directions it may.

Classes and the share of a signed limit that is driven follow the default car profile of OSRM
(``profiles/car.lua``): without a sign, the speed of the class; with one, 80 % of it. Surfaces cap
both, because rural missions drive on gravel and earth.
"""

import re

CLASS_KM_H = {
    "motorway": 90.0,
    "motorway_link": 45.0,
    "trunk": 85.0,
    "trunk_link": 40.0,
    "primary": 65.0,
    "primary_link": 30.0,
    "secondary": 55.0,
    "secondary_link": 25.0,
    "tertiary": 40.0,
    "tertiary_link": 20.0,
    "unclassified": 25.0,
    "residential": 25.0,
    "living_street": 10.0,
    "service": 15.0,
    "track": 10.0,
}
OTHER_CLASS_KM_H = 20.0
"""For a class that the table does not know."""

SURFACE_CAP_KM_H = {
    "cobblestone": 30.0,
    "compacted": 80.0,
    "dirt": 40.0,
    "earth": 20.0,
    "fine_gravel": 80.0,
    "grass": 40.0,
    "gravel": 40.0,
    "ground": 40.0,
    "mud": 10.0,
    "paving_stones": 60.0,
    "pebblestone": 40.0,
    "rock": 20.0,
    "sand": 20.0,
    "sett": 40.0,
    "stone": 20.0,
    "unpaved": 40.0,
    "wood": 40.0,
}

# "RU:rural" and the like: a limit by law instead of a number on a sign.
_LAW_KM_H = {"living_street": 20.0, "urban": 50.0, "rural": 90.0, "trunk": 110.0, "motorway": 130.0}
_SIGN_SHARE = 0.8
_KM_A_MILE = 1.609344
_NUMBER = re.compile(r"^(\d+(?:\.\d+)?)\s*(mph|km/h|kmh|kph)?$")
_SLOWEST_KM_H, _FASTEST_KM_H = 5.0, 140.0


def sign_km_h(maxspeed: str) -> float | None:
    """Return the limit that a ``maxspeed`` tag states, in km/h; None when it states no number.

    Of several (``"50;70"``) the lowest counts. ``none``, ``signals``, ``walk`` and nonsense are
    None.
    """
    limits = []
    for part in maxspeed.split(";"):
        text = part.strip().lower()
        number = _NUMBER.match(text)
        if number:
            limits.append(float(number[1]) * (_KM_A_MILE if number[2] == "mph" else 1.0))
        elif text.rsplit(":", 1)[-1] in _LAW_KM_H and ":" in text:
            limits.append(_LAW_KM_H[text.rsplit(":", 1)[-1]])
    positive = [limit for limit in limits if limit > 0]
    return min(positive, default=None)


def way_km_h(highway: str, maxspeed: str = "", surface: str = "") -> float:
    """Return the driving speed of a way in km/h, between 5 and 140.

    Parameters
    ----------
    highway, maxspeed, surface
        The way's tags; empty where it has none. Of several surfaces the slowest counts.
    """
    limit = sign_km_h(maxspeed)
    speed = CLASS_KM_H.get(highway, OTHER_CLASS_KM_H) if limit is None else limit * _SIGN_SHARE
    for part in surface.split(";"):
        speed = min(speed, SURFACE_CAP_KM_H.get(part.strip().lower(), speed))
    return min(max(speed, _SLOWEST_KM_H), _FASTEST_KM_H)


def directions(highway: str, oneway: str = "", junction: str = "") -> tuple[bool, bool]:
    """Return whether a way may be driven forwards and backwards.

    Motorways and roundabouts are one-way unless they say otherwise. A way whose direction changes
    by the hour (``reversible``, ``alternating``) cannot be relied upon and is closed.
    """
    text = oneway.strip().lower()
    if text in ("yes", "1", "true"):
        return True, False
    if text in ("-1", "reverse"):
        return False, True
    if text in ("reversible", "alternating"):
        return False, False
    implied = highway == "motorway" or junction.strip().lower() in ("roundabout", "circular")
    if implied and text not in ("no", "false", "0"):
        return True, False
    return True, True
