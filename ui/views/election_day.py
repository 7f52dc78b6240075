"""Election day: one pair, the whole country, what is covered, and one station."""

import streamlit as st

from ui.components.country_day import country_day
from ui.components.coverage_tables import coverage_part
from ui.components.empty import nothing
from ui.components.links import link
from ui.components.pair_day import pair_day
from ui.components.part import choose_part
from ui.components.station_card import STATION, station_part
from ui.state import Page
from ui.strings import _

PAIR, COUNTRY, COVERAGE = "pair", "country", "coverage"


def show(page: Page) -> None:
    """Draw the view."""
    parts = {
        PAIR: _("A pair"),
        COUNTRY: _("The country"),
        COVERAGE: _("Coverage"),
        STATION: _("A station"),
    }
    implied = STATION if STATION in st.query_params else None
    part = choose_part("election_day", parts, implied)
    if part == STATION:
        station_part(page)
    elif part == COVERAGE:
        coverage_part(page)
    elif not page.shown.view.plan.days:
        nothing(_("This plan has no election days."), _("Plan again with the stage election days."))
        link("plan", _("Plan again"), ":material/play_circle:")
    elif part == COUNTRY:
        country_day(page)
    else:
        pair_day(page)
