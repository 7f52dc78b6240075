"""Charts of a roster: State quota, languages, experience and gender, presence by day."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import streamlit as st

from planner.domain.observer import Experience, Gender
from planner.overview.quota import QuotaTracker, Standing
from planner.overview.roster import DayCount, LanguageCount, Purpose, RoleCount
from ui.components.palette import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILION
from ui.strings import _, word
from ui.written import short_day

ROW_PX, AROUND_PX = 22, 110
"""Of one bar, and of axis and legend around them all."""
ROOM = 1.08
"""Axes reach beyond the longest bar, so that no label is cut."""
MARKS = {Standing.BELOW: "", Standing.AT: "▲ ", Standing.ABOVE: "■ "}
"""A standing is a sign, not only a colour."""


def standing_short(standing: Standing) -> str:
    """Return where a State stands in a word, with its sign."""
    words = {Standing.BELOW: _("below"), Standing.AT: _("at"), Standing.ABOVE: _("above")}
    return MARKS[standing] + words[standing]


def standing_words(standing: Standing) -> str:
    """Return where a State stands, as a person reads it, with its sign."""
    words = {
        Standing.BELOW: _("below its quota"),
        Standing.AT: _("at its quota"),
        Standing.ABOVE: _("above its quota"),
    }
    return MARKS[standing] + words[standing]


def quota_chart(tracker: QuotaTracker, most: int) -> None:
    """Show the States with most STOs against the quota.

    Parameters
    ----------
    most
        How many States are drawn.
    """
    shown = [state for state in tracker.states if state.nominated][:most]
    rows = [
        {
            "state": each.state,
            "stos": each.nominated,
            "label": f"{each.nominated} {MARKS[each.standing]}".strip(),
            "standing": standing_words(each.standing),
        }
        for each in shown
    ]
    order = [str(row["state"]) for row in rows]
    longest = max((each.nominated for each in shown), default=0)
    scale = alt.Scale(domain=[0, max(longest, tracker.limit, 1) * ROOM], nice=False)
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("stos:Q", title=_("Nominated STOs"), axis=alt.Axis(tickMinStep=1), scale=scale),
        y=alt.Y(
            "state:N", sort=order, title=None, axis=alt.Axis(labelOverlap=False, labelFlush=False)
        ),
    )
    bars = base.mark_bar(height=ROW_PX - 9).encode(
        color=alt.Color(
            "standing:N",
            title=None,
            scale=alt.Scale(
                domain=[standing_words(each) for each in Standing],
                range=[BLUE, ORANGE, VERMILION],
            ),
            legend=alt.Legend(orient="top"),
        ),
        tooltip=[
            alt.Tooltip("state:N", title=_("State")),
            alt.Tooltip("stos:Q", title=_("Nominated STOs")),
            alt.Tooltip("standing:N", title=_("Quota")),
        ],
    )
    labels = base.mark_text(align="left", dx=4, color=GREY).encode(text="label:N")
    line = (
        alt.Chart(_data([{"limit": tracker.limit}]))
        .mark_rule(color=VERMILION, strokeDash=[4, 3], strokeWidth=2)
        .encode(
            x="limit:Q",
            tooltip=[alt.Tooltip("limit:Q", title=_("Most STOs of one State"))],
        )
    )
    _show(
        alt.layer(bars, labels, line).properties(height=ROW_PX * len(rows) + AROUND_PX),
        _("STOs by State; the dashed line is the quota of one State."),
    )


def purpose_words(purpose: Purpose) -> str:
    """Return what a language is for, as a person reads it."""
    return {
        Purpose.WORKING: _("working language"),
        Purpose.LOCAL: _("local language"),
        Purpose.OTHER: _("other"),
    }[purpose]


def language_chart(counts: Sequence[LanguageCount], most: int) -> None:
    """Show the speakers of each language, at the level that is asked for and below it."""
    shown = counts[:most]
    enough, below = _("at the level asked for"), _("below it")
    rows = [
        {
            "language": f"{each.language} · {purpose_words(each.purpose)}",
            "people": count,
            "level": label,
            "asked": word(each.level.value) if each.level else _("none"),
        }
        for each in shown
        for count, label in ((each.enough, enough), (each.below, below))
    ]
    order = [f"{each.language} · {purpose_words(each.purpose)}" for each in shown]
    longest = max((each.enough + each.below for each in shown), default=1)
    chart = (
        alt.Chart(_data(rows))
        .mark_bar(height=ROW_PX - 9)
        .encode(
            x=alt.X(
                "people:Q",
                title=_("Observers"),
                stack="zero",
                axis=alt.Axis(tickMinStep=1),
                scale=alt.Scale(domain=[0, longest * ROOM], nice=False),
            ),
            y=alt.Y(
                "language:N",
                sort=order,
                title=None,
                axis=alt.Axis(labelOverlap=False, labelFlush=False, labelLimit=220),
            ),
            color=alt.Color(
                "level:N",
                title=None,
                scale=alt.Scale(domain=[enough, below], range=[GREEN, ORANGE]),
                legend=alt.Legend(orient="top"),
            ),
            order=alt.Order("level:N", sort="ascending"),
            tooltip=[
                alt.Tooltip("language:N", title=_("Language")),
                alt.Tooltip("people:Q", title=_("Observers")),
                alt.Tooltip("level:N", title=_("Level")),
                alt.Tooltip("asked:N", title=_("Asked for")),
            ],
        )
        .properties(height=ROW_PX * len(shown) + AROUND_PX)
    )
    _show(chart, _("Speakers by language, at the level that is asked for and below it."))


def experience_chart(count: RoleCount) -> None:
    """Show the experience bands of those who may be deployed."""
    words = {
        Experience.NEW: _("new (first mission)"),
        Experience.SOME: _("some (1 to 3)"),
        Experience.SENIOR: _("senior (4 or more)"),
    }
    counted = {label: count.experience[band] for band, label in words.items()}
    _one_bar(counted, (SKY, BLUE, PURPLE), _("Observers by experience, missions before this one."))


def gender_chart(count: RoleCount) -> None:
    """Show women, men, and those of whom nothing was said, among those who may be deployed."""
    words: dict[Gender | None, str] = {
        Gender.F: _("women"),
        Gender.M: _("men"),
        None: _("not given"),
    }
    counted = {label: count.gender[gender] for gender, label in words.items()}
    _one_bar(counted, (PURPLE, GREEN, GREY), _("Observers by gender."))


def _one_bar(counted: Mapping[str, int], colours: Sequence[str], words: str) -> None:
    rows: list[dict[str, Any]] = [
        {"class": f"{label}: {count}", "people": count, "row": "", "order": position}
        for position, (label, count) in enumerate(counted.items())
    ]
    total = max(1, sum(counted.values()))
    chart = (
        alt.Chart(_data(rows))
        .mark_bar(height=26)
        .encode(
            x=alt.X(
                "people:Q",
                title=_("Observers"),
                stack="zero",
                axis=alt.Axis(tickMinStep=1),
                scale=alt.Scale(domain=[0, total], nice=False),
            ),
            y=alt.Y("row:N", title=None, axis=None),
            order="order:Q",
            color=alt.Color(
                "class:N",
                title=None,
                scale=alt.Scale(domain=[row["class"] for row in rows], range=list(colours)),
                legend=alt.Legend(orient="top"),
            ),
            tooltip=[
                alt.Tooltip("class:N", title=_("Class")),
                alt.Tooltip("people:Q", title=_("Observers")),
            ],
        )
        .properties(height=130)
    )
    _show(chart, words)


def presence_chart(days: Sequence[DayCount]) -> None:
    """Show who is in the country day by day, against what the teams need."""
    present, needed = _("there, not in reserve"), _("needed by the teams")
    rows = [
        {"day": f"{each.day.isoformat()}T12:00", "people": each.present, "what": present}
        for each in days
    ]
    line = [
        {"day": f"{each.day.isoformat()}T12:00", "people": each.needed, "what": needed}
        for each in days
    ]
    colour = alt.Color(
        "what:N",
        title=None,
        scale=alt.Scale(domain=[present, needed], range=[SKY, VERMILION]),
        legend=alt.Legend(orient="top"),
    )
    x = alt.X("day:T", title=_("Date"), axis=alt.Axis(format=short_day()))
    y = alt.Y("people:Q", title=_("Observers"), axis=alt.Axis(tickMinStep=1))
    tooltip = [
        alt.Tooltip("day:T", title=_("Date"), format=short_day()),
        alt.Tooltip("people:Q", title=_("Observers")),
        alt.Tooltip("what:N", title=_("What")),
    ]
    bars = (
        alt.Chart(_data(rows))
        .mark_bar(size=max(4, min(24, 560 // max(1, len(days)))))
        .encode(x=x, y=y, color=colour, tooltip=tooltip)
    )
    steps = (
        alt.Chart(_data(line))
        .mark_line(interpolate="step", strokeWidth=2, strokeDash=[5, 3])
        .encode(x=x, y=y, color=colour, tooltip=tooltip)
    )
    _show(
        alt.layer(bars, steps).properties(height=260),
        _("Observers in the country by day; the dashed line is what the teams need."),
    )


def level_words(count: LanguageCount) -> str:
    """Return the level that is asked for, or a dash."""
    return word(count.level.value) if count.level else "-"


def _data(rows: list[dict[str, Any]]) -> Any:  # noqa: ANN401 - Altair leaves it untyped
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def _show(chart: Any, words: str) -> None:  # noqa: ANN401 - charts and layers of charts
    st.altair_chart(chart, width="stretch", alt=words)
