"""Scenarios compared, made the mission's own, and the staffing that a target needs."""

import json
import shutil

import pytest

from planner.domain.mission import Costs, MissionFormat
from planner.domain.plan import Phase
from planner.errors import PlannerError
from planner.scenario.document import DayChange, DeliveryChange, Scenario
from planner.scenario.target import Target
from planner.workspace.scenario_briefing import briefing_file
from planner.workspace.scenarios import RunPoint
from planner.workspace.workspace import Workspace
from tests.ui.simulating import BESIDE, compute, order, said, whole
from tests.ui.stage import ADMIN, Stage, draw, opened, write_home
from ui.components.scenario_deck import scenario_deck

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


def test_what_is_compared_is_taken_into_a_meeting(compared: tuple[Workspace, str]) -> None:
    space, run = compared
    test = draw("scenarios", part="compare", run=run)
    whole(test)
    buttons = {each.proto.label: each.proto for each in test.get("download_button")}
    assert not buttons["Two-page briefing (PDF)"].disabled
    assert not buttons["Comparison workbook (XLSX)"].disabled
    chosen = [(run, one.scenario) for one in space.simulations.results(ADMIN, run) if planned(one)]
    assert len(chosen) == 2
    for kind, begins in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        assert briefing_file(space.simulations, ADMIN, chosen, kind).startswith(begins)


def test_a_plan_that_is_gone_gives_no_briefing(compared: tuple[Workspace, str]) -> None:
    space, run = compared
    (first, *_others) = [one.scenario for one in space.simulations.results(ADMIN, run)]
    shutil.rmtree(space.simulations.files.cache)
    with pytest.raises(PlannerError, match="is not kept") as caught:
        briefing_file(space.simulations, ADMIN, [(run, first)], "xlsx")
    assert caught.value.code == "WS-PLAN-GONE"


def planned(one: RunPoint) -> bool:
    return one.point is not None and one.point.status == "planned"


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
    test.number_input(key="scn-target-budget").set_value(1_000.0).run()
    test.button(key="scn-target-mend").click().run()
    whole(test)
    assert test.number_input(key="scn-target-counting").value == 50.0
    assert test.number_input(key="scn-target-budget").value is None  # there are no unit costs
    assert not test.button(key="scn-target-run").disabled


def test_a_mission_without_stos_has_no_value_to_mend(idle: Workspace) -> None:
    draft = json.dumps({"scenario": {"name": "limited", "format": MissionFormat.LEOM}})
    idle.store.drafts.put(ADMIN, idle.missions(ADMIN)[0].id, "scenario", draft)
    test = draw("scenarios", part="target", counting="5")
    whole(test)
    assert "has no STOs" in test.dataframe[0].value.to_string()
    assert test.button(key="scn-target-run").disabled
    assert "scn-target-mend" not in [each.key for each in test.button]


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
