"""The effect of a pin on areas or towns: figures now and then, and rules."""

import streamlit as st

from planner.whatif.areas import AreasEffect
from planner.whatif.team_town import TownEffect
from ui.components.area_card import minutes_text
from ui.components.rule_changes import show_rule_changes
from ui.components.text import plain
from ui.state import Shown
from ui.strings import _, n_
from ui.written import number, share

SOME = 6


def show_areas_effect(shown: Shown, effect: AreasEffect) -> None:
    """Show load, pairs and drives of the areas that differ, the objective, and rules."""
    st.markdown(f"**{_('What it would change')}**")
    view = shown.view
    both = list(zip(effect.before, effect.after, strict=True))
    if both:
        st.dataframe(
            {
                _("Area"): [str(old.area) for old, _new in both],
                _("Base town"): [
                    _then(view.town_name(o.base_town), view.town_name(n.base_town)) for o, n in both
                ],
                _("Districts"): [_then(number(o.districts), number(n.districts)) for o, n in both],
                _("Load (stations)"): [_then(number(o.load), number(n.load)) for o, n in both],
                _("STO pairs"): [_then(number(o.sto_pairs), number(n.sto_pairs)) for o, n in both],
                _("Longest drive (min)"): [
                    _then(minutes_text(o.longest_min), minutes_text(n.longest_min)) for o, n in both
                ],
                _("Mean drive (min)"): [
                    _then(minutes_text(o.mean_min), minutes_text(n.mean_min)) for o, n in both
                ],
            },
            hide_index=True,
            placeholder="",
        )
    old, new = effect.cost_before, effect.cost_after
    parts = (
        (_("Load and travel, all areas"), old.total, new.total),
        (_("of it driving"), old.drive, new.drive),
        (_("split regions"), old.splits, new.splits),
        (_("uneven load"), old.imbalance, new.imbalance),
    )
    for column, (label, was, will) in zip(st.columns(4), parts, strict=True):
        change = (will - was) / was if was else 0.0
        column.metric(
            label,
            number(will),
            delta=f"{'+' if will > was else ''}{number(will - was)}"
            + (f" ({'+' if will > was else ''}{share(change)})" if was and will != was else ""),
            delta_color="inverse" if will != was else "off",
            help=_("Station-minutes; less is better."),
        )
    show_rule_changes(effect.rules)
    if effect.displaced:
        count = len(effect.displaced)
        st.caption(
            n_(
                "{n} STO pair sleeps in the district and would get another town: {teams}.",
                "{n} STO pairs sleep in the district and would get other towns: {teams}.",
                count,
            ).format(n=count, teams=plain(_some(effect.displaced)))
        )
    st.caption(
        _("The next plan may answer with further moves; this is the present plan with one change.")
    )


def show_town_effect(shown: Shown, effect: TownEffect) -> None:
    """Show what another town for a pair means for the stations of its area, and rules."""
    st.markdown(f"**{_('What it would change')}**")
    old, new = effect.before, effect.after
    name = shown.view.town_name
    left, middle, right = st.columns(3)
    left.metric(
        _("Stations within reach of the town"),
        number(new.near),
        delta=_signed(new.near - old.near),
        help=_("Of the pair's area, within {n:g} min: {old} now, {new} then.").format(
            n=effect.reach_min, old=name(old.town), new=name(new.town)
        ),
    )
    middle.metric(_("Mean drive to them (min)"), minutes_text(new.mean_min))
    right.metric(
        _("Stations beyond reach of all towns"),
        number(new.beyond),
        delta=_signed(new.beyond - old.beyond),
        delta_color="inverse",
        help=_("Stations of the area that no pair reaches from where it sleeps."),
    )
    show_rule_changes(effect.rules)


def _then(old: str, new: str) -> str:
    return old if old == new else f"{old} → {new}"


def _signed(change: int) -> str | None:
    return f"{'+' if change > 0 else ''}{number(change)}" if change else None


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - SOME
    return ", ".join(names[:SOME]) + (f" + {more}" if more > 0 else "")
