"""The referee on files: a mission folder and a plan document."""

import json
from pathlib import Path
from typing import Any

import pytest

from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.domain.policy import TravelModel
from planner.errors import PlannerError
from planner.intake import write
from planner.intake.folder import load_mission
from planner.referee import check_documents
from tests.good_plan import good_mission, good_plan, seal
from tests.referee.changes import policy_with


def write_folder(mission: MissionInput, folder: Path) -> MissionInput:
    """Write a mission folder and return what intake makes of it."""
    folder.mkdir()
    write.write_mission_toml(mission.mission, folder / "mission.toml")
    write.write_regions(mission.regions, folder / "regions.csv")
    write.write_districts(mission.districts, folder / "districts.csv")
    write.write_adjacency(mission.adjacency, folder / "adjacency.csv")
    write.write_stations(mission.stations, folder / "stations.csv")
    write.write_towns(mission.towns, folder / "towns.csv")
    write.write_commissions(mission.commissions, folder / "commissions.csv")
    write.write_observers(mission.observers, folder / "observers.csv")
    return load_mission(folder).mission_input


@pytest.fixture
def documents(tmp_path: Path) -> tuple[Path, Path]:
    """Return the folder of the good mission and the file of its plan."""
    mission = write_folder(good_mission(), tmp_path / "mission")
    plan = tmp_path / "plan.json"
    plan.write_text(seal(mission, good_plan(mission)).model_dump_json(), "utf-8")
    return tmp_path / "mission", plan


def changed(path: Path, **fields: Any) -> None:
    """Overwrite fields of the document."""
    document = json.loads(path.read_text("utf-8"))
    document.update(fields)
    path.write_text(json.dumps(document), "utf-8")


def test_good_documents_pass(documents: tuple[Path, Path]):
    verdict = check_documents(*documents)

    assert verdict.findings == ()
    assert verdict.kpis["openings"] == 5
    assert Plan.model_validate_json(documents[1].read_bytes()).kpis == verdict.kpis


def test_a_changed_folder_is_another_input(documents: tuple[Path, Path]):
    stations = documents[0] / "stations.csv"
    stations.write_text(stations.read_text("utf-8").replace("Station E3-6", "Renamed"), "utf-8")

    assert [finding.code for finding in check_documents(*documents).hard] == ["R-INPUT"]


def test_a_time_without_offset_is_named_with_its_place_in_the_document(
    documents: tuple[Path, Path],
):
    days = json.loads(documents[1].read_text("utf-8"))["days"]
    days[0]["stops"][1]["arrive"] = "2022-11-20T07:40:00"
    changed(documents[1], days=days)

    (finding,) = check_documents(*documents).hard

    assert (finding.code, finding.subject) == ("R-ZONE", "days.0.stops.1.arrive")


def test_all_that_makes_a_document_no_plan_is_named_at_once(documents: tuple[Path, Path]):
    changed(documents[1], areas="none", suprise=1)

    findings = check_documents(*documents).hard

    assert {(finding.code, finding.subject) for finding in findings} == {
        ("R-DOC", "areas"),
        ("R-DOC", "suprise"),
    }


@pytest.mark.parametrize("text", ["", "[]", "{", "\x00"])
def test_a_file_that_is_no_plan_gets_a_verdict(documents: tuple[Path, Path], text: str):
    documents[1].write_text(text, "utf-8")

    assert {finding.code for finding in check_documents(*documents).hard} == {"R-DOC"}


def test_a_missing_file_ends_with_a_message(documents: tuple[Path, Path]):
    with pytest.raises(PlannerError, match=r"none\.json' cannot be read") as caught:
        check_documents(documents[0], documents[1].with_name("none.json"))

    assert caught.value.code == "R-DOC"
    assert caught.value.remedy


def test_travel_that_cannot_be_had_is_told_and_the_rest_is_judged(tmp_path: Path):
    travel = {"model": TravelModel.MATRIX, "file": "missing.csv"}
    mission = write_folder(policy_with(good_mission(), "travel", **travel), tmp_path / "mission")
    plan = tmp_path / "plan.json"
    plan.write_text(good_plan(mission).model_dump_json(), "utf-8")

    verdict = check_documents(tmp_path / "mission", plan)

    assert verdict.passed
    assert {"TR-FILE", "R-TRAVEL", "R-OBJ"} <= {finding.code for finding in verdict.info}
