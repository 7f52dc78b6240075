"""Scenarios: built, mended, saved and run."""

import pytest

from planner.jobs.record import JobState
from planner.scenario.document import (
    DeliveryChange,
    Isolation,
    JointTeams,
    Scenario,
    StaffingChange,
)
from planner.scenario.presets import PRESETS
from planner.workspace.simulation import RunStatus
from planner.workspace.workspace import Workspace
from tests.ui.simulating import BESIDE, order, said, whole
from tests.ui.stage import ADMIN, PLANNER, VIEWER, Stage, draw
from ui.components.scenario_draft import PATHS, base_of, value_of
from ui.components.scenario_results import table_bytes
from ui.components.scenario_words import path_words, preset_name

PARTS = ("build", "results", "compare", "curve", "frontier", "target")


# -- building --------------------------------------------------------------------------------------


def test_the_empty_state_asks_three_questions(idle: Workspace) -> None:  # noqa: ARG001
    test = draw("scenarios")
    whole(test)
    assert "before anyone travels" in said(test)
    test.button(key="scn-first-80").click().run()
    whole(test)
    assert "100% → 80%" in said(test)
    test = draw("scenarios")
    test.button(key="scn-first-50").click().run()
    assert "5 → 30 (+25)" in said(test)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_whole_without_runs(idle: Workspace, part: str) -> None:  # noqa: ARG001
    whole(draw("scenarios", part=part))


