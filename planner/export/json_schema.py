"""The published JSON Schema of the plan document, generated from the model."""

import json
from pathlib import Path

from planner.domain.plan import SCHEMA_VERSION, Plan

SCHEMA_PATH = Path(__file__).parent / "schema" / "plan.schema.json"
"""Where the published schema lies in the package."""


def schema_bytes() -> bytes:
    """Return the schema of documents that :func:`planner.export.document.dump_plan` writes.

    JSON Schema, draft 2020-12. Every field is required, because null fields are kept.
    """
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:mission-planner:plan:{SCHEMA_VERSION}",
        **Plan.model_json_schema(mode="serialization"),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2).encode("utf-8") + b"\n"
