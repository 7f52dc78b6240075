"""The whole country on election day: pairs by the hour, stations by what is observed there."""

from collections import Counter

import streamlit as st

from planner.domain.plan import Phase
from ui.components.charts import country_chart
from ui.components.country_map import (
    AREA_LINE,
    CLASSES,
    COUNT,
    NOBODY,
    REGION_LINE,
    class_of,
    country_deck,
)
from ui.components.deck import show_deck
from ui.components.legend import legend
from ui.state import KEPT, Page, Shown
from ui.strings import _, present_language
from ui.written import number


def country_day(page: Page) -> None:
    """Draw the chart by hour, and the map with its choice of phases."""
    shown = page.shown
    st.subheader(_("The country by hour"))
    st.caption(_("All pairs, each by its own local clock, in quarters of an hour."))
    country_chart(shown.view)
    st.subheader(_("Stations by what is observed there"))
    counts = _counts(shown, shown.digest)
    labels = _labels()
    chosen = st.pills(
        _("Show"),
        list(CLASSES),
        selection_mode="multi",
        default=list(CLASSES),
        key="country-classes",
        format_func=lambda name: f"{labels[name]} ({number(counts[name])})",
        persist_state="session",
    )
    classes = tuple(name for name in CLASSES if name in (chosen or ()))
    show_deck(
        country_deck(shown, shown.digest, classes, present_language()),
        _(
            "Map of {n} stations by what is observed there; the part Coverage says it in numbers."
        ).format(n=number(sum(counts[name] for name in classes))),
    )
    legend(
        [
            *(("●", colour, labels[name]) for name, colour in CLASSES.items()),
            ("▬", AREA_LINE, _("area of responsibility")),
            ("▬", REGION_LINE, _("region")),
        ]
    )


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _counts(_shown: Shown, digest: str) -> Counter[str]:  # noqa: ARG001 - the key
    return Counter(class_of(_shown.view, station) for station in _shown.view.mission.stations)


def _labels() -> dict[str, str]:
    return {
        NOBODY: _("not visited"),
        Phase.VOTING.value: _("voting only"),
        Phase.OPENING.value: _("opening"),
        COUNT: _("closing and count"),
    }
