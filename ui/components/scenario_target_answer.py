"""What a search for a target has found: the answer, its proof, the frontier, and why not."""

from typing import Any

import altair as alt
import streamlit as st

from planner.workspace.simulation_answer import AnswerMeasure, AnswerRow, TargetAnswer
from ui.components.charts import chart_data
from ui.components.findings import findings_table
from ui.components.scenario_charts import downloadable
from ui.components.scenario_words import is_invented
from ui.components.text import plain
from ui.strings import _, n_
from ui.written import number, share


def answer_panel(answer: TargetAnswer | None) -> None:
    """Draw what was found so far, or in the end."""
    if answer is None or not answer.rows:
        st.info(_("No plan has been tried yet."))
        return
    _headline(answer)
    findings_table(answer.findings)
    _table(answer)
    _chart(answer)


def _headline(answer: TargetAnswer) -> None:
    if answer.answer is not None:
        row = answer.rows[answer.answer]
        words = _("{pairs} STO pairs with {lto} LTO teams are the least that meets the target.")
        if answer.status == "open":
            words = _("{pairs} STO pairs with {lto} LTO teams meet the target; fewer may do.")
        st.success(
            words.format(pairs=number(row.pairs), lto=number(row.lto_teams)),
            icon=":material/check_circle:",
        )
        if answer.below is not None:
            below = answer.rows[answer.below]
            missed = ", ".join(
                f"{_measure_name(one)} {_value(one)}" for one in below.measures if not one.met
            )
            st.caption(
                _("With {n} pairs it does not: {missed}.").format(
                    n=number(below.pairs), missed=plain(missed)
                )
            )
        if answer.safe_pairs is not None and answer.safe_pairs > row.pairs:
            st.caption(
                _("The curve is rough here: from {n} pairs on every plan is enough.").format(
                    n=number(answer.safe_pairs)
                )
            )
    elif answer.status == "unreachable":
        st.error(_("No staffing reaches this target."), icon=":material/block:")
    elif answer.status == "open":
        st.warning(_("The search ended before an answer was found."))
    else:
        count = len(answer.rows)
        st.info(
            n_("{n} plan tried so far.", "{n} plans tried so far.", count).format(n=number(count))
        )


def _table(answer: TargetAnswer) -> None:
    names = list(dict.fromkeys(one.name for row in answer.rows for one in row.measures))
    known = {one.name: one for row in answer.rows for one in row.measures}
    columns: dict[str, list[Any]] = {
        _("STO pairs"): [row.pairs for row in answer.rows],
        _("LTO teams"): [row.lto_teams for row in answer.rows],
        _("Target"): [_("met") if row.met else _("■ missed") for row in answer.rows],
        _("Frontier"): [_("not beaten") if row.frontier else "" for row in answer.rows],
    }
    for name in names:
        one = known[name]
        sign = "≥" if one.least else "≤"
        head = f"{_measure_name(one)} ({sign} {_limit(one)})"
        columns[head] = [_cell(row, name) for row in answer.rows]
    if any(row.point.cost is not None for row in answer.rows):
        columns[_("Cost")] = [
            "-" if row.point.cost is None else f"{number(row.point.cost)} {row.point.currency}"
            for row in answer.rows
        ]
    columns[_("Longest duty (h)")] = [
        "-" if row.point.duty_max_h is None else number(row.point.duty_max_h, 1)
        for row in answer.rows
    ]
    st.dataframe(
        columns,
        hide_index=True,
        placeholder="-",
        height="content" if len(answer.rows) <= 12 else 440,
    )
    st.caption(
        _(
            "Each row is a full plan. Not beaten: no other one has fewer pairs, fewer LTO teams, "
            "less cost, shorter duty and a better value of every goal at once."
        )
    )
    if any(is_invented(row.point) for row in answer.rows):
        st.caption(_("ILLUSTRATIVE: the unit costs are marked as invented."))


def _chart(answer: TargetAnswer) -> None:
    rows = [
        {
            "pairs": row.pairs,
            "value": 100 * one.value,
            "limit": 100 * one.limit,
            "name": _measure_name(one),
            "why": one.why,
            "met": _("met") if one.met else _("missed"),
        }
        for row in answer.rows
        for one in row.measures
        if one.name.startswith("margin") and one.value is not None
    ]
    if len({row["pairs"] for row in rows}) < 2:
        return
    verdicts = [_("met"), _("missed")]
    base = alt.Chart(chart_data(rows))
    dots = base.mark_point(filled=True, size=90).encode(
        x=alt.X(
            "pairs:Q",
            title=_("STO pairs"),
            scale=alt.Scale(zero=False, padding=12),
            axis=alt.Axis(format="d", tickMinStep=1),
        ),
        y=alt.Y("value:Q", title=_("Margin of error (± points)"), scale=alt.Scale(zero=False)),
        shape=alt.Shape("name:N", title=None, legend=alt.Legend(orient="top", labelLimit=240)),
        color=alt.Color(
            "met:N",
            title=None,
            scale=alt.Scale(domain=verdicts, range=["#0072B2", "#D55E00"]),
            legend=alt.Legend(orient="top"),
        ),
        tooltip=[
            alt.Tooltip("pairs:Q", title=_("STO pairs")),
            alt.Tooltip("name:N", title=_("Goal")),
            alt.Tooltip("value:Q", title=_("Margin of error (± points)"), format=".2f"),
            alt.Tooltip("limit:Q", title=_("wanted"), format=".2f"),
            alt.Tooltip("why:N", title=_("Basis")),
        ],
    )
    limits = base.mark_rule(strokeDash=[5, 4], color="#888888").encode(y="limit:Q")
    downloadable(
        alt.layer(limits, dots).properties(height=320),
        _("Margin of error by number of STO pairs, with what is wanted."),
    )


def _measure_name(one: AnswerMeasure) -> str:
    kind, _space, phase = one.name.partition(" ")
    phases = {
        "opening": _("opening"),
        "voting": _("voting"),
        "counting": _("counts"),
        "tabulation": _("tabulation"),
    }
    if kind == "margin":
        return _("Margin, {phase}").format(phase=phases.get(phase, phase))
    if kind == "basis":
        return _("Basis, {phase}").format(phase=phases.get(phase, phase))
    return {
        "regions": _("Regions touched"),
        "districts": _("Districts touched"),
        "hard findings": _("Broken rules (hard)"),
        "cost": _("Cost"),
        "span": _("Most pairs of one LTO team"),
    }.get(one.name, one.name)


def _cell(row: AnswerRow, name: str) -> str:
    for one in row.measures:
        if one.name == name:
            basis = one.why.split(":")[0] if name.startswith("margin") else ""
            told = f" ({_(basis)})" if basis else ""
            return ("" if one.met else "■ ") + _value(one) + told
    return "-"


def _value(one: AnswerMeasure) -> str:
    return "-" if one.value is None else _number(one, one.value)


def _limit(one: AnswerMeasure) -> str:
    return _number(one, one.limit)


def _number(one: AnswerMeasure, value: float) -> str:
    if one.name.startswith("margin"):
        # A margin that misses by a hair must not read like the limit.
        hair = value != one.limit and round(100 * value, 1) == round(100 * one.limit, 1)
        return f"±{number(100 * value, 3 if hair else 1)}"
    if one.unit == "share":
        return share(value, 0)
    return number(value, 0 if float(value).is_integer() else 1)
