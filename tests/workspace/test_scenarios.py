"""Runs of scenarios: ordered, computed by a process of their own, stopped, lost, gone on with."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from planner.domain.plan import Phase
from planner.errors import InputError, PlannerError
from planner.jobs.record import JobState
from planner.scenario.document import (
    DayChange,
    DeliveryChange,
    Isolation,
    Scenario,
    StaffingChange,
    TravelChange,
)
from planner.scenario.target import Target
from planner.store.access import Role, User
from planner.store.errors import StoreError
from planner.sweep.design import Axis, Design
from planner.workspace.adoption import adoption
from planner.workspace.simulation import SimulationRequest, SimulationRun
from planner.workspace.simulation_runner import work
from planner.workspace.workspace import Workspace
from tests.ui.stage import IDLE

ADA, VIC = User("Ada", Role.ADMIN), User("Vic", Role.VIEWER)
PAIRS = Design(axes=(Axis(path="staffing.sto_pairs", values=(2, 3, 99)),))
Open = Callable[..., Workspace]


def clock() -> datetime:
    return datetime(2022, 10, 1, tzinfo=UTC)


def request(**options: Any) -> SimulationRequest:
    given = {"title": "staff", "scale": 0.1, "draws": 20}
    if "target" not in options:
        given["design"] = PAIRS
    return SimulationRequest(**(given | options))


def begin(space: Workspace, **options: Any) -> SimulationRun:
    return space.simulate(ADA, space.missions(ADA)[0], request(**options))


def now(space: Workspace, run: SimulationRun) -> SimulationRun:
    return space.simulations.run_of(ADA, run.id)


@pytest.fixture
def space(home: Path, open_home: Open) -> Workspace:
    """Return a workspace whose runs nobody computes unless the test does."""
    found = open_home(home)
    found.simulations.command = IDLE
    return found


def test_a_run_waits_is_computed_and_gives_its_points(space: Workspace) -> None:
    run = begin(space)
    assert now(space, run).state is JobState.QUEUED
    assert [one.point for one in space.simulations.results(VIC, run.id)] == [None] * 3
    work(space.simulations.files, clock)
    done = now(space, run)
    assert done.state is JobState.DONE
    assert (done.status.progress.done, done.status.progress.total) == (3, 3)
    points = [one.point for one in space.simulations.results(VIC, run.id)]
    assert [point and point.status for point in points] == ["planned", "planned", "refused"]
    assert [one.id for one in space.simulations.runs(VIC, done.order.mission)] == [run.id]


def test_one_that_waits_can_be_stopped_and_go_on(space: Workspace) -> None:
    run = begin(space)
    space.simulations.cancel(ADA, run.id)
    assert now(space, run).state is JobState.CANCELLED
    work(space.simulations.files, clock)
    assert now(space, run).status.started_at is None
    assert space.simulations.resume(ADA, run.id).state is JobState.QUEUED
    work(space.simulations.files, clock)
    done = now(space, run)
    assert (done.state, done.status.attempt) == (JobState.DONE, 2)
    with pytest.raises(PlannerError, match="done"):
        space.simulations.resume(ADA, run.id)


def test_a_stop_in_the_middle_keeps_points_and_going_on_repeats_none(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begin(space)
    files = space.simulations.files
    save = type(files).save

    def stop_after_one(self: Any, name: str, status: Any) -> None:
        save(self, name, status)
        if status.progress.done == 1:
            files.wish_stop(name)

    monkeypatch.setattr(type(files), "save", stop_after_one)
    work(files, clock)
    stopped = now(space, run)
    assert (stopped.state, stopped.status.progress.done) == (JobState.CANCELLED, 1)
    kept = sorted(files.sweep(run.id).points.iterdir())
    written = [path.stat().st_mtime_ns for path in kept]
    monkeypatch.setattr(type(files), "save", save)
    space.simulations.resume(ADA, run.id)
    work(files, clock)
    assert now(space, run).state is JobState.DONE
    assert [path.stat().st_mtime_ns for path in kept] == written


def test_an_input_that_is_gone_is_told(space: Workspace) -> None:
    run = begin(space)
    shutil.rmtree(space.simulations.files.input(run.order))
    work(space.simulations.files, clock)
    failed = now(space, run)
    assert failed.state is JobState.FAILED
    assert failed.status.fault is not None
    assert failed.status.fault.remedy


def test_two_runs_queue_and_the_second_knows_its_place(space: Workspace) -> None:
    first, second = begin(space), begin(space, title="second")
    assert space.simulations.ahead(VIC, second.id) == 1
    assert space.simulations.ahead(VIC, first.id) == 0
    order: list[str] = []
    files = space.simulations.files
    while (one := files.next()) is not None:
        order.append(one.id)
        files.wish_stop(one.id)
    assert order == [first.id, second.id]


def test_only_one_runner_computes(space: Workspace) -> None:
    run = begin(space)
    files = space.simulations.files
    with files.alone() as mine:
        assert mine
        assert files.runner_is_there()
        with files.alone(0) as other:
            assert not other
        space.simulations.wake()
        assert space.simulations._process is None or space.simulations._process.wait() == 0
    assert not files.runner_is_there()
    assert now(space, run).state is JobState.QUEUED


def test_a_viewer_sees_and_does_nothing(space: Workspace) -> None:
    run = begin(space)
    folder = space.missions(ADA)[0]
    for deed in (
        lambda: space.simulate(VIC, folder, request()),
        lambda: space.simulations.cancel(VIC, run.id),
        lambda: space.simulations.resume(VIC, run.id),
        lambda: space.simulations.remove(VIC, run.id),
    ):
        with pytest.raises(StoreError) as fault:
            deed()
        assert fault.value.code == "ST-ACCESS"
    assert space.simulations.run_of(VIC, run.id).id == run.id


@pytest.mark.parametrize("name", ["nothing", "../../etc", "", "a" * 80])
def test_a_run_that_is_none_is_refused(space: Workspace, name: str) -> None:
    with pytest.raises(PlannerError) as fault:
        space.simulations.run_of(ADA, name)
    assert fault.value.code == "WS-RUN"


def test_damaged_files_are_told_and_hurt_no_other_run(space: Workspace) -> None:
    bad, good = begin(space), begin(space)
    files = space.simulations.files
    (files.folder / bad.id / "status.json").write_text("{")
    assert now(space, bad).state is JobState.LOST
    (files.folder / bad.id / "order.json").write_text("{")
    assert [one.id for one in space.simulations.runs(ADA, good.order.mission)] == [good.id]


def test_a_design_that_means_nothing_is_refused_at_once(space: Workspace) -> None:
    nothing = Design(axes=(Axis(path="staffing.nobody", values=(1,)),))
    with pytest.raises(PlannerError) as fault:
        begin(space, design=nothing)
    assert fault.value.code == "SW-AXIS"
    assert not space.simulations.runs(ADA, space.missions(ADA)[0].id)
    with pytest.raises(ValueError, match="either a design or a target"):
        SimulationRequest(title="nothing")


def test_a_plan_is_found_again_until_it_is_forgotten(space: Workspace) -> None:
    run = begin(space)
    work(space.simulations.files, clock)
    one = space.simulations.results(ADA, run.id)[0]
    found = space.simulations.content(VIC, run.id, one.scenario)
    assert one.point is not None
    assert sum(area.sto_pairs for area in found.plan.areas) == one.point.sto_pairs
    shutil.rmtree(space.simulations.files.cache)
    with pytest.raises(PlannerError) as fault:
        space.simulations.content(VIC, run.id, one.scenario)
    assert fault.value.code == "WS-PLAN-GONE"


def test_an_ended_run_can_be_removed(space: Workspace) -> None:
    run = begin(space)
    with pytest.raises(PlannerError, match="not ended"):
        space.simulations.remove(ADA, run.id)
    space.simulations.cancel(ADA, run.id)
    space.simulations.remove(ADA, run.id)
    assert not (space.simulations.files.folder / run.id).exists()


def test_a_target_is_searched_and_its_plans_are_points(space: Workspace) -> None:
    target = Target(margins={Phase.VOTING: 0.3}, level="planned")
    run = begin(space, target=target, scenario=Scenario(), plans=6)
    work(space.simulations.files, clock)
    done = now(space, run)
    assert done.state is JobState.DONE, done.status.fault
    answer = space.simulations.answer(VIC, run.id)
    assert answer is not None
    assert answer.status in {"met", "open", "unreachable"}
    assert answer.rows
    assert any(row.frontier for row in answer.rows)
    points = space.simulations.results(VIC, run.id)
    assert [one.point for one in points] == [row.point for row in answer.rows]


def test_a_target_that_cannot_be_is_told_with_its_findings(space: Workspace) -> None:
    run = begin(space, target=Target(margins={Phase.VOTING: 7.0}))
    work(space.simulations.files, clock)
    fault = now(space, run).status.fault
    assert fault is not None
    assert fault.findings[0].code == "SC-TARGET"


# -- a process of its own --------------------------------------------------------------------------


def _until(space: Workspace, run: SimulationRun, want: Callable[[SimulationRun], bool]) -> None:
    for _attempt in range(1200):
        if want(now(space, run)):
            return
        time.sleep(0.1)
    pytest.fail(f"the run stays {now(space, run).status}")


MANY = Design(axes=(Axis(path="day.dwell_min", values=tuple(range(20, 50))),))


@pytest.mark.slow
def test_a_killed_runner_is_told_and_another_server_goes_on(home: Path, open_home: Open) -> None:
    first = open_home(home)
    run = begin(first, design=MANY)
    _until(first, run, lambda one: one.status.progress.done >= 1)
    process = first.simulations._process
    assert process is not None
    # The server ends, and the run goes on without it.
    first.service.close(30)
    assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    second = open_home(home)
    assert now(second, run).state is JobState.LOST
    kept = len(list(second.simulations.files.sweep(run.id).points.iterdir()))
    assert kept >= 1
    second.simulations.resume(ADA, run.id)
    _until(second, run, lambda one: one.status.progress.done > kept)
    second.simulations.cancel(ADA, run.id)
    assert now(second, run).state in {JobState.CANCELLING, JobState.CANCELLED}
    _until(second, run, lambda one: one.state is JobState.CANCELLED)
    assert second.simulations._process is not None
    second.simulations._process.wait(60)


# -- the mission's next revision -------------------------------------------------------------------


def test_a_scenario_becomes_the_missions_own(space: Workspace) -> None:
    folder = space.missions(ADA)[0]
    mission = space.load(folder).mission_input
    town = mission.towns[-1]
    scenario = Scenario(
        name="fewer",
        staffing=StaffingChange(sto_pairs=3),
        delivery=DeliveryChange(rate=0.9, known=False, late_share=0.1),
        travel=TravelChange(speed_factor=0.8),
        day=DayChange(dwell_min=45),
        isolated=(Isolation(region=mission.regions[0].id),),
        closed_towns=(town.id,),
        noise="winter",
    )
    made = adoption(scenario, mission)
    assert made.values["staffing.sto_pairs"][1] == 3
    assert made.values["policies.day.dwell_min"][1] == 45
    assert "policies.travel.speed_bands" in made.values
    assert made.closed == (town.id,)
    assert set(made.left_out) >= {"noise", "delivery", "late", "isolated"}
    seen = space.digest(folder)
    space.take_over(ADA, folder, made, seen=seen, reason="scenario fewer")
    now_ = space.load(folder).mission_input
    assert now_.mission.policies.day.dwell_min == 45
    assert now_.town_of[town.id].beds == 0
    assert adoption(scenario, now_).values.keys() <= {"policies.travel.speed_bands"}
    with pytest.raises(StoreError) as fault:
        space.take_over(ADA, folder, made, seen=seen, reason="again")
    assert fault.value.code == "ST-CHANGED"


def test_nothing_to_take_over(space: Workspace) -> None:
    mission = space.load(space.missions(ADA)[0]).mission_input
    assert adoption(Scenario(), mission).is_empty


def test_a_scenario_that_cannot_be_is_not_taken_over(space: Workspace) -> None:
    mission = space.load(space.missions(ADA)[0]).mission_input
    with pytest.raises(InputError):
        adoption(Scenario(staffing=StaffingChange(sto_pairs=-1)), mission)


def test_a_viewer_takes_nothing_over(space: Workspace) -> None:
    folder = space.missions(ADA)[0]
    made = adoption(Scenario(day=DayChange(dwell_min=45)), space.load(folder).mission_input)
    with pytest.raises(StoreError) as fault:
        space.take_over(VIC, folder, made, seen=space.digest(folder), reason="no")
    assert fault.value.code == "ST-ACCESS"
