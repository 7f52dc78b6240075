"""One team: who they are, where they work, why they are a pair, and what exchanges would bring."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from planner.domain.ids import ObserverId, TeamId
from planner.domain.observer import Observer, Role
from planner.domain.plan import Team
from planner.export.view import languages
from ui.components.boundary import boundary
from ui.components.links import link
from ui.components.text import plain
from ui.state import Page, Shown
from ui.strings import _, n_, word

if TYPE_CHECKING:
    from planner.explain.records import PairReason

REASONS = 128
"""Reasons kept."""


@st.cache_resource(max_entries=REASONS, show_spinner="…")
def _reason(_shown: Shown, digest: str, team: TeamId) -> "PairReason":  # noqa: ARG001 - the key
    from planner.explain.pair import explain_pair  # noqa: PLC0415 - heavy import

    return explain_pair(_shown.view.mission, _shown.view.plan, _shown.travel, team)


def pair_card(
    page: Page, team: Team, on_try: Callable[[ObserverId, ObserverId], None] | None
) -> None:
    """Show a team.

    Parameters
    ----------
    on_try
        Called with a member and another observer when a person chooses an exchange of the two.
    """
    view = page.shown.view
    with st.container(border=True):
        left, right = st.columns([3, 2], vertical_alignment="center")
        left.markdown(
            f"##### {team.id} · {plain(view.town_name(team.base_town))}  \n"
            + _("{kind} team in area {area}").format(
                kind=word(team.kind.value), area=f"**{team.area}**"
            )
            + (f" · {word(team.mode.value)}" if team.kind is Role.STO else "")
        )
        with right.container(horizontal=True, horizontal_alignment="right"):
            link("areas", _("Its area"), ":material/map:", area=team.area)
            if team.id in view.days:
                link("election_day", _("Its day"), ":material/schedule:", pair=team.id)
        if not team.members:
            st.info(_("An unnamed slot: pairing fills it from the roster."))
            return
        _members(page.shown, team)
        with boundary():
            _why(_reason(page.shown, page.shown.digest, team.id), on_try)


def _members(shown: Shown, team: Team) -> None:
    people = shown.view.members(team)
    st.dataframe(
        {
            _("Observer"): [str(name) for name in team.members],
            _("State"): [_of(p, lambda o: o.state) for p in people],
            _("Languages"): [_of(p, languages) for p in people],
            _("Experience"): [_of(p, lambda o: word(o.experience.value)) for p in people],
            _("Gender"): [
                _of(p, lambda o: word(o.gender.value) if o.gender else _("not given"))
                for p in people
            ],
            _("Asks to avoid"): [_of(p, _restrictions) for p in people],
            _("Present"): [_of(p, _present) for p in people],
        },
        hide_index=True,
        placeholder="",
    )


def _of(person: Observer | None, text: Callable[[Observer], str]) -> str:
    return text(person) if person else _("unknown")


def _restrictions(person: Observer) -> str:
    return ", ".join(word(each.value) for each in person.restrictions) or "-"


def _present(person: Observer) -> str:
    if person.available_from is None and person.available_to is None:
        return _("all the time")
    first, last = person.available_from, person.available_to
    return f"{first or _('open')} … {last or _('open')}"


def _why(reason: "PairReason", on_try: Callable[[ObserverId, ObserverId], None] | None) -> None:
    st.markdown(f"**{_('Why this pair')}** · {plain(_(reason.headline))}")
    if not reason.parts:
        return
    left, right = st.columns(2, gap="medium")
    with left:
        st.dataframe(
            {
                _("For"): [word(part.name) for part in reason.parts] + [_("All")],
                _("Points"): [
                    *(f"{part.points} / {part.most}" for part in reason.parts),
                    f"{reason.points} / {reason.most}",
                ],
                _("Because"): [part.detail for part in reason.parts] + [""],
            },
            hide_index=True,
            column_config={
                _("For"): st.column_config.TextColumn(width=125),
                _("Points"): st.column_config.TextColumn(alignment="right", width=65),
            },
        )
    with right:
        _alternatives(reason, on_try)
    broken = [check for check in reason.rules if not check.kept]
    count = len(reason.rules)
    label = (
        n_("{n} hard rule is broken", "{n} hard rules are broken", len(broken)).format(
            n=len(broken)
        )
        if broken
        else _("All {n} checks of hard rules are kept").format(n=count)
    )
    with st.expander(("■ " if broken else "✓ ") + label, expanded=bool(broken)):
        st.dataframe(
            {
                _("Kept"): ["✓" if check.kept else "■" for check in reason.rules],
                _("Rule"): [check.rule for check in reason.rules],
                _("What it asks"): [_(check.label) for check in reason.rules],
                _("Found"): [check.value for check in reason.rules],
                _("Allowed"): [check.limit for check in reason.rules],
            },
            hide_index=True,
        )


def _alternatives(
    reason: "PairReason", on_try: Callable[[ObserverId, ObserverId], None] | None
) -> None:
    told = reason.alternatives
    if not told:
        st.caption(_("There is nobody to exchange them with."))
        return
    key = f"alternatives-{reason.team}"

    def picked() -> None:
        for row in st.session_state[key].selection.rows[:1]:
            if on_try is not None:
                on_try(told[row].member, told[row].other)

    st.dataframe(
        {
            _("Instead of"): [str(each.member) for each in told],
            _("Exchange for"): [str(each.other) for each in told],
            _("Team"): [each.other_team or _("no team") for each in told],
            _("Gain (points)"): [each.gain for each in told],
            _("May it be?"): [
                f"■ {each.forbidden}" if each.forbidden else "✓ " + _("yes") for each in told
            ],
        },
        hide_index=True,
        key=key,
        on_select=picked if on_try else "ignore",
        selection_mode="single-row",
        height=248,
        column_config={
            _("Gain (points)"): st.column_config.NumberColumn(format="%+d"),
        },
    )
    st.caption(
        _("The best exchanges of one member. Gain: points of both teams together.")
        + (" " + _("Click one to see its effect below.") if on_try else "")
    )
