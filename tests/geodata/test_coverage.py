"""Simplification keeps neighbours neighbours."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely import Point, Polygon, box

from geodata.adjacency import adjacency
from geodata.boundaries import read_boundaries
from geodata.coverage import overlaps, polygonal, simplify


def test_gaps_and_overlaps_are_closed() -> None:
    ragged = {"a": box(0, 0, 1.01, 1), "b": box(1, 0, 2, 1), "c": box(2.0001, 0, 3, 1)}
    clean = simplify(ragged, tolerance_deg=0, gap_width_deg=0.001)
    assert shapely.coverage_is_valid(list(clean.values()))
    assert sum(shape.area for shape in clean.values()) == pytest.approx(3, abs=1e-3)


def test_a_city_drawn_over_its_region_keeps_its_area() -> None:
    clean = simplify({"city": box(1, 1, 2, 2), "region": box(0, 0, 4, 4)}, tolerance_deg=0)
    assert clean["city"].area == pytest.approx(1)
    assert clean["region"].area == pytest.approx(15)


def test_a_tiny_polygon_never_vanishes() -> None:
    tiny = Point(0, 0).buffer(0.00001)
    clean = simplify({"tiny": tiny, "large": box(1, 1, 2, 2)}, tolerance_deg=0.1)
    assert not clean["tiny"].is_empty


def test_nothing_gives_nothing() -> None:
    assert simplify({}) == {}
    assert overlaps({}) == ()


def test_only_polygons_stay() -> None:
    mixed = shapely.GeometryCollection([box(0, 0, 1, 1), Point(5, 5)])
    assert polygonal(mixed).equals(box(0, 0, 1, 1))
    assert polygonal(Point(0, 0)).is_empty
    assert polygonal(None).is_empty
    assert polygonal(Polygon()).is_empty


@pytest.mark.parametrize("name", ["kz_adm2_2017_by_region", "md_adm1", "ge_adm1"])
def test_real_districts_keep_their_neighbours(shared: Callable[[str], Path], name: str) -> None:
    polygons = read_boundaries(shared(f"geodata/{name}.geojson")).polygons
    simple = simplify(polygons, tolerance_deg=0.02)
    count = sum(map(shapely.get_num_coordinates, polygons.values()))
    assert sum(map(shapely.get_num_coordinates, simple.values())) < count
    assert all(shape.is_valid for shape in simple.values())
    assert shapely.coverage_is_valid(list(simple.values()))
    assert set(adjacency(simple)) >= set(adjacency(polygons)) - set(_short(polygons))


def _short(polygons: dict[str, shapely.Geometry]) -> list[tuple[str, str]]:
    """Return pairs whose common border is shorter than the tolerance: it may end in a point."""
    pairs = adjacency(polygons)
    lengths = [shapely.intersection(polygons[a], polygons[b]).length for a, b in pairs]
    return [pair for pair, length in zip(pairs, np.array(lengths), strict=True) if length < 0.04]
