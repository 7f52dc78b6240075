"""Boundaries in an archive: found, unpacked safely, and refused with a reason."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import geopandas
import pytest
import shapely

from planner.errors import PlannerError
from planner.intake import zipped
from planner.intake.importing import import_file
from planner.intake.new import new_mission
from planner.intake.zipped import unzip_boundaries, zipped_names

NAMES = ("Alpha", "Beta")


def _frame() -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        {"code": ["A1", "B2"], "name": list(NAMES)},
        geometry=[shapely.box(44, 41, 45, 42), shapely.box(45, 41, 46, 42)],
        crs="EPSG:4326",
    )


def _geojson() -> str:
    return json.dumps(json.loads(_frame().to_json()))


def _zip(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def mission(tmp_path: Path) -> Path:
    folder = tmp_path / "mission"
    new_mission(folder, "GE", date(2024, 10, 26))
    return folder


def test_a_zipped_shapefile_becomes_boundaries(tmp_path: Path, mission: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    _frame().to_file(made / "districts.shp")
    files = {f"GIS/{each.name}": each.read_bytes() for each in made.iterdir()}
    archive = _zip(tmp_path / "districts.zip", {**files, "readme.txt": "hello"})
    report = import_file("boundaries", archive, mission)
    assert (report.file, report.records_out) == ("districts.zip", 2)
    document = json.loads((mission / "boundaries.geojson").read_text(encoding="utf-8"))
    assert sorted(f["properties"]["name"] for f in document["features"]) == list(NAMES)


def test_paths_in_the_archive_lead_nowhere(tmp_path: Path) -> None:
    archive = _zip(
        tmp_path / "x.zip", {"../../../evil.geojson": _geojson(), "/etc/cron.d/x.sh": "rm"}
    )
    into = tmp_path / "a" / "b"
    into.mkdir(parents=True)
    found, layer = unzip_boundaries(archive, into)
    assert layer is None
    assert found.parent == into
    assert [path.name for path in into.iterdir()] == [found.name]
    assert not (tmp_path / "evil.geojson").exists()


def test_shadows_of_a_mac_are_no_second_file(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "x.zip", {"d.geojson": _geojson(), "__MACOSX/._d.geojson": "x"})
    assert zipped_names(archive) == ("d",)


def test_of_several_files_one_is_chosen_by_its_name(tmp_path: Path, mission: Path) -> None:
    archive = _zip(tmp_path / "x.zip", {"d.geojson": _geojson(), "r.geojson": _geojson()})
    with pytest.raises(PlannerError) as caught:
        import_file("boundaries", archive, mission)
    assert caught.value.code == "IN-ZIP"
    assert "d, r" in caught.value.message
    assert import_file("boundaries", archive, mission, layer="r").records_out == 2


def test_an_archive_without_boundaries_is_refused(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "x.zip", {"stations.csv": "id\n1\n"})
    with pytest.raises(PlannerError) as caught:
        unzip_boundaries(archive, tmp_path)
    assert (caught.value.code, "no boundary file" in caught.value.message) == ("IN-ZIP", True)


def test_a_bomb_is_stopped_while_it_is_unzipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zipped, "MAX_UNZIPPED_BYTES", 2_000_000)
    archive = _zip(tmp_path / "x.zip", {"d.geojson": b" " * 5_000_000})
    with pytest.raises(PlannerError) as caught:
        unzip_boundaries(archive, tmp_path)
    assert caught.value.code == "IN-SIZE"


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "x.zip", {f"{n}.txt": "" for n in range(zipped.MAX_MEMBERS + 1)})
    with pytest.raises(PlannerError) as caught:
        zipped_names(archive)
    assert caught.value.code == "IN-ZIP"


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 and no more"])
def test_a_broken_archive_is_refused_with_a_remedy(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(damage)
    with pytest.raises(PlannerError) as caught:
        unzip_boundaries(path, tmp_path)
    assert caught.value.code == "IN-ZIP"
    assert caught.value.remedy


def test_a_cut_archive_is_refused(tmp_path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("d.geojson", _geojson())
    path = tmp_path / "x.zip"
    path.write_bytes(whole.getvalue()[:-30])
    with pytest.raises(PlannerError) as caught:
        unzip_boundaries(path, tmp_path)
    assert caught.value.code == "IN-ZIP"
