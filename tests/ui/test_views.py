"""Each view over a small plan, over no plan, and over a faulty one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from planner.export.view import PlanView
from planner.referee import Verdict, check_plan
from planner.travel import make_provider
from tests.good_plan import good_mission, good_plan
from ui import state

VIEWS = ("mission", "areas", "pairs", "election_day", "hand_out")
pytestmark = pytest.mark.xdist_group("ui")


def _script(name: str, folder: str) -> None:
    from pathlib import Path  # noqa: PLC0415 - runs as a script of its own

    from ui.app import render, views  # noqa: PLC0415 - runs as a script of its own

    title, _icon, view = views()[name]
    render(title, view, Path(folder))


def _run(name: str, folder: Path) -> AppTest:
    return AppTest.from_function(
        _script, default_timeout=60, kwargs={"name": name, "folder": str(folder)}
    ).run()


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Stand the small good plan for any folder."""
    mission, plan = good_mission(), good_plan()
    verdict = check_plan(mission, plan, make_provider(mission))
    content = state.Shown(tmp_path, "small", PlanView(mission, plan), verdict, {})
    monkeypatch.setattr("ui.app.shown", lambda _folder: content)
    yield tmp_path
    st.cache_resource.clear()


@pytest.mark.parametrize("name", VIEWS)
def test_view_shows_a_plan_without_errors(name: str, planned: Path) -> None:
    page = _run(name, planned)
    assert not page.exception
    assert not page.error
    assert page.title[0].value
    assert "Restricted until election day" in page.caption[0].value


@pytest.mark.parametrize("name", VIEWS)
def test_view_without_plan_names_the_command(name: str, tmp_path: Path) -> None:
    page = _run(name, tmp_path)
    assert not page.exception
    assert page.code[0].value.startswith("mission-planner plan ")


def test_unreadable_plan_shows_code_and_remedy_but_no_trace(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("{", encoding="utf-8")
    page = _run("mission", tmp_path)
    assert not page.exception
    assert "cannot be planned" in page.error[0].value
    assert "What to do" in page.markdown[0].value


def test_fault_of_ours_goes_to_a_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(_folder: Path) -> None:
        raise ValueError("secret detail")

    monkeypatch.setattr("ui.app.shown", broken)
    page = _run("areas", tmp_path)
    assert not page.exception
    assert "UI\\-BUG" in page.error[0].value
    assert "secret" not in page.error[0].value + page.markdown[0].value


def test_refused_plan_is_not_offered(monkeypatch: pytest.MonkeyPatch, planned: Path) -> None:
    from planner.domain.finding import Finding, Severity  # noqa: PLC0415 - only here

    mission, plan = good_mission(), good_plan()
    fault = Finding(code="P2", severity=Severity.HARD, subject="STO-001", message="Same State.")
    verdict = Verdict(mission=mission.mission.id, hard=(fault,))
    content = state.Shown(planned, "refused", PlanView(mission, plan), verdict, {})
    monkeypatch.setattr("ui.app.shown", lambda _folder: content)
    page = _run("hand_out", planned)
    assert "refuses" in page.error[0].value
    assert not page.get("download_button")


def test_choosing_a_pair_shows_its_stops(planned: Path) -> None:
    page = _run("election_day", planned)
    second = good_plan().days[1]
    page.selectbox(key="pair").set_value(str(second.team)).run()
    assert not page.exception
    assert any(f"{second.leave_base:%H:%M}" == metric.value for metric in page.metric)
