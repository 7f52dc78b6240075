"""Maps, read back with pyogrio as QGIS would."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyogrio import get_gdal_config_option, list_layers, read_info, set_gdal_config_options
from pyogrio.raw import read

from planner.domain.ids import DistrictId, TeamId
from planner.errors import PlannerError
from planner.export.gis import GisKind, write_gis
from planner.export.gis.scope import Polygons
from tests.export.made_up import Build, Case

POINTS = {"stations": 22, "stops": 24, "commissions": 2, "base_towns": 2}


def polygons(case: Case) -> Polygons:
    return {
        DistrictId(d.id): shapely.box(d.lon - 1, d.lat - 0.5, d.lon + 1, d.lat + 0.5)
        for d in case.mission.districts
    }


def records(path: Path, layer: str) -> list[dict[str, object]]:
    meta, _, _, columns = read(path, layer=layer)
    return [dict(zip(meta["fields"], row, strict=True)) for row in zip(*columns, strict=True)]


def test_a_geopackage_has_its_layers(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    write_gis(case.mission, case.plan, path, "gpkg")
    kinds = dict(list_layers(path).tolist())
    assert kinds == {"routes": "LineString", **dict.fromkeys(POINTS, "Point")}
    for layer, number in POINTS.items():
        info = read_info(path, layer=layer)
        assert info["features"] == number
        assert info["crs"] == "EPSG:4326"


def test_areas_are_dissolved_districts(build: Build, tmp_path: Path) -> None:
    case = build()
    one = case.plan.areas[0].model_copy(update={"districts": ("D00", "D01")})
    plan = case.plan.model_copy(update={"areas": (one,)})
    path = tmp_path / "plan.gpkg"
    touching: Polygons = {
        DistrictId("D00"): shapely.box(0, 0, 1, 1),
        DistrictId("D01"): shapely.box(1, 0, 2, 1),
    }
    write_gis(case.mission, plan, path, "gpkg", polygons=touching)
    _, _, shapes, _ = read(path, layer="areas")
    (area,) = shapely.from_wkb(shapes)
    assert area.equals(shapely.box(0, 0, 2, 1))
    assert len(records(path, "districts")) == 2


def test_stops_carry_local_and_utc_times(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    write_gis(case.mission, case.plan, path, "gpkg")
    openings = [row for row in records(path, "stops") if row["phase"] == "opening"]
    assert {(row["arrive_local"], row["zone"]) for row in openings} == {
        ("06:15", "UTC+5"),
        ("06:15", "UTC+6"),
    }
    assert {np.datetime_as_string(row["arrive_utc"], "m") for row in openings} == {
        "2022-11-20T01:15",
        "2022-11-20T00:15",
    }


def test_unknown_numbers_are_null(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    write_gis(case.mission, case.plan, path, "gpkg")
    beds = {row["town"]: row["beds"] for row in records(path, "base_towns")}
    assert np.isnan(beds["T00"])
    assert beds["T01"] == 4


def test_every_feature_says_who_made_it_and_whether_it_is_real(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    write_gis(case.mission, case.plan, path, "gpkg", polygons=polygons(case))
    for layer, _ in list_layers(path):
        for row in records(path, layer):
            assert "GeoNames" in str(row["attribution"])
            assert "SYNTHETIC DATA" in str(row["notice"])
            assert row["status"] == ("unknown" if layer == "districts" else "synthetic")


@pytest.mark.parametrize("kind", ["gpkg", "kml", "gpx"])
def test_the_same_plan_gives_the_same_bytes(case: Case, tmp_path: Path, kind: GisKind) -> None:
    first, second = tmp_path / "a" / f"plan.{kind}", tmp_path / "b" / f"plan.{kind}"
    for path in (first, second):
        write_gis(case.mission, case.plan, path, kind, polygons=polygons(case))
    assert first.read_bytes() == second.read_bytes()


def test_the_date_of_gdal_is_given_back(case: Case, tmp_path: Path) -> None:
    before = get_gdal_config_option("OGR_CURRENT_DATE")
    set_gdal_config_options({"OGR_CURRENT_DATE": "2001-02-03T00:00:00Z"})
    try:
        write_gis(case.mission, case.plan, tmp_path / "plan.gpkg", "gpkg")
        assert get_gdal_config_option("OGR_CURRENT_DATE") == "2001-02-03T00:00:00Z"
    finally:
        set_gdal_config_options({"OGR_CURRENT_DATE": before})


def test_kml_has_a_folder_a_pair(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "plan.kml"
    write_gis(case.mission, case.plan, path, "kml", polygons=polygons(case))
    folders = [name for name, _ in list_layers(path)]
    pairs = [f"STO-00{n}" for n in range(1, 5)]
    assert folders == ["Areas of responsibility", "Base towns", *pairs]
    rows = records(path, "STO-001")
    assert len(rows) == 7
    assert rows[0]["Name"] == "STO-001 route"
    assert rows[1]["Name"] == "1 opening 06:15"
    assert "SYNTHETIC DATA" in str(
        rows[1]["Description" if "Description" in rows[1] else "description"]
    )


def test_gpx_has_a_route_a_pair_with_times_in_utc(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "plan.gpx"
    write_gis(case.mission, case.plan, path, "gpx")
    assert [row["name"] for row in records(path, "routes")] == [f"STO-00{n}" for n in range(1, 5)]
    assert [row["name"] for row in records(path, "waypoints")] == ["Base Town 00", "Base Town 01"]
    points = records(path, "route_points")
    assert len(points) == 4 * 8
    assert "<time>2022-11-20T01:15:00Z</time>" in path.read_text(encoding="utf-8")
    assert max(len(str(row["name"])) for row in points) <= 80


@pytest.mark.parametrize("kind", ["gpkg", "kml", "gpx"])
def test_a_map_can_be_cut_to_one_pair(case: Case, tmp_path: Path, kind: GisKind) -> None:
    path = tmp_path / f"plan.{kind}"
    write_gis(
        case.mission,
        case.plan,
        path,
        kind,
        teams=[TeamId("STO-003")],
        polygons=polygons(case) if kind == "kml" else None,
    )
    content = path.read_bytes()
    assert b"STO-003" in content
    for other in (b"STO-001", b"STO-002", b"STO-004", b"Base Town 00", b"A01"):
        assert other not in content


def test_an_unknown_team_is_named(case: Case, tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="STO-999"):
        write_gis(case.mission, case.plan, tmp_path / "p.gpx", "gpx", teams=[TeamId("STO-999")])
    assert not (tmp_path / "p.gpx").exists()


@pytest.mark.parametrize("kind", ["gpkg", "kml", "gpx"])
def test_a_plan_of_nothing_is_a_map_that_opens(case: Case, tmp_path: Path, kind: GisKind) -> None:
    plan = case.plan.model_copy(update=dict.fromkeys(("areas", "teams", "days", "sample"), ()))
    mission = case.mission.model_copy(update={"stations": (), "commissions": (), "towns": ()})
    path = tmp_path / f"plan.{kind}"
    write_gis(mission, plan, path, kind)
    assert path.stat().st_size > 0
    if kind == "gpkg":
        assert len(list_layers(path)) == 5


def test_odd_names_do_not_break_xml(case: Case, tmp_path: Path) -> None:
    odd = tuple(
        s.model_copy(update={"name": "<b>&\x07]]>" + "ы" * 500}) for s in case.mission.stations
    )
    mission = case.mission.model_copy(update={"stations": odd})
    for kind in ("kml", "gpx"):
        path = tmp_path / f"plan.{kind}"
        write_gis(mission, case.plan, path, kind)
        assert len(list_layers(path))
        assert json.dumps(path.read_text(encoding="utf-8"))
