"""One pair's election day by the clock: what it does, its duty, opening hours and the dark."""

from datetime import timedelta
from typing import Any

import altair as alt

from geodata.clock import local_datetime
from planner.domain.place import Station, Town
from planner.domain.plan import Day
from planner.export.view import PlanView
from ui.components.charts import activity_colour, chart_data, clock_axis, show_chart
from ui.components.clockwork import (
    Hours,
    clock_text,
    dark_by_policy,
    hours,
    spells,
    sun_down,
)
from ui.components.palette import VERMILION
from ui.strings import _
from ui.written import number

ROW_PX = 34
DUTY, OPEN, NIGHT, DARK = "#7B8794", "#8CB369", "#5468A8", "#8A8F98"


def day_chart(view: PlanView, day: Day) -> None:
    """Show one pair's election day in its local time, and the limits that it has to keep."""
    e_day = view.mission.mission.e_day
    policy = view.mission.mission.policies.day
    start, end = hours(e_day, day.leave_base), hours(e_day, day.reach_base)
    limit = start + policy.max_duty_min / 60
    window = (min(start, 6.0) - 0.5, max(end, start + 1) + 0.75)
    team = view.teams.get(day.team)
    base = view.mission.town_of.get(team.base_town) if team else None
    did, duty, opened, night = _("Day"), _("On duty"), _("Voting open"), _("Dark")
    order = [did, duty, opened, night]
    x = alt.X(
        "start:Q",
        title=_("Local time"),
        axis=clock_axis(),
        scale=alt.Scale(domain=list(window), nice=False),
    )
    y = alt.Y(
        "row:N",
        title=None,
        sort=order,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(
            labelOverlap=False, labelFlush=False, labelLimit=160, ticks=False, domain=False
        ),
    )
    layers: list[Any] = []
    dark = _sun(view, base, window)
    if dark:
        layers.append(
            alt.Chart(chart_data([_bar("", span, _("sun below the horizon")) for span in dark]))
            .mark_rect(color=NIGHT, opacity=0.25)
            .encode(x=x, x2="end:Q")
        )
    rows = [
        {
            **_bar(did, (spell.start_h, spell.end_h), spell.where or _("back to base")),
            "what": _(spell.what),
        }
        for spell in spells(e_day, day)
    ]
    layers.append(
        alt.Chart(chart_data(rows))
        .mark_bar(height=ROW_PX - 6)
        .encode(
            x=x,
            x2="end:Q",
            y=y,
            color=activity_colour(),
            tooltip=[alt.Tooltip("what:N", title=_("What")), *_tips()],
        )
    )
    plain_bars = [
        (DUTY, [_bar(duty, (start, end), _duty_words(end - start, policy.max_duty_min))]),
        (
            OPEN,
            [_bar(opened, span, _("voting at this pair's stations")) for span in _open(view, day)],
        ),
        (NIGHT, [_bar(night, span, _("sun below the horizon")) for span in dark]),
    ]
    for colour, bars in plain_bars:
        layers.append(
            alt.Chart(chart_data(bars))
            .mark_bar(height=10, color=colour)
            .encode(x=x, x2="end:Q", y=y, tooltip=_tips())
        )
    by_rule = dark_by_policy(policy.dark_from_hour, policy.light_from_hour, window)
    layers.append(
        alt.Chart(chart_data([_bar(night, span, _("dark by the policy (D9)")) for span in by_rule]))
        .mark_bar(height=18, filled=False, stroke=DARK, strokeWidth=1.5, strokeDash=[3, 2])
        .encode(x=x, x2="end:Q", y=y, tooltip=_tips())
    )
    if limit <= window[1]:
        layers.append(
            alt.Chart(
                chart_data([{"start": limit, "row": duty, "where": _("end of duty at most")}])
            )
            .mark_tick(color=VERMILION, thickness=3, size=ROW_PX - 4)
            .encode(x=x, y=y, tooltip=[alt.Tooltip("where:N", title=_("What"))])
        )
    show_chart(
        alt.layer(*layers).properties(height=ROW_PX * len(order) + 110),
        _(
            "The pair's election day by the clock: travel, opening, visits, closing, count; its "
            "duty, the hours of voting, and when it is dark."
        ),
    )


def day_legend(view: PlanView, day: Day) -> list[tuple[str, str, str]]:
    """Return the legend's lines about what the chart shows besides the activities."""
    policy = view.mission.mission.policies.day
    duty_h = (day.reach_base - day.leave_base) / timedelta(hours=1)
    at_most = _("limit {h} h").format(
        h=number(policy.max_duty_min / 60, 0 if policy.max_duty_min % 60 == 0 else 1)
    )
    return [
        ("▬", DUTY, _duty_words(duty_h, policy.max_duty_min) + f" ({at_most})"),
        ("▬", OPEN, _("hours of voting at its stations")),
        ("■", NIGHT, _("sun below the horizon at the base town")),
        (
            "▭",
            DARK,
            _("dark by the policy, {start}:00 to {end}:00 (D9)").format(
                start=f"{policy.dark_from_hour:02d}", end=f"{policy.light_from_hour:02d}"
            ),
        ),
    ]


def _duty_words(duty_h: float, limit_min: int) -> str:
    mark = "■ " if duty_h * 60 > limit_min else ""
    return mark + _("on duty {h} h").format(h=number(duty_h, 1))


def _sun(view: PlanView, base: Town | None, window: Hours) -> list[Hours]:
    if base is None:
        return []
    zone = view.mission.time_zone(base.district)
    return sun_down(view.mission.mission.e_day, zone, base.lat, base.lon, window)


def _open(view: PlanView, day: Day) -> list[Hours]:
    """Return from when to when the stations of a day are open, overlapping spans joined."""
    e_day, common = view.mission.mission.e_day, view.mission.mission.hours
    spans = sorted(
        {
            (
                hours(e_day, local_datetime(e_day, place.opens or common.opens, zone)),
                hours(e_day, local_datetime(e_day, place.closes or common.closes, zone)),
            )
            for stop in day.stops
            if isinstance(place := view.place(stop), Station)
            for zone in (view.mission.time_zone(place.district),)
        }
    )
    joined: list[Hours] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _bar(row: str, span: Hours, where: str) -> dict[str, Any]:
    return {
        "row": row,
        "start": span[0],
        "end": span[1],
        "clock": f"{clock_text(span[0])} - {clock_text(span[1])}",
        "min": round((span[1] - span[0]) * 60),
        "where": where,
    }


def _tips() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("clock:N", title=_("Local time")),
        alt.Tooltip("min:Q", title=_("Minutes")),
        alt.Tooltip("where:N", title=_("Where")),
    ]
