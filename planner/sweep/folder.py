"""The folder of a sweep: what was asked, one file a point, and what was remembered."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from planner.domain.base import Frozen
from planner.errors import PlannerError
from planner.export.atomic import write_bytes
from planner.scenario.document import Scenario
from planner.scenario.point import Point
from planner.sweep.design import Design

MANIFEST = "sweep.json"


class Manifest(Frozen):
    """What a sweep computes; a folder that holds another one is never mixed with it."""

    schema_version: int = 1
    mission: str
    input_hash: str
    version: str
    scale: float
    draws: int
    design: Design
    keys: tuple[str, ...]
    """Names of the points, in the order of the scenarios."""


@dataclass(frozen=True)
class SweepFolder:
    """Reads and writes the files of a sweep. A point that was written is whole, or not there."""

    path: Path

    @property
    def cache(self) -> Path:
        """Where results of parts of plans are remembered."""
        return self.path / "cache"

    @property
    def points(self) -> Path:
        """Where points are."""
        return self.path / "points"

    def begin(self, manifest: Manifest, *, resume: bool) -> None:
        """Write down what is computed, or find that this was begun before.

        Raises
        ------
        PlannerError
            ``SW-EXISTS``: the folder holds this sweep and nobody asked to go on with it.
            ``SW-OTHER``: it holds another sweep, or other files. ``EX-WRITE``.
        """
        there = self.manifest()
        if there is None:
            if self.path.is_dir() and any(self.path.iterdir()):
                raise PlannerError(
                    "SW-OTHER",
                    f"{self.path} is not empty and holds no sweep",
                    "Name an empty or new folder with -o.",
                )
            write_bytes(self.path / MANIFEST, manifest.model_dump_json(indent=1).encode())
            return
        if there != manifest:
            raise PlannerError(
                "SW-OTHER",
                f"{self.path} holds another sweep: {_difference(there, manifest)}",
                "Name another folder with -o, or give the options of that sweep.",
            )
        if not resume:
            done = len(self.done(manifest.keys))
            raise PlannerError(
                "SW-EXISTS",
                f"{self.path} holds this sweep already, {done} of {len(manifest.keys)} points done",
                "Add --resume to go on with it, or name another folder with -o.",
            )

    def manifest(self) -> Manifest | None:
        """Return what the folder says that it holds; None without a sweep.

        Raises
        ------
        PlannerError
            ``SW-MANIFEST`` if it cannot be read.
        """
        path = self.path / MANIFEST
        if not path.is_file():
            return None
        try:
            return Manifest.model_validate_json(path.read_bytes())
        except (ValidationError, OSError) as fault:
            raise PlannerError(
                "SW-MANIFEST",
                f"{path} cannot be read: it is damaged or of another version",
                "Name another folder with -o; the points in this one stay as they are.",
            ) from fault

    def done(self, keys: Sequence[str]) -> dict[str, Point]:
        """Return the points that are there; one that cannot be read is computed again."""
        found = {}
        for key in keys:
            try:
                found[key] = Point.model_validate_json((self.points / f"{key}.json").read_bytes())
            except (OSError, ValidationError):
                continue
        return found

    def write(self, key: str, point: str) -> None:
        """Write one point as a whole.

        Raises
        ------
        PlannerError
            ``EX-WRITE``.
        """
        write_bytes(self.points / f"{key}.json", point.encode())


def point_key(input_hash: str, version: str, scenario: Scenario, scale: float, draws: int) -> str:
    """Return the name of a point: the hash of all that it depends on."""
    parts: list[Any] = [input_hash, version, scenario.model_dump(mode="json"), scale, draws]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _difference(there: Manifest, wanted: Manifest) -> str:
    names = [
        name
        for name in Manifest.model_fields
        if name != "keys" and getattr(there, name) != getattr(wanted, name)
    ]
    return "it differs in " + (", ".join(names) or "its points")
