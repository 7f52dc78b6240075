"""Boundary files with every fault that we know of, and real ones of three countries."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box, mapping
from shapely.geometry.base import BaseGeometry

from geodata.adjacency import adjacency, components
from geodata.boundaries import Boundaries, ProblemKind, area_km2, read_boundaries
from geodata.boundary_fields import BoundaryFields
from geodata.errors import CoordinateError, FieldError, FileReadError, GeodataError

Shared = Callable[[str], Path]
Feature = tuple[Mapping[str, Any], BaseGeometry | None]


def write(path: Path, features: Sequence[Feature]) -> Path:
    document = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": dict(properties),
                "geometry": None if shape is None else mapping(shape),
            }
            for properties, shape in features
        ],
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def kinds(boundaries: Boundaries) -> list[ProblemKind]:
    return [problem.kind for problem in boundaries.problems]


def two(**second: Any) -> list[Feature]:
    first = {"id": "1", "name": "West"}
    return [(first, box(0, 0, 1, 1)), ({"id": "2", "name": "East"} | second, box(1, 0, 2, 1))]


def test_reads_codes_names_and_regions(tmp_path: Path) -> None:
    features = [
        ({"id": f"{i}", "name": f"N{i}", "region": f"R{i // 2}", "region_name": f"Reg {i // 2}"},
         box(i, 0, i + 1, 1))
        for i in range(4)
    ]  # fmt: skip
    found = read_boundaries(write(tmp_path / "b.geojson", features))
    assert list(found.polygons) == ["0", "1", "2", "3"]
    assert found.names["3"] == "N3"
    assert found.regions["3"] == "R1"
    assert found.region_names["0"] == "Reg 0"
    assert found.problems == ()
    assert found.features == 4


def test_a_bow_tie_is_repaired_and_told(tmp_path: Path) -> None:
    bow_tie = Polygon([(2, 0), (3, 1), (3, 0), (2, 1)])
    features = [*two(), ({"id": "3", "name": "Tie"}, bow_tie)]
    found = read_boundaries(write(tmp_path / "b.geojson", features))
    assert found.polygons["3"].is_valid
    assert found.polygons["3"].area == pytest.approx(0.5)
    assert kinds(found) == [ProblemKind.REPAIRED]
    assert "Self-intersection" in found.problems[0].message


def test_points_lines_and_missing_geometries_are_left_out_and_told(tmp_path: Path) -> None:
    features = [
        *two(),
        ({"id": "3", "name": "Point"}, Point(0, 0)),
        ({"id": "4", "name": "Line"}, LineString([(0, 0), (1, 1)])),
        ({"id": "5", "name": "Nothing"}, None),
    ]
    found = read_boundaries(write(tmp_path / "b.geojson", features))
    assert list(found.polygons) == ["1", "2"]
    assert kinds(found) == [
        ProblemKind.NOT_A_POLYGON,
        ProblemKind.NOT_A_POLYGON,
        ProblemKind.NO_GEOMETRY,
    ]
    assert [problem.feature for problem in found.problems] == [3, 4, 5]


def test_parts_of_one_district_are_merged(tmp_path: Path) -> None:
    part = ({"id": "2", "name": "East"}, box(5, 5, 6, 6))
    found = read_boundaries(
        write(tmp_path / "b.geojson", [*two(), part]), fields=BoundaryFields(id="id", name="name")
    )
    assert found.polygons["2"].area == pytest.approx(2)
    assert kinds(found) == [ProblemKind.DUPLICATE_MERGED]


def test_one_code_for_two_districts_loses_neither(tmp_path: Path) -> None:
    other = ({"id": "2", "name": "Other"}, box(5, 5, 6, 6))
    found = read_boundaries(
        write(tmp_path / "b.geojson", [*two(), other]), fields=BoundaryFields(id="id", name="name")
    )
    assert found.names == {"1": "West", "2": "East", "2-3": "Other"}
    assert kinds(found) == [ProblemKind.DUPLICATE_RENAMED]


def test_missing_codes_and_names_are_filled_and_told(tmp_path: Path) -> None:
    features = [*two(), ({"id": None, "name": "No code"}, box(2, 0, 3, 1)),
                ({"id": "4", "name": None}, box(3, 0, 4, 1))]  # fmt: skip
    found = read_boundaries(
        write(tmp_path / "b.geojson", features), fields=BoundaryFields(id="id", name="name")
    )
    assert found.names == {"1": "West", "2": "East", "4": "4", "F0003": "No code"}
    assert kinds(found) == [ProblemKind.NO_ID, ProblemKind.NO_NAME]


def test_without_codes_the_names_are_codes(tmp_path: Path) -> None:
    features = [({"name": "Bălți"}, box(0, 0, 1, 1)), ({"name": "Rezina"}, box(1, 0, 2, 1))]
    assert list(read_boundaries(write(tmp_path / "b.geojson", features)).polygons) == [
        "Bălți",
        "Rezina",
    ]


def test_numbers_as_codes_are_texts_without_decimals(tmp_path: Path) -> None:
    features = [({"id": 1.0, "name": "a"}, box(0, 0, 1, 1)),
                ({"id": None, "name": "b"}, box(1, 0, 2, 1)),
                ({"id": 12, "name": "c"}, box(2, 0, 3, 1))]  # fmt: skip
    found = read_boundaries(write(tmp_path / "b.geojson", features), fields=BoundaryFields(id="id"))
    assert set(found.polygons) == {"1", "12", "F0002"}


def test_overlapping_districts_are_told(tmp_path: Path) -> None:
    features = [*two(), ({"id": "3", "name": "Over"}, box(1.5, 0, 2.5, 1))]
    found = read_boundaries(write(tmp_path / "b.geojson", features))
    assert kinds(found) == [ProblemKind.OVERLAP]
    assert "2 and 3 overlap by 50%" in found.problems[0].message


def test_holes_and_islands_survive(tmp_path: Path) -> None:
    city = box(0.4, 0.4, 0.6, 0.6)
    features = [
        ({"id": "1", "name": "Region"}, box(0, 0, 1, 1).difference(city)),
        ({"id": "2", "name": "City"}, city),
        ({"id": "3", "name": "Isles"}, MultiPolygon([box(3, 0, 4, 1), box(5, 0, 6, 1)])),
    ]
    found = read_boundaries(write(tmp_path / "b.geojson", features))
    assert found.problems == ()
    assert adjacency(found.polygons) == (("1", "2"),)
    assert shapely.get_num_geometries(found.polygons["3"]) == 2


@pytest.mark.parametrize("suffix", ["gpkg", "shp"])
def test_other_coordinate_systems_become_degrees(tmp_path: Path, suffix: str) -> None:
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.GeoDataFrame(
        {"code": ["01", "02"], "name": ["Запад", "Восток"]},
        geometry=[box(69, 51, 70, 52), box(70, 51, 71, 52)],
        crs="EPSG:4326",
    ).to_crs("EPSG:32642")
    path = tmp_path / f"b.{suffix}"
    frame.to_file(path, encoding="utf-8")
    found = read_boundaries(path)
    assert found.names == {"01": "Запад", "02": "Восток"}
    assert found.polygons["01"].bounds == pytest.approx((69, 51, 70, 52), abs=1e-3)
    assert found.problems == ()


def test_a_shapefile_without_coordinate_system(tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.GeoDataFrame(
        {"code": ["1", "2"]}, geometry=[box(69, 51, 70, 52), box(70, 51, 71, 52)], crs="EPSG:4326"
    )
    for name, changed in (("degrees", frame), ("metres", frame.to_crs("EPSG:32642"))):
        changed.to_file(tmp_path / f"{name}.shp")
        (tmp_path / f"{name}.prj").unlink()
    assert kinds(read_boundaries(tmp_path / "degrees.shp")) == [ProblemKind.CRS_ASSUMED]
    with pytest.raises(CoordinateError, match=r"coordinates are no degrees .* name the coordinate"):
        read_boundaries(tmp_path / "metres.shp")
    found = read_boundaries(tmp_path / "metres.shp", crs="EPSG:32642")
    assert found.polygons["1"].bounds == pytest.approx((69, 51, 70, 52), abs=1e-3)
    with pytest.raises(CoordinateError, match="unknown coordinate system 'Mars'"):
        read_boundaries(tmp_path / "metres.shp", crs="Mars")


def test_a_layer_must_be_chosen_where_there_are_several(tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    path = tmp_path / "b.gpkg"
    for layer, shape in (("one", box(0, 0, 1, 1)), ("two", box(1, 0, 2, 1)), ("pt", Point(0, 0))):
        frame = geopandas.GeoDataFrame({"name": [layer]}, geometry=[shape], crs="EPSG:4326")
        frame.to_file(path, layer=layer)
    with pytest.raises(FileReadError, match=r"choose one of its layers: one, two$"):
        read_boundaries(path)
    with pytest.raises(FileReadError, match="no layer 'three'; it has: one, two, pt"):
        read_boundaries(path, layer="three")
    assert list(read_boundaries(path, layer="two").polygons) == ["two"]
    with pytest.raises(GeodataError, match="none of 1 features is a polygon"):
        read_boundaries(path, layer="pt")


def test_missing_empty_and_strange_files(tmp_path: Path) -> None:
    with pytest.raises(FileReadError, match="no such file"):
        read_boundaries(tmp_path / "none.geojson")
    empty = tmp_path / "empty.geojson"
    empty.touch()
    with pytest.raises(FileReadError, match="the file is empty"):
        read_boundaries(empty)
    strange = tmp_path / "strange.geojson"
    strange.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(FileReadError, match="neither GeoPackage, GeoJSON nor"):
        read_boundaries(strange)
    with pytest.raises(FileReadError, match=r"no (features|layer)"):
        read_boundaries(write(tmp_path / "nothing.geojson", []))


def test_a_wanted_property_must_exist(tmp_path: Path) -> None:
    path = write(tmp_path / "b.geojson", two())
    with pytest.raises(FieldError, match="no property 'kod' for the id; the features have: id, na"):
        read_boundaries(path, fields=BoundaryFields(id="kod"))


def test_area_of_a_degree_at_the_equator() -> None:
    assert area_km2(box(0, 0, 1, 1)) == pytest.approx(111.195**2, rel=1e-3)


@pytest.mark.parametrize(
    ("name", "count", "area"),
    [
        ("kz_adm1_20.geojson", 20, 2_716_000),
        ("ge_adm1.geojson", 12, 69_400),
        ("md_adm1.geojson", 39, 33_100),
        ("kz_adm2_2017_by_region.geojson", 174, 2_722_000),
    ],
)
def test_real_countries(shared: Shared, name: str, count: int, area: float) -> None:
    found = read_boundaries(shared(f"geodata/{name}"))
    assert len(found.polygons) == count
    assert all(polygon.is_valid for polygon in found.polygons.values())
    assert sum(map(area_km2, found.polygons.values())) == pytest.approx(area, rel=0.01)
    assert len(components(found.polygons, adjacency(found.polygons))) == 1


def test_moldova_has_codes_that_are_not_unique_so_names_are_used(shared: Shared) -> None:
    found = read_boundaries(shared("geodata/md_adm1.geojson"))
    assert "Bălţi" in found.polygons
    assert kinds(found) == [ProblemKind.DUPLICATE_MERGED]


def test_districts_know_their_region(shared: Shared) -> None:
    found = read_boundaries(shared("geodata/kz_adm2_2017_by_region.geojson"))
    assert found.fields == BoundaryFields("gb_id", "name", "iso_3166_2", "region_en")
    assert len(set(found.regions.values())) == 19  # Astana is drawn into Akmola there


def test_a_file_never_makes_us_read_another_one(tmp_path: Path) -> None:
    """GDAL's virtual format names other files and servers; a boundary file must not."""
    secret = tmp_path / "secret.geojson"
    secret.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    virtual = tmp_path / "districts.gpkg"
    virtual.write_text(
        "<OGRVRTDataSource><OGRVRTLayer name='secret'><SrcDataSource>"
        f"{secret}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        encoding="utf-8",
    )
    with pytest.raises(FileReadError, match="neither GeoPackage, GeoJSON nor Shapefile"):
        read_boundaries(virtual)
