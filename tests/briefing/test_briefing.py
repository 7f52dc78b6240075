"""The two pages: what stands on them, how many there are, and that data is never code."""

import json
import re
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import typst

from planner.briefing.briefing import MOST_RUNS, content, write_briefing
from planner.briefing.reading import compared
from planner.briefing.text import document
from planner.domain.finding import Finding, Severity
from planner.domain.mission import Costs
from planner.domain.mission_input import MissionInput
from planner.domain.place import DataStatus
from planner.errors import PlannerError
from planner.export.document import plan_hash
from planner.scenario.cost import plan_cost
from planner.scenario.point import Point
from planner.scenario.run import ScenarioRun

AT = datetime(2022, 10, 1, 9, 30, tzinfo=UTC)
EVIL = (
    '#import "@preview/cetz:0.1.0"',
    '#read("/etc/passwd")',
    '#panic("x")',
    "$x^2$ *b* _i_ @ref <label>",
    "\\ \\u{41} \"q\" 'p' `raw`",
    "] } ) #] // /* = heading",
    "#[#sys.inputs]",
    "\u202eturned\x00\n\nlines",
)
Rename = Callable[..., ScenarioRun]


def written(runs: Sequence[ScenarioRun], folder: Path, **options: Any) -> bytes:
    path = folder / "briefing.pdf"
    write_briefing(runs, path, at=AT, **options)
    return path.read_bytes()


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def shown(runs: Sequence[ScenarioRun], folder: Path, label: str) -> str:
    """Return what typst shows under a label, as the text of its elements."""
    here = files("planner.briefing")
    found = typst.query(
        (here / "briefing.typ").read_bytes(),
        f"<{label}>",
        root=str(folder),
        font_paths=[str(here / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"content": document(content(compared(runs), AT))},
    )
    return " ".join(_texts(json.loads(found)))


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            return [value["text"]]
        return [text for one in value.values() for text in _texts(one)]
    return []


def test_the_same_runs_give_the_same_bytes(base: ScenarioRun, fewer: ScenarioRun, tmp_path: Path):
    first = written([base, fewer], tmp_path)
    assert written([base, fewer], tmp_path) == first
    assert first.startswith(b"%PDF-")
    assert b"D:20221001" in first


def test_two_pages_with_one_scenario(base: ScenarioRun, tmp_path: Path):
    assert pages(written([base], tmp_path)) == 2


@pytest.mark.parametrize("number", [2, 8, MOST_RUNS])
def test_two_pages_with_long_names(
    base: ScenarioRun,
    fewer: ScenarioRun,
    cut_off: ScenarioRun,
    named: Rename,
    impossible: Point,
    tmp_path: Path,
    number: int,
):
    names = ("x" * 200, "Қызылорда қаласы " * 11, "საქართველოს არჩევნები " * 9, *EVIL)
    runs = [
        named((base, fewer, cut_off)[k % 3], names[k][:200], "Why? " * 400) for k in range(number)
    ]
    pdf = written(runs, tmp_path, question="long question " * 100, refused=[impossible] * 8)
    assert pages(pdf) == 2


def test_two_pages_without_stos_and_without_simulation(
    base: ScenarioRun, limited: ScenarioRun, tmp_path: Path
):
    assert pages(written([base, limited], tmp_path)) == 2
    assert pages(written([limited], tmp_path)) == 2


@pytest.mark.parametrize("evil", EVIL)
def test_names_are_shown_letter_by_letter(
    base: ScenarioRun, named: Rename, tmp_path: Path, evil: str
):
    runs = [named(base, evil, evil)]
    assert pages(written(runs, tmp_path)) == 2
    plain = " ".join(evil.replace("\u202e", "").replace("\x00", " ").split())
    for label in ("name", "question"):
        assert shown(runs, tmp_path, label).replace("\u200b", "") == plain


def test_names_of_the_field_come_out_in_our_own_fonts(
    base: ScenarioRun, named: Rename, tmp_path: Path
):
    name = "Қызылорда, Өскемен, Шымкент, ქუთაისი, Երևան"
    pdf = written([named(base, name)], tmp_path)
    assert shown([named(base, name)], tmp_path, "name") == name
    assert set(re.findall(rb"[A-Z]{6}\+([A-Za-z]+)", pdf)) == {
        b"NotoSans",
        b"NotoSansGeorgian",
        b"NotoSansArmenian",
    }


def test_classification_and_what_is_invented_on_every_page(
    base: ScenarioRun, mission: MissionInput
):
    made = content(compared([base]), AT)
    assert made["classification"] == "Restricted until election day (20 November 2022) has ended"
    assert made["synthetic"] == ""
    station = mission.stations[0].model_copy(update={"status": DataStatus.SYNTHETIC})
    invented = mission.model_copy(update={"stations": (station, *mission.stations[1:])})
    assert content(compared([base], invented), AT)["synthetic"] == "SYNTHETIC DATA"


def test_a_second_round_is_restricted_until_its_own_day(base: ScenarioRun, fewer: ScenarioRun):
    later = fewer.applied.mission.mission.model_copy(update={"e_day": AT.date().replace(year=2023)})
    moved = fewer.applied.mission.model_copy(update={"mission": later})
    run = ScenarioRun(
        **{**vars(fewer), "applied": type(fewer.applied)(moved, (), fewer.applied.numbers)}
    )
    assert "1 October 2023" in compared([base, run]).classification


def test_first_page(base: ScenarioRun, fewer: ScenarioRun, cut_off: ScenarioRun):
    one = content(compared([base, fewer, cut_off]), AT)["one"]
    assert [row["letter"] for row in one["rows"]] == ["A", "B", "C"]
    assert [row["what"] for row in one["rows"]] == [
        "the mission as it is",
        "STO pairs asked for: 3",
        "Regions cut off on election day: West, 06:00 to 06:00 on E+1",
    ]
    assert one["rows"][1]["pairs"] == "3"
    assert [cell["change"] for cell in one["rows"][0]["observed"]] == ["", "", ""]
    assert one["rows"][1]["observed"][0]["change"].startswith("\u2212")
    panels = {panel["title"]: panel["bars"] for panel in one["panels"]}
    assert list(panels) == ["Openings", "Voting visits", "Counts", "Tabulations"]
    for bars in panels.values():
        for bar in bars:
            assert 0 <= bar["p5"] <= bar["p95"] <= 1
            assert 0 <= bar["value"] <= 1
    assert panels["Counts"][0]["planned"] == 1


def test_one_question_is_that_of_the_scenario(base: ScenarioRun, fewer: ScenarioRun):
    assert content(compared([base, fewer]), AT)["one"]["question"] == fewer.scenario.question
    asked = compared([base, fewer], question="And  now?")
    assert content(asked, AT)["one"]["question"] == "And now?"


def test_a_refused_plan_is_said_in_red(base: ScenarioRun):
    fault = Finding(code="D1", severity=Severity.HARD, subject="STO-001", message="Wrong.")
    verdict = base.verdict.model_copy(update={"hard": (fault,)})
    point = base.point.model_copy(update={"hard_findings": 1})
    made = content(
        compared([ScenarioRun(**{**vars(base), "verdict": verdict, "point": point})]), AT
    )
    assert made["one"]["warning"] == (
        "The referee refuses the plan of A: do not use these figures."
    )
    assert not made["two"]["verdicts"][0]["passed"]
    assert "D1" in made["two"]["verdicts"][0]["kinds"]


def test_second_page(base: ScenarioRun, fewer: ScenarioRun):
    two = content(compared([base, fewer]), AT)["two"]
    report = base.forecast.expected
    assert report is not None
    assert len(two["precision"]) == 2
    assert [each["phase"] for each in two["why"]] == [
        "Opening",
        "Voting",
        "Counting",
        "Tabulation",
    ]
    assert two["changes"][1]["told"] == [
        {"label": "STO pairs asked for", "value": "3", "base": "5", "mark": "B"}
    ]
    assert two["verdicts"][0]["plan"] == plan_hash(base.plan)[:12]
    assert two["verdicts"][1]["input"] == fewer.point.input_hash[:12]
    assert two["made"] == "2022-10-01 09:30 UTC"
    assert any("0.05 (B" in line for line in two["general"])


def test_costs_name_what_is_missing(base: ScenarioRun, mission: MissionInput):
    nothing = content(compared([base]), AT)["two"]["cost"]
    assert nothing["sums"] == ["–"]  # noqa: RUF001 - the sign that is shown
    assert nothing["missing"].endswith("there is no sum.")
    costs = Costs(vehicle_day=90, observer_day=120, illustrative=True)
    priced = mission.model_copy(
        update={"mission": mission.mission.model_copy(update={"costs": costs})}
    )
    run = ScenarioRun(**{**vars(base), "cost": plan_cost(priced, base.plan)})
    cost = content(compared([run]), AT)["two"]["cost"]
    assert cost["invented"]
    assert cost["missing"] == (
        "No unit cost is entered for interpreter days, bed nights and kilometres on E-day: the "
        "sum is without them."
    )
    money = run.cost.money
    assert money is not None
    assert cost["sums"] == [f"{money:,.0f}"]


def test_without_typst_the_remedy_names_the_extra(
    base: ScenarioRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(PlannerError) as caught:
        written([base], tmp_path)
    assert caught.value.code == "BR-MISSING"
    assert "mission-planner[briefing]" in caught.value.remedy


def test_what_typst_cannot_set_is_an_error_of_ours(
    base: ScenarioRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("planner.briefing.typeset.document", lambda _: "no JSON")
    with pytest.raises(PlannerError) as caught:
        written([base], tmp_path)
    assert caught.value.code == "BR-TYPST"


def test_too_many_none_and_others(base: ScenarioRun, impossible: Point, tmp_path: Path):
    with pytest.raises(PlannerError, match="10 scenarios do not fit"):
        written([base] * (MOST_RUNS + 1), tmp_path)
    with pytest.raises(PlannerError) as caught:
        written([], tmp_path, refused=[impossible])
    assert caught.value.code == "BR-EMPTY"
    other = impossible.model_copy(update={"mission": "other"})
    with pytest.raises(PlannerError, match="good, other"):
        written([base], tmp_path, refused=[other])
    assert not list(tmp_path.iterdir())
