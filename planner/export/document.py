"""The plan document ``plan.json``: written canonically, read with every problem named."""

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from planner.domain.finding import Finding, Severity
from planner.domain.plan import SCHEMA_VERSION, Plan
from planner.errors import InputError, PlannerError
from planner.export.atomic import write_bytes

MAX_BYTES = 256 * 1024 * 1024
"""A plan of 5,000 pairs is about 30 MB; beyond this a file is no plan."""
MAX_LISTED = 20
"""Problems spelled out in an error's message; the findings carry them all."""

Document = dict[str, Any]
Upcaster = Callable[[Document], Document]
UPCASTERS: Mapping[int, Upcaster] = {}
"""From a schema version to the next one: ``UPCASTERS[n]`` turns a document of version n into n+1.
Pure functions, tested on documents of their time. Version 1 is the first."""


def dump_plan(plan: Plan) -> bytes:
    """Return the canonical bytes of a plan.

    UTF-8 JSON, fields in the order of the model, free mappings sorted by key, null fields kept,
    two spaces of indent, one newline at the end. Equal plans give equal bytes.

    Raises
    ------
    PlannerError
        ``EX-NUMBER`` if a number is not finite, because JSON has no word for it.
    """
    document = plan.model_dump(mode="json")
    bad = sorted(_not_finite(document, ""))
    if bad:
        raise PlannerError(
            "EX-NUMBER",
            f"Plan of mission {plan.mission}: not a finite number at {', '.join(bad)}.",
            "Report this as a fault of the stage that made the figure; leave unknown figures out.",
        )
    document["kpis"] = dict(sorted(document["kpis"].items()))
    document["provenance"]["versions"] = dict(sorted(document["provenance"]["versions"].items()))
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    return text.encode("utf-8") + b"\n"


def plan_hash(plan: Plan) -> str:
    """Return the SHA-256 of the canonical bytes, hexadecimal: the identity of a revision."""
    return hashlib.sha256(dump_plan(plan)).hexdigest()


def write_plan(plan: Plan, path: Path) -> None:
    """Write the plan document atomically.

    Raises
    ------
    PlannerError
        ``EX-NUMBER`` or ``EX-WRITE``.
    """
    write_bytes(path, dump_plan(plan))


def load_plan(path: Path, upcasters: Mapping[int, Upcaster] = UPCASTERS) -> Plan:
    """Read a plan document.

    Parameters
    ----------
    path
        The file.
    upcasters
        What lifts older schema versions to the present one.

    Raises
    ------
    PlannerError
        ``EX-READ`` if the file cannot be read or is larger than ``MAX_BYTES``; ``EX-JSON`` if it
        is not JSON; ``EX-SCHEMA`` if its ``schema_version`` is missing, newer or has no upcaster.
    InputError
        If it is not a valid plan; its findings name **every** problem by location.
    """
    return parse_plan(_read(path), path, upcasters)


def parse_plan(content: bytes, path: Path, upcasters: Mapping[int, Upcaster] = UPCASTERS) -> Plan:
    """Return the plan that a document's bytes hold.

    Parameters
    ----------
    content
        The document, e.g. of :func:`dump_plan`.
    path
        What messages call it; not opened.
    upcasters
        As in :func:`load_plan`.

    Raises
    ------
    PlannerError
        ``EX-JSON`` or ``EX-SCHEMA``, as in :func:`load_plan`.
    InputError
        If it is not a valid plan.
    """
    document = _parse(content, path)
    version = _version(document, path)
    while version < SCHEMA_VERSION:
        if version not in upcasters:
            raise PlannerError(
                "EX-SCHEMA",
                f"{path}: schema_version {version} can no longer be read "
                f"(readable: {min([SCHEMA_VERSION, *upcasters])} to {SCHEMA_VERSION}).",
                "Plan the mission again with this version of mission-planner.",
            )
        document = upcasters[version](document)
        version += 1
        document["schema_version"] = version
    try:
        return Plan.model_validate_json(json.dumps(document))
    except ValidationError as fault:
        raise _refusal(fault, path) from fault


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size <= MAX_BYTES:
            return path.read_bytes()
    except OSError as fault:
        raise PlannerError(
            "EX-READ",
            f"{path} cannot be read: {fault.strerror or fault}.",
            "Name the plan.json that 'mission-planner plan' has written.",
        ) from fault
    raise PlannerError(
        "EX-READ",
        f"{path} has {size:,} bytes; a plan has at most {MAX_BYTES:,}.",
        "Name the plan.json that 'mission-planner plan' has written.",
    )


def _parse(content: bytes, path: Path) -> Document:
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as fault:
        raise PlannerError(
            "EX-JSON",
            f"{path} is not JSON in UTF-8: {fault}.",
            "Take an unedited copy; a plan is changed by decisions, not by hand.",
        ) from fault
    if not isinstance(document, dict):
        raise PlannerError(
            "EX-JSON",
            f"{path} holds a JSON {type(document).__name__}, a plan is an object.",
            "Name the plan.json that 'mission-planner plan' has written.",
        )
    return document


def _refuse_constant(name: str) -> float:
    msg = f"{name} is not a number of JSON"
    raise ValueError(msg)


def _version(document: Document, path: Path) -> int:
    version = document.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise PlannerError(
            "EX-SCHEMA",
            f"{path}: schema_version is {version!r}, expected a whole number from 1 "
            f"to {SCHEMA_VERSION}.",
            "Name the plan.json that 'mission-planner plan' has written.",
        )
    if version > SCHEMA_VERSION:
        raise PlannerError(
            "EX-SCHEMA",
            f"{path}: schema_version {version} is newer than {SCHEMA_VERSION}, the newest that "
            "this version of mission-planner reads.",
            "Update mission-planner, or plan the mission again with this version.",
        )
    return version


def _refusal(fault: ValidationError, path: Path) -> InputError:
    findings = tuple(
        Finding(
            code="EX-PLAN",
            severity=Severity.HARD,
            subject=".".join(str(part) for part in problem["loc"]) or "plan",
            message=problem["msg"],
            value=str(problem["input"])[:80],
            remedy="Take an unedited copy, or plan the mission again.",
            file=path.name,
        )
        for problem in fault.errors(include_url=False, include_context=False)
    )
    lines = [f"{finding.subject}: {finding.message}" for finding in findings[:MAX_LISTED]]
    if len(findings) > MAX_LISTED:
        lines.append(f"and {len(findings) - MAX_LISTED} more")
    return InputError(
        f"{path} is not a valid plan, {len(findings)} problem(s): {'; '.join(lines)}.",
        findings,
        "Take an unedited copy; a plan is changed by decisions, not by hand.",
    )


def _not_finite(node: object, where: str) -> list[str]:
    if isinstance(node, float):
        return [] if math.isfinite(node) else [where]
    if isinstance(node, dict):
        return [bad for key, item in node.items() for bad in _not_finite(item, f"{where}.{key}")]
    if isinstance(node, list):
        return [bad for i, item in enumerate(node) for bad in _not_finite(item, f"{where}.{i}")]
    return []
