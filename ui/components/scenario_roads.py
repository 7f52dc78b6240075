"""The form of a scenario: season, speed, regions cut off, towns closed."""

from typing import Any

import streamlit as st

from planner.domain.policy import Season
from ui.components.scenario_draft import change
from ui.components.scenario_fields import Form, choice, several, slider
from ui.strings import _, word
from ui.written import number

_FROM, _TO = 6, 30
"""Hours of election day: from early morning to the morning after."""


def roads(form: Form) -> None:
    """Draw roads, weather and closed towns."""
    left, right = st.columns(2)
    with left:
        choice(form, "travel.season", {each.value: word(each.value) for each in Season})
    with right:
        slider(form, "travel.speed_factor", (30, 150), 5, unit="%", scale=100)
    regions = {str(region.id): region.name for region in form.mission.regions}
    before = {str(one.region): one for one in form.scenario.isolated}
    several(
        form,
        "isolated",
        regions,
        list(before),
        lambda chosen: [_isolated(before, region) for region in chosen],
        _("Nobody drives there in these hours. The plan does not know of it."),
    )
    for place, one in enumerate(form.scenario.isolated):
        _hours_of(form, place, regions.get(str(one.region), str(one.region)))
    towns = {str(town.id): _town_label(town.name, town.beds) for town in form.mission.towns}
    several(
        form,
        "closed_towns",
        towns,
        [str(town) for town in form.scenario.closed_towns],
        list,
        _("The airport, the road or the hotels are closed: nobody sleeps there."),
    )


def _isolated(before: dict[str, Any], region: str) -> dict[str, Any]:
    if region in before:
        known: dict[str, Any] = before[region].model_dump(mode="json")
        return known
    return {"region": region, "from_hour": _FROM, "to_hour": _TO}


def _hours_of(form: Form, place: int, label: str) -> None:
    key = form.key(f"isolated-{label}")
    entries = [each.model_dump(mode="json") for each in form.scenario.isolated]
    first, last = entries[place]["from_hour"], entries[place]["to_hour"]
    st.session_state[key] = (int(min(first, last)), int(max(first, last)))

    def moved() -> None:
        entries[place]["from_hour"], entries[place]["to_hour"] = st.session_state[key]
        change(form.page, "isolated", entries)

    st.slider(
        _(
            "{region}: hours of election day (below 0 the day before, above 24 the day after)"
        ).format(region=label),
        -24,
        48,
        key=key,
        format="%d h",
        on_change=moved,
        disabled=form.disabled,
    )


def _town_label(name: str, beds: int | None) -> str:
    return name if beds is None else _("{town} ({beds} beds)").format(town=name, beds=number(beds))
