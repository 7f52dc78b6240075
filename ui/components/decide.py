"""How a person settles something: what it is, why, and that it binds the next plan."""

from collections.abc import Sequence

import streamlit as st

from planner.domain.decision import Decision
from planner.store.access import Role
from planner.store.records import StoredDecision
from ui.access import require
from ui.components.boundary import boundary
from ui.components.draft import clear_draft, draft_text
from ui.components.text import plain
from ui.state import Page
from ui.strings import _, n_, word


def decide(page: Page, field: str, decisions: Sequence[Decision], what: str) -> None:
    """Draw reason and button for decisions that a person has composed.

    Parameters
    ----------
    field
        Names the form within the mission, for its draft and its widgets.
    decisions
        What would be settled; empty: the button waits.
    what
        The decision in words, shown before it is saved.
    """
    if not page.may_plan:
        st.caption(_("Only a planner may settle decisions."))
        return
    if what:
        st.markdown(what)
    reason = draft_text(page, field, _("Reason"), placeholder=_("so that others understand it"))
    if st.button(
        _("Save the decision"),
        key=f"decide-{field}",
        type="primary",
        disabled=not decisions or not reason,
        help=_("It binds the next plan. The present plan stays as it is."),
    ):
        with boundary():
            user = require(Role.PLANNER, "settle a decision")
            page.workspace.decide(
                user,
                page.folder,
                [each.model_copy(update={"reason": reason}) for each in decisions],
            )
            clear_draft(page, field)
            st.toast(_("Saved. Plan again to see its effect."), icon=":material/push_pin:")
            st.rerun()


def decision_words(stored: StoredDecision) -> str:
    """Return what a decision settles, in words."""
    decision = stored.decision
    named = (
        *decision.observers,
        decision.state,
        decision.district,
        decision.team,
        decision.station,
        decision.town,
        decision.area,
    )
    return f"{word(decision.kind.value)}: {', '.join(str(part) for part in named if part)}"


def decisions_panel(page: Page, kinds: Sequence[str] = ()) -> None:
    """List the decisions that stand, of some kinds or all, each with its author and the way back.

    Parameters
    ----------
    kinds
        Values of ``DecisionKind``; empty: all.
    """
    standing = [s for s in page.decisions if not kinds or s.decision.kind.value in kinds]
    st.markdown(
        f"**{_('Decisions that bind the next plan')}** ({len(standing)})"
        if standing
        else _("No decisions yet. What you settle here binds every later plan.")
    )
    for stored in standing:
        left, right = st.columns([6, 1], vertical_alignment="center")
        at = stored.decision.at
        left.markdown(
            f":material/push_pin: **{plain(decision_words(stored))}**  \n"
            + plain(stored.decision.reason)
            + f" · {plain(stored.decision.author)}"
            + (f" · {at:%d.%m.%Y %H:%M} UTC" if at else "")
        )
        if page.may_plan:
            with right.popover(_("Withdraw"), width="stretch"):
                _withdraw(page, stored)


def _withdraw(page: Page, stored: StoredDecision) -> None:
    reason = st.text_input(_("Reason"), key=f"withdraw-reason-{stored.id}", max_chars=500)
    if st.button(
        _("Withdraw"),
        key=f"withdraw-{stored.id}",
        disabled=not reason.strip(),
        width="stretch",
    ):
        with boundary():
            user = require(Role.PLANNER, "withdraw a decision")
            page.workspace.withdraw(user, page.folder, stored, reason)
            st.rerun()


def count_words(count: int) -> str:
    """Return a number of decisions in words."""
    return n_("{n} decision", "{n} decisions", count).format(n=count)
