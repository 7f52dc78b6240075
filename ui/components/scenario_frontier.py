"""Cost, precision and hours of the scenarios of a run: which ones nothing else beats."""

from typing import Any

import altair as alt
import streamlit as st

from planner.scenario.point import Point
from planner.scenario.sides import over_seeds, unbeaten
from planner.workspace.scenarios import RunPoint
from ui.components.charts import chart_data
from ui.components.links import link
from ui.components.scenario_charts import chart_file, downloadable
from ui.components.scenario_words import basis_words, is_invented, point_name
from ui.strings import _

HOURS = "duty_mean_h"
FAINT = 0.22
MOST_LABEL = 34


def frontier_part(found: tuple[RunPoint, ...]) -> None:
    """Draw the frontier of a run."""
    points = [one.point for one in found if one.point is not None and one.point.status == "planned"]
    if len(points) < 2:
        st.info(_("A frontier needs at least two planned scenarios. Run several, or a grid."))
        return
    phases = {"voting": _("voting"), "counting": _("counts")}
    phase = st.segmented_control(
        _("Margin of error for"),
        list(phases),
        default="voting",
        format_func=lambda name: phases[name],
        key="scn-frontier-phase",
        required=True,
    )
    margin = f"margin_{phase or 'voting'}_expected"
    if all(getattr(point, margin) is None for point in points):
        margin = f"margin_{phase or 'voting'}"
    priced = any(point.cost is not None for point in points)
    price = "cost" if priced else "pairs_planned"
    if not priced:
        st.info(
            _("No unit costs are entered: the number of pairs stands for the cost."),
            icon=":material/payments:",
        )
        link("mission", _("Enter unit costs"), ":material/payments:")
    rows = _rows(points, price, margin, f"basis_{phase or 'voting'}")
    if not rows:
        st.info(_("None of the plans has these figures."))
        return
    money = _("Cost ({currency})").format(currency=points[0].currency or "-")
    _draw(rows, money if priced else _("STO pairs planned"))
    st.caption(
        _(
            "Each point is a scenario, the mean of its seeds. Named and solid: no other one has "
            "less cost, a smaller margin and fewer hours at once. Faint: another one is better in "
            "all. The basis of each margin stands in its tip and in Results."
        )
    )
    if any(is_invented(point) for point in points):
        st.caption(_("ILLUSTRATIVE: the unit costs are marked as invented."))
    chart_file(rows, f"frontier-{margin}")


def _rows(points: list[Point], price: str, margin: str, basis: str) -> list[dict[str, Any]]:
    first = {point.name: point for point in reversed(points)}
    found = over_seeds(points, (price, margin, HOURS))
    best = unbeaten(list(found.values()))
    rows = []
    for place, (key, (cost, wide, hours)) in enumerate(found.items()):
        name = point_name(first[key])
        rows.append(
            {
                "name": name,
                "label": _short(name) if place in best else "",
                "cost": cost,
                "margin": 100 * wide,
                "basis": basis_words(getattr(first[key], basis)),
                "hours": hours,
                "best": _("not beaten") if place in best else _("beaten"),
            }
        )
    return rows


def _short(name: str) -> str:
    # The end tells points of a grid apart, not the name that all begin with.
    told = name.rsplit(": ", maxsplit=1)[-1]
    return told if len(told) <= MOST_LABEL else told[: MOST_LABEL - 1] + "…"


def _draw(rows: list[dict[str, Any]], price: str) -> None:
    beaten = [_("not beaten"), _("beaten")]
    base = alt.Chart(chart_data(rows)).encode(
        x=alt.X("cost:Q", title=price, scale=alt.Scale(zero=False, padding=30)),
        y=alt.Y(
            "margin:Q",
            title=_("Margin of error (± points)"),
            scale=alt.Scale(zero=False, padding=20),
        ),
    )
    dots = base.mark_point(filled=True, size=130, stroke="#888888", strokeWidth=0.6).encode(
        color=alt.Color(
            "hours:Q",
            title=_("Mean duty (h)"),
            scale=alt.Scale(scheme="cividis"),
            legend=alt.Legend(orient="right", gradientLength=160),
        ),
        shape=alt.Shape(
            "best:N",
            title=None,
            scale=alt.Scale(domain=beaten, range=["circle", "diamond"]),
            legend=alt.Legend(orient="top"),
        ),
        opacity=alt.Opacity(
            "best:N", scale=alt.Scale(domain=beaten, range=[1, FAINT]), legend=None
        ),
        tooltip=[
            alt.Tooltip("name:N", title=_("Scenario")),
            alt.Tooltip("cost:Q", title=price, format=",.0f"),
            alt.Tooltip("margin:Q", title=_("Margin of error (± points)"), format=".2f"),
            alt.Tooltip("basis:N", title=_("Basis")),
            alt.Tooltip("hours:Q", title=_("Mean duty (h)"), format=".1f"),
        ],
    )
    labels = base.mark_text(align="left", dx=9, dy=-7, fontSize=11, color="#888888").encode(
        text="label:N"
    )
    downloadable(
        alt.layer(dots, labels).properties(height=420),
        _("Cost, margin of error and hours of the scenarios."),
    )
