"""The published schema is current, and plans satisfy it."""

import json
import os

import jsonschema
import pytest

from planner.export.document import dump_plan
from planner.export.json_schema import SCHEMA_PATH, schema_bytes
from tests.export.made_up import Build


def test_the_published_schema_is_current() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        SCHEMA_PATH.write_bytes(schema_bytes())
    assert SCHEMA_PATH.read_bytes() == schema_bytes(), (
        "the plan model has changed: raise SCHEMA_VERSION with an upcaster if documents changed, "
        "then run UPDATE_GOLDEN=1 pytest tests/export/test_json_schema.py"
    )


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_bytes()))


@pytest.mark.parametrize("roster", [True, False])
def test_a_dumped_plan_satisfies_it(build: Build, roster: bool) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema_bytes()))
    validator.validate(json.loads(dump_plan(build(roster=roster).plan)))


def test_it_refuses_what_is_no_plan(build: Build) -> None:
    document = json.loads(dump_plan(build().plan))
    document["days"][0]["stops"][0]["phase"] = "lunch"
    del document["teams"][0]["area"]
    errors = jsonschema.Draft202012Validator(json.loads(schema_bytes())).iter_errors(document)
    assert {tuple(error.path) for error in errors} == {
        ("days", 0, "stops", 0, "phase"),
        ("teams", 0),
    }
