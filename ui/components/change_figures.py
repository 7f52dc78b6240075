"""The figures of two plans side by side: key figures, stages, rules, and what the change costs."""

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from planner.compare import PlanChange
from planner.compare.cost import CostChange, Item, Journeys, cost_change, journeys
from planner.compare.meaning import Better, judge
from planner.domain.plan import StageName
from planner.errors import PlannerError
from planner.export.figures import Figure, Unit, figures
from ui.components.boundary import show_error
from ui.components.job_panel import stage_words
from ui.components.links import link
from ui.state import Shown
from ui.strings import _
from ui.written import amount, number, share

_SAME = 1e-9
MARKS: Mapping[Better, str] = {"better": "▲", "worse": "▼", "": ""}


def figures_part(old: Shown, new: Shown) -> None:
    """Draw key figures, stages and rules."""
    st.subheader(_("Key figures"))
    st.caption(
        _("As the referee computed them. ▲ better, ▼ worse; no sign where neither can be said.")
    )
    _key_figures(old, new)
    st.subheader(_("Stages"))
    _stages(old, new)
    st.subheader(_("Rules"))
    _rules(old, new)


def _key_figures(old: Shown, new: Shown) -> None:
    before, after = _by_key(old), _by_key(new)
    judged_old, judged_new = _judged(old), _judged(new)
    keys = list(dict.fromkeys((*after, *before)))
    rows = [
        (
            _((after.get(key) or before[key]).label),
            _written(before.get(key)),
            _written(after.get(key)),
            _difference(before.get(key), after.get(key)),
            _sign(judge(key, judged_old, judged_new)),
        )
        for key in keys
    ]
    heads = (_("Figure"), _("Old"), _("New"), _("Difference"), _("Meaning"))
    st.dataframe(
        {head: [row[i] for row in rows] for i, head in enumerate(heads)},
        hide_index=True,
        placeholder="",
        height="content",
        column_config={head: st.column_config.TextColumn(alignment="right") for head in heads[1:4]},
    )


def _by_key(shown: Shown) -> dict[str, Figure]:
    view, verdict = shown.view, shown.verdict
    found = {each.key: each for each in figures(view.mission, verdict, view.plan.kpis)}
    for key, label, findings in (
        ("hard_findings", _("Broken rules (hard)"), verdict.hard),
        ("soft_findings", _("Remarks (soft)"), verdict.soft),
    ):
        found[key] = Figure(key, label, float(len(findings)))
    return found


def _judged(shown: Shown) -> dict[str, float]:
    verdict = shown.verdict
    counts = {"hard_findings": len(verdict.hard), "soft_findings": len(verdict.soft)}
    return {**verdict.kpis, **{key: float(count) for key, count in counts.items()}}


def _sign(meaning: Better) -> str:
    words: dict[Better, str] = {"better": _("better"), "worse": _("worse"), "": ""}
    return f"{MARKS[meaning]} {words[meaning]}".strip()


def _written(figure: Figure | None) -> str:
    if figure is None:
        return "-"
    return _value(figure.value, figure.unit)


def _value(value: float, unit: Unit) -> str:
    if unit == "share":
        return share(value)
    digits = 0 if float(value).is_integer() or abs(value) >= 1000 else 1
    return amount(value, unit, digits)


def _difference(old: Figure | None, new: Figure | None) -> str:
    if old is None or new is None:
        return ""
    difference = new.value - old.value
    sign = "+" if difference > 0 else ""
    if abs(difference) < _SAME:
        return "0"
    if new.unit == "share":
        return _("{n} points").format(n=sign + number(100 * difference, 2))
    if float(difference).is_integer() or abs(difference) >= 10:
        return sign + _value(round(difference), new.unit)
    return sign + amount(difference, new.unit, 2)


def _stages(old: Shown, new: Shown) -> None:
    before = {stage.name: stage for stage in old.view.plan.stages}
    after = {stage.name: stage for stage in new.view.plan.stages}
    names = [name for name in StageName if name in before or name in after]
    rows = []
    for name in names:
        first, second = before.get(name), after.get(name)
        known = second or first
        values = [each.objective if each else None for each in (first, second)]
        meaning: Better = ""
        if known and values[0] is not None and values[1] is not None and values[0] != values[1]:
            more = values[1] > values[0]
            meaning = "better" if more is (known.sense == "max") else "worse"
        rows.append((stage_words(name), *values, _(known.unit) if known else "", _sign(meaning)))
    heads = (_("Stage"), _("Old"), _("New"), _("Unit"), _("Meaning"))
    st.dataframe(
        {head: [row[i] for row in rows] for i, head in enumerate(heads)},
        hide_index=True,
        placeholder="-",
        column_config={
            head: st.column_config.NumberColumn(format="localized") for head in heads[1:3]
        },
    )


