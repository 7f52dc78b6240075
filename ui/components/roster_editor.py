"""The roster as a table that a planner edits: problems by row, changes before they are saved."""

from typing import Any, cast

import streamlit as st

from planner.domain.observer import Experience, Gender, Role
from planner.errors import PlannerError
from planner.store.access import Role as Access
from planner.workspace.roster_diff import RosterDiff
from planner.workspace.roster_rows import read_rows
from ui.access import require
from ui.components.boundary import show_error
from ui.components.draft import clear_draft, draft_text
from ui.components.roster_desk import (
    Desk,
    Rows,
    changes,
    changes_meanwhile,
    keep_draft,
    leave_desk,
    open_desk,
    rebase,
    to_cells,
    to_rows,
)
from ui.components.text import plain
from ui.state import Page
from ui.strings import _, n_, word
from ui.written import number

HEIGHT_PX = 520
MANY_ROWS = 9
REASON = "roster-reason"
_SAID = "roster-said"


def roster_editor(page: Page) -> None:
    """Draw the table with what was changed in it, and the way to save it.

    Raises
    ------
    InputError, PlannerError
        If the stored roster cannot be read.
    """
    _tell()
    desk, stale = open_desk(page)
    if not page.may_plan:
        st.dataframe(
            to_cells(desk.stored),
            hide_index=True,
            height=HEIGHT_PX,
            placeholder="",
            column_config=column_config(),
        )
        st.caption(_("Only a planner may edit the roster."))
        return
    if stale:
        _stale(page, desk)
    _conflicts(desk)
    frame = st.data_editor(
        _base(desk),
        key=f"roster-table-{page.folder.id}-{desk.generation}",
        num_rows="dynamic",
        hide_index=True,
        height=HEIGHT_PX,
        placeholder="",
        column_config=column_config(),
    )
    st.caption(
        _(
            "Languages are written like en:C1 ru:B2; restrictions are flags: no\\_stairs "
            "no\\_long\\_drives no\\_night\\_work no\\_remote\\_areas. What is typed is kept as "
            "your draft until you save it."
        )
    )
    rows = to_rows(frame)
    diff = changes(desk, rows)
    keep_draft(page, diff)
    if diff:
        _save(page, desk, rows, diff, stale=stale)


def column_config() -> dict[str, Any]:
    """Return how the columns of a roster are shown."""
    column = st.column_config
    return {
        "id": column.TextColumn(_("Id"), required=True, max_chars=40, pinned=True),
        "role": column.SelectboxColumn(
            _("Role"),
            options=[each.value for each in Role],
            format_func=_spoken,
            required=True,
            width=75,
        ),
        "state": column.TextColumn(
            _("State"), help=_("ISO code such as NO"), max_chars=60, width=110
        ),
        "languages": column.TextColumn(_("Languages"), width=150, max_chars=200),
        "experience": column.SelectboxColumn(
            _("Experience"),
            options=[each.value for each in Experience],
            format_func=_spoken,
            width=110,
        ),
        "gender": column.SelectboxColumn(
            _("Gender"),
            options=[each.value for each in Gender],
            format_func=_spoken,
            width=85,
        ),
        "available_from": column.DateColumn(_("From"), format="YYYY-MM-DD"),
        "available_to": column.DateColumn(_("To"), format="YYYY-MM-DD"),
        "accredited": column.CheckboxColumn(_("Accredited"), default=True),
        "reserve": column.CheckboxColumn(_("Reserve"), default=False),
        "restrictions": column.TextColumn(_("Restrictions"), max_chars=200),
    }


def _spoken(value: object) -> str:
    return word(str(value))


def _base(desk: Desk) -> Any:  # noqa: ANN401 - a data frame
    import pandas as pd  # noqa: PLC0415 - heavy import

    cells = to_cells(desk.base)
    texts = {
        name: pd.Series(values, dtype="bool" if name in ("accredited", "reserve") else "object")
        for name, values in cells.items()
    }
    return pd.DataFrame(texts)


