"""Columns that somebody has named for a mission's lists, remembered in its folder."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from planner.errors import PlannerError
from planner.export.atomic import write_text

FILE = "column_maps.toml"


def signature(header: tuple[str, ...]) -> str:
    """Return what tells one form of a list from another: a digest of its column names."""
    return hashlib.sha256("\n".join(header).encode()).hexdigest()[:16]


def _read(folder: Path) -> dict[str, dict[str, dict[str, str]]]:
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PlannerError(
            "IN-TOML", f"{path} cannot be read: {error}", "correct or remove it"
        ) from error
    kinds = {kind: maps for kind, maps in document.items() if isinstance(maps, dict)}
    return {
        kind: {
            sign: {field: str(column) for field, column in columns.items()}
            for sign, columns in maps.items()
            if isinstance(columns, dict)
        }
        for kind, maps in kinds.items()
    }


def recall(folder: Path, kind: str, header: tuple[str, ...]) -> dict[str, str]:
    """Return the columns that were named earlier for a list with this header."""
    return dict(_read(folder).get(kind, {}).get(signature(header), {}))


def remember(folder: Path, kind: str, header: tuple[str, ...], mapping: Mapping[str, str]) -> Path:
    """Keep the columns that somebody has named for a list with this header."""
    known = _read(folder)
    known.setdefault(kind, {})[signature(header)] = dict(mapping)
    lines = ["# Columns named by hand on import, by kind of list and form of its header."]
    for each_kind, maps in sorted(known.items()):
        for sign, columns in sorted(maps.items()):
            lines += ["", f"[{each_kind}.{sign}]"]
            lines += [
                f"{field} = {json.dumps(column, ensure_ascii=False)}"
                for field, column in sorted(columns.items())
            ]
    path = folder / FILE
    write_text(path, "\n".join(lines) + "\n")
    return path
