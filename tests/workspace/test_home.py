"""Where missions lie, and which names a folder may have."""

from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.workspace.home import Home


def _mission(path: Path, mission: str) -> None:
    path.mkdir(parents=True)
    (path / "mission.toml").write_text(f'id = "{mission}"\n', encoding="utf-8")


def test_a_home_is_a_mission_or_holds_some(tmp_path: Path) -> None:
    _mission(tmp_path / "b", "two")
    _mission(tmp_path / "a", "one")
    (tmp_path / "notes").mkdir()
    assert [(m.key, m.id) for m in Home(tmp_path).missions()] == [("a", "one"), ("b", "two")]
    single = Home(tmp_path / "a")
    assert single.single
    assert [m.id for m in single.missions()] == ["one"]


def test_one_mission_in_two_folders_is_told(tmp_path: Path) -> None:
    _mission(tmp_path / "a", "one")
    _mission(tmp_path / "copy", "one")
    with pytest.raises(PlannerError, match="a and copy are both mission one") as caught:
        Home(tmp_path).missions()
    assert caught.value.code == "WS-TWICE"


def test_a_broken_mission_file_is_still_listed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "mission.toml").write_bytes(b"\xff\xfe broken")
    assert [m.id for m in Home(tmp_path).missions()] == ["a"]


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(PlannerError) as caught:
        Home(tmp_path / "gone").missions()
    assert caught.value.code == "WS-FOLDER"


@pytest.mark.parametrize(
    ("name", "key"), [("Georgia 2024", "georgia-2024"), ("Қазақстан", "қазақстан"), ("../x", "x")]
)
def test_names_of_new_folders(tmp_path: Path, name: str, key: str) -> None:
    assert Home(tmp_path).new_folder(name) == tmp_path / key


@pytest.mark.parametrize(
    ("name", "code"), [("..", "WS-NAME"), ("  ", "WS-NAME"), ("a", "WS-EXISTS")]
)
def test_names_that_no_folder_can_have(tmp_path: Path, name: str, code: str) -> None:
    _mission(tmp_path / "a", "one")
    with pytest.raises(PlannerError) as caught:
        Home(tmp_path).new_folder(name)
    assert caught.value.code == code


def test_a_single_mission_holds_no_others(tmp_path: Path) -> None:
    _mission(tmp_path / "a", "one")
    with pytest.raises(PlannerError) as caught:
        Home(tmp_path / "a").new_folder("b")
    assert caught.value.code == "WS-SINGLE"
