"""Pins on areas: a district, a base town or a pair's town, with its effect before it is saved."""

import streamlit as st

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, DistrictId, TeamId, TownId
from planner.domain.observer import Role
from planner.domain.place import Town
from planner.domain.plan import Area
from planner.whatif.areas import AreasEffect, areas_effect, with_base_town, with_district
from planner.whatif.team_town import team_town_effect
from ui.components.area_effect import show_areas_effect, show_town_effect
from ui.components.settle import bound_mission, settle
from ui.components.text import plain
from ui.state import Page, Shown
from ui.strings import _

EFFECTS = 32
"""Effects kept: a person who writes a reason does not wait for the same one again."""
DISTRICT, BASE, TEAM = "district", "base", "team"


def area_pins(page: Page, area: AreaId | None, district: DistrictId | None) -> None:
    """Draw the form: what to pin, where, the effect, and the reason.

    Parameters
    ----------
    area, district
        What is chosen on the map; the form starts from it.
    """
    words = {
        DISTRICT: _("A district to an area"),
        BASE: _("The base town of an area"),
        TEAM: _("The town of an STO pair"),
    }
    if not page.shown.view.teams_of(Role.STO):
        words.pop(TEAM)
    what = st.segmented_control(
        _("Pin"), list(words), format_func=words.__getitem__, default=DISTRICT, key="area-pin"
    )
    if what == DISTRICT:
        _district(page, area, district)
    elif what == BASE:
        _base(page, area)
    elif what == TEAM:
        _team(page, area)


def _district(page: Page, area: AreaId | None, chosen: DistrictId | None) -> None:
    shown = page.shown
    view = shown.view
    districts = [d for d in sorted(view.area_of_district) if area in (None, _home(shown, d))]
    left, right = st.columns(2)
    district = left.selectbox(
        _("District"),
        districts,
        index=districts.index(chosen) if chosen in districts else None,
        placeholder=_("Choose a district"),
        format_func=lambda d: f"{view.district_name(d)} · {d} · {_home(shown, d)}",
        # The map's choice is the form's beginning; another choice on the map begins anew.
        key=f"pin-district-{area}-{chosen}",
    )
    ids = _neighbours_first(shown, district) if district else [a.id for a in view.plan.areas]
    target = right.selectbox(
        _("Belongs to"),
        ids,
        index=None,
        placeholder=_("Choose an area"),
        format_func=lambda a: _area_label(shown, a),
        key="pin-district-area",
    )
    if not district or not target:
        st.caption(_("Choose both to see the effect. Neighbouring areas stand first."))
        return
    if target == _home(shown, district):
        st.info(_("It belongs there already; the pin keeps it there in every later plan."))
    else:
        show_areas_effect(shown, _effect_of(page, district=district, area=target))
    settle(
        page,
        "pin-district",
        [Decision(kind=DecisionKind.DISTRICT_AREA, district=district, area=target)],
        _("**{district}** belongs to **{area}**.").format(
            district=plain(view.district_name(district)), area=target
        ),
    )


def _base(page: Page, area: AreaId | None) -> None:
    shown = page.shown
    view = shown.view
    ids = [one.id for one in view.plan.areas]
    left, right = st.columns(2)
    chosen = left.selectbox(
        _("Area"),
        ids,
        index=ids.index(area) if area in ids else None,
        placeholder=_("Choose an area"),
        format_func=lambda a: _area_label(shown, a),
        key=f"pin-base-area-{area}",
    )
    known = view.areas.get(AreaId(chosen)) if chosen else None
    beds = view.mission.mission.policies.allocation.beds_per_lto_team
    towns = {town.id: town for town in _towns(shown, known, beds)} if known else {}
    town = right.selectbox(
        _("Base town"),
        list(towns),
        index=None,
        placeholder=_("Towns of the area with beds"),
        format_func=lambda t: _town_label(towns[t]) if t in towns else t,
        key=f"pin-base-town-{chosen}",
    )
    if not known or not town:
        st.caption(_("Choose both to see the effect."))
        return
    if town == known.base_town:
        st.info(_("The team lives there already; the pin keeps it there in every later plan."))
    else:
        show_areas_effect(shown, _effect_of(page, town=TownId(town), area=known.id))
    settle(
        page,
        "pin-base",
        [Decision(kind=DecisionKind.BASE_TOWN, area=known.id, town=TownId(town))],
        _("The LTO team of **{area}** lives in **{town}**.").format(
            area=known.id, town=plain(view.town_name(TownId(town)))
        ),
    )


