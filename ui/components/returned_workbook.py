"""An edited workbook comes back: kept as it came, read against the newest plan, settled by line."""

from typing import TYPE_CHECKING

import streamlit as st

from planner.errors import PlannerError
from planner.store.access import Role
from planner.store.records import Upload, UploadKind
from ui.access import require
from ui.components.boundary import show_error
from ui.components.links import link
from ui.components.returned_edits import edits_panel
from ui.components.text import plain
from ui.state import Page, Shown
from ui.strings import _, n_
from ui.written import amount, number

if TYPE_CHECKING:
    from planner.returned import Returned

UPLOAD = "upload"
RECENT = 5
_SAID = "returned-said"
_GENERATION = "returned-generation"


def returned_workbook(page: Page) -> None:
    """Draw the way of an edited workbook into decisions."""
    error = st.session_state.pop(_SAID, None)
    if isinstance(error, PlannerError):
        show_error(error)
    st.markdown(
        _(
            "Change members, base towns, districts or stations in the workbook of the newest plan "
            "and bring it back: each change is shown, and becomes a decision if you accept it."
        )
    )
    if not page.may_plan:
        st.caption(_("Only a planner may bring a workbook back."))
        return
    uploads = [
        upload
        for upload in page.workspace.store.uploads.all(page.user, page.folder.id)
        if upload.kind is UploadKind.WORKBOOK
    ]
    upload = _present(uploads)
    if upload is None:
        _begin(page, uploads)
        return
    left, right = st.columns([5, 1], vertical_alignment="center")
    left.markdown(
        f"**{plain(upload.name)}** · {amount(upload.size_bytes / 1000, 'kB')} · "
        f"{plain(upload.author)} · {upload.created_at:%d.%m.%Y %H:%M} UTC"
    )
    right.button(
        _("Another file"),
        icon=":material/arrow_back:",
        key="returned-leave",
        on_click=_leave,
        width="stretch",
    )
    _read(page, upload)


def _present(uploads: list[Upload]) -> Upload | None:
    wanted = st.query_params.get(UPLOAD)
    if not wanted:
        return None
    found = next((upload for upload in uploads if upload.id == wanted), None)
    if found is None:
        st.info(_("This workbook is no longer here; bring it again."))
    return found


def _begin(page: Page, uploads: list[Upload]) -> None:
    key = f"returned-file-{st.session_state.setdefault(_GENERATION, 0)}"
    st.file_uploader(
        _("Edited workbook (XLSX)"),
        type=["xlsx"],
        key=key,
        max_upload_size=25,
        on_change=_keep,
        args=(page, key),
        help=_("Nothing is settled before you accept it."),
    )
    if uploads:
        st.caption(_("Brought back before:"))
    for upload in uploads[:RECENT]:
        st.button(
            f"{plain(upload.name)} · {plain(upload.author)} · "
            f"{upload.created_at:%d.%m.%Y %H:%M} UTC",
            key=f"returned-{upload.id}",
            icon=":material/description:",
            type="tertiary",
            on_click=_open,
            args=(upload.id,),
        )


def _keep(page: Page, key: str) -> None:
    file = st.session_state.get(key)
    if file is None:
        return
    try:
        upload = page.workspace.keep_upload(
            require(Role.PLANNER, "bring a workbook back"),
            page.folder,
            UploadKind.WORKBOOK,
            file.name,
            file.getvalue(),
        )
    except PlannerError as error:
        st.session_state[_SAID] = error
    else:
        st.query_params[UPLOAD] = upload.id
    # A fresh widget: the file is kept, and must not be kept again by the next run.
    st.session_state[_GENERATION] += 1


def _open(upload: str) -> None:
    st.query_params[UPLOAD] = upload


def _leave() -> None:
    st.query_params.pop(UPLOAD, None)


def _read(page: Page, upload: Upload) -> None:
    if page.head is None:
        return
    try:
        # Read again with the right to do so before the cache may answer.
        content = page.workspace.store.uploads.content(
            require(Role.PLANNER, "read a workbook"), upload.id
        )
        newest = page.revision(page.head)
        found = _returned(newest, newest.digest, upload.sha256, content, upload.name)
    except PlannerError as error:
        show_error(error)
        if error.code == "RW-STALE":
            link("history", _("See the revisions"), ":material/history:")
        return
    edits, others = len(found.edits), len(found.ignored)
    st.caption(
        n_("{n} change understood", "{n} changes understood", edits).format(n=number(edits))
        + " · "
        + n_("{n} other change", "{n} other changes", others).format(n=number(others))
    )
    edits_panel(page, upload, found)


@st.cache_resource(max_entries=8, show_spinner="…")
def _returned(
    _newest: Shown,
    digest: str,  # noqa: ARG001 - the key
    sha256: str,  # noqa: ARG001 - the key
    _content: bytes,
    name: str,
) -> "Returned":
    from planner.returned import read_returned  # noqa: PLC0415 - heavy import

    return read_returned(_content, name, _newest.view.mission, _newest.view.plan, _newest.verdict)
