"""Scenarios side by side: figures, precision by phase, what is expected, and cost."""

import streamlit as st

from planner.compare.meaning import Better
from planner.scenario.point import Point
from planner.scenario.sides import GROUPS, MARGINS, Side, sides
from ui.components.change_figures import MARKS
from ui.components.links import link
from ui.components.scenario_pick import Picked, names_of
from ui.components.scenario_words import (
    column_words,
    difference_words,
    figure_words,
    is_invented,
    margin_words,
    phase_words,
)
from ui.strings import _
from ui.written import number


def figures_beside(picked: list[Picked]) -> None:
    """Draw what was asked, planned and expected, each with its difference to the first."""
    heads = {
        "asked": _("Asked for"),
        "planned": _("Planned"),
        "expected": _("Expected on election day"),
        "joint": _("With the joint mission"),
    }
    st.caption(
        _(
            "▲ better, ▼ worse than the first; no sign where neither can be said. Expected: the "
            "mean of the simulated election days."
        )
    )
    points = [one.point for one in picked]
    if not any(point.joint_pairs for point in points):
        del heads["joint"]
    for group, head in heads.items():
        found = sides(points, GROUPS[group])
        if found:
            st.subheader(head)
            _table(found, names_of(picked))


def precision_beside(picked: list[Picked]) -> None:
    """Draw the margins by phase, each with its basis."""
    st.subheader(_("Precision by phase"))
    words = phase_words()
    columns: dict[str, list[str]] = {
        _("Phase"): [words[total] for _phase, total in MARGINS for _end in (0, 1)],
        _("When"): [when for _phase in MARGINS for when in (_("planned"), _("expected"))],
    }
    for one, name in zip(picked, names_of(picked), strict=True):
        columns[name] = [
            margin_words(
                getattr(one.point, f"margin_{phase}{end}"),
                getattr(one.point, f"basis_{phase}"),
            )
            for phase, _total in MARGINS
            for end in ("", "_expected")
        ]
    st.dataframe(columns, hide_index=True, height="content")
    st.caption(
        _(
            "Half width of a 95 % interval for a share of one half. Design-based: the stations "
            "were drawn at random and enough of them are reached. Indicative: they were not, and "
            "the number is no more than a sign of the size."
        )
    )


def cost_beside(picked: list[Picked]) -> None:
    """Draw quantities and, where unit costs are known, money."""
    points = [one.point for one in picked]
    st.subheader(_("Cost"))
    _table(sides(points, GROUPS["cost"]), names_of(picked))
    if all(point.cost is None for point in points):
        st.info(_("No unit costs are entered, so no money is told."))
        link("mission", _("Enter unit costs"), ":material/payments:")
        return
    missing = sorted({point.cost_missing for point in points if point.cost_missing})
    if missing:
        st.caption(_("Items without a unit cost are not in the sum."))
    if any(is_invented(point) for point in points):
        st.caption(_("ILLUSTRATIVE: the unit costs are marked as invented."))
    _budget(points)


def _budget(points: list[Point]) -> None:
    for place, point in enumerate(points):
        if point.budget is None or point.within_budget is None:
            continue
        words = _("{name}: the budget of {money} is kept.")
        if not point.within_budget:
            words = _("■ {name}: the budget of {money} is broken.")
        st.caption(
            words.format(name=chr(65 + place), money=f"{number(point.budget)} {point.currency}")
        )


def _table(found: tuple[Side, ...], names: list[str]) -> None:
    words = column_words()
    columns: dict[str, list[str]] = {_("Figure"): [words.get(one.name, one.name) for one in found]}
    for place, name in enumerate(names):
        columns[name] = [figure_words(one.name, one.unit, one.values[place]) for one in found]
        if place:
            head = _("{letter}, difference").format(letter=chr(65 + place))
            columns[head] = [_difference(one, place) for one in found]
    st.dataframe(
        columns,
        hide_index=True,
        height="content",
        column_config={
            head: st.column_config.TextColumn(alignment="right") for head in list(columns)[1:]
        },
    )


def _difference(one: Side, place: int) -> str:
    told = difference_words(one.name, one.unit, one.differences[place])
    # What is not seen in the figures is no difference to speak of.
    better: Better = one.better[place] if any(digit in told for digit in "123456789") else ""
    words: dict[Better, str] = {"better": _("better"), "worse": _("worse"), "": ""}
    return f"{told} {MARKS[better]} {words[better]}".strip()
