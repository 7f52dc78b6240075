"""A mission folder with a saved plan, and pictures of folders to hold against one another."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.limited import Order, run
from tests.good_plan import good_mission
from tests.mission_folder import write_folder

Picture = dict[str, bytes]


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds ``mission`` with its ``plan.json``, and ``out`` with its maps."""
    home = tmp_path_factory.mktemp("faults")
    folder = write_folder(good_mission(), home / "mission")
    assert run(Order(), "cli", "plan", str(folder)).returncode == 0
    words = ("-o", str(home / "out"), "--as", "gpkg,kml,gpx,xlsx,json")
    made = run(Order(), "cli", "export", str(folder), str(folder / "plan.json"), *words)
    assert made.returncode == 0, made.stderr
    return home


@pytest.fixture
def home(planned: Path, tmp_path: Path) -> Path:
    """Return a copy of ``planned`` that may be hurt."""
    return Path(shutil.copytree(planned, tmp_path / "home"))


@pytest.fixture
def picture() -> Callable[[Path], Picture]:
    """Return the bytes of all files of a folder by name, unfinished ones too."""

    def take(folder: Path) -> Picture:
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    return take
