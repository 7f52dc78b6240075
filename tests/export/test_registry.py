"""Exports by name."""

from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.export.document import load_plan
from planner.export.registry import EXPORTERS, export_plan
from planner.referee import check_plan
from tests.export.made_up import Case
from tests.good_plan import TRAVEL, good_mission, good_plan


def test_all_kinds_are_written(case: Case, tmp_path: Path) -> None:
    paths = export_plan(case.mission, case.plan, case.verdict, tmp_path / "out", list(EXPORTERS))
    assert [path.name for path in paths] == [f"test-2022.{kind}" for kind in EXPORTERS]
    assert sorted(paths) == sorted((tmp_path / "out").iterdir())
    assert load_plan(tmp_path / "out" / "test-2022.json") == case.plan


def test_an_existing_file_is_replaced(case: Case, tmp_path: Path) -> None:
    old = tmp_path / "test-2022.gpkg"
    old.write_bytes(b"not a database")
    export_plan(case.mission, case.plan, case.verdict, tmp_path, ["gpkg", "gpkg"])
    assert old.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("kinds", [["xlsx", "pdf", "doc"], []])
def test_an_unknown_kind_names_the_allowed_ones(
    case: Case, tmp_path: Path, kinds: list[str]
) -> None:
    with pytest.raises(PlannerError) as caught:
        export_plan(case.mission, case.plan, case.verdict, tmp_path, kinds)
    assert all(repr(kind) in caught.value.message for kind in kinds[1:])
    assert "xlsx, gpkg, kml, gpx, json" in caught.value.message
    assert not list(tmp_path.iterdir())


def test_a_plan_of_another_mission_is_refused(case: Case, tmp_path: Path) -> None:
    plan = case.plan.model_copy(update={"mission": "other"})
    with pytest.raises(PlannerError, match="other"):
        export_plan(case.mission, plan, case.verdict, tmp_path, ["json"])


def test_an_id_with_slashes_stays_in_its_folder(case: Case, tmp_path: Path) -> None:
    name = "../../a b"
    mission = case.mission.model_copy(
        update={"mission": case.mission.mission.model_copy(update={"id": name})}
    )
    plan = case.plan.model_copy(update={"mission": name})
    verdict = case.verdict.model_copy(update={"mission": name})
    (path,) = export_plan(mission, plan, verdict, tmp_path, ["json"])
    assert path.parent == tmp_path
    assert path.name == "a-b.json"


def test_a_plan_that_the_referee_passed_is_exported_whole(tmp_path: Path) -> None:
    mission, plan = good_mission(), good_plan()
    verdict = check_plan(mission, plan, TRAVEL)
    assert verdict.passed
    assert len(export_plan(mission, plan, verdict, tmp_path, list(EXPORTERS))) == len(EXPORTERS)