def _team(page: Page, area: AreaId | None) -> None:
    shown = page.shown
    view = shown.view
    teams = [t.id for t in view.teams_of(Role.STO) if area in (None, t.area)]
    left, right = st.columns(2)
    chosen = left.selectbox(
        _("STO pair"),
        teams,
        index=None,
        placeholder=_("Choose a pair"),
        format_func=lambda t: (
            f"{t} · {view.teams[t].area} · " + view.town_name(view.teams[t].base_town)
        ),
        key=f"pin-team-{area}",
    )
    team = view.teams[TeamId(chosen)] if chosen else None
    beds = view.mission.mission.policies.allocation.beds_per_pair
    home = view.areas.get(team.area) if team else None
    towns = {town.id: town for town in _towns(shown, home, beds)} if home else {}
    town = right.selectbox(
        _("Town"),
        list(towns),
        index=None,
        placeholder=_("Towns of its area with beds"),
        format_func=lambda t: _town_label(towns[t]) if t in towns else t,
        key=f"pin-team-town-{chosen}",
    )
    if team is None or not town:
        st.caption(_("Choose both to see the effect."))
        return
    if town == team.base_town:
        st.info(_("The pair sleeps there already; the pin keeps it there in every later plan."))
    else:
        show_town_effect(
            shown,
            team_town_effect(bound_mission(page), view.plan, shown.travel, team.id, TownId(town)),
        )
    settle(
        page,
        "pin-team",
        [Decision(kind=DecisionKind.TEAM_TOWN, team=team.id, town=TownId(town))],
        _("**{team}** sleeps in **{town}**.").format(
            team=team.id, town=plain(view.town_name(TownId(town)))
        ),
    )


def _effect_of(
    page: Page, *, area: AreaId, district: DistrictId | None = None, town: TownId | None = None
) -> AreasEffect:
    standing = tuple(stored.id for stored in page.decisions)
    return _effect(page, page.shown.digest, standing, area, district, town)


@st.cache_resource(max_entries=EFFECTS, show_spinner="…")
def _effect(
    _page: Page,
    digest: str,  # noqa: ARG001 - the key
    decisions: tuple[str, ...],  # noqa: ARG001 - the key
    area: AreaId,
    district: DistrictId | None,
    town: TownId | None,
) -> AreasEffect:
    shown = _page.shown
    after = shown.view.plan
    if district is not None:
        after = with_district(after, district, area)
    if town is not None:
        after = with_base_town(after, area, town)
    return areas_effect(bound_mission(_page), shown.view.plan, after, shown.travel)


def _home(shown: Shown, district: DistrictId) -> AreaId | None:
    area = shown.view.area_of_district.get(district)
    return area.id if area else None


def _neighbours_first(shown: Shown, district: DistrictId) -> list[AreaId]:
    near = {
        _home(shown, pair.b if pair.a == district else pair.a)
        for pair in shown.view.mission.adjacency
        if district in (pair.a, pair.b)
    }
    home = _home(shown, district)
    return sorted(shown.view.areas, key=lambda area: (area == home, area not in near, area))


def _towns(shown: Shown, area: Area | None, beds: int) -> list[Town]:
    inside = frozenset(area.districts) if area else frozenset()
    towns = [
        town
        for town in shown.view.mission.towns
        if town.district in inside and (town.beds is None or town.beds >= max(1, beds))
    ]
    return sorted(towns, key=lambda town: (-(town.population or 0), town.name, town.id))


def _area_label(shown: Shown, area: AreaId) -> str:
    known = shown.view.areas[area]
    return f"{area} · {shown.view.town_name(known.base_town) or _('no base town')}"


def _town_label(town: Town) -> str:
    beds = _("beds unknown") if town.beds is None else _("{n} beds").format(n=town.beds)
    return f"{town.name} · {beds}"
