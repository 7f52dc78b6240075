"""Towns, commissions and boundaries come in."""

import json
from pathlib import Path

import pytest
import shapely

from planner.errors import InputError, PlannerError
from planner.intake.folder import load_mission
from planner.intake.importing import import_file
from planner.intake.polygons import load_polygons
from tests.intake import lists


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lists.mission(tmp_path)
    import_file("stations", lists.write(tmp_path / "list.csv", lists.GEORGIAN), tmp_path)
    return tmp_path


def boundaries(path: Path, features: list[tuple[dict[str, object], object]]) -> Path:
    document = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": properties,
                "geometry": shape and json.loads(shapely.to_geojson(shape)),
            }
            for properties, shape in features
        ],
    }
    path.write_text(json.dumps(document), "utf-8")
    return path


def test_towns_find_their_district_by_code_or_by_the_nearest_station(folder: Path) -> None:
    rows = [
        ["Town", "District", "Latitude", "Longitude", "Beds", "Population"],
        ["Tbilisi", "A", "41.71", "44.79", "1 000", "1,200,000"],
        ["Batumi", "", "41.65", "41.64", "", "lots"],
        ["Paris", "", "48.85", "2.35", "9", ""],
        ["Nowhere", "", "", "", "9", ""],
    ]
    report = import_file("towns", lists.write(folder / "t.csv", rows), folder)
    assert (report.rows_in, report.accepted, report.set_aside) == (4, 2, 2)
    towns = {t.name: t for t in load_mission(folder).mission_input.towns}
    assert (towns["Tbilisi"].beds, towns["Tbilisi"].population) == (1000, 1_200_000)
    assert (towns["Batumi"].district, towns["Batumi"].population) == ("B", None)
    assert {"IN-FIGURE", "IN-DISTRICT", "IN-POINT"} <= {f.code for f in report.findings}


def test_commissions_without_points_stand_at_their_district(folder: Path) -> None:
    rows = [["code", "commission", "type", "district"], ["5", "DEC 5", "district commission", "B"]]
    import_file("commissions", lists.write(folder / "c.csv", rows), folder)
    commission = load_mission(folder).mission_input.commissions[0]
    assert (commission.id, commission.level.value) == ("5", "DEC")
    assert commission.lat == pytest.approx(41.65)
    stations = [[*lists.GEORGIAN[0], "commission"], *([*r, "5"] for r in lists.GEORGIAN[1:])]
    stations[1][-1] = "77"
    report = import_file("stations", lists.write(folder / "list.csv", stations), folder)
    assert "IN-COMMISSION" in {f.code for f in report.findings}
    assert load_mission(folder).mission_input.station_of["02"].commission == "5"


def test_boundaries_are_repaired_and_matched_by_any_of_their_names(folder: Path) -> None:
    bow = shapely.Polygon([(44, 41), (45, 42), (45, 41), (44, 42), (44, 41)])
    path = boundaries(
        folder / "b.geojson",
        [
            ({"code": "GE-A", "name": "Älpha", "other": "Municipality of A"}, bow),
            ({"code": "GE-B", "name": "Beta", "other": "B"}, shapely.box(41, 41, 42, 42)),
            ({"code": "GE-P", "name": "Point", "other": ""}, shapely.Point(43, 41)),
        ],
    )
    report = import_file("boundaries", path, folder)
    assert (report.rows_in, report.accepted, report.set_aside) == (3, 2, 1)
    assert report.records_out == 2
    import_file("stations", lists.write(folder / "list.csv", lists.GEORGIAN), folder)
    mission = load_mission(folder).mission_input
    assert {s.district for s in mission.stations} == {"GE-A", "GE-B"}
    assert set(load_polygons(folder)) == {"GE-A", "GE-B"}
    assert all(polygon.is_valid for polygon in load_polygons(folder).values())


def test_a_station_without_a_district_is_in_the_polygon_around_it(folder: Path) -> None:
    path = boundaries(
        folder / "b.geojson",
        [
            ({"id": "X", "name": "East"}, shapely.box(44, 41, 45, 42)),
            ({"id": "Y", "name": "West"}, shapely.box(41, 41, 42, 42)),
        ],
    )
    import_file("boundaries", path, folder)
    rows = [[row[0], row[1], *row[3:]] for row in lists.GEORGIAN]
    report = import_file("stations", lists.write(folder / "list.csv", rows), folder)
    assert report.accepted == 5
    found = {s.id: s.district for s in load_mission(folder).mission_input.stations}
    assert (found["01"], found["05"]) == ("X", "Y")


def test_districts_without_polygons_get_cells(folder: Path) -> None:
    polygons = load_polygons(folder)
    assert set(polygons) == {"A", "B"}
    assert polygons["A"].contains(shapely.Point(44.78, 41.71))


def test_outlines_of_regions_tell_the_region_of_a_district(folder: Path) -> None:
    path = boundaries(
        folder / "r.geojson",
        [
            ({"id": "E", "name": "East"}, shapely.box(44, 41, 45, 42)),
            ({"id": "W", "name": "West"}, shapely.box(41, 41, 42, 42)),
        ],
    )
    report = import_file("boundaries", path, folder, level="region")
    assert report.written[0].name == "region_boundaries.geojson"
    mission = load_mission(folder).mission_input
    assert {d.id: d.region for d in mission.districts} == {"A": "E", "B": "W"}
    assert [r.name for r in mission.regions] == ["East", "West"]


@pytest.mark.parametrize("content", ["", "{}", '{"type":"FeatureCollection","features":[]}'])
def test_boundaries_that_are_none_are_refused(folder: Path, content: str) -> None:
    (folder / "b.geojson").write_text(content, "utf-8")
    with pytest.raises(PlannerError) as caught:
        import_file("boundaries", folder / "b.geojson", folder)
    assert caught.value.code == "IN-BOUNDARIES"


def test_faulty_boundaries_in_the_folder_are_told_by_the_loader(folder: Path) -> None:
    (folder / "boundaries.geojson").write_text('{"features": 5}', "utf-8")
    with pytest.raises(InputError) as caught:
        load_mission(folder)
    assert "IN-BOUNDARIES" in {f.code for f in caught.value.findings}
