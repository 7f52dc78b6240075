"""Inputs as archives: same bytes for same files, whole or not, never outside."""

import io
import zipfile
from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.intake.folder import load_mission
from planner.workspace import snapshot
from planner.workspace.snapshot import input_files, pack, unpack
from tests.good_plan import good_mission
from tests.mission_folder import write_folder


def test_what_is_packed_loads_to_the_same_input(tmp_path: Path) -> None:
    folder = write_folder(good_mission(), tmp_path / "m")
    loaded = load_mission(folder)
    content = pack(loaded.files, folder)
    assert content == pack(reversed(loaded.files), folder)
    unpack(content, tmp_path / "copy")
    unpack(content, tmp_path / "copy")
    again = load_mission(tmp_path / "copy").mission_input
    assert again.input_hash == loaded.mission_input.input_hash
    assert again.stations == loaded.mission_input.stations


def test_a_large_file_stays_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "MAX_BYTES", 10)
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "a.csv").write_text("small", encoding="utf-8")
    (folder / "roads.pbf").write_bytes(b"x" * 100)
    unpack(pack(sorted(folder.iterdir()), folder), tmp_path / "copy")
    assert (tmp_path / "copy" / "a.csv").read_text(encoding="utf-8") == "small"
    assert (tmp_path / "copy" / "roads.pbf").resolve() == (folder / "roads.pbf").resolve()


def test_a_shapefile_comes_with_its_companions(tmp_path: Path) -> None:
    for suffix in (".shp", ".dbf", ".shx"):
        (tmp_path / f"boundaries{suffix}").write_bytes(b"")
    found = input_files([tmp_path / "boundaries.shp"])
    assert [path.suffix for path in found] == [".dbf", ".shp", ".shx"]


def test_an_archive_cannot_write_elsewhere(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("../outside.txt", "x")
    with pytest.raises(PlannerError) as caught:
        unpack(target.getvalue(), tmp_path / "copy")
    assert caught.value.code == "WS-INPUT"
    assert not (tmp_path / "outside.txt").exists()


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlannerError) as caught:
        unpack(b"no archive", tmp_path / "copy")
    assert caught.value.code == "WS-INPUT"
    assert not (tmp_path / "copy" / ".complete").exists()
