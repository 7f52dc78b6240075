"""A disk that is full: by a real limit of the system, which no write can pass.

``RLIMIT_FSIZE`` refuses to make any file longer than so many bytes, as a full disk would; it needs
no rights that a checkout in CI may lack.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.conftest import Picture
from tests.faults.job_again import failed_then_done
from tests.faults.limited import Order, run
from tests.store.made import ADMIN, MISSION, PLANNER, VIEWER, opened, plan

Look = Callable[[Path], Picture]
FULL = Order(file_bytes=700)


def words_of(what: str, home: Path) -> list[str]:
    """Return the words of a command that writes over a file that is there."""
    folder, document = str(home / "mission"), str(home / "mission" / "plan.json")
    if what == "plan":
        return ["plan", folder, "--seed", "2"]
    if what == "import":
        return ["import", "stations", str(home / "list.csv"), "--mission", folder]
    return ["export", folder, document, "-o", str(home / "out"), "--as", what]


@pytest.mark.parametrize("what", ["plan", "import", "xlsx", "gpkg", "kml", "gpx"])
def test_a_full_disk_is_said_and_every_file_stays_as_it_was(home: Path, picture: Look, what: str):
    rows = (home / "mission" / "stations.csv").read_text(encoding="utf-8").splitlines()
    more = [row.replace("W1-1", f"W1-1{number}") for number in range(9) for row in rows[-1:]]
    (home / "list.csv").write_text("\n".join([*rows[:20], *more]) + "\n", encoding="utf-8")
    before = picture(home)
    done = run(FULL, "cli", *words_of(what, home))
    assert done.returncode == 2, done.stderr
    assert "EX-WRITE" in done.stderr
    assert "free some space" in done.stderr.lower().replace("\n", " ")
    assert "Traceback" not in done.stderr + done.stdout
    assert picture(home) == before


def test_a_map_that_is_all_but_written_takes_no_place(home: Path, picture: Look):
    """GDAL says nothing when only the last index of a GeoPackage does not fit any more."""
    size = (home / "out" / "good.gpkg").stat().st_size
    before = picture(home)
    done = run(Order(file_bytes=size - 4_096), "cli", *words_of("gpkg", home))
    assert "EX-WRITE" in done.stderr
    assert picture(home) == before


def test_a_job_on_a_full_disk_is_told_and_can_be_done_again(home: Path):
    assert failed_then_done(home, FULL).remedy


def test_a_store_that_cannot_grow_keeps_all_that_it_said_was_saved(tmp_path: Path):
    path = tmp_path / "store.db"
    done = run(Order(file_bytes=300_000), "store", str(path))
    *saved, last = done.stdout.splitlines()
    assert saved, done.stderr
    assert last.split()[0] in {"ST-FULL", "ST-DISK"}
    assert "Nothing was written" in last
    store = opened(path)
    store.check(ADMIN)
    kept = [revision.number for revision in store.revisions.history(VIEWER, MISSION)]
    assert kept == [int(number) for number in reversed(saved)]
    for number in kept:
        assert store.revisions.plan(VIEWER, MISSION, number) == plan(number - 1)
    after = store.revisions.save(
        PLANNER, MISSION, plan(99), expected_head=kept[0], reason="there is space again"
    )
    assert after.number == kept[0] + 1
    store.close()
