"""Commands as a user calls them: exit codes, JSON on standard output, words on standard error."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.good_plan import good_mission
from tests.mission_folder import write_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(good_mission(), tmp_path_factory.mktemp("cli") / "mission")


@pytest.fixture(scope="module")
def planned(folder: Path) -> subprocess.CompletedProcess[str]:
    return run("plan", folder, "--json", "-o", folder / "plan.json")


def test_plan_prints_one_json_document_and_writes_the_plan(
    folder: Path, planned: subprocess.CompletedProcess[str]
):
    assert planned.returncode == 0, planned.stderr
    result = json.loads(planned.stdout)
    assert result["status"] == "fine"
    assert [stage["name"] for stage in result["stages"]] == [
        "areas",
        "allocation",
        "pairing",
        "sampling",
        "days",
    ]
    assert all(stage["wall_s"] >= 0 for stage in result["stages"])
    assert result["counts"]["openings"] == result["counts"]["sto_teams"]
    assert result["hard_findings"] == []
    assert Path(result["plan"]) == folder / "plan.json"
    assert json.loads((folder / "plan.json").read_text())["schema_version"] == 1


@pytest.mark.usefixtures("planned")
def test_check_passes_and_a_changed_plan_is_refused(folder: Path, tmp_path: Path):
    assert run("check", folder, folder / "plan.json").returncode == 0
    plan = json.loads((folder / "plan.json").read_text())
    plan["teams"][0]["vehicle"] = False
    changed = tmp_path / "plan.json"
    changed.write_text(json.dumps(plan))
    refused = run("check", folder, changed, "--json")
    assert refused.returncode == 1
    assert [finding["code"] for finding in json.loads(refused.stdout)["hard"]] == ["D8"]


@pytest.mark.usefixtures("planned")
def test_export_writes_every_kind(folder: Path, tmp_path: Path):
    done = run("export", folder, folder / "plan.json", "-o", tmp_path, "--as", "xlsx,gpkg,kml,gpx")
    assert done.returncode == 0, done.stderr
    assert {path.suffix for path in tmp_path.iterdir()} == {".xlsx", ".gpkg", ".kml", ".gpx"}


@pytest.mark.usefixtures("planned")
def test_a_refused_plan_is_not_exported(folder: Path, tmp_path: Path):
    plan = json.loads((folder / "plan.json").read_text())
    plan["teams"][0]["interpreter"] = False
    changed = tmp_path / "plan.json"
    changed.write_text(json.dumps(plan))
    done = run("export", folder, changed, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert not (tmp_path / "out").exists()
    assert "D8" in done.stderr


@pytest.mark.usefixtures("planned")
def test_one_stage_alone_on_top_of_a_plan(folder: Path, tmp_path: Path):
    done = run(
        "plan", folder, "--stages", "pairing", "--from", folder / "plan.json", "-o",
        tmp_path / "again.json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    again, first = (
        (json.loads(p.read_text())) for p in (tmp_path / "again.json", folder / "plan.json")
    )
    assert again["days"] == first["days"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("plan", "nowhere"), 2, "nowhere"),
        (("plan", "{folder}", "--stages", "magic"), 2, "magic"),
        (("plan", "{folder}", "--seconds", "0"), 2, "--seconds"),
        (("plan", "{folder}", "--stages", "days"), 2, "OP-STAGES"),
        (("check", "{folder}", "no.json"), 2, "no.json"),
        (("demo", "atlantis", "{tmp}/x"), 2, "atlantis"),
        (("export", "{folder}", "{folder}/plan.json", "-o", "{tmp}", "--as", "pdf"), 2, "pdf"),
        (("fly",), 2, "fly"),
        (("plan", "{folder}", "--seed", "-1"), 2, "--seed"),
        (("plan", "{folder}", "-o", "{tmp}"), 2, "EX-WRITE"),
        (("plan", "{folder}", "-o", "{tmp}/none/plan.json"), 2, "EX-WRITE"),
        (("import", "stations", "no.csv", "--mission", "{folder}"), 2, "no.csv"),
        (("import", "planets", "no.csv", "--mission", "{folder}"), 2, "planets"),
    ],
)
@pytest.mark.usefixtures("planned")
def test_wrong_use_is_told_without_a_traceback(
    words: tuple[str, ...], code: int, said: str, folder: Path, tmp_path: Path
):
    done = run(*(word.format(folder=folder, tmp=tmp_path) for word in words))
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_all_problems_of_a_folder_are_told_at_once(tmp_path: Path):
    folder = write_folder(good_mission(), tmp_path / "broken")
    stations = (folder / "stations.csv").read_text().splitlines()
    header = stations[0].split(",")
    first, second = stations[1].split(","), stations[2].split(",")
    first[header.index("lat")] = "95"
    second[header.index("district")] = "NOWHERE"
    stations[1:3] = [",".join(first), ",".join(second)]
    (folder / "stations.csv").write_text("\n".join(stations) + "\n")
    done = run("plan", folder)
    assert done.returncode == 2
    assert "95" in done.stderr
    assert "NOWHERE" in done.stderr
    assert not (folder / "plan.json").exists()


def test_the_demo_is_written_and_version_and_help_answer(tmp_path: Path):
    assert run("demo", "kazakhstan-2022", tmp_path / "kz").returncode == 0
    assert (tmp_path / "kz" / "mission.toml").exists()
    assert "mission-planner 0." in run("--version").stdout
    assert "Exit codes" in run("plan", "--help").stdout


def test_more_teams_than_beds_is_infeasible_with_reasons_and_a_partial_plan(tmp_path: Path):
    mission = good_mission()
    staffing = mission.mission.staffing.model_copy(update={"sto_pairs": 200})
    mission = mission.model_copy(
        update={
            "mission": mission.mission.model_copy(update={"staffing": staffing}),
            "observers": (),
        }
    )
    folder = write_folder(mission, tmp_path / "crowded")
    done = run("plan", folder, "--json")
    assert done.returncode == 3, done.stderr
    result = json.loads(done.stdout)
    assert result["status"] == "infeasible"
    assert result["unassigned"]
    assert (folder / "plan.json").exists()
