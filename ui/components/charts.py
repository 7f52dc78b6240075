"""Charts: the calendar and the country by hour. Axes name their units."""

from datetime import timedelta
from typing import Any

import altair as alt
import streamlit as st

from planner.domain.mission import Mission
from planner.export.view import PlanView
from ui.components.clockwork import STEP_MIN, by_quarter, clock_text
from ui.components.palette import ACTIVITIES, BLUE, GREEN, ORANGE, PURPLE, VERMILION
from ui.strings import _
from ui.written import short_day

CLOCK = "format(datum.value % 24, '02d') + ':00'"
"""Hours after midnight as a clock; the next day begins at 00:00 again."""
ROW_PX, AROUND_PX = 22, 110
"""Of the calendar: one row, and its legend and axis, which the height of a chart includes."""


def calendar_chart(mission: Mission) -> None:
    """Show deployment from the first arrival to the last departure, and the events."""
    calendar = mission.calendar
    spans = [
        (member.position, member.arrives_day, member.leaves_day, _("Core team"))
        for member in mission.core_team
    ]
    spans.append((_("LTO teams"), calendar.lto_from_day, calendar.lto_to_day, _("LTO")))
    spans.append((_("STO pairs"), calendar.sto_from_day, calendar.sto_to_day, _("STO")))
    rows = [
        {
            "who": who,
            "from": mission.day(first).isoformat() + "T00:00",
            "to": (mission.day(last) + timedelta(days=1)).isoformat() + "T00:00",
            "days": _("{first} to {last}").format(first=f"E{first:+d}", last=f"E{last:+d}"),
            "group": group,
        }
        for who, first, last, group in spans
    ]
    events = [
        {
            "who": _("Events"),
            "from": mission.day(event.day).isoformat() + "T12:00",
            "what": event.label,
            "days": f"E{event.day:+d}" if event.day else "E",
        }
        for event in calendar.events
    ]
    order = [row["who"] for row in rows] + [_("Events")]
    y = alt.Y(
        "who:N",
        sort=order,
        title=None,
        axis=alt.Axis(labelLimit=220, labelOverlap=False, labelFlush=False),
    )
    bars = (
        alt.Chart(chart_data(rows))
        .mark_bar(height=12, cornerRadius=3)
        .encode(
            x=alt.X("from:T", title=_("Date"), axis=alt.Axis(format=short_day())),
            x2="to:T",
            y=y,
            color=alt.Color(
                "group:N",
                title=None,
                scale=alt.Scale(
                    domain=[_("Core team"), _("LTO"), _("STO")], range=[BLUE, ORANGE, GREEN]
                ),
                legend=alt.Legend(orient="top"),
            ),
            tooltip=[alt.Tooltip("who:N", title=_("Who")), alt.Tooltip("days:N", title=_("Days"))],
        )
    )
    marks = (
        alt.Chart(chart_data(events))
        .mark_point(shape="diamond", size=70, filled=True, color=PURPLE)
        .encode(
            x="from:T",
            y=alt.Y("who:N", sort=order),
            tooltip=[
                alt.Tooltip("what:N", title=_("Event")),
                alt.Tooltip("days:N", title=_("Day")),
            ],
        )
    )
    e_day = (
        alt.Chart(chart_data([{"from": mission.e_day.isoformat() + "T12:00"}]))
        .mark_rule(color=VERMILION, strokeWidth=2, strokeDash=[4, 3])
        .encode(x="from:T")
    )
    show_chart(
        alt.layer(bars, marks, e_day).properties(height=ROW_PX * len(order) + AROUND_PX),
        _("Calendar from first arrival to last departure; the dashed line is election day."),
    )


def country_chart(view: PlanView) -> None:
    """Show how many pairs do what, by quarter of an hour of their local time."""
    chart = (
        alt.Chart(chart_data(_stacked(view)))
        .mark_rect()
        .encode(
            x=alt.X("hour:Q", title=_("Local time"), axis=clock_axis(), scale=tight_scale()),
            x2="end:Q",
            y=alt.Y("low:Q", title=_("STO pairs")),
            y2="high:Q",
            color=activity_colour(),
            tooltip=[
                alt.Tooltip("clock:N", title=_("Local time")),
                alt.Tooltip("what:N", title=_("What")),
                alt.Tooltip("pairs:Q", title=_("STO pairs")),
            ],
        )
        .properties(height=300)
    )
    words = _("How many pairs travel, open, visit, close, count and tabulate by local time.")
    show_chart(chart, words)


def _stacked(view: PlanView) -> list[dict[str, Any]]:
    """Return the pairs of each quarter, one activity on top of the other.

    Stacked here: a bar with two ends on a quantitative axis is not stacked by Vega-Lite.
    """
    counts = by_quarter(view.mission.mission.e_day, view.plan.days)
    rows: list[dict[str, Any]] = []
    for quarter in sorted({quarter for quarter, _what in counts}):
        low = 0
        for what in ACTIVITIES:
            count = counts[quarter, what]
            if count:
                hour = quarter * STEP_MIN / 60
                rows.append(
                    {
                        "hour": hour,
                        "end": hour + STEP_MIN / 60,
                        "clock": clock_text(hour),
                        "what": _(what),
                        "pairs": count,
                        "low": low,
                        "high": low + count,
                    }
                )
            low += count
    return rows


def chart_data(rows: list[dict[str, Any]]) -> Any:  # noqa: ANN401 - Altair leaves it untyped
    """Return rows as data that stand in the chart itself."""
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def clock_axis() -> alt.Axis:
    """Return an axis of hours after midnight, written as a clock."""
    return alt.Axis(labelExpr=CLOCK, tickMinStep=1, tickCount=14)


def tight_scale() -> alt.Scale:
    """Return a scale that begins and ends with its data."""
    return alt.Scale(zero=False, nice=False, padding=8)


def activity_colour() -> alt.Color:
    """Return the colours of what pairs do, with their legend."""
    return alt.Color(
        "what:N",
        title=None,
        scale=alt.Scale(domain=[_(what) for what in ACTIVITIES], range=list(ACTIVITIES.values())),
        legend=alt.Legend(orient="top"),
    )


def show_chart(chart: Any, words: str) -> None:  # noqa: ANN401 - charts and layers of charts
    """Draw a chart; ``words`` say what it shows to those who cannot see it."""
    st.altair_chart(chart, width="stretch", alt=words)
