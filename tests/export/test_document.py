"""The plan document: canonical bytes, and every problem named."""

import json
from pathlib import Path

import pytest

from planner.domain.plan import Plan
from planner.errors import InputError, PlannerError
from planner.export import document
from planner.export.document import dump_plan, load_plan, plan_hash, write_plan
from tests.export.made_up import Case


def edited(plan: Plan, path: Path, **changes: object) -> Path:
    content = json.loads(dump_plan(plan)) | changes
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def refusal(path: Path) -> PlannerError:
    with pytest.raises(PlannerError) as caught:
        load_plan(path)
    assert caught.value.remedy
    return caught.value


def test_a_plan_survives_the_round_trip(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_plan(case.plan, path)
    loaded = load_plan(path)
    assert loaded == case.plan
    assert dump_plan(loaded) == path.read_bytes()
    assert plan_hash(loaded) == plan_hash(case.plan)


def test_local_offsets_are_kept(case: Case, tmp_path: Path) -> None:
    write_plan(case.plan, tmp_path / "plan.json")
    offsets = {day.leave_base.isoformat()[-6:] for day in load_plan(tmp_path / "plan.json").days}
    assert offsets == {"+05:00", "+06:00"}


def test_the_bytes_are_canonical(case: Case) -> None:
    turned = case.plan.model_copy(update={"kpis": dict(reversed(case.plan.kpis.items()))})
    content = dump_plan(case.plan)
    assert dump_plan(turned) == content
    assert content.endswith(b"}\n")
    assert b"\r" not in content
    assert '"wall_s": null' in content.decode()
    assert list(json.loads(content))[:3] == ["schema_version", "mission", "sample_mode"]


def test_a_number_that_is_not_finite_is_refused_by_name(case: Case) -> None:
    plan = case.plan.model_copy(update={"kpis": {"deff": float("nan")}})
    with pytest.raises(PlannerError, match=r"kpis\.deff"):
        dump_plan(plan)


def test_every_problem_is_listed_by_location(case: Case, tmp_path: Path) -> None:
    path = edited(
        case.plan, tmp_path / "p.json", areas=[{"id": "A01"}], sample_mode="lucky", extra=1
    )
    error = refusal(path)
    assert isinstance(error, InputError)
    found = {finding.subject for finding in error.findings}
    assert {"sample_mode", "extra", "areas.0.lto_team", "areas.0.districts"} <= found
    assert "sample_mode" in error.message


def test_a_flood_of_problems_is_cut_in_the_message_only(case: Case, tmp_path: Path) -> None:
    path = edited(case.plan, tmp_path / "p.json", areas=[{}] * 50)
    error = refusal(path)
    assert isinstance(error, InputError)
    assert len(error.findings) >= 200
    assert "more" in error.message
    assert len(error.message) < 3_000


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EX-JSON"),
        (b"[1]", "EX-JSON"),
        (b"\xff\xfe", "EX-JSON"),
        (b'{"schema_version": NaN}', "EX-JSON"),
        (b"[" * 100_000, "EX-JSON"),
        (b"{}", "EX-SCHEMA"),
        (b'{"schema_version": true}', "EX-SCHEMA"),
        (b'{"schema_version": 0}', "EX-SCHEMA"),
        (b'{"schema_version": 99}', "EX-SCHEMA"),
    ],
)
def test_what_is_no_plan_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(content)
    assert refusal(path).code == code


def test_a_newer_version_asks_for_an_update(case: Case, tmp_path: Path) -> None:
    error = refusal(edited(case.plan, tmp_path / "p.json", schema_version=2))
    assert "newer" in error.message
    assert "Update" in error.remedy


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.json").code == "EX-READ"


def test_a_file_beyond_the_cap_is_not_read(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(case.plan, tmp_path / "p.json")
    monkeypatch.setattr(document, "MAX_BYTES", 100)
    assert "at most 100" in refusal(tmp_path / "p.json").message


def test_an_older_version_is_lifted(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.json"
    content = json.loads(dump_plan(case.plan))
    content["squads"] = content.pop("teams")
    path.write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.setattr(document, "SCHEMA_VERSION", 2)
    # The model of version 2 is version 1's here, so the lifted number is put back afterwards.
    monkeypatch.setattr(Plan, "model_validate_json", _ignoring_version(Plan.model_validate_json))
    lifted = load_plan(path, {1: lambda old: {**old, "teams": old["squads"], "squads": None}})
    assert lifted.teams == case.plan.teams
    with pytest.raises(PlannerError, match="can no longer be read"):
        load_plan(path, {})


def _ignoring_version(validate):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202 - a test's wrapper
    def wrapped(text: str) -> Plan:
        content = json.loads(text)
        assert content.pop("schema_version") == 2
        assert content.pop("squads") is None
        plan: Plan = validate(json.dumps(content))
        return plan

    return wrapped
