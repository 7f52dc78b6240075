"""Rough outlines of countries."""

import pytest
import shapely

from geodata.errors import GeodataError
from geodata.nations import nation_name, nation_outline

_CAPITALS = {
    "KZ": (51.17, 71.45),
    "GE": (41.69, 44.80),
    "MD": (47.01, 28.86),
    "MT": (35.90, 14.51),
    "LI": (47.14, 9.52),
    "NO": (59.91, 10.75),
    "US": (38.90, -77.04),
    "NZ": (-41.29, 174.78),
}


@pytest.mark.parametrize(("country", "capital"), _CAPITALS.items())
def test_a_capital_is_in_its_country_only(country: str, capital: tuple[float, float]) -> None:
    point = shapely.Point(capital[1], capital[0])
    assert nation_outline(country).covers(point)
    others = set(_CAPITALS) - {country}
    assert not any(nation_outline(other).covers(point) for other in others)


def test_margin() -> None:
    assert nation_outline("MD", margin_km=50).area > nation_outline("MD", margin_km=0).area


def test_names_and_unknown_codes() -> None:
    assert nation_name("KZ") == "Kazakhstan"
    with pytest.raises(GeodataError, match="unknown country 'XX'; expected an ISO 3166-1 alpha-2"):
        nation_outline("XX")
