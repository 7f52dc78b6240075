"""Deeds of the workspace: adopting, deciding, changing files, planning, restoring."""

import json
from datetime import date
from pathlib import Path

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import StationId
from planner.errors import InputError, PlannerError
from planner.intake.mission_file import read_decisions, read_mission
from planner.store.errors import StoreError
from planner.store.records import JobState
from planner.workspace.mission_edit import changes, edited
from planner.workspace.request import PlanRequest, StoredRequest
from tests.ui.stage import ADMIN, PLANNER, VIEWER
from tests.workspace.conftest import Open

NEVER = Decision(kind=DecisionKind.NEVER_STATION, station=StationId("W1-2"), reason="flooded")
WAIT_S = 120


def test_a_planned_folder_becomes_revision_1_once(home: Path, open_home: Open) -> None:
    for _again in range(2):
        space = open_home(home)
        (folder,) = space.missions(VIEWER)
        assert space.store.missions.get(VIEWER, folder.id).head == 1
        content = space.content(VIEWER, folder, 1)
        assert content.verdict.passed
        assert content.mission.input_hash == space.load(folder).mission_input.input_hash


def test_a_plan_of_other_input_is_not_taken_over(home: Path, open_home: Open) -> None:
    with (home / "good" / "mission.toml").open("a", encoding="utf-8") as file:
        file.write("# changed since\n")
    space = open_home(home)
    (folder,) = space.missions(VIEWER)
    assert space.store.missions.get(VIEWER, folder.id).head is None


def test_decisions_stand_in_store_and_file(home: Path, open_home: Open) -> None:
    space = open_home(home)
    (folder,) = space.missions(ADMIN)
    (stored,) = space.decide(PLANNER, folder, [NEVER])
    written = read_decisions(folder.path / "decisions.toml", [])
    assert [(d.station, d.author, d.reason) for d in written] == [("W1-2", "Pia", "flooded")]
    with pytest.raises(StoreError, match="already decided"):
        space.decide(PLANNER, folder, [NEVER])
    space.withdraw(PLANNER, folder, stored, "dry again")
    assert read_decisions(folder.path / "decisions.toml", []) == ()


def test_what_is_decided_by_hand_is_taken_over(home: Path, open_home: Open) -> None:
    space = open_home(home)
    (folder,) = space.missions(ADMIN)
    (folder.path / "decisions.toml").write_text(
        '[[decision]]\nkind = "never_station"\nstation = "E1-2"\nauthor = "Oli"\n',
        encoding="utf-8",
    )
    space.decide(PLANNER, folder, [NEVER])
    found = {(s.decision.station, s.decision.author) for s in space.decisions(VIEWER, folder)}
    assert found == {("E1-2", "Oli"), ("W1-2", "Pia")}
    assert len(read_decisions(folder.path / "decisions.toml", [])) == 2


