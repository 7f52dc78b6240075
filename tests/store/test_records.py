"""Decisions, uploads, jobs, roles, the schema's versions and faults told in words."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import DBAPIError

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import StationId
from planner.store.engine import make_engine
from planner.store.errors import StoreError
from planner.store.migrate import migrate
from planner.store.open import Store
from planner.store.records import JobState, UploadKind
from planner.store.tables import Base
from tests.store.made import ADMIN, MISSION, PLANNER, VIEWER, opened, plan

PIN = Decision(kind=DecisionKind.NEVER_STATION, station=StationId("S1"), reason="flooded")


def test_a_decision_stands_until_it_is_withdrawn(store: Store) -> None:
    found = store.decisions.add(PLANNER, MISSION, PIN)
    assert found.decision.author == "Pia"
    with pytest.raises(StoreError, match="already decided"):
        store.decisions.add(ADMIN, MISSION, PIN)
    with pytest.raises(StoreError, match="version 9"):
        store.decisions.withdraw(PLANNER, found.id, expected_version=9, reason="dry")
    store.decisions.withdraw(PLANNER, found.id, expected_version=found.version, reason="dry")
    assert store.decisions.standing(VIEWER, MISSION) == ()
    assert len(store.decisions.all(VIEWER, MISSION)) == 1


def test_a_viewer_changes_nothing(store: Store) -> None:
    with pytest.raises(StoreError, match="takes planner"):
        store.decisions.add(VIEWER, MISSION, PIN)
    with pytest.raises(StoreError, match="takes planner"):
        store.revisions.save(VIEWER, MISSION, plan(1), expected_head=None, reason="x")


def test_an_upload_comes_back_and_an_empty_one_is_refused(store: Store) -> None:
    kept = store.uploads.add(PLANNER, MISSION, UploadKind.STATIONS, "s.csv", b"id\n")
    assert store.uploads.content(PLANNER, kept.id) == b"id\n"
    with pytest.raises(StoreError, match="0 bytes"):
        store.uploads.add(PLANNER, MISSION, UploadKind.STATIONS, "s.csv", b"")


def test_two_jobs_queue_and_a_silent_one_is_lost(store: Store) -> None:
    first, second = (store.jobs.queue(PLANNER, MISSION, "{}") for _ in range(2))
    assert [job.id for job in store.jobs.open(VIEWER)] == [first.id, second.id]
    assert store.jobs.start(PLANNER, first.id).state is JobState.RUNNING
    with pytest.raises(StoreError, match="takes one that is queued"):
        store.jobs.start(PLANNER, first.id)
    assert [job.id for job in store.jobs.declare_lost(PLANNER, 0)] == [first.id]
    again = store.jobs.restart(PLANNER, first.id)
    assert [job.id for job in store.jobs.open(VIEWER)] == [second.id, again.id]


def test_an_input_is_kept_once_and_never_changed(store: Store) -> None:
    assert store.inputs.keep(PLANNER, MISSION, "a" * 64, b"zip")
    assert not store.inputs.keep(PLANNER, MISSION, "a" * 64, b"other")
    assert store.inputs.content(VIEWER, "a" * 64) == b"zip"
    with (
        store.context.engine.begin() as connection,
        pytest.raises(DBAPIError, match="never changed"),
    ):
        connection.exec_driver_sql("DELETE FROM inputs")
    with pytest.raises(StoreError, match="There is no input"):
        store.inputs.content(VIEWER, "b" * 64)


def test_drafts_are_their_writers_own_until_sent(store: Store) -> None:
    store.drafts.put(PLANNER, MISSION, "reason", "beds are")
    store.drafts.put(PLANNER, MISSION, "reason", "beds are few")
    store.drafts.put(ADMIN, MISSION, "reason", "mine")
    assert store.drafts.all(PLANNER, MISSION) == {"reason": "beds are few"}
    store.drafts.clear(PLANNER, MISSION, "reason")
    assert store.drafts.all(PLANNER, MISSION) == {}
    assert store.drafts.all(ADMIN, MISSION) == {"reason": "mine"}


def test_version_1_is_upgraded_to_what_the_tables_say(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    engine = make_engine(path)
    migrate(engine, path, "0001")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO missions VALUES ('old', 'Old', NULL, '2022-10-01 00:00:00.000000', 1)"
        )
    migrate(engine, path)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()
    found = opened(path)
    assert [mission.name for mission in found.missions.all(VIEWER)] == ["Old"]
    found.close()


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("CREATE TABLE other (x)", "ST-FOREIGN"),
        ("CREATE TABLE alembic_version AS SELECT '9999' AS version_num", "ST-NEWER"),
    ],
)
def test_other_databases_are_left_alone(tmp_path: Path, deed: str, code: str) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        connection.execute(deed)
        connection.commit()
    with pytest.raises(StoreError) as caught:
        opened(tmp_path / "x.db")
    assert caught.value.code == code


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"no database at all " * 100)
    with pytest.raises(StoreError) as caught:
        opened(tmp_path / "x.db")
    assert caught.value.code == "ST-CORRUPT"


def test_a_backup_is_a_whole_store(store: Store, tmp_path: Path) -> None:
    store.backup(ADMIN, tmp_path / "backup.db")
    copy = opened(tmp_path / "backup.db")
    assert copy.missions.get(VIEWER, MISSION).name
    copy.close()
