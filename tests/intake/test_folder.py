from pathlib import Path

import pytest

from planner.demo import write_demo
from planner.domain.finding import Severity
from planner.errors import InputError
from planner.intake.folder import load_mission


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mission")
    write_demo("kazakhstan-2022", folder)
    return folder


def test_the_demo_loads_whole_and_without_findings(demo: Path) -> None:
    loaded = load_mission(demo)
    mission = loaded.mission_input
    assert loaded.findings == ()
    assert len(mission.stations) == 10_033
    assert len(mission.regions) == 20
    assert len(mission.input_hash) == 64
    for records in (mission.stations, mission.districts, mission.towns, mission.observers):
        ids = [record.id for record in records]
        assert ids == sorted(ids)


def test_the_hash_follows_the_files(demo: Path) -> None:
    before = load_mission(demo).mission_input.input_hash
    assert load_mission(demo).mission_input.input_hash == before
    path = demo / "decisions.toml"
    text = path.read_text("utf-8")
    path.write_text(text + "# a word\n", "utf-8")
    assert load_mission(demo).mission_input.input_hash != before
    path.write_text(text, "utf-8")


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder"):
        load_mission(tmp_path / "none")


def test_an_empty_folder_names_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_mission(tmp_path)
    codes = {f.code for f in caught.value.findings if f.severity is Severity.HARD}
    assert {"IN-MISSION"} <= codes
