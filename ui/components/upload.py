"""Bringing a list in: kept as it came, tried on a copy, looked at, and only then taken over."""

from collections.abc import Sequence
from typing import get_args

import streamlit as st

from planner.errors import PlannerError
from planner.intake.importing import Kind
from planner.store.access import Role, User
from planner.store.records import Upload, UploadKind
from planner.workspace.imports import Trial
from planner.workspace.waiting import waiting_uploads
from ui.access import require
from ui.components.boundary import show_error
from ui.components.links import link
from ui.components.template import template_downloads
from ui.components.text import plain
from ui.components.upload_options import (
    Chosen,
    choose_options,
    chosen_options,
    forget_options,
)
from ui.components.upload_report import trial_report
from ui.state import Page
from ui.strings import _
from ui.written import number

TRIALS_KEPT = 6
LISTS = ("csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "ods", "xls")
MAPS = ("geojson", "json", "gpkg", "zip")
PARAMETER = "upload"
_SAID = "upload-said"


def kind_words(kind: UploadKind) -> str:
    """Return a kind of list as a person reads it."""
    return {
        "stations": _("stations"),
        "boundaries": _("boundaries"),
        "towns": _("towns"),
        "commissions": _("commissions"),
        "observers": _("observers"),
    }.get(kind.value, kind.value)


def tell_upload() -> None:
    """Say at the top of a view what became of an upload; the view's parts may have changed."""
    said = st.session_state.pop(_SAID, None)
    if isinstance(said, PlannerError):
        show_error(said)
    elif isinstance(said, str):
        st.toast(plain(said), icon=":material/check:")
        st.success(plain(said))
        link("plan", _("Plan with it"), ":material/play_circle:")


def upload_section(page: Page, kinds: Sequence[UploadKind]) -> None:
    """Draw the whole way of a list into the mission.

    Parameters
    ----------
    page
        Its user must be a planner; others see a word about it.
    kinds
        Lists that may be brought in here.
    """
    if not page.may_plan:
        st.info(_("Only a planner may bring lists in."))
        return
    upload = _present(page, kinds)
    if upload is None:
        _begin(page, kinds)
        return
    left, right = st.columns([5, 1], vertical_alignment="center")
    left.markdown(
        f"##### {plain(upload.name)}\n"
        + _("{kind}, {size} kB, uploaded by {who}, {when} UTC").format(
            kind=kind_words(upload.kind),
            size=number(upload.size_bytes / 1000, 1),
            who=plain(upload.author),
            when=f"{upload.created_at:%d.%m.%Y %H:%M}",
        )
    )
    right.button(
        _("Another file"),
        on_click=_leave,
        icon=":material/arrow_back:",
        width="stretch",
        key="upload-leave",
    )
    _review(page, upload)


def _present(page: Page, kinds: Sequence[UploadKind]) -> Upload | None:
    wanted = st.query_params.get(PARAMETER)
    if not wanted:
        return None
    for upload in page.workspace.store.uploads.all(page.user, page.folder.id):
        if upload.id == wanted:
            return upload if upload.kind in kinds else None
    st.info(_("This upload is no longer here; bring the list in again."))
    return None


def _begin(page: Page, kinds: Sequence[UploadKind]) -> None:
    kind = kinds[0]
    if len(kinds) > 1:
        chosen = st.segmented_control(
            _("What the list holds"),
            list(kinds),
            default=kind,
            required=True,
            format_func=lambda each: kind_words(each).capitalize(),
            key="upload-kind",
            persist_state="session",
        )
        kind = chosen or kind
    left, right = st.columns([3, 2], gap="large")
    with left:
        generation = st.session_state.setdefault("upload-generation", 0)
        key = f"upload-file-{kind.value}-{generation}"
        st.file_uploader(
            _("File with {kind}").format(kind=kind_words(kind)),
            type=MAPS if kind is UploadKind.BOUNDARIES else LISTS,
            key=key,
            on_change=_keep,
            args=(page, kind, key),
            help=_("Nothing changes in the mission before you take it over."),
        )
        _waiting(page, kinds)
    with right:
        template_downloads(kind)


def _keep(page: Page, kind: UploadKind, key: str) -> None:
    file = st.session_state.get(key)
    if file is None:
        return
    try:
        upload = page.workspace.keep_upload(
            require(Role.PLANNER, "upload a file"), page.folder, kind, file.name, file.getvalue()
        )
    except PlannerError as error:
        st.session_state[_SAID] = error
    else:
        st.query_params[PARAMETER] = upload.id
    # A fresh widget: the file is kept, and must not be kept again by the next run.
    st.session_state["upload-generation"] += 1


def _waiting(page: Page, kinds: Sequence[UploadKind]) -> None:
    for upload in waiting_uploads(page.workspace.store, page.user, page.folder.id, kinds):
        with st.container(border=True):
            st.markdown(
                _("Not taken over yet: **{name}** ({kind}, {when} UTC, {who})").format(
                    name=plain(upload.name),
                    kind=kind_words(upload.kind),
                    when=f"{upload.created_at:%d.%m.%Y %H:%M}",
                    who=plain(upload.author),
                )
            )
            left, right = st.columns(2)
            left.button(
                _("Continue"),
                key=f"upload-continue-{upload.id}",
                on_click=_open,
                args=(upload.id,),
                icon=":material/arrow_forward:",
                width="stretch",
            )
            right.button(
                _("Remove it"),
                key=f"upload-forget-{upload.id}",
                on_click=_forget,
                args=(page, upload),
                icon=":material/delete:",
                width="stretch",
            )


def _open(upload_id: str) -> None:
    st.query_params[PARAMETER] = upload_id


def _leave() -> None:
    st.query_params.pop(PARAMETER, None)


def _forget(page: Page, upload: Upload) -> None:
    try:
        user = require(Role.PLANNER, "remove an upload")
        page.workspace.store.uploads.forget(user, upload.id)
        forget_options(page, upload)
    except PlannerError as error:
        st.session_state[_SAID] = error


def _review(page: Page, upload: Upload) -> None:
    chosen = chosen_options(page, upload)
    digest = page.workspace.digest(page.folder)
    user = require(Role.PLANNER, "read an upload")
    with st.spinner(_("The list is read …")):
        trial = _trial(page, user, chosen, upload, upload.id, chosen.text(), digest)
    kind: Kind = next(each for each in get_args(Kind) if each == upload.kind.value)
    if trial.error is not None:
        show_error(trial.error)
    with st.container(border=True):
        choose_options(page, upload, chosen, trial)
    trial_report(trial, kind, f"{upload.id}:{chosen.text()}:{digest}")
    if trial.usable:
        _accept_button(page, upload, trial)


def _accept_button(page: Page, upload: Upload, trial: Trial) -> None:
    if trial.replaced:
        st.warning(
            _("It takes the place of {files}, which is removed.").format(
                files=plain(", ".join(trial.replaced))
            )
        )
    # The callback is given what this run has shown: if the mission changes before the click, the
    # workspace refuses it, and the page shows a new trial.
    st.button(
        _("Take it over"),
        type="primary",
        icon=":material/check:",
        key="upload-accept",
        on_click=_accept,
        args=(page, upload, trial),
        help=_("Replaces the mission's list of {kind}. Plans already made keep their own.").format(
            kind=kind_words(upload.kind)
        ),
    )


def _accept(page: Page, upload: Upload, trial: Trial) -> None:
    try:
        user = require(Role.PLANNER, "change the mission")
        page.workspace.accept_upload(user, page.folder, upload, trial)
        forget_options(page, upload)
        said = _("{name} is taken over: {n} records.").format(
            name=upload.name, n=number(trial.report.records_out if trial.report else 0)
        )
        if trial.form.private:
            # The mission's list holds none of it, and nothing else needs it any more.
            page.workspace.store.uploads.forget(user, upload.id)
            said += " " + _("The uploaded file itself was removed, because of its private columns.")
    except PlannerError as error:
        st.session_state[_SAID] = error
    else:
        st.session_state[_SAID] = said
        _leave()


# The folder's digest is part of the key: a trial never outlives what it was made on. Who may read
# the upload is asked before each call.
@st.cache_resource(max_entries=TRIALS_KEPT, show_spinner=False)
def _trial(
    _page: Page,
    _user: User,
    _chosen: Chosen,
    _upload: Upload,
    upload_id: str,  # noqa: ARG001 - the key
    text: str,  # noqa: ARG001 - the key
    digest: str,  # noqa: ARG001 - the key
) -> Trial:
    return _page.workspace.try_upload(_user, _page.folder, _upload, _chosen.options())
