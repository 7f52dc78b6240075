"""Files are whole or untouched."""

from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.export.atomic import replacing, write_bytes


def test_a_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_bytes(tmp_path / "new" / "a.txt", b"one")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.txt"]


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")

    def interrupted() -> None:
        with replacing(target) as temporary:
            temporary.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_a_file_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PlannerError) as caught:
        write_bytes(tmp_path / "file" / "a.txt", b"one")
    assert caught.value.code == "EX-WRITE"
    assert "a.txt" in caught.value.message
    assert caught.value.remedy