def _rules(old: Shown, new: Shown) -> None:
    before, after = (Counter(f.code for f in shown.verdict.findings) for shown in (old, new))
    codes = sorted(before.keys() | after.keys())
    if not codes:
        st.success(_("No rule has anything to say about either plan."))
        return
    from planner.referee.book import RECORDS  # noqa: PLC0415 - heavy import
    from planner.rules.book import RULES  # noqa: PLC0415 - heavy import

    labels = {rule.id: rule.label for book in (RULES, RECORDS) for rule in book}
    st.dataframe(
        {
            _("Rule"): codes,
            _("What it asks"): [_(labels.get(code, "")) for code in codes],
            _("Old"): [before[code] for code in codes],
            _("New"): [after[code] for code in codes],
            _("Difference"): [after[code] - before[code] or None for code in codes],
            _("Meaning"): [
                _sign("better" if after[code] < before[code] else "worse")
                if after[code] != before[code]
                else ""
                for code in codes
            ],
        },
        hide_index=True,
        placeholder="",
        height="content",
        column_config={_("Difference"): st.column_config.NumberColumn(format="%+d")},
    )


def cost_part(old: Shown, new: Shown, change: PlanChange) -> None:
    """Draw what the change costs: journeys, quantities and, where prices are known, money."""
    try:
        travel = journeys(new.view.mission, change.people, new.travel)
    except PlannerError as error:
        show_error(error)
    else:
        _journeys(travel)
    cost = cost_change(old.view.mission, old.view.plan, new.view.mission, new.view.plan)
    st.subheader(_("Quantities"))
    st.caption(
        _(
            "Vehicles, interpreters and observers for the days of the mission's calendar, beds for "
            "the nights between; kilometres of election day only."
        )
    )
    _lines(cost)
    if cost.money is None:
        st.info(
            _("The two inputs name different currencies, so money is not compared.")
            if not cost.currency
            else _("No unit costs are entered, so no money is told.")
        )
        link("mission", _("Enter unit costs"), ":material/payments:")
        return
    money = _money(cost.money, cost.currency)
    st.metric(_("Difference in money"), money)
    if cost.illustrative:
        st.caption(_("ILLUSTRATIVE: the unit costs are marked as invented."))
    if len(cost.priced) < len(cost.lines):
        st.caption(_("Items without a unit cost are not in the sum."))


def _journeys(found: Journeys) -> None:
    values = (
        (_("People who must travel again"), number(len(found.people))),
        (_("Between their towns"), amount(found.distance_km, "km")),
        (_("On the road"), amount(found.drive_h, "h", 1)),
    )
    for column, (label, value) in zip(st.columns(len(values)), values, strict=True):
        column.metric(label, value)
    st.caption(
        _(
            "If they were already where the old plan sends them; kilometres and hours of all "
            "people together, two in a car counted twice."
        )
        + (
            " " + _("For {n} of them no way is known.").format(n=found.unknown)
            if found.unknown
            else ""
        )
    )


def _lines(cost: CostChange) -> None:
    words: dict[Item, str] = {
        "vehicle_day": _("vehicle days"),
        "interpreter_day": _("interpreter days"),
        "bed_night": _("bed nights"),
        "observer_day": _("observer days"),
        "km": _("kilometres on election day"),
    }
    priced = cost.money is not None
    columns: dict[str, list[str]] = {
        _("What"): [words[line.item] for line in cost.lines],
        _("Old"): [number(line.old) for line in cost.lines],
        _("New"): [number(line.new) for line in cost.lines],
        _("Difference"): [
            ("+" if line.difference > 0 else "") + number(line.difference) for line in cost.lines
        ],
    }
    if priced:
        columns[_("Money")] = [
            "-" if line.money is None else _money(line.money, cost.currency) for line in cost.lines
        ]
    st.dataframe(
        columns,
        hide_index=True,
        placeholder="",
        column_config={
            name: st.column_config.TextColumn(alignment="right") for name in list(columns)[1:]
        },
    )


def _money(value: float, currency: str) -> str:
    return ("+" if value > 0 else "") + f"{number(value)} {currency}"
