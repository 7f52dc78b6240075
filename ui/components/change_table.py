"""Who and what is not as it was: people, teams, areas and stations of two plans."""

from collections.abc import Mapping, Sequence

import streamlit as st

from planner.compare import PlanChange
from planner.compare.change import PersonChange, Seat, StationChange, TeamPlace, Visit
from planner.domain.ids import CommissionId, StationId
from planner.export.view import PlanView
from ui.state import Shown
from ui.strings import _, word

HEIGHT_PX = 460
MANY_ROWS = 12


def people_part(old: Shown, new: Shown, change: PlanChange) -> None:
    """Draw who has another team, area, town or partner."""
    people: Sequence[PersonChange] = change.people
    if not people:
        st.success(_("Everybody stays where they are."))
    else:
        moved = [person for person in people if person.moved]
        only = st.toggle(
            _("Only those who change area or town ({n} of {total})").format(
                n=len(moved), total=len(people)
            ),
            key="compare-moved",
            persist_state="session",
        )
        shown = moved if only else people
        observers = {**old.view.mission.observer_of, **new.view.mission.observer_of}
        _table(
            {
                _("Observer"): [str(each.observer) for each in shown],
                _("State"): [
                    str(observers[each.observer].state) if each.observer in observers else "?"
                    for each in shown
                ],
                _("What changes"): [_person(each) for each in shown],
                _("Before"): [_seat(old.view, each.old) for each in shown],
                _("After"): [_seat(new.view, each.new) for each in shown],
                _("Partner before"): [_partners(each.old) for each in shown],
                _("Partner after"): [_partners(each.new) for each in shown],
            }
        )
    st.subheader(_("Teams that moved"))
    if not change.teams:
        st.success(_("No team came, went or moved."))
        return
    _table(
        {
            _("Team"): [str(each.team) for each in change.teams],
            _("Before"): [_team(old.view, each.old) for each in change.teams],
            _("After"): [_team(new.view, each.new) for each in change.teams],
        }
    )


def _person(person: PersonChange) -> str:
    if person.old is None:
        return _("new in a team")
    if person.new is None:
        return _("■ in no team any more")
    if person.moved:
        return _("▲ travels to another place")
    if person.old.partners != person.new.partners:
        return _("another partner")
    return _("another team number")


def _seat(view: PlanView, seat: Seat | None) -> str:
    if seat is None:
        return "-"
    return f"{seat.team} · {seat.area} · {view.town_name(seat.base_town)}"


def _partners(seat: Seat | None) -> str:
    return ", ".join(seat.partners) if seat else ""


def _team(view: PlanView, place: TeamPlace | None) -> str:
    if place is None:
        return "-"
    parts = [str(place.area), view.town_name(place.base_town), word(place.mode.value)]
    parts += [] if place.vehicle else [_("no vehicle")]
    parts += [] if place.interpreter else [_("no interpreter")]
    return " · ".join(parts)


def areas_table(old: Shown, new: Shown, change: PlanChange) -> None:
    """Draw the areas that came, went or changed."""
    if not change.areas:
        st.success(_("Every area is as it was."))
        return

    def named(view: PlanView, districts: Sequence[str]) -> str:
        return ", ".join(view.district_name(d) for d in districts)  # type: ignore[arg-type]  # ids

    _table(
        {
            _("Area"): [str(each.area) for each in change.areas],
            _("Base town before"): [
                old.view.town_name(each.old.base_town) if each.old else "-" for each in change.areas
            ],
            _("Base town after"): [
                new.view.town_name(each.new.base_town) if each.new else "-" for each in change.areas
            ],
            _("STO pairs before"): [each.old.sto_pairs if each.old else 0 for each in change.areas],
            _("STO pairs after"): [each.new.sto_pairs if each.new else 0 for each in change.areas],
            _("Gained"): [named(new.view, each.gained) for each in change.areas],
            _("Lost"): [named(old.view, each.lost) for each in change.areas],
        }
    )


def stations_part(old: Shown, new: Shown, change: PlanChange) -> None:
    """Draw the stations and commissions that other pairs visit, or in other phases."""
    if not change.stations:
        st.success(_("Every station and commission is visited by the same pairs as before."))
    else:
        kinds = {each: _station(each) for each in change.stations}
        options = list(dict.fromkeys(kinds.values()))
        counts = {name: sum(kind == name for kind in kinds.values()) for name in options}
        chosen = st.pills(
            _("Show"),
            options,
            selection_mode="multi",
            default=options,
            format_func=lambda name: f"{name} ({counts.get(name, 0)})",
            key=f"compare-stations-{old.digest[:8]}-{new.digest[:8]}",
        )
        shown = [each for each in change.stations if kinds[each] in (chosen or ())]
        _table(
            {
                _("Place"): [str(each.place) for each in shown],
                _("Name"): [_name(old.view, new.view, each) for each in shown],
                _("What changes"): [kinds[each] for each in shown],
                _("Before"): [_visits(each.old) for each in shown],
                _("After"): [_visits(each.new) for each in shown],
            }
        )
    if change.retimed:
        teams = ", ".join(str(each.team) for each in change.retimed)
        with st.expander(
            _("Pairs with the same stations at other times") + f" ({len(change.retimed)})"
        ):
            st.text(teams)


def _station(change: StationChange) -> str:
    if not change.old:
        return _("newly visited")
    if not change.new:
        return _("no longer visited")
    if {visit.team for visit in change.old} != {visit.team for visit in change.new}:
        return _("another pair")
    return _("another phase")


def _name(old: PlanView, new: PlanView, change: StationChange) -> str:
    for view in (new, old):
        found = (
            view.mission.station_of.get(StationId(change.place))
            if change.place_kind == "station"
            else view.mission.commission_of.get(CommissionId(change.place))
        )
        if found is not None:
            return found.name
    return ""


def _visits(visits: Sequence[Visit]) -> str:
    teams: dict[str, list[str]] = {}
    for visit in visits:
        teams.setdefault(str(visit.team), []).append(word(visit.phase.value))
    return "; ".join(f"{team} {', '.join(phases)}" for team, phases in teams.items())


def _table(columns: Mapping[str, Sequence[str] | Sequence[int]]) -> None:
    rows = len(next(iter(columns.values())))
    st.dataframe(
        columns,
        hide_index=True,
        placeholder="",
        height=HEIGHT_PX if rows > MANY_ROWS else "auto",
    )
