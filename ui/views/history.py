"""History: revisions, who, when, why, what changed; and the way back."""

import streamlit as st

from planner.store.access import Role
from planner.store.records import Revision
from ui.access import login_is_on, require
from ui.components.boundary import boundary
from ui.components.deeds import deed_words
from ui.components.draft import clear_draft, draft_text
from ui.components.links import link
from ui.components.people import people_panel
from ui.components.text import plain
from ui.state import Page
from ui.strings import _

AUDIT_ROWS = 500


def show(page: Page) -> None:
    """Draw the view."""
    store = page.workspace.store
    history = store.revisions.history(page.user, page.folder.id)
    if not history:
        st.info(_("No plan yet. Each plan that is made becomes a revision here."))
        link("plan", _("Make the first plan"), ":material/play_circle:")
    else:
        _revisions(history)
        _one(page, history)
    _audit(page)
    if login_is_on() and page.user.role is Role.ADMIN:
        people_panel(page.workspace.store, page.user)


def _revisions(history: tuple[Revision, ...]) -> None:
    st.dataframe(
        {
            _("Revision"): [each.number for each in history],
            _("When (UTC)"): [each.created_at for each in history],
            _("Who"): [each.author for each in history],
            _("Why"): [each.reason for each in history],
            _("On top of"): [each.parent for each in history],
            _("Restored from"): [each.restored_from for each in history],
            _("Plan"): [each.plan_hash[:12] for each in history],
        },
        hide_index=True,
        placeholder="",
        column_config={
            _("When (UTC)"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm"),
        },
    )


def _one(page: Page, history: tuple[Revision, ...]) -> None:
    numbers = [str(each.number) for each in history]
    chosen = st.selectbox(
        _("Look closer at revision"),
        numbers,
        key="history-revision",
        bind="query-params",
    )
    revision = next(each for each in history if str(each.number) == (chosen or numbers[0]))
    if revision.parent is not None:
        change = page.workspace.store.revisions.compare(
            page.user, page.folder.id, revision.parent, revision.number
        )
        st.markdown(
            _("Against revision {n}:").format(n=revision.parent) + f" {plain(change.summary())}"
        )
        link(
            "compare",
            _("See what changed"),
            ":material/compare_arrows:",
            old=str(revision.parent),
            new=str(revision.number),
        )
    if revision.number == page.head:
        st.caption(_("This is the newest revision."))
        return
    if not page.may_plan:
        return
    with st.popover(_("Restore revision {n}").format(n=revision.number)):
        reason = draft_text(page, f"restore-{revision.number}", _("Reason"))
        st.caption(_("It becomes a new revision; what came between stays in the history."))
        if st.button(_("Restore"), type="primary", disabled=not reason):
            with boundary():
                page.workspace.restore(
                    require(Role.PLANNER, "restore a plan"),
                    page.folder,
                    revision.number,
                    expected_head=page.head or 0,
                    reason=reason,
                )
                clear_draft(page, f"restore-{revision.number}")
                st.rerun()


def _audit(page: Page) -> None:
    st.subheader(_("Who did what"))
    entries = page.workspace.store.audit.entries(page.user, page.folder.id, limit=AUDIT_ROWS)
    st.dataframe(
        {
            _("When (UTC)"): [each.at for each in entries],
            _("Who"): [each.who for each in entries],
            _("What"): [deed_words(each.action) for each in entries],
            _("Record"): [each.subject for each in entries],
            _("Detail"): [each.detail for each in entries],
        },
        hide_index=True,
        height=360 if len(entries) > 10 else "auto",
        column_config={
            _("When (UTC)"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm:ss"),
            _("Who"): st.column_config.TextColumn(width=120),
            _("What"): st.column_config.TextColumn(width=170),
            _("Record"): st.column_config.TextColumn(width=110),
            _("Detail"): st.column_config.TextColumn(width="large"),
        },
    )
