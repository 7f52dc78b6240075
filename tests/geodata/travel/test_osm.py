"""The OSM provider on the extracts that pyrosm carries (no download)."""

import builtins
import importlib
import importlib.util
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from geodata.travel.errors import TravelError
from geodata.travel.great_circle import great_circle_m
from geodata.travel.osm import OsmRoads
from geodata.travel.provider import UNROUTABLE, Points
from geodata.travel.road_graph import RoadGraph

needs_pyrosm = pytest.mark.skipif(
    importlib.util.find_spec("pyrosm") is None, reason="pyrosm (extra 'osm') is not installed"
)
FAR_OUT_AT_SEA = np.array([[59.0, 22.0]])


def extract(name: str) -> Path:
    """Return the path of an extract inside the installed package, without importing it."""
    spec = importlib.util.find_spec("pyrosm")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "data" / name


@pytest.fixture(scope="module")
def helsinki() -> OsmRoads:
    return OsmRoads.read(extract("Helsinki.osm.pbf"))


@pytest.fixture
def places() -> Points:
    """Twelve places in the centre of Helsinki, inside the extract."""
    random = np.random.default_rng(7)
    return np.column_stack((random.uniform(60.165, 60.178, 12), random.uniform(24.936, 24.952, 12)))


@needs_pyrosm
def test_reading_asks_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("the OSM provider opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    OsmRoads.read(extract("test.osm.pbf"))


@needs_pyrosm
def test_ways_are_longer_than_the_great_circle_and_not_absurdly(
    helsinki: OsmRoads, places: Points
) -> None:
    matrix = helsinki.matrix(places, places)
    assert (matrix.duration_s != UNROUTABLE).all()
    row, column = np.nonzero(~np.eye(len(places), dtype=bool))
    straight_m = great_circle_m(places[row], places[column])
    assert (matrix.distance_m[row, column] >= straight_m - 5).all()
    assert np.median(matrix.distance_m[row, column] / straight_m) < 2
    km_h = matrix.distance_m[row, column] / matrix.duration_s[row, column] * 3.6
    assert ((km_h > 5) & (km_h < 60)).all()


@needs_pyrosm
def test_one_way_streets_show(helsinki: OsmRoads, places: Points) -> None:
    matrix = helsinki.matrix(places, places)
    assert (matrix.duration_s != matrix.duration_s.T).any()
    assert not matrix.duration_s.diagonal().any()


@needs_pyrosm
def test_legs_are_the_diagonal_and_order_does_not_matter(
    helsinki: OsmRoads, places: Points
) -> None:
    matrix = helsinki.matrix(places, places[::-1])
    legs = helsinki.legs(places, places[::-1])
    np.testing.assert_array_equal(legs.duration_s, matrix.duration_s.diagonal())
    np.testing.assert_array_equal(legs.distance_m, matrix.distance_m.diagonal())
    order = np.random.default_rng(1).permutation(len(places))
    mixed = helsinki.matrix(places[order], places[::-1])
    np.testing.assert_array_equal(mixed.duration_s, matrix.duration_s[order])


@needs_pyrosm
def test_a_place_far_from_every_road_is_unroutable_except_to_itself(
    helsinki: OsmRoads, places: Points
) -> None:
    both = np.concatenate((places[:1], FAR_OUT_AT_SEA))
    matrix = helsinki.matrix(both, both)
    assert matrix.duration_s.tolist() == [[0, UNROUTABLE], [UNROUTABLE, 0]]
    assert matrix.distance_m.tolist() == [[0, UNROUTABLE], [UNROUTABLE, 0]]


@needs_pyrosm
def test_the_snap_distance_is_a_parameter(places: Points) -> None:
    graph = OsmRoads.read(extract("Helsinki.osm.pbf"))._graph
    strict = OsmRoads(graph, "test", max_snap_m=0.001)
    assert (strict.legs(places, places[::-1]).duration_s == UNROUTABLE).all()


@needs_pyrosm
def test_winter_takes_longer_on_the_same_ways(helsinki: OsmRoads, places: Points) -> None:
    winter = OsmRoads.read(extract("Helsinki.osm.pbf"), speed_factor=0.8, season="winter")
    summer_s = helsinki.matrix(places, places).duration_s
    winter_s = winter.matrix(places, places).duration_s
    np.testing.assert_allclose(winter_s, summer_s / 0.8, atol=4)
    assert "x 0.8 (winter)" in winter.provenance


@needs_pyrosm
def test_provenance_names_file_network_and_credit(helsinki: OsmRoads) -> None:
    for part in ("Helsinki.osm.pbf", "sha256", "nodes", "© OpenStreetMap contributors, ODbL"):
        assert part in helsinki.provenance


@needs_pyrosm
def test_no_places_give_empty_arrays(helsinki: OsmRoads, places: Points) -> None:
    nothing = np.zeros((0, 2))
    assert helsinki.matrix(nothing, places).duration_s.shape == (0, 12)
    assert helsinki.matrix(places, nothing).duration_s.shape == (12, 0)
    assert helsinki.legs(nothing, nothing).duration_s.shape == (0,)


def test_two_places_at_one_node_go_straight() -> None:
    two = np.array([0, 1], dtype=np.int64)
    graph = RoadGraph.build(
        np.array([[50.0, 70.0], [50.5, 70.0]]),
        two,
        two[::-1],
        np.array([1000.0, 1000.0]),
        np.array([55_000.0, 55_000.0]),
    )
    near = np.array([[50.0, 70.03], [50.0, 70.031]])
    leg = OsmRoads(graph, "test").legs(near[:1], near[1:])
    assert leg.distance_m[0] == pytest.approx(93, abs=2)


@needs_pyrosm
@pytest.mark.parametrize("kind", ["empty", "garbage", "cut", "flipped"])
def test_a_broken_extract_is_told(kind: str, tmp_path: Path) -> None:
    good = extract("test.osm.pbf").read_bytes()
    content = {
        "empty": b"",
        "garbage": b"garbage " * 1000,
        "cut": good[:60_000],
        "flipped": good[:50_000] + b"x" * 100 + good[50_100:],
    }[kind]
    path = tmp_path / "roads.osm.pbf"
    path.write_bytes(content)
    with pytest.raises(TravelError, match=r"roads\.osm\.pbf") as caught:
        OsmRoads.read(path)
    assert caught.value.code == "TR-OSM"
    assert ".osm.pbf" in caught.value.remedy


@needs_pyrosm
def test_another_file_format_is_told(tmp_path: Path) -> None:
    path = tmp_path / "roads.gpkg"
    path.write_bytes(b"SQLite format 3")
    with pytest.raises(TravelError, match="cannot be read as an OSM extract"):
        OsmRoads.read(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TravelError, match=r"no OSM extract 'none\.osm\.pbf'") as caught:
        OsmRoads.read(tmp_path / "none.osm.pbf")
    assert caught.value.code == "TR-FILE"


def test_a_missing_extra_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def without_pyrosm(
        name: str,
        globals_: Mapping[str, Any] | None = None,
        locals_: Mapping[str, Any] | None = None,
        names: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if name.split(".", maxsplit=1)[0] == "pyrosm":
            raise ModuleNotFoundError(name)
        return original(name, globals_, locals_, names or (), level)

    monkeypatch.setattr(builtins, "__import__", without_pyrosm)
    path = tmp_path / "roads.osm.pbf"
    path.write_bytes(b"any")
    with pytest.raises(TravelError, match="needs the package pyrosm") as caught:
        OsmRoads.read(path)
    assert caught.value.code == "TR-EXTRA"
    assert "mission-planner[osm]" in caught.value.remedy


def test_the_module_imports_without_pyrosm() -> None:
    """Importing the provider must not import its extra (it takes seconds)."""
    source = Path(importlib.import_module("geodata.travel.osm").__file__ or "").read_text("utf-8")
    top_level = [line for line in source.splitlines() if line.startswith(("import", "from"))]
    assert not [line for line in top_level if "pyrosm" in line]
