"""Scenarios: built, mended, saved, run, compared, and made the mission's own."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from planner.domain.mission import Costs
from planner.domain.plan import Phase
from planner.scenario.document import (
    DayChange,
    DeliveryChange,
    Isolation,
    JointTeams,
    Scenario,
    StaffingChange,
)
from planner.scenario.presets import PRESETS
from planner.scenario.target import Target
from planner.sweep.design import Axis, Design
from planner.workspace.simulation import RunState, RunStatus, SimulationRequest
from planner.workspace.simulation_runner import work
from planner.workspace.workspace import Workspace
from tests.ui.stage import ADMIN, IDLE, PLANNER, VIEWER, Stage, draw, opened, write_home
from ui.components.scenario_deck import scenario_deck
from ui.components.scenario_draft import PATHS, base_of, value_of
from ui.components.scenario_results import table_bytes
from ui.components.scenario_words import path_words, preset_name

pytestmark = pytest.mark.xdist_group("ui")
PARTS = ("build", "results", "compare", "curve", "frontier", "target")
GRID = Design(
    axes=(
        Axis(path="staffing.sto_pairs", values=(3, 4, 5)),
        Axis(path="delivery.rate", values=(1.0,)),
    ),
    seeds=(1, 2),
)
BESIDE = Design(
    base=Scenario(name="as planned"),
    also=(
        Scenario(name="fewer", staffing=StaffingChange(sto_pairs=3)),
        Scenario(name="too many", staffing=StaffingChange(sto_pairs=4_999)),
    ),
)


def said(test: AppTest) -> str:
    kinds = (test.markdown, test.caption, test.info, test.warning, test.success, test.error)
    return "\n".join(each.value for kind in kinds for each in kind).replace("\\", "")


def whole(test: AppTest) -> None:
    assert not test.exception
    assert "UI-BUG" not in said(test)


def order(space: Workspace, **options: object) -> str:
    given = {"title": "a trial", "scale": 0.1, "draws": 20} | options
    request = SimulationRequest.model_validate(given)
    return space.simulate(ADMIN, space.missions(ADMIN)[0], request).id


def compute(space: Workspace) -> None:
    work(space.simulations.files, lambda: datetime(2022, 10, 1, tzinfo=UTC))


@pytest.fixture
def idle(planned: Workspace) -> Workspace:
    """Return the planned mission; runs wait until the test computes them."""
    planned.simulations.command = IDLE
    return planned


@pytest.fixture
def compared(idle: Workspace) -> tuple[Workspace, str]:
    """Give the mission a run of three scenarios, one of which cannot be."""
    run = order(idle, design=BESIDE)
    compute(idle)
    return idle, run


@pytest.fixture
def curved(idle: Workspace) -> tuple[Workspace, str]:
    """Give the mission a run of a grid with two seeds."""
    run = order(idle, design=GRID)
    compute(idle)
    return idle, run


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
    assert idle.simulations.run_of(ADMIN, run.id).state is RunState.CANCELLED


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
        (RunState.RUNNING, "Lost: its process is gone"),
        (RunState.LOST, "Lost: its process is gone"),
        (RunState.CANCELLED, "Stopped"),
        (RunState.FAILED, "WS-TRY"),
    ],
)
def test_a_run_that_ended_badly_says_so_and_can_go_on(
    idle: Workspace, state: RunState, words: str
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


# -- comparing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["figures", "precision", "expected", "map", "cost"])
def test_two_scenarios_side_by_side(compared: tuple[Workspace, str], side: str) -> None:
    test = draw("scenarios", part="compare", run=compared[1])
    test.segmented_control(key="scn-side").set_value(side).run()
    whole(test)
    if side == "figures":
        planned = test.dataframe[1].value.set_index("Figure")
        assert planned.loc["Openings", "B, difference"].endswith("▼ worse")
    if side == "precision":
        table = test.dataframe[0].value
        assert all("(" in cell or "nothing" in cell for cell in table["A · as planned"])
    if side == "cost":
        assert "No unit costs" in said(test)


def test_a_point_that_cannot_be_is_no_choice(compared: tuple[Workspace, str]) -> None:
    space, run = compared
    keys = [one.key for one in space.simulations.results(ADMIN, run)]
    link = ",".join(f"{run}.{key}" for key in keys)
    test = draw("scenarios", part="compare", points=link)
    whole(test)
    assert len(test.multiselect(key="scn-points").value) == 2
    test.multiselect(key="scn-points").set_value([f"{run}.{keys[0]}"]).run()
    assert "at least two" in said(test)


def test_the_map_tells_pairs_of_areas(compared: tuple[Workspace, str]) -> None:
    space, run = compared
    from planner.compare import compare_plans  # noqa: PLC0415 - only here
    from planner.export.view import PlanView  # noqa: PLC0415 - as above
    from ui.state import Shown  # noqa: PLC0415 - as above

    shown = []
    for one in space.simulations.results(ADMIN, run)[:2]:
        found = space.simulations.content(ADMIN, run, one.scenario)
        view = PlanView(found.mission, found.plan)
        shown.append(Shown(0, one.key, view, found.verdict, found.travel, found.polygons))
    change = compare_plans(shown[0].view.plan, shown[1].view.plan)
    deck = scenario_deck(*shown, change, "d", ("{area}: {old} → {new}", "{old} {new}"))
    labels = next(layer.data for layer in deck.layers if layer.id == "differences")
    assert sum(int(each["text"].split()[1].replace("=", "0")) for each in labels) == -2


def test_a_plan_that_is_not_kept_any_more_is_told(compared: tuple[Workspace, str]) -> None:
    import shutil  # noqa: PLC0415 - only here

    shutil.rmtree(compared[0].simulations.files.cache)
    test = draw("scenarios", part="compare", run=compared[1])
    test.segmented_control(key="scn-side").set_value("map").run()
    assert not test.exception
    assert "WS-PLAN-GONE" in said(test)


def test_invented_costs_are_marked(idle: Workspace) -> None:
    folder = idle.missions(ADMIN)[0]
    mission = idle.load(folder).mission_input.mission
    costs = Costs(km=0.5, vehicle_day=100, illustrative=True)
    idle.save_mission(
        ADMIN,
        folder,
        mission.model_copy(update={"costs": costs}),
        seen=idle.digest(folder),
        reason="prices to try with",
    )
    run = order(idle, design=BESIDE)
    compute(idle)
    for part in ("results", "frontier"):
        test = draw("scenarios", part=part, run=run)
        whole(test)
        assert "ILLUSTRATIVE" in said(test)
    test = draw("scenarios", part="compare", run=run)
    test.segmented_control(key="scn-side").set_value("cost").run()
    assert "ILLUSTRATIVE" in said(test)
    assert "without a unit cost" in said(test)


@pytest.mark.parametrize("part", ["curve", "frontier"])
def test_curve_and_frontier_of_a_grid(curved: tuple[Workspace, str], part: str) -> None:
    test = draw("scenarios", part=part, run=curved[1])
    whole(test)
    if part == "curve":
        steps = test.dataframe[-1].value
        assert list(steps["To pairs"]) == [4, 5]
        assert all("to" in cell for cell in steps["Uncertainty"])
        for figure in ("margin_voting_expected", "days_value", "cost"):
            test.selectbox(key="scn-curve-figure").set_value(figure).run()
            whole(test)


def test_one_seed_says_that_luck_is_not_known(compared: tuple[Workspace, str]) -> None:
    test = draw("scenarios", part="curve", run=compared[1])
    whole(test)
    assert "One seed only" in said(test)


# -- the mission's next revision -------------------------------------------------------------------


def test_a_scenario_becomes_the_next_revision(idle: Workspace) -> None:
    folder = idle.missions(ADMIN)[0]
    idle.store.scenarios.add(
        ADMIN,
        folder.id,
        Scenario(
            name="an hour",
            day=DayChange(dwell_min=60),
            delivery=DeliveryChange(late_share=0.1),
            noise="winter",
        ),
    )
    test = draw("scenarios")
    test.button(key=next(b.key for b in test.button if b.key.startswith("scn-open-"))).click().run()
    assert "left out" in said(test)
    assert "late withdrawals" in said(test)
    test.button(key="scn-adopt-build").click().run()
    whole(test)
    assert idle.load(folder).mission_input.mission.policies.day.dwell_min == 60
    (job,) = idle.store.jobs.all(ADMIN, folder.id)
    assert "scenario an hour" in job.request


def test_a_mission_that_changed_meanwhile_is_not_overwritten(
    idle: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = draw("scenarios")
    test.button(key="scn-first-80").click().run()
    monkeypatch.setattr(type(idle), "digest", lambda *_args: "of yesterday")
    test.button(key="scn-adopt-build").click().run()
    assert "ST-CHANGED" in said(test)


def test_a_point_goes_on_to_the_form(compared: tuple[Workspace, str]) -> None:
    space, run = compared
    key = space.simulations.results(ADMIN, run)[1].key
    test = draw("scenarios", run=run, scenario=key)
    whole(test)
    test.button(key="scn-open-point").click().run()
    whole(test)
    assert "5 → 3 (-2)" in said(test)


# -- target ----------------------------------------------------------------------------------------


def test_a_target_is_asked_for_and_answered(idle: Workspace) -> None:
    test = draw("scenarios", part="target", counting="30")
    whole(test)
    assert "the count to ±30.0 points" in said(test)
    test.number_input(key="scn-target-counting").set_value(45.0).run()
    test.toggle(key="scn-target-regions").set_value(True).run()
    test.selectbox(key="scn-target-level").set_value("planned").run()
    assert "every region touched" in said(test)
    test.button(key="scn-target-run").click().run()
    whole(test)
    (run,) = idle.simulations.runs(ADMIN, idle.missions(ADMIN)[0].id)
    compute(idle)
    test = draw("scenarios", part="target", run=run.id)
    whole(test)
    assert "STO pairs with" in said(test) or "No staffing" in said(test)
    whole(draw("scenarios", part="results", run=run.id))
    whole(draw("scenarios", part="curve", run=run.id))


def test_a_target_that_cannot_be_is_refused_with_the_nearest(idle: Workspace) -> None:  # noqa: ARG001
    test = draw("scenarios", part="target", counting="99")
    whole(test)
    assert "cannot be" in said(test)
    assert test.button(key="scn-target-run").disabled
    assert "nearest possible value" in test.dataframe[0].value["What to do"].iloc[0]


def test_a_target_nobody_reaches_says_why(idle: Workspace) -> None:
    run = order(
        idle,
        target=Target(margins={Phase.COUNTING: 0.001}, level="planned"),
        scenario=Scenario(),
        plans=3,
    )
    compute(idle)
    test = draw("scenarios", part="target", run=run)
    whole(test)
    assert "No staffing reaches" in said(test) or "before an answer" in said(test)


def test_the_runner_of_a_real_home_starts_nothing_by_looking(tmp_path: object) -> None:
    from pathlib import Path  # noqa: PLC0415 - only here

    home = Path(str(tmp_path)) / "other"
    write_home(home)
    with opened(home) as space:
        Stage.workspace = space
        whole(draw("scenarios", part="results"))
        assert space.simulations._process is None
