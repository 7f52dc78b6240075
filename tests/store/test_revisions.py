"""Revisions: immutable, never overwritten, restored, none lost."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from planner.export.document import dump_plan, plan_hash
from planner.store.errors import StaleError, StoreError
from planner.store.open import Store
from tests.store.made import ADMIN, MISSION, PLANNER, VIEWER, opened, plan

ROOT = Path(__file__).parents[2]


def process(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.made", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_plan_comes_back_byte_for_byte(store: Store) -> None:
    saved = store.revisions.save(PLANNER, MISSION, plan(1), expected_head=None, reason="first")
    assert saved.plan_hash == plan_hash(plan(1))
    assert store.revisions.document(VIEWER, MISSION, 1) == dump_plan(plan(1))
    assert store.revisions.plan(VIEWER, MISSION, 1) == plan(1)
    assert store.missions.get(VIEWER, MISSION).head == 1
    assert store.audit.entries(VIEWER, MISSION)[0].detail == "first"


@pytest.mark.parametrize("seen", [None, 1])
def test_a_stale_save_is_refused_with_what_was_not_seen(store: Store, seen: int | None) -> None:
    for number in (1, 2):
        store.revisions.save(
            PLANNER, MISSION, plan(number), expected_head=number - 1 or None, reason="on"
        )
    with pytest.raises(StaleError, match="Pia") as caught:
        store.revisions.save(PLANNER, MISSION, plan(3), expected_head=seen, reason="stale")
    assert (caught.value.code, caught.value.head) == ("ST-STALE", 2)
    assert [k.new for k in caught.value.change.kpis] == [2.0]
    assert len(store.revisions.history(VIEWER, MISSION)) == 2
    assert len(store.audit.entries(VIEWER, MISSION)) == 3


def test_a_restored_revision_is_a_new_one_equal_to_the_old(store: Store) -> None:
    store.revisions.save(PLANNER, MISSION, plan(1), expected_head=None, reason="first")
    store.revisions.save(PLANNER, MISSION, plan(2), expected_head=1, reason="second")
    saved = store.revisions.restore(PLANNER, MISSION, 1, expected_head=2, reason="better")
    assert (saved.number, saved.parent, saved.restored_from) == (3, 2, 1)
    assert store.revisions.compare(VIEWER, MISSION, 1, 3).is_empty


@pytest.mark.parametrize("table", ["documents", "revisions", "audit"])
def test_the_database_itself_refuses_to_change_what_is_immutable(store: Store, table: str) -> None:
    store.revisions.save(PLANNER, MISSION, plan(1), expected_head=None, reason="first")
    with (
        pytest.raises(IntegrityError, match="never changed"),
        store.context.engine.begin() as connection,
    ):
        connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - three fixed names


def test_what_is_not_there_is_named(store: Store) -> None:
    for head in (7, None):
        with pytest.raises(StoreError) as caught:
            store.revisions.restore(PLANNER, MISSION, 5, expected_head=head, reason="x")
        assert caught.value.code == "ST-UNKNOWN"


def test_four_processes_lose_no_save(tmp_path: Path) -> None:
    opened(tmp_path / "store.db").close()
    running = [process("many", str(tmp_path / "store.db"), f"w{i}", "25") for i in range(4)]
    stale = [int(one.communicate(timeout=120)[0]) for one in running]
    assert [one.returncode for one in running] == [0] * 4
    assert sum(stale) >= 3  # only one of the four can have been the first
    found = opened(tmp_path / "store.db")
    history = found.revisions.history(VIEWER, MISSION, limit=200)
    assert [r.number for r in reversed(history)] == list(range(1, 101))
    assert all(r.parent == (r.number - 1 or None) for r in history)
    assert len({r.reason for r in history}) == 100
    found.close()


def test_a_process_killed_in_the_middle_of_a_save_loses_nothing_saved(tmp_path: Path) -> None:
    opened(tmp_path / "store.db").close()
    victim = process("killed", str(tmp_path / "store.db"), "victim", "6")
    said = [int(line) for line in victim.communicate(timeout=120)[0].split()]
    assert victim.returncode == -9
    assert said == [1, 2, 3, 4, 5]
    found = opened(tmp_path / "store.db")
    found.check(ADMIN)
    assert [r.number for r in found.revisions.history(VIEWER, MISSION)] == [5, 4, 3, 2, 1]
    saved = found.revisions.save(PLANNER, MISSION, plan(9), expected_head=5, reason="goes on")
    assert saved.number == 6
    found.close()
