"""Tables of the workbook, shown on the page: one definition of columns for both."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig as Config

from planner.export.sheets.table import Cell, Column, Kind, Table, Tone, Toned
from ui.spoken import spoken
from ui.strings import _
from ui.written import number, share

_MARK = {Tone.AMBER: "▲ ", Tone.RED: "■ "}
"""A tone is a sign, not only a colour, so that everybody can see it."""
_NUMBER = {
    Kind.COUNT: "localized",
    Kind.DECIMAL: "%.1f",
    Kind.NUMBER: "localized",
    Kind.SHARE: "percent",
    Kind.FINE_SHARE: "%.3f",
    Kind.PROBABILITY: "%.4f",
    Kind.DEGREES: "%.5f",
}
HEIGHT_PX = 420


def show_table(
    table: Table,
    *,
    hide: Sequence[str] = (),
    keep: Callable[[tuple[Cell, ...]], bool] = lambda _row: True,
    whole: bool = False,
    key: str | None = None,
    on_pick: Callable[[tuple[Cell, ...]], None] | None = None,
) -> None:
    """Show a workbook's table.

    Parameters
    ----------
    hide
        Titles of columns that the page shows elsewhere.
    keep
        Which rows to show.
    whole
        Show all rows at once, however many there are.
    key
        Names the table among the widgets of the page; needed with ``on_pick``.
    on_pick
        Called with the row that a person chooses, before the page is drawn anew.
    """
    columns = [(i, c) for i, c in enumerate(table.columns) if c.title not in hide]
    rows = [row for row in table.rows if keep(row)]
    if not rows:
        st.info(_(table.empty))
        return
    marked = {i for i, _column in columns if any(_tone(row[i]) in _MARK for row in rows)}
    st.dataframe(
        {_(c.title): [_shown(c, row[i], marked=i in marked) for row in rows] for i, c in columns},
        hide_index=True,
        placeholder="",
        height="content" if whole else HEIGHT_PX if len(rows) > 11 else "auto",
        column_config={_(c.title): _config(c, text=i in marked) for i, c in columns},
        key=key,
        on_select=_picker(key, rows, on_pick) if key and on_pick else "ignore",
        selection_mode="single-row",
    )


def _picker(
    key: str, rows: Sequence[tuple[Cell, ...]], on_pick: Callable[[tuple[Cell, ...]], None]
) -> Callable[[], None]:
    def picked() -> None:
        for row in st.session_state[key].selection.rows[:1]:
            on_pick(rows[row])

    return picked


def _tone(cell: Cell) -> Tone:
    return cell.tone if isinstance(cell, Toned) else Tone.PLAIN


def _shown(column: Column, cell: Cell, *, marked: bool) -> Any:  # noqa: ANN401 - what a data frame may hold
    value = cell.value if isinstance(cell, Toned) else cell
    if marked and value is not None:
        text = _figure(column.kind, value) if isinstance(value, int | float) else spoken(str(value))
        return _MARK.get(_tone(cell), "") + text
    return spoken(value)


def _figure(kind: Kind, value: float) -> str:
    if kind is Kind.SHARE:
        return share(value)
    return number(value, 0 if float(value).is_integer() else 1)


def _config(column: Column, *, text: bool) -> Config:
    if text:
        return st.column_config.TextColumn(alignment="right")
    if column.kind is Kind.CLOCK:
        return st.column_config.DatetimeColumn(format="HH:mm")
    if column.kind in _NUMBER:
        return st.column_config.NumberColumn(format=_NUMBER[column.kind])
    return st.column_config.TextColumn(width="medium" if column.kind is Kind.LONG_TEXT else None)
