"""What the dashboard shows: one mission folder and its plan, loaded once for each content."""

import hashlib
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import streamlit as st

from planner.domain.ids import DistrictId
from planner.errors import PlannerError
from planner.export.document import load_plan
from planner.export.registry import Polygons
from planner.export.view import PlanView
from planner.intake.folder import load_mission
from planner.intake.polygons import load_polygons
from planner.referee import Verdict, check_plan
from planner.travel import make_provider
from ui.strings import _

PLAN_FILE = "plan.json"
KEPT = 2
"""Contents kept in memory: the present one, and the one before it."""


@dataclass(frozen=True)
class Shown:
    """A mission, its plan, the referee's verdict on it, and the outlines of its districts.

    Attributes
    ----------
    digest
        SHA-256 over the files; caches of what is drawn from them are keyed by it.
    polygons
        Shapely geometries in longitude and latitude (degrees) by district.
    """

    folder: Path
    digest: str
    view: PlanView
    verdict: Verdict
    polygons: Polygons

    @cached_property
    def outlined(self) -> tuple[DistrictId, ...]:
        """Districts that can be drawn, sorted."""
        return tuple(sorted(self.polygons))


def folder_of_command_line() -> Path:
    """Return the mission folder that the dashboard was started with.

    Raises
    ------
    PlannerError
        ``UI-FOLDER`` if none was named.
    """
    if len(sys.argv) < 2:
        raise PlannerError(
            "UI-FOLDER",
            _("the dashboard was started without a mission folder"),
            _("start it with: mission-planner dashboard DIR"),
        )
    return Path(sys.argv[1])


def shown(folder: Path) -> Shown | None:
    """Return what is to be shown, or None while there is no plan in the folder.

    Raises
    ------
    PlannerError
        If the folder or its plan cannot be read; an ``InputError`` carries all findings.
    """
    if not folder.is_dir():
        raise PlannerError(
            "UI-FOLDER",
            _("there is no mission folder {folder}").format(folder=folder),
            _("start the dashboard again with the folder's present name"),
        )
    if not (folder / PLAN_FILE).is_file():
        return None
    return _load(folder, _digest(folder))


def _digest(folder: Path) -> str:
    """Return the SHA-256 of the folder's own files; exports in sub-folders do not count."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        digest.update(path.name.encode() + b"\0")
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


# A resource, not data: the documents are frozen, and a pickled copy of 10,000 stations for every
# click would cost more than all the rest of a page.
@st.cache_resource(max_entries=KEPT, show_spinner=_("Reading the mission and judging its plan …"))
def _load(folder: Path, digest: str) -> Shown:
    mission = load_mission(folder).mission_input
    plan = load_plan(folder / PLAN_FILE)
    verdict = check_plan(mission, plan, make_provider(mission))
    return Shown(folder, digest, PlanView(mission, plan), verdict, load_polygons(folder))
