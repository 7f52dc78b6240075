"""Each view over a small plan, over no plan, over no lists, and for somebody who may only look."""

from pathlib import Path

import pytest

from planner.workspace.workspace import Workspace
from tests.ui.stage import VIEWER, Stage, draw
from ui.app import views

VIEWS = tuple(views())
NEED_A_PLAN = tuple(name for name, view in views().items() if view.needs_plan)
DEEDS = ("Save the decision", "Plan", "Restore", "Withdraw", "Take it over")


@pytest.mark.parametrize("name", VIEWS)
def test_view_shows_a_plan_without_errors(name: str, planned: Workspace) -> None:  # noqa: ARG001
    page = draw(name)
    assert not page.exception
    assert not page.error
    assert page.title[0].value
    assert "Restricted until election day" in page.caption[0].value


@pytest.mark.parametrize("name", VIEWS)
def test_view_before_the_first_plan(name: str, unplanned: Workspace) -> None:  # noqa: ARG001
    page = draw(name)
    assert not page.exception
    assert not page.error
    if name in NEED_A_PLAN:
        assert "no plan yet" in page.info[0].value


@pytest.mark.parametrize("name", VIEWS)
def test_view_of_a_mission_without_lists_says_what_to_do(name: str, bare: Workspace) -> None:  # noqa: ARG001
    page = draw(name)
    assert not page.exception
    assert page.title[0].value
    assert "UI\\-BUG" not in "".join(error.value for error in page.error)


@pytest.mark.parametrize("name", VIEWS)
def test_a_viewer_sees_and_changes_nothing(name: str, planned: Workspace) -> None:  # noqa: ARG001
    Stage.user = VIEWER
    page = draw(name)
    assert not page.exception
    assert not page.error
    assert not [button.label for button in page.button if button.label in DEEDS]


def test_unreadable_mission_shows_code_and_remedy_but_no_trace(unplanned: Workspace) -> None:
    folder = unplanned.home.missions()[0].path
    (folder / "stations.csv").write_text("id,district\n", encoding="utf-8")
    page = draw("plan")
    assert not page.exception
    assert "cannot be planned" in page.error[0].value
    assert any("What to do" in each.value for each in page.markdown)


def test_fault_of_ours_goes_to_a_log(
    planned: Workspace,  # noqa: ARG001 - the stage
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def broken(_page: object) -> None:
        raise ValueError("secret detail")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("ui.views.areas.show", broken)
    page = draw("areas")
    assert not page.exception
    assert "UI\\-BUG" in page.error[0].value
    assert "secret" not in page.error[0].value + page.markdown[0].value
    (log,) = tmp_path.glob("mission-planner-ui-*.log")
    assert "secret detail" in log.read_text(encoding="utf-8")


def test_refused_plan_is_not_offered(planned: Workspace) -> None:
    folder = planned.missions(Stage.user)[0]
    plan = planned.store.revisions.plan(Stage.user, folder.id, 1)
    teams = [team for team in plan.teams if len(team.members) == 2]
    alone = teams[0].model_copy(update={"members": teams[0].members[:1]})
    broken = plan.model_copy(
        update={"teams": tuple(alone if team.id == alone.id else team for team in plan.teams)}
    )
    planned.store.revisions.save(Stage.user, folder.id, broken, expected_head=1, reason="broken")
    page = draw("hand_out")
    assert any("refuses" in error.value for error in page.error)
    assert not page.get("download_button")


def test_choosing_a_pair_shows_its_stops(planned: Workspace) -> None:
    folder = planned.missions(Stage.user)[0]
    second = planned.store.revisions.plan(Stage.user, folder.id, 1).days[1]
    page = draw("election_day", pair=str(second.team))
    assert not page.exception
    assert any(f"{second.leave_base:%H:%M}" == metric.value for metric in page.metric)