def changes_table(diff: RosterDiff) -> None:
    """Show a difference between two rosters, one line for each cell or row."""
    lines = [(each.observer, each.column, each.before, each.after) for each in diff.changed]
    lines += [(row["id"], _("new row"), "", _words(row)) for row in diff.added]
    lines += [(row["id"], _("row removed"), _words(row), "") for row in diff.removed]
    st.dataframe(
        {
            _("Observer"): [line[0] for line in lines],
            _("What"): [line[1].replace("_", " ") for line in lines],
            _("Before"): [line[2] for line in lines],
            _("After"): [line[3] for line in lines],
        },
        hide_index=True,
        placeholder="",
        height=300 if len(lines) > MANY_ROWS else "auto",
        column_config={_("Observer"): st.column_config.TextColumn(width="small")},
    )


def _words(row: dict[str, str]) -> str:
    return ", ".join(value for name, value in row.items() if value and name != "id")


def _save(page: Page, desk: Desk, rows: Rows, diff: RosterDiff, *, stale: bool) -> None:
    observers, problems = read_rows(rows)
    with st.container(border=True):
        st.markdown(
            "##### "
            + n_("{n} change, not saved yet", "{n} changes, not saved yet", diff.count).format(
                n=number(diff.count)
            )
        )
        changes_table(diff)
        if problems:
            st.error(
                n_(
                    "{n} thing must be put right before it can be saved:",
                    "{n} things must be put right before they can be saved:",
                    len(problems),
                ).format(n=number(len(problems)))
            )
            st.dataframe(
                {
                    _("Row"): [each.row for each in problems],
                    _("Observer"): [each.subject for each in problems],
                    _("Column"): [each.column.replace("_", " ") for each in problems],
                    _("Found"): [each.value for each in problems],
                    _("What"): [each.message for each in problems],
                    _("What to do"): [each.remedy for each in problems],
                },
                hide_index=True,
                placeholder="",
            )
        reason = draft_text(
            page, REASON, _("Reason"), placeholder=_("e.g. two nominations withdrawn")
        )
        left, right = st.columns([1, 1])

        # The digest goes with the button that was drawn beside it: a roster that somebody else
        # has changed before the click is not overwritten.
        def save() -> None:
            try:
                user = require(Access.PLANNER, "edit the roster")
                page.workspace.save_observers(
                    user, page.folder, observers, seen=desk.seen, reason=reason
                )
            except PlannerError as error:
                st.session_state[_SAID] = error
                return
            leave_desk(page)
            clear_draft(page, REASON)
            st.session_state[_SAID] = _("The roster is saved.")

        left.button(
            _("Save the roster"),
            type="primary",
            icon=":material/save:",
            key="roster-save",
            disabled=bool(problems) or not reason or stale,
            on_click=save,
            width="stretch",
            help=_("A reason is needed. Plans already made keep their own roster."),
        )
        right.button(
            _("Discard my changes"),
            icon=":material/undo:",
            key="roster-discard",
            on_click=leave_desk,
            args=(page,),
            width="stretch",
        )


def _stale(page: Page, desk: Desk) -> None:
    with st.container(border=True):
        st.warning(
            _(
                "Somebody else has changed the roster since you opened it. What you typed is "
                "kept, and is not saved over it. This is what changed meanwhile:"
            ),
            icon=":material/sync_problem:",
        )
        changes_table(changes_meanwhile(page, desk))
        st.button(
            _("Go on with the roster as it is now"),
            icon=":material/merge:",
            key="roster-rebase",
            on_click=rebase,
            args=(page, desk),
            help=_("Your own changes are laid over it; you save them afterwards."),
        )


def _conflicts(desk: Desk) -> None:
    if not desk.conflicts:
        return
    st.warning(
        n_(
            "{n} of your changes meets one of somebody else; yours stands in the table:",
            "{n} of your changes meet those of somebody else; yours stand in the table:",
            len(desk.conflicts),
        ).format(n=number(len(desk.conflicts)))
    )
    st.dataframe(
        {
            _("Observer"): [each.observer for each in desk.conflicts],
            _("Column"): [each.column or _("whole row") for each in desk.conflicts],
            _("Yours"): [each.mine or _("removed") for each in desk.conflicts],
            _("Theirs"): [each.theirs or _("removed") for each in desk.conflicts],
        },
        hide_index=True,
        placeholder="",
    )


def _tell() -> None:
    said = cast("object", st.session_state.pop(_SAID, None))
    if isinstance(said, PlannerError):
        show_error(said)
    elif isinstance(said, str):
        st.toast(plain(said), icon=":material/check:")
