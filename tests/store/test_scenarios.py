"""Scenarios in the store: versions guard them, names are unique, every deed is in the audit."""

from pathlib import Path

import pytest
from alembic.runtime.migration import MigrationContext

from planner.scenario.document import Scenario, StaffingChange
from planner.store.engine import BUSY_TIMEOUT_S, make_engine
from planner.store.errors import StoreError
from planner.store.migrate import migrate
from planner.store.open import Store
from tests.store.made import ADMIN, MISSION, PLANNER, VIEWER, opened

FEW = Scenario(name="few", staffing=StaffingChange(sto_pairs=3))


def test_a_scenario_is_kept_as_it_is(store: Store):
    added = store.scenarios.add(PLANNER, MISSION, FEW)
    assert (added.scenario, added.version, added.author) == (FEW, 1, "Pia")
    assert store.scenarios.get(VIEWER, added.id) == added
    store.scenarios.add(PLANNER, MISSION, Scenario(name="all"))
    assert [one.scenario.name for one in store.scenarios.all(VIEWER, MISSION)] == ["all", "few"]


def test_a_change_needs_the_version_that_was_seen(store: Store):
    added = store.scenarios.add(PLANNER, MISSION, FEW)
    more = FEW.model_copy(update={"staffing": StaffingChange(sto_pairs=4)})
    changed = store.scenarios.change(PLANNER, added.id, more, expected_version=1)
    assert (changed.scenario, changed.version) == (more, 2)
    for deed in (
        lambda: store.scenarios.change(ADMIN, added.id, FEW, expected_version=1),
        lambda: store.scenarios.remove(ADMIN, added.id, expected_version=1),
    ):
        with pytest.raises(StoreError) as caught:
            deed()
        assert caught.value.code == "ST-CHANGED"
    assert store.scenarios.get(VIEWER, added.id) == changed


def test_names_are_unique_within_a_mission(store: Store):
    store.scenarios.add(PLANNER, MISSION, FEW)
    with pytest.raises(StoreError) as caught:
        store.scenarios.add(PLANNER, MISSION, Scenario(name=" few "))
    assert caught.value.code == "ST-EXISTS"
    other = store.scenarios.add(PLANNER, MISSION, Scenario(name="other"))
    with pytest.raises(StoreError) as caught:
        store.scenarios.change(PLANNER, other.id, FEW, expected_version=1)
    assert caught.value.code == "ST-EXISTS"
    # A scenario keeps its own name when it is changed.
    kept = store.scenarios.change(PLANNER, other.id, Scenario(name="other"), expected_version=1)
    assert kept.version == 2
    store.missions.add(ADMIN, "second", "Second")
    store.scenarios.add(PLANNER, "second", FEW)


def test_what_is_removed_stays_in_the_audit(store: Store):
    added = store.scenarios.add(PLANNER, MISSION, FEW)
    store.scenarios.remove(PLANNER, added.id, expected_version=1)
    assert store.scenarios.all(VIEWER, MISSION) == ()
    with pytest.raises(StoreError) as caught:
        store.scenarios.get(VIEWER, added.id)
    assert caught.value.code == "ST-UNKNOWN"
    deeds = [entry for entry in store.audit.entries(ADMIN, MISSION) if "scenario" in entry.action]
    assert [entry.action for entry in deeds] == ["scenario.remove", "scenario.add"]
    assert Scenario.model_validate_json(deeds[0].detail) == FEW


def test_viewers_only_look_and_missions_must_exist(store: Store):
    with pytest.raises(StoreError) as caught:
        store.scenarios.add(VIEWER, MISSION, FEW)
    assert caught.value.code == "ST-ACCESS"
    with pytest.raises(StoreError) as caught:
        store.scenarios.add(PLANNER, "nowhere", FEW)
    assert caught.value.code == "ST-UNKNOWN"


def test_an_older_store_gets_the_table(tmp_path: Path):
    path = tmp_path / "old.db"
    engine = make_engine(path, BUSY_TIMEOUT_S)
    migrate(engine, path, "0004")
    with engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == "0004"
    engine.dispose()
    store = opened(path)
    assert store.scenarios.add(PLANNER, MISSION, FEW).version == 1
    store.close()
