"""What a page stands on: the workspace, who looks, the mission, and the plan that is shown."""

import os
import secrets
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from planner.domain.ids import DistrictId
from planner.errors import PlannerError
from planner.export.registry import Polygons
from planner.export.view import PlanView
from planner.intake.folder import LoadedMission
from planner.referee import Verdict
from planner.store.access import Role, User
from planner.store.records import StoredDecision
from planner.workspace.home import MissionFolder
from planner.workspace.open import open_workspace
from planner.workspace.workspace import Workspace
from ui.strings import _

if TYPE_CHECKING:
    from geodata.travel.provider import TravelProvider

KEPT = 4
"""Plans kept in memory: the present one and a few to compare it with."""
HOME_VARIABLE = "MISSION_PLANNER_HOME"


@dataclass(frozen=True, eq=False)
class Shown:
    """A plan, the mission that it was made from, the referee's verdict, and the outlines.

    Attributes
    ----------
    number
        Of the revision.
    digest
        Of plan and input together; caches of what is drawn from them are keyed by it.
    travel
        Travel times of the plan's own mission.
    polygons
        Shapely geometries in longitude and latitude (degrees) by district.
    """

    number: int
    digest: str
    view: PlanView
    verdict: Verdict
    travel: "TravelProvider"
    polygons: Polygons

    @cached_property
    def outlined(self) -> tuple[DistrictId, ...]:
        """Districts that can be drawn, sorted."""
        return tuple(sorted(self.polygons))


@dataclass(frozen=True, eq=False)
class Page:
    """What a view is given.

    Attributes
    ----------
    workspace, user
        Every deed is a call of the workspace with the user.
    folder
        The mission folder that is looked at.
    head
        Number of the newest revision; None before the first plan.
    number
        Revision that is shown; None without a plan.
    """

    workspace: Workspace
    user: User
    folder: MissionFolder
    head: int | None
    number: int | None

    @cached_property
    def shown(self) -> Shown:
        """The plan that is looked at.

        Raises
        ------
        PlannerError
            ``UI-NO-PLAN`` without a plan; else as :meth:`Workspace.content`.
        """
        if self.number is None:
            raise PlannerError("UI-NO-PLAN", _("this mission has no plan yet"), _("make one"))
        return self.revision(self.number)

    def revision(self, number: int) -> Shown:
        """Return another plan of the mission, to compare this one with.

        Raises
        ------
        PlannerError
            As :meth:`Workspace.content`.
        """
        found = self.workspace.store.revisions.get(self.user, self.folder.id, number)
        key = f"{found.plan_hash}:{found.input_hash}"
        with st.spinner(_("Reading the plan; the referee judges it …"), show_time=False):
            return _load(self.workspace, self.user, self.folder, number, key)

    @cached_property
    def loaded(self) -> LoadedMission:
        """The mission as it stands now, which may be newer than the plan.

        Raises
        ------
        InputError
            If it cannot be planned; carries all findings.
        """
        return self.workspace.load(self.folder)

    @cached_property
    def decisions(self) -> tuple[StoredDecision, ...]:
        """The decisions that bind the next plan."""
        return self.workspace.decisions(self.user, self.folder)

    @property
    def latest(self) -> bool:
        """Whether the newest plan is shown."""
        return self.number == self.head

    @property
    def may_plan(self) -> bool:
        """Whether the user may change anything; the workspace checks it again for each deed."""
        return self.user.role is not Role.VIEWER

    @cached_property
    def outdated(self) -> bool:
        """Whether mission or decisions have changed since the plan that is shown was made."""
        if self.number is None:
            return False
        try:
            present = self.loaded.mission_input.input_hash
        except PlannerError:
            return True
        return present != self.shown.view.plan.provenance.input_hash


def home_of_command_line() -> Path:
    """Return the folder that the dashboard was started with.

    Raises
    ------
    PlannerError
        ``UI-FOLDER`` if none was named.
    """
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get(HOME_VARIABLE)
    if not named:
        raise PlannerError(
            "UI-FOLDER",
            _("the dashboard was started without a mission folder"),
            _("start it with: mission-planner dashboard DIR"),
        )
    return Path(named)


@st.cache_resource(show_spinner=False)
def workspace(home: Path) -> Workspace:
    """Return the workspace of a home folder: one for all sessions of this server.

    Raises
    ------
    PlannerError
        As :func:`planner.workspace.open.open_workspace`.
    """
    return open_workspace(
        home, clock=lambda: datetime.now(UTC), new_id=lambda: secrets.token_hex(8)
    )


# A resource, not data: the documents are frozen, and a pickled copy of 10,000 stations for every
# click would cost more than all the rest of a page. The user is no part of the key: who may look
# was checked before.
@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _load(
    _workspace: Workspace,
    _user: User,
    _folder: MissionFolder,
    number: int,
    key: str,
) -> Shown:
    found = _workspace.content(_user, _folder, number)
    view = PlanView(found.mission, found.plan)
    return Shown(number, key, view, found.verdict, found.travel, found.polygons)