def test_a_faulty_decisions_file_is_told_and_kept(home: Path, open_home: Open) -> None:
    space = open_home(home)
    (folder,) = space.missions(ADMIN)
    text = '[[decision]]\nkind = "no such kind"\n'
    (folder.path / "decisions.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        space.decide(PLANNER, folder, [NEVER])
    assert (folder.path / "decisions.toml").read_text(encoding="utf-8") == text


def test_a_stale_change_of_the_mission_is_refused(home: Path, open_home: Open) -> None:
    space = open_home(home)
    (folder,) = space.missions(ADMIN)
    mission = space.load(folder).mission_input.mission
    seen = space.digest(folder)
    first = edited(mission, {"policies.day.max_visits": 8})
    assert changes(mission, {"policies.day.max_visits": 8, "name": mission.name}) == {
        "policies.day.max_visits": (10, 8)
    }
    space.save_mission(PLANNER, folder, first, seen=seen, reason="fewer")
    second = edited(mission, {"policies.day.max_visits": 12})
    with pytest.raises(StoreError) as caught:
        space.save_mission(PLANNER, folder, second, seen=seen, reason="more")
    assert caught.value.code == "ST-CHANGED"
    kept = read_mission(folder.path / "mission.toml", [])
    assert kept is not None
    assert kept.policies.day.max_visits == 8


def test_values_that_do_not_fit_are_all_told(home: Path, open_home: Open) -> None:
    space = open_home(home)
    (folder,) = space.missions(ADMIN)
    mission = space.load(folder).mission_input.mission
    with pytest.raises(InputError) as caught:
        edited(mission, {"policies.day.max_visits": -1, "policies.sample.balance_tolerance": 2})
    assert len(caught.value.findings) == 2


def test_a_viewer_changes_nothing(home: Path, open_home: Open) -> None:
    space = open_home(home)
    (folder,) = space.missions(VIEWER)
    loaded = space.load(folder).mission_input
    seen = space.digest(folder)
    deeds = (
        lambda: space.decide(VIEWER, folder, [NEVER]),
        lambda: space.plan(VIEWER, folder, PlanRequest(reason="x")),
        lambda: space.save_mission(VIEWER, folder, loaded.mission, seen=seen, reason="x"),
        lambda: space.save_observers(VIEWER, folder, loaded.observers, seen=seen, reason="x"),
        lambda: space.restore(VIEWER, folder, 1, expected_head=1, reason="x"),
        lambda: space.cancel(VIEWER, "job"),
        lambda: space.create(VIEWER, "new", "GE", loaded.mission.e_day),
    )
    for deed in deeds:
        with pytest.raises(StoreError) as caught:
            deed()
        assert caught.value.code == "ST-ACCESS"
    assert space.digest(folder) == seen


def test_a_plan_is_made_saved_published_and_restored(home: Path, open_home: Open) -> None:
    space = open_home(home, real=True)
    (folder,) = space.missions(ADMIN)
    space.decide(PLANNER, folder, [NEVER])
    job = space.plan(PLANNER, folder, PlanRequest(reason="around the flood", base=1))
    late = space.plan(PLANNER, folder, PlanRequest(reason="another seed", base=1, seed=2))
    for each in (job, late):
        list(space.service.watch(each.id, WAIT_S))
        space.recorder.wait(each.id, WAIT_S)
    done = space.store.jobs.get(VIEWER, job.id)
    assert (done.state, done.revision) == (JobState.DONE, 2)
    revision = space.store.revisions.get(VIEWER, folder.id, 2)
    assert (revision.author, revision.reason) == ("Pia", "around the flood")
    plan = space.store.revisions.plan(VIEWER, folder.id, 2)
    assert "W1-2" not in {stop.place for day in plan.days for stop in day.stops}
    # The second saw revision 1 only: it is not saved over the first, and not lost either.
    stale = space.store.jobs.get(VIEWER, late.id)
    assert (stale.state, stale.revision) == (JobState.DONE, None)
    assert "ST-STALE" in stale.progress.message
    assert space.save_on_top(PLANNER, folder, late.id).number == 3
    assert space.store.jobs.get(VIEWER, late.id).revision == 3
    assert space.restore(PLANNER, folder, 1, expected_head=3, reason="as before").number == 4
    published = json.loads((folder.path / "plan.json").read_text(encoding="utf-8"))
    first = json.loads(space.store.revisions.document(VIEWER, folder.id, 1))
    assert published == first


def test_a_quick_repair_shows_other_stabilities(home: Path, open_home: Open) -> None:
    space = open_home(home, real=True)
    (folder,) = space.missions(ADMIN)
    space.decide(PLANNER, folder, [NEVER])
    request = PlanRequest(reason="flood", base=1, stability=0.5, quick=True)
    job = space.plan(PLANNER, folder, request)
    list(space.service.watch(job.id, WAIT_S))
    space.recorder.wait(job.id, WAIT_S)
    assert space.store.jobs.get(VIEWER, job.id).revision == 2
    outcome = space.service.get(job.id).outcome
    assert outcome is not None
    assert [point.stability for point in outcome.frontier] == [0.1, 0.5, 0.9, 1.0]
    plan = space.store.revisions.plan(VIEWER, folder.id, 2)
    assert "W1-2" not in {stop.place for day in plan.days for stop in day.stops}
    # Without stability there is nothing to stay near to.
    freely = space.plan(PLANNER, folder, PlanRequest(reason="freely", base=2, quick=True))
    list(space.service.watch(freely.id, WAIT_S))
    outcome = space.service.get(freely.id).outcome
    assert outcome is not None
    assert outcome.frontier == ()


def test_a_job_that_nobody_took_up_is_done_by_the_next_server(home: Path, open_home: Open) -> None:
    space = open_home(home)
    (folder,) = space.missions(ADMIN)
    loaded = space.load(folder)
    request = PlanRequest(reason="left behind", base=1)
    stored = StoredRequest(request=request, input_hash=loaded.mission_input.input_hash)
    job = space.store.jobs.queue(PLANNER, folder.id, stored.model_dump_json())
    space.service.close(0)
    space.store.close()
    again = open_home(home, real=True)
    list(again.service.watch(job.id, WAIT_S))
    again.recorder.wait(job.id, WAIT_S)
    assert again.store.jobs.get(VIEWER, job.id).state is JobState.DONE


def test_a_mission_that_cannot_be_planned_is_refused_before_it_queues(
    home: Path, open_home: Open
) -> None:
    space = open_home(home)
    (folder,) = space.missions(ADMIN)
    (folder.path / "stations.csv").write_text("id,district\n", encoding="utf-8")
    with pytest.raises(InputError):
        space.plan(PLANNER, folder, PlanRequest(reason="x"))
    assert space.store.jobs.all(VIEWER, folder.id) == ()


def test_a_new_mission_is_set_up(tmp_path: Path, open_home: Open) -> None:
    (tmp_path / "home").mkdir()
    space = open_home(tmp_path / "home")
    assert space.missions(ADMIN) == ()
    mission = read_mission(
        space.create(ADMIN, "Georgia 2024", "GE", date(2024, 10, 26)).path / "mission.toml",
        [],
    )
    assert mission is not None
    assert mission.country == "GE"
    with pytest.raises(PlannerError) as caught:
        space.create(ADMIN, "Georgia 2024", "GE", mission.e_day)
    assert caught.value.code == "WS-EXISTS"
