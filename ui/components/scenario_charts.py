"""Charts of scenarios: what they share, and the expected totals by phase."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import altair as alt
import streamlit as st

from planner.intake.write import cell
from planner.scenario.point import Point
from planner.scenario.sides import MARGINS
from ui.components.charts import chart_data, show_chart
from ui.components.palette import BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION
from ui.components.scenario_pick import Picked, names_of
from ui.components.scenario_words import phase_words
from ui.components.text import plain
from ui.strings import _

COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION)
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
AROUND_PX, ROW_PX = 72, 30
"""Of a chart of bars: its axis, which the height of a chart includes, and one bar."""


def downloadable(chart: Any, words: str) -> None:  # noqa: ANN401 - charts and layers of charts
    """Draw a chart and say how it is saved; nothing is sent anywhere for it."""
    show_chart(chart, words)
    st.caption(_("The bar above the chart saves it as an image (PNG) and shows its data."))


def chart_file(rows: Sequence[dict[str, Any]], name: str) -> None:
    """Draw the download of what a chart shows."""
    if not rows:
        return
    target = io.StringIO()
    writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({head: cell(value) for head, value in row.items()} for row in rows)
    st.download_button(
        _("What the chart shows, as CSV"),
        target.getvalue().encode("utf-8-sig"),
        f"{name}.csv",
        "text/csv",
        key=f"scn-chart-{name}",
        icon=":material/download:",
        on_click="ignore",
    )


def colour_of(names: Sequence[str], title: str | None = None) -> alt.Color:
    """Return a colour for each name that colour-blind people can tell apart."""
    return alt.Color(
        "name:N",
        title=title,
        scale=alt.Scale(domain=list(names), range=list(COLOURS[: len(names)])),
        legend=alt.Legend(orient="top", labelLimit=320, columns=2),
    )


def expected_bars(picked: list[Picked]) -> None:
    """Draw what nineteen of twenty election days reach, the median, and the 95th percentile."""
    names, words = names_of(picked), phase_words()
    rows = [
        row
        for one, name in zip(picked, names, strict=True)
        for _phase, total in MARGINS
        if (row := _row(one.point, name, total, words[total])) is not None
    ]
    st.subheader(_("Expected by phase"))
    if not rows:
        st.info(_("No election days were simulated for these scenarios."))
        return
    st.caption(plain(" · ".join(name.replace(" · ", ": ", 1) for name in names)))
    letters = [name.split(" · ")[0] for name in names]
    y = alt.Y("letter:N", sort=letters, title=None, axis=alt.Axis(labelFontWeight="bold"))
    x = alt.X("low:Q", title=_("stations or visits"), scale=alt.Scale(zero=False, padding=12))
    tips = [
        alt.Tooltip("name:N", title=_("Scenario")),
        alt.Tooltip("phase:N", title=_("Phase")),
        alt.Tooltip("low:Q", title="P5", format=",.0f"),
        alt.Tooltip("middle:Q", title="P50", format=",.0f"),
        alt.Tooltip("high:Q", title="P95", format=",.0f"),
        alt.Tooltip("planned:Q", title=_("planned"), format=",.0f"),
    ]
    base = alt.Chart(chart_data(rows)).encode(y=y)
    bar = base.mark_bar(height=12, cornerRadius=3).encode(
        x=x, x2="high:Q", color=colour_of(names).legend(None), tooltip=tips
    )
    middle = base.mark_tick(thickness=2, size=18, color="#888888").encode(x="middle:Q")
    planned = base.mark_point(shape="diamond", size=45, filled=False, color="#888888").encode(
        x="planned:Q", tooltip=tips
    )
    phases = [words[total] for _phase, total in MARGINS]
    facets = {
        phase: alt.layer(bar, middle, planned)
        .transform_filter(alt.datum.phase == phase)
        .properties(height=AROUND_PX + ROW_PX * len(names))
        for phase in phases
        if any(row["phase"] == phase for row in rows)
    }
    left, right = st.columns(2)
    for place, (phase, facet) in enumerate(facets.items()):
        with left if place % 2 == 0 else right:
            st.markdown(f"**{phase}**")
            show_chart(
                facet, _("Expected totals from the 5th to the 95th percentile, by scenario.")
            )
    st.caption(
        _(
            "Bar: from what 19 of 20 simulated election days reach (P5) to what 1 of 20 reaches "
            "(P95); tick: the median; ◇ what is planned. The bar above a chart saves it as an "
            "image (PNG)."
        )
    )


def _row(point: Point, name: str, total: str, phase: str) -> dict[str, Any] | None:
    low, middle, high = (getattr(point, f"{total}_{part}") for part in ("p5", "p50", "p95"))
    if low is None or middle is None or high is None:
        return None
    return {
        "name": name,
        "letter": name.split(" · ", maxsplit=1)[0],
        "phase": phase,
        "low": low,
        "middle": middle,
        "high": high,
        "planned": getattr(point, total),
    }
