"""What one more pair buys: a figure over the pairs of a run, and the gain from step to step."""

from collections import defaultdict
from typing import Any

import altair as alt
import streamlit as st

from planner.scenario.point import Point
from planner.sweep.curve import Curve, marginal_curve
from planner.workspace.scenarios import RunPoint
from planner.workspace.simulation import SimulationRun
from ui.components.charts import chart_data
from ui.components.scenario_charts import COLOURS, SHAPES, chart_file, colour_of, downloadable
from ui.components.scenario_words import column_words, figure_words
from ui.components.text import plain
from ui.strings import _
from ui.written import number, share

FIGURES = (
    "voting_visits_mean",
    "counts_mean",
    "openings_mean",
    "margin_voting_expected",
    "margin_counting_expected",
    "voting_visits",
    "counts",
    "distinct_stations",
    "days_value",
    "cost",
)
X = "pairs_planned"
_SERIES = len(COLOURS)


def curve_part(run: SimulationRun, found: tuple[RunPoint, ...]) -> None:
    """Draw the curve of a run."""
    series = _series(run, found)
    if not any(len({point.pairs_planned for point in points}) > 1 for points in series.values()):
        st.info(
            _(
                "A curve needs plans for different numbers of pairs: run a grid of STOs, or search "
                "for a target."
            )
        )
        return
    words = column_words()
    figure = st.selectbox(
        _("Figure"), FIGURES, format_func=lambda name: words[name], key="scn-curve-figure"
    )
    curves = {
        name: marginal_curve(points, x=X, y=figure)
        for name, points in list(series.items())[:_SERIES]
    }
    rows = [row for name, curve in curves.items() for row in _levels(name, curve, series[name])]
    if not rows:
        st.info(_("None of the plans has this figure."))
        return
    _draw_levels(list(curves), rows, words[figure], figure)
    chart_file(rows, f"curve-{figure}")
    steps = [row for name, curve in curves.items() for row in _steps(name, curve)]
    st.subheader(_("Gain of each added pair"))
    _draw_steps(list(curves), steps, words[figure], figure)
    chart_file(steps, f"gain-{figure}")
    if not figure.startswith("margin") and figure != "cost":
        _monotone(curves)


def _series(run: SimulationRun, found: tuple[RunPoint, ...]) -> dict[str, list[Point]]:
    """Return points that differ in pairs and seed only, by what tells them from others."""
    of_target = run.order.request.design is None
    points: defaultdict[tuple[float, str], list[Point]] = defaultdict(list)
    for one in found:
        point = one.point
        if point is None or point.status != "planned":
            continue
        if of_target:
            teams = point.lto_teams_asked or 0
            name = _("{n} LTO teams").format(n=number(teams))
            points[float(teams), name].append(point)
        else:
            rate = 1.0 if one.scenario.delivery.rate is None else one.scenario.delivery.rate
            points[rate, _("{share} come").format(share=share(rate, 0))].append(point)
    return {name: points[rate, name] for rate, name in sorted(points)}


def _scale(figure: str) -> float:
    return 100.0 if figure.startswith("margin") else 1.0


def _levels(name: str, curve: Curve, points: list[Point]) -> list[dict[str, Any]]:
    scale = _scale(curve.y)
    stem = curve.y.removesuffix("_mean")
    rows = []
    for level in curve.levels:
        row: dict[str, Any] = {
            "name": name,
            "pairs": level.x,
            "value": scale * level.mean,
            "seeds": level.seeds,
            "low": None if level.low is None else scale * level.low,
            "high": None if level.high is None else scale * level.high,
            "p5": None,
            "p95": None,
        }
        here = [point for point in points if point.pairs_planned == level.x]
        if stem != curve.y and here:
            row["p5"] = _mean([getattr(point, f"{stem}_p5") for point in here])
            row["p95"] = _mean([getattr(point, f"{stem}_p95") for point in here])
        rows.append(row)
    return rows


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _steps(name: str, curve: Curve) -> list[dict[str, Any]]:
    scale = _scale(curve.y)
    return [
        {
            "name": name,
            "from": step.x_from,
            "to": step.x_to,
            "middle": (step.x_from + step.x_to) / 2,
            "gain": scale * step.gain,
            "low": None if step.low is None else scale * step.low,
            "high": None if step.high is None else scale * step.high,
            "seeds": step.seeds,
        }
        for step in curve.steps
    ]


