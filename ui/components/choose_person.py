"""The choice of an observer: searched by id, State, team or area."""

from typing import TYPE_CHECKING

import streamlit as st

from planner.domain.ids import ObserverId
from planner.domain.observer import Observer
from ui.state import Shown
from ui.strings import _

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def choose_person(
    place: "DeltaGenerator",
    label: str,
    people: list[ObserverId],
    key: str,
    labels: dict[ObserverId, str],
    start: tuple[ObserverId, ...] = (),
) -> ObserverId | None:
    """Draw the choice of one observer.

    Parameters
    ----------
    place
        Where to draw it.
    people
        Who can be chosen.
    key
        Names the choice among the widgets of the page.
    labels
        From :func:`labels_of`.
    start
        Who is chosen to begin with, if anybody.
    """
    # Where the team was changed, a member of the old one is no choice any more.
    if st.session_state.get(key) not in (None, *people):
        st.session_state[key] = None
    index = people.index(start[0]) if start and start[0] in people else None
    chosen = place.selectbox(
        label,
        people,
        index=None if key in st.session_state else index,
        placeholder=_("id, State, team or area"),
        format_func=lambda each: labels.get(each, each),
        key=key,
    )
    return ObserverId(chosen) if chosen else None


def labels_of(shown: Shown) -> dict[ObserverId, str]:
    """Return observers in words that can be searched: id, State, team and area."""
    teams = {member: team for team in shown.view.plan.teams for member in team.members}
    labels = {}
    for observer in shown.view.mission.observers:
        team = teams.get(observer.id)
        where = f"{team.id} · {team.area}" if team else _("no team")
        if observer.reserve:
            where = _("reserve") if team is None else f"{where} · {_('reserve')}"
        labels[observer.id] = f"{observer.id} · {observer.state} · {where}"
    return labels


def mates_of(shown: Shown, observer: Observer | None) -> frozenset[ObserverId]:
    """Return the members of an observer's team, the observer among them."""
    if observer is None:
        return frozenset()
    return frozenset(
        member
        for team in shown.view.plan.teams
        if observer.id in team.members
        for member in team.members
    )


def people_of_role(shown: Shown, observer: Observer | None) -> list[Observer]:
    """Return the observers of somebody's role; all where nobody is given."""
    return [
        other
        for other in shown.view.mission.observers
        if observer is None or other.role is observer.role
    ]