@pytest.mark.parametrize("stage", ["bare", "unplanned"])
@pytest.mark.parametrize("part", ["build", "target"])
def test_a_mission_without_a_plan_or_stations(
    stage: str, part: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(stage)
    whole(draw("scenarios", part=part))


def test_every_path_has_a_name_a_base_and_a_value(idle: Workspace) -> None:
    mission = idle.load(idle.missions(ADMIN)[0]).mission_input
    assert set(PATHS) <= set(path_words())
    for path in PATHS:
        base_of(path, mission)
        value_of(Scenario(), path)
    assert all(preset_name(each.key) != each.key for each in PRESETS)


@pytest.mark.parametrize("key", [each.key for each in PRESETS])
def test_every_preset_can_be_taken(idle: Workspace, key: str) -> None:
    test = draw("scenarios")
    test.selectbox(key="scn-preset-good").set_value(key).run()
    whole(test)
    folder = idle.missions(ADMIN)[0]
    assert "scenario" in idle.store.drafts.all(ADMIN, folder.id)


def test_sliders_name_the_difference_and_take_it_back(idle: Workspace) -> None:  # noqa: ARG001
    test = draw("scenarios")
    name = f"scn-{Stage.workspace.missions(ADMIN)[0].id}-"
    test.slider(key=f"{name}staffing.sto_pairs").set_value(4).run()
    test.slider(key=f"{name}day.dwell_min").set_value(60).run()
    test.slider(key=f"{name}day.max_duty_min").set_value(20.0).run()
    whole(test)
    assert "STO pairs asked for: 5 → 4 (-1)" in said(test).replace("*", "")
    assert "30 → 60" in said(test)
    assert "24 h → 20 h" in said(test)
    test.button(key="scn-reset-day.dwell_min").click().run()
    assert "30 → 60" not in said(test)
    # The mission's own value is no change.
    test.slider(key=f"{name}staffing.sto_pairs").set_value(5).run()
    assert "STO pairs asked for" not in said(test)
    test.button(key="scn-reset-all").click().run()
    assert "In nothing so far" in said(test)


def test_what_is_typed_survives_a_reload(idle: Workspace) -> None:  # noqa: ARG001
    test = draw("scenarios")
    name = f"scn-{Stage.workspace.missions(ADMIN)[0].id}-"
    test.slider(key=f"{name}delivery.rate").set_value(85).run()
    test.text_input(key=f"{name}text-question").set_value("Who stays away?").run()
    again = draw("scenarios")
    assert "100% → 85%" in said(again)
    assert again.text_input(key=f"{name}text-question").value == "Who stays away?"


def test_a_damaged_draft_is_an_empty_form(idle: Workspace) -> None:
    folder = idle.missions(ADMIN)[0]
    for field in ("scenario", "scenario-target"):
        idle.store.drafts.put(ADMIN, folder.id, field, "{not json")
    whole(draw("scenarios"))
    whole(draw("scenarios", part="target"))


def test_what_cannot_be_offers_the_nearest_that_can(idle: Workspace) -> None:
    folder = idle.missions(ADMIN)[0]
    wrong = Scenario(
        name="wrong",
        staffing=StaffingChange(sto_pairs=-3),
        delivery=DeliveryChange(rate=9.0, late_share=0.1, late_withdrawals=4),
        isolated=(Isolation(region="nowhere"),),
        joint=(JointTeams(town="nowhere", pairs=-1),),
        budget=-5.0,
    )
    idle.store.scenarios.add(ADMIN, folder.id, wrong)
    test = draw("scenarios")
    test.button(key=next(b.key for b in test.button if b.key.startswith("scn-open-"))).click().run()
    whole(test)
    assert test.button(key="scn-run").disabled
    for _attempt in range(20):
        mend = [b for b in test.button if b.key.startswith("scn-mend-")]
        if not mend:
            break
        mend[0].click().run()
        whole(test)
    assert not test.button(key="scn-run").disabled
    assert not test.error


def test_more_pairs_than_beds_are_answered_with_the_beds(idle: Workspace) -> None:
    folder = idle.missions(ADMIN)[0]
    idle.store.scenarios.add(
        ADMIN, folder.id, Scenario(name="many", staffing=StaffingChange(sto_pairs=4_999))
    )
    test = draw("scenarios")
    test.button(key=next(b.key for b in test.button if b.key.startswith("scn-open-"))).click().run()
    assert "SC-BEDS" in said(test)
    test.button(key="scn-mend-0-staffing.sto_pairs").click().run()
    assert "SC-BEDS" not in said(test)


def test_lists_in_the_form(idle: Workspace) -> None:
    mission = idle.load(idle.missions(ADMIN)[0]).mission_input
    region, town = str(mission.regions[0].id), str(mission.towns[0].id)
    test = draw("scenarios")
    name = f"scn-{mission.mission.id}-"
    test.multiselect(key=f"{name}isolated").set_value([region]).run()
    label = mission.regions[0].name
    test.slider(key=f"{name}isolated-{label}").set_value((0, 20)).run()
    test.multiselect(key=f"{name}closed_towns").set_value([town]).run()
    test.multiselect(key=f"{name}joint").set_value([town]).run()
    test.number_input(key=f"{name}joint-{mission.towns[0].name}-pairs").set_value(3).run()
    state = test.multiselect(key=f"{name}delivery.by_state").options[0]
    test.multiselect(key=f"{name}delivery.by_state").set_value([state]).run()
    test.slider(key=f"{name}state-{state}").set_value(70).run()
    test.toggle(key=f"{name}second").set_value(True).run()
    whole(test)
    told = said(test)
    assert f"{label} 0 to 20 h" in told
    assert f"{state} 70%" in told
    assert f"{mission.towns[0].name} 3" in told
    assert "14 days later, 67% of the pairs" in told


def test_saving_changing_and_a_stale_version(idle: Workspace) -> None:
    test = draw("scenarios")
    name = f"scn-{idle.missions(ADMIN)[0].id}-"
    test.slider(key=f"{name}day.dwell_min").set_value(60).run()
    test.text_input(key=f"{name}text-name").set_value("an hour").run()
    test.button(key="scn-save-new").click().run()
    whole(test)
    folder = idle.missions(ADMIN)[0]
    (kept,) = idle.store.scenarios.all(ADMIN, folder.id)
    assert (kept.scenario.name, kept.scenario.day.dwell_min) == ("an hour", 60)
    assert kept.scenario.base is not None
    # The same name twice is refused with a remedy.
    test.button(key="scn-save-new").click().run()
    assert "ST-EXISTS" in said(test)
    # Somebody else changes it meanwhile.
    idle.store.scenarios.change(PLANNER, kept.id, kept.scenario, expected_version=kept.version)
    test.slider(key=f"{name}day.dwell_min").set_value(45).run()
    test.button(key="scn-save").click().run()
    assert "ST-CHANGED" in said(test)
    test.button(key=f"scn-open-{kept.id}").click().run()
    test.slider(key=f"{name}day.dwell_min").set_value(45).run()
    test.button(key="scn-save").click().run()
    assert idle.store.scenarios.get(ADMIN, kept.id).scenario.day.dwell_min == 45
    test.button(key=f"scn-delete-{kept.id}").click().run()
    whole(test)
    assert not idle.store.scenarios.all(ADMIN, folder.id)


def test_a_viewer_looks_and_does_nothing(compared: tuple[Workspace, str]) -> None:
    Stage.user = VIEWER
    for part in PARTS:
        test = draw("scenarios", part=part, run=compared[1])
        whole(test)
        deeds = ("scn-run", "scn-save", "scn-resume", "scn-remove", "scn-adopt", "scn-target-run")
        assert not [b for b in test.button if b.key and b.key.startswith(deeds)]
    assert all(slider.disabled for slider in draw("scenarios", part="build").slider)


# -- running ---------------------------------------------------------------------------------------


def test_running_one_beside_the_mission_as_planned(idle: Workspace) -> None:
    test = draw("scenarios")
    test.button(key="scn-first-80").click().run()
    assert "2 plans" in said(test)
    test.button(key="scn-run").click().run()
    whole(test)
    (run,) = idle.simulations.runs(ADMIN, idle.missions(ADMIN)[0].id)
    design = run.order.request.design
    assert design is not None
    assert [design.base.name, design.also[0].delivery.rate] == ["as planned", 0.8]
    watching = draw("scenarios", run=run.id)
    whole(watching)
    assert "waiting" in said(watching)
    watching.button(key=f"scn-stop-{run.id}").click().run()
    assert idle.simulations.run_of(ADMIN, run.id).state is JobState.CANCELLED


def test_running_a_grid(idle: Workspace) -> None:
    test = draw("scenarios")
    test.radio(key="scn-kind").set_value("grid").run()
    test.number_input(key="scn-grid-from").set_value(6).run()
    test.number_input(key="scn-grid-to").set_value(10).run()
    test.number_input(key="scn-grid-step").set_value(2).run()
    test.multiselect(key="scn-grid-rates").set_value([0.8, 1.0]).run()
    assert "12 plans" in said(test)
    test.button(key="scn-run").click().run()
    whole(test)
    (run,) = idle.simulations.runs(ADMIN, idle.missions(ADMIN)[0].id)
    design = run.order.request.design
    assert design is not None
    assert design.axes[0].values == (3, 4, 5)
    assert design.seeds == (1, 2)
    test = draw("scenarios")
    test.radio(key="scn-kind").set_value("grid").run()
    test.number_input(key="scn-grid-to").set_value(0).run()
    assert "from low to high" in said(test)
    assert test.button(key="scn-run").disabled


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (JobState.RUNNING, "Lost: its process is gone"),
        (JobState.LOST, "Lost: its process is gone"),
        (JobState.CANCELLED, "Stopped"),
        (JobState.FAILED, "WS-TRY"),
    ],
)
def test_a_run_that_ended_badly_says_so_and_can_go_on(
    idle: Workspace, state: JobState, words: str
) -> None:
    run = order(idle, design=BESIDE)
    fault = {"code": "WS-TRY", "message": "it did not", "remedy": "try again"}
    status = RunStatus.model_validate({"state": state, "fault": fault, "failures": [fault] * 7})
    idle.simulations.files.save(run, status)
    test = draw("scenarios", run=run)
    whole(test)
    assert words in said(test)
    test.button(key=f"scn-resume-{run}").click().run()
    assert idle.simulations.run_of(ADMIN, run).status.attempt == 2


def test_an_unknown_run_shows_the_newest(compared: tuple[Workspace, str]) -> None:
    test = draw("scenarios", run="gone")
    whole(test)
    assert "no such run" in said(test)
    assert compared[1]


def test_results_tell_what_cannot_be(compared: tuple[Workspace, str]) -> None:
    _space, run = compared
    test = draw("scenarios", run=run)
    whole(test)
    table = test.dataframe[-1].value
    assert list(table["Scenario"]) == ["as planned", "fewer", "too many"]
    assert "SC-BEDS" in table["Cannot be, because"].iloc[2]
    assert table["Margin, voting"].iloc[0].endswith(")")
    test.button(key=f"scn-remove-{run}").click().run()
    assert not compared[0].simulations.runs(ADMIN, compared[0].missions(ADMIN)[0].id)


@pytest.mark.parametrize(
    ("kind", "begins"), [("csv", b"\xef\xbb\xbfname,"), ("xlsx", b"PK"), ("parquet", b"PAR1")]
)
def test_points_as_files(compared: tuple[Workspace, str], kind: str, begins: bytes) -> None:
    space, run = compared
    points = tuple(one.point for one in space.simulations.results(ADMIN, run) if one.point)
    assert table_bytes(points, kind).startswith(begins)