def _draw_levels(names: list[str], rows: list[dict[str, Any]], title: str, figure: str) -> None:
    x = alt.X("pairs:Q", title=_("STO pairs planned"), scale=alt.Scale(zero=False, padding=12))
    y = alt.Y("value:Q", title=title, scale=alt.Scale(zero=False))
    colour = colour_of(names)
    base = alt.Chart(chart_data(rows)).encode(x=x, color=colour)
    tips = [
        alt.Tooltip("name:N", title=_("Series")),
        alt.Tooltip("pairs:Q", title=_("STO pairs planned")),
        alt.Tooltip("value:Q", title=title, format=",.2f"),
        alt.Tooltip("low:Q", title=_("seeds, low"), format=",.2f"),
        alt.Tooltip("high:Q", title=_("seeds, high"), format=",.2f"),
        alt.Tooltip("seeds:Q", title=_("Seeds")),
    ]
    band = base.mark_area(opacity=0.25).encode(y="low:Q", y2="high:Q")
    line = base.mark_line(strokeWidth=2).encode(y=y)
    dots = base.mark_point(filled=True, size=70).encode(
        y=y,
        shape=alt.Shape(
            "name:N", scale=alt.Scale(domain=names, range=list(SHAPES[: len(names)])), legend=None
        ),
        tooltip=tips,
    )
    layers: list[Any] = [band, line, dots]
    if any(row["p5"] is not None for row in rows):
        days = base.mark_rule(opacity=0.55, strokeWidth=5).encode(y="p5:Q", y2="p95:Q")
        layers.insert(0, days)
    downloadable(
        alt.layer(*layers).properties(height=340),
        _("{figure} over the number of STO pairs.").format(figure=title),
    )
    told = [
        _("Band: 95 % interval of the mean over seeds.")
        if any(row["low"] is not None for row in rows)
        else _("One seed only: how much is luck of the draw is not known. Run with two or more.")
    ]
    if any(row["p5"] is not None for row in rows):
        told.append(_("Upright bars: P5 to P95 of the simulated election days."))
    if figure.startswith("margin"):
        told.append(_("Margins: see Results for the basis of each."))
    st.caption(" ".join(told))


def _draw_steps(names: list[str], rows: list[dict[str, Any]], title: str, figure: str) -> None:
    if not rows:
        return
    unit = _("{figure} for each added pair").format(figure=title)
    x = alt.X("middle:Q", title=_("STO pairs planned"), scale=alt.Scale(zero=False, padding=20))
    colour = colour_of(names)
    base = alt.Chart(chart_data(rows)).encode(x=x, color=colour)
    tips = [
        alt.Tooltip("name:N", title=_("Series")),
        alt.Tooltip("from:Q", title=_("from pairs")),
        alt.Tooltip("to:Q", title=_("to pairs")),
        alt.Tooltip("gain:Q", title=unit, format="+,.3f"),
        alt.Tooltip("low:Q", title=_("low"), format="+,.3f"),
        alt.Tooltip("high:Q", title=_("high"), format="+,.3f"),
    ]
    span = base.mark_rule(strokeWidth=2, opacity=0.8).encode(y="low:Q", y2="high:Q")
    dots = base.mark_point(filled=True, size=80).encode(
        y=alt.Y("gain:Q", title=_("for each added pair")),
        shape=alt.Shape(
            "name:N", scale=alt.Scale(domain=names, range=list(SHAPES[: len(names)])), legend=None
        ),
        tooltip=tips,
    )
    zero = (
        alt.Chart(chart_data([{"zero": 0}]))
        .mark_rule(strokeDash=[4, 4], color="#888888")
        .encode(y="zero:Q")
    )
    downloadable(alt.layer(zero, span, dots).properties(height=260), unit)
    rows_shown = [
        {
            _("Series"): row["name"],
            _("From pairs"): row["from"],
            _("To pairs"): row["to"],
            _("Gain for each added pair"): _signed(row["gain"]),
            _("Uncertainty"): _range(row),
        }
        for row in rows
    ]
    st.dataframe(rows_shown, hide_index=True, height="content" if len(rows) <= 10 else 380)
    if figure.startswith("margin"):
        st.caption(_("In points of the margin: below zero is better."))


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + number(value, 3)


def _range(row: dict[str, Any]) -> str:
    if row["low"] is None:
        return _("not known: one seed")
    return _("{low} to {high}").format(low=_signed(row["low"]), high=_signed(row["high"]))


def _monotone(curves: dict[str, Curve]) -> None:
    falls = [
        _("{name}: from {first} to {last} pairs").format(
            name=plain(name),
            first=figure_words("", "", step.x_from),
            last=figure_words("", "", step.x_to),
        )
        for name, curve in curves.items()
        for step in curve.steps
        if (step.falls if step.high is None else step.surely_falls)
    ]
    if falls:
        st.warning(
            _("▲ More pairs give less here, beyond the known uncertainty: {places}.").format(
                places="; ".join(falls)
            )
        )
    else:
        st.caption(_("More pairs never give less, beyond the uncertainty."))
