"""The changes of an edited workbook, line by line: accept some, with one reason for all."""

from typing import TYPE_CHECKING, cast

import streamlit as st

from planner.domain.decision import Decision
from planner.store.access import Role
from planner.store.records import Upload
from planner.workspace.decisions_file import meaning
from ui.access import require
from ui.components.boundary import boundary
from ui.components.decide import count_words, decisions_panel
from ui.components.draft import clear_draft, draft_text
from ui.components.findings import findings_table
from ui.components.links import link
from ui.components.ticks import Ticks
from ui.state import Page
from ui.strings import _, n_

if TYPE_CHECKING:
    from planner.returned import Edit, Returned

HEIGHT_PX = 420
MANY_ROWS = 11
_DONE = "returned-done"


def edits_panel(page: Page, upload: Upload, found: "Returned") -> None:
    """Draw the changes with a tick for each, what cannot be accepted, and what was left alone."""
    done = st.session_state.pop(_DONE, 0)
    if done:
        st.success(
            _("Saved: {decisions}. They bind the next plan.").format(decisions=count_words(done)),
            icon=":material/push_pin:",
        )
    standing = {meaning(stored.decision) for stored in page.decisions}
    good = [edit for edit in found.edits if edit.acceptable and not _stands(edit, standing)]
    settled = [edit for edit in found.edits if edit.acceptable and _stands(edit, standing)]
    bad = [edit for edit in found.edits if not edit.acceptable]
    if not found.edits and not found.ignored:
        st.success(_("Nothing was changed in this workbook."))
    if settled:
        st.info(
            n_(
                "{n} change stands as a decision already.",
                "{n} changes stand as decisions already.",
                len(settled),
            ).format(n=len(settled))
        )
        link("plan", _("Plan again to see the effect"), ":material/play_circle:")
    if good:
        _accept(page, upload, good)
    if bad:
        st.markdown(f"##### ■ {_('Cannot be accepted')} ({len(bad)})")
        _refused(bad)
    if found.ignored:
        with st.expander(
            _("Other changes, from which nothing follows") + f" ({len(found.ignored)})",
            expanded=not found.edits,
        ):
            findings_table(found.ignored)
    if page.decisions:
        with st.expander(_("Decisions") + f" ({len(page.decisions)})"):
            decisions_panel(page)


def _stands(edit: "Edit", standing: set[tuple[object, ...]]) -> bool:
    return edit.decision is not None and meaning(edit.decision) in standing


def _accept(page: Page, upload: Upload, edits: list["Edit"]) -> None:
    st.markdown(f"##### {_('Changes that can be decisions')} ({len(edits)})")
    accept = _("Accept")
    others = {
        _("What it becomes"): [_(edit.message) for edit in edits],
        _("Sheet"): [edit.sheet for edit in edits],
        _("Row"): [edit.row for edit in edits],
        _("Column"): [edit.column for edit in edits],
        _("Plan"): [edit.old for edit in edits],
        _("Workbook"): [edit.new for edit in edits],
    }
    ticks = Ticks(page, upload.id, [edit.id for edit in edits])
    edited = st.data_editor(
        {accept: ticks.begin(), **others},
        hide_index=True,
        placeholder="",
        disabled=list(others),
        height=HEIGHT_PX if len(edits) > MANY_ROWS else "auto",
        key=ticks.key,
        on_change=ticks.keep,
        args=(accept,),
        column_config={
            accept: st.column_config.CheckboxColumn(width="small"),
            _("What it becomes"): st.column_config.TextColumn(width="large"),
            _("Row"): st.column_config.NumberColumn(width="small"),
        },
    )
    ticked = cast("list[bool]", edited[accept])  # as it was given: a list for each column
    chosen = [edit for edit, tick in zip(edits, ticked, strict=True) if tick]
    if st.toggle(_("Accept all of them"), key=f"{ticks.key}-all"):
        chosen = edits
    field = f"returned-{upload.id}"
    reason = draft_text(
        page,
        field,
        _("Reason"),
        placeholder=_("one for all that you accept, e.g. agreed with LTOs"),
    )
    decisions = _once([edit.decision for edit in chosen if edit.decision is not None])
    if st.button(
        n_("Accept {n} change", "Accept {n} changes", len(chosen)).format(n=len(chosen)),
        type="primary",
        key=f"returned-accept-{upload.id}",
        disabled=not decisions or not reason,
        help=_("They become decisions that bind the next plan; the present plan stays as it is."),
    ):
        with boundary():
            page.workspace.decide(
                require(Role.PLANNER, "settle decisions"),
                page.folder,
                [each.model_copy(update={"reason": reason}) for each in decisions],
            )
            clear_draft(page, field)
            ticks.forget()
            st.session_state[_DONE] = len(decisions)
            st.rerun()


def _once(decisions: list[Decision]) -> list[Decision]:
    """Return decisions without repetitions: two cells of one row may say the same."""
    return list({meaning(decision): decision for decision in decisions}.values())


def _refused(edits: list["Edit"]) -> None:
    st.dataframe(
        {
            _("What"): [_(edit.message) for edit in edits],
            _("Problem"): [_(edit.problem) or _("It cannot become a decision.") for edit in edits],
            _("What to do"): [_(edit.remedy) for edit in edits],
            _("Sheet"): [edit.sheet for edit in edits],
            _("Row"): [edit.row for edit in edits],
            _("Column"): [edit.column for edit in edits],
            _("Plan"): [edit.old for edit in edits],
            _("Workbook"): [edit.new for edit in edits],
        },
        hide_index=True,
        placeholder="",
        height=HEIGHT_PX if len(edits) > MANY_ROWS else "auto",
        column_config={
            _("What"): st.column_config.TextColumn(width="medium"),
            _("Problem"): st.column_config.TextColumn(width="large"),
        },
    )
