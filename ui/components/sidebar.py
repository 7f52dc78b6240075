"""The sidebar: which mission, which revision, and what is being planned."""

from collections.abc import Callable

import streamlit as st

from planner.store.access import User
from planner.workspace.home import MissionFolder
from planner.workspace.workspace import Workspace
from ui.access import account
from ui.components.choose import choose
from ui.components.job_panel import sidebar_jobs
from ui.components.text import plain
from ui.state import Page
from ui.strings import _


def sidebar(space: Workspace, user: User) -> Callable[[], Page | None]:
    """Draw the sidebar; return what gives the page of the present choice.

    The page is made when a view asks for it, after the sidebar is drawn, so that an error of a
    mission shows on the page and leaves the sidebar whole.
    """
    folders = space.missions(user)
    with st.sidebar:
        folder = _choose_mission(folders)
        if folder is None:
            return lambda: _no_mission(space, user)
        head = space.store.missions.get(user, folder.id).head
        number = _choose_revision(space, user, folder, head)
        sidebar_jobs(space, user, folder)
        account(user)
    page = Page(space, user, folder, head, number)
    return lambda: page


def _choose_mission(folders: tuple[MissionFolder, ...]) -> MissionFolder | None:
    if not folders:
        return None
    if len(folders) == 1:
        return folders[0]
    keys = [folder.key for folder in folders]
    chosen = st.selectbox(
        _("Mission"), keys, key="mission", bind="query-params", persist_state="session"
    )
    return next((folder for folder in folders if folder.key == chosen), folders[0])


def _choose_revision(
    space: Workspace, user: User, folder: MissionFolder, head: int | None
) -> int | None:
    if head is None:
        st.caption(_("No plan yet"))
        return None
    history = space.store.revisions.history(user, folder.id)
    words = {
        str(revision.number): f"{revision.number} · {revision.created_at:%d.%m. %H:%M} · "
        f"{revision.reason[:40]}"
        for revision in history
    }
    chosen = choose(
        "sidebar",
        "rev",
        _("Plan shown"),
        {number: label for number, label in words.items() if number != str(head)},
        placeholder=_("{number} · the newest").format(number=head),
    )
    return int(chosen) if chosen else head


def _no_mission(space: Workspace, user: User) -> None:
    from ui.components.new_mission import new_mission_form  # noqa: PLC0415 - only here

    st.title(_("Mission planner"))
    st.info(_("There is no mission here yet. Set the first one up:"))
    new_mission_form(space, user)
    st.caption(plain(str(space.home.path)))
