"""One station: who visits it and when, or why nobody does, and how to settle that."""

from typing import TYPE_CHECKING

import streamlit as st

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import StationId, TeamId
from planner.domain.observer import Role
from planner.domain.place import Station
from planner.export.view import PlanView
from ui.components.boundary import boundary
from ui.components.decide import decide, decisions_panel
from ui.components.explanation import show_explanation
from ui.components.links import link
from ui.components.text import plain
from ui.state import KEPT, Page, Shown
from ui.strings import _, n_, word
from ui.written import number

if TYPE_CHECKING:
    from planner.explain.records import Explanation

STATION, MATCH = "station", "station-match"
MOST_MATCHES = 50
KINDS = (DecisionKind.VISIT_STATION.value, DecisionKind.NEVER_STATION.value)


def station_part(page: Page) -> None:
    """Draw the search, and the station that it found."""
    view = page.shown.view
    asked = st.text_input(
        _("Station"),
        key=STATION,
        bind="query-params",
        placeholder=_("id or a part of the name"),
        max_chars=100,
    )
    station = _find(view, (asked or "").strip())
    if station is not None:
        _card(page, station)
    if any(stored.decision.kind.value in KINDS for stored in page.decisions):
        with st.expander(_("Decisions about stations")):
            decisions_panel(page, KINDS)


def _find(view: PlanView, asked: str) -> Station | None:
    if not asked:
        st.info(_("Type a station's id or a part of its name: who goes there, or why nobody does."))
        return None
    exact = view.mission.station_of.get(StationId(asked))
    if exact is not None:
        return exact
    wanted = asked.casefold()
    found = [
        station
        for station in view.mission.stations
        if wanted in station.id.casefold() or wanted in station.name.casefold()
    ]
    if not found:
        st.warning(_("No station has {text} in its id or name.").format(text=f"**{plain(asked)}**"))
        return None
    if len(found) == 1:
        return found[0]
    shown = found[:MOST_MATCHES]
    labels = {str(s.id): f"{s.id} · {s.name} · {view.district_name(s.district)}" for s in shown}
    st.selectbox(
        n_("{n} station fits", "{n} stations fit", len(found)).format(n=number(len(found))),
        list(labels),
        index=None,
        format_func=lambda key: labels.get(key, key),
        placeholder=_("Choose one"),
        key=MATCH,
        on_change=_take,
    )
    if len(found) > len(shown):
        st.caption(_("The first {n} are listed; type more.").format(n=len(shown)))
    return None


def _take() -> None:
    """Make the chosen station the one that is asked for, so that the address names it."""
    chosen = st.session_state.get(MATCH)
    if chosen:
        st.session_state[STATION] = chosen


def _card(page: Page, station: Station) -> None:
    shown = page.shown
    view = shown.view
    st.subheader(plain(f"{station.id} · {station.name}" if station.name else str(station.id)))
    st.caption(plain(_about(view, station)))
    visits = view.visits.get(station.id, ())
    for team, stop in visits:
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.markdown(
            f":material/check_circle: **{plain(team)}** · "
            f"{stop.arrive:%H:%M} - {stop.leave:%H:%M} · {plain(_(stop.phase.value))}"
        )
        with right:
            link("election_day", _("The day"), ":material/schedule:", part="pair", pair=str(team))
    if not visits:
        with boundary():
            show_explanation(page, _explained(shown, shown.digest, str(station.id)))
    _settle(page, station, visited=bool(visits))


def _about(view: PlanView, station: Station) -> str:
    hours = view.mission.mission.hours
    area = view.area_of_district.get(station.district)
    drawn = view.sampled.get(station.id)
    parts = [
        view.district_name(station.district),
        view.region_name(station.district),
        str(area.id) if area else _("in no area"),
        f"{_(station.kind.value)}, {_(station.settlement.value)}",
        _("open {start} to {end}").format(
            start=f"{station.opens or hours.opens:%H:%M}",
            end=f"{station.closes or hours.closes:%H:%M}",
        ),
    ]
    if station.voters is not None:
        parts.append(_("{n} voters").format(n=number(station.voters)))
    parts.append(
        _("in the sample as {role}, {stratum} no. {rank}").format(
            role=word(drawn.role.value), stratum=_(drawn.stratum), rank=drawn.rank
        )
        if drawn
        else _("not in the sample")
    )
    parts.append(_("data: {status}").format(status=_(station.status.value)))
    return " · ".join(part for part in parts if part)


@st.cache_resource(max_entries=16 * KEPT, show_spinner=False)
def _explained(_shown: Shown, digest: str, station: str) -> "Explanation":  # noqa: ARG001 - the key
    from planner.explain import explain_station  # noqa: PLC0415 - heavy import

    return explain_station(_shown.view.mission, _shown.view.plan, _shown.travel, StationId(station))


def _settle(page: Page, station: Station, *, visited: bool) -> None:
    standing = [
        stored
        for stored in page.decisions
        if stored.decision.station == station.id and stored.decision.kind.value in KINDS
    ]
    if standing:
        st.info(_("There is a decision about this station already; see below."))
        return
    if not page.may_plan:
        return
    with st.expander(_("Settle it"), icon=":material/push_pin:", expanded=False):
        never = DecisionKind.NEVER_STATION.value
        visit = DecisionKind.VISIT_STATION.value
        words = {visit: _("visit it"), never: _("never go there")}
        options = [never, visit] if visited else [visit, never]
        kind = st.radio(
            _("What"),
            options,
            format_func=lambda value: words[value],
            horizontal=True,
            key=f"settle-{station.id}",
        )
        team = _pair_of(page.shown.view, station) if kind == visit else None
        decision = Decision(
            kind=DecisionKind(kind), station=station.id, team=TeamId(team) if team else None
        )
        decide(
            page,
            f"station-{station.id}"[:180],
            [decision],
            plain(f"{station.id}: {words[str(kind)]}" + (f" ({team})" if team else "")),
        )


def _pair_of(view: PlanView, station: Station) -> str | None:
    """Let a person name the pair; only those of the station's area may go there (D1)."""
    area = view.area_of_district.get(station.district)
    pairs = [
        str(team.id)
        for team in view.teams_of(Role.STO)
        if area is not None and team.area == area.id
    ]
    return st.selectbox(
        _("By which pair"),
        pairs,
        index=None,
        placeholder=_("any pair of its area"),
        key=f"settle-pair-{station.id}",
    )
