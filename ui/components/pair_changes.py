"""Changes of pairs, each with its effect before it is saved: swap, require, forbid, keep out."""

import streamlit as st

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, ObserverId, State
from planner.domain.plan import Team
from planner.whatif.pairs import Changes, at_work, exchange, join
from ui.components.boundary import boundary
from ui.components.choose_person import choose_person, labels_of, mates_of, people_of_role
from ui.components.pair_effect import effect_of, show_pairs_effect
from ui.components.settle import settle
from ui.components.text import plain
from ui.state import Page
from ui.strings import _, n_

SWAP, REQUIRE, FORBID, KEEP_OUT = "swap", "require", "forbid", "keep_out"
WHAT, LEAVES, COMES = "pair-change", "swap-leaves", "swap-comes"
TOGETHER = 2


def pair_changes(page: Page, team: Team | None) -> None:
    """Draw the form of the change that a person chooses.

    Parameters
    ----------
    team
        The team that is looked at; the forms start from it.
    """
    words = {
        SWAP: _("Swap two observers"),
        REQUIRE: _("Require a pair"),
        FORBID: _("Forbid a pair"),
        KEEP_OUT: _("Keep a State out of an area"),
    }
    what = st.segmented_control(
        _("Change"), list(words), format_func=words.__getitem__, default=SWAP, key=WHAT
    )
    if what == SWAP:
        _swap(page, team)
    elif what == REQUIRE:
        _require(page, team)
    elif what == FORBID:
        _forbid(page, team)
    elif what == KEEP_OUT:
        _keep_out(page, team)


def try_swap(member: ObserverId, other: ObserverId) -> None:
    """Fill the form with an exchange; to be called before the page is drawn."""
    st.session_state[WHAT] = SWAP
    st.session_state[LEAVES], st.session_state[COMES] = member, other


def _swap(page: Page, team: Team | None) -> None:
    shown = page.shown
    labels = labels_of(shown)
    inside = list(team.members) if team else [m for t in shown.view.plan.teams for m in t.members]
    left, right = st.columns(2)
    leaves = choose_person(left, _("Who leaves"), inside, LEAVES, labels)
    known = shown.view.mission.observer_of.get(ObserverId(leaves)) if leaves else None
    mates = mates_of(shown, known) if known else frozenset()
    others = [o.id for o in people_of_role(shown, known) if o.id not in mates]
    comes = choose_person(right, _("Who comes instead"), others, COMES, labels)
    if not leaves or not comes:
        st.caption(
            _("Choose both to see the effect. The other may be in another team, or in none.")
        )
        return
    with boundary():
        changes = exchange(shown.view.plan, ObserverId(leaves), ObserverId(comes))
        _effect_and_settle(page, "pair-swap", changes)


def _require(page: Page, team: Team | None) -> None:
    shown = page.shown
    labels = labels_of(shown)
    first, second = _two(page, team, "require", labels, taken=False)
    if not first or not second:
        st.caption(_("Choose both to see the effect: they work where the first one works now."))
        return
    with boundary():
        changes = join(shown.view.plan, first, second)
        if changes:
            _effect_and_settle(page, "pair-require", changes, (first, second))
            return
        if second in mates_of(shown, shown.view.mission.observer_of.get(first)):
            st.info(_("They are a pair now; the decision keeps them together in every later plan."))
        else:
            st.info(_("Neither is in a team now: the next plan looks for their place."))
        _warn_of_reserves(page, (first, second))
        settle(
            page,
            "pair-require",
            [Decision(kind=DecisionKind.PAIR, observers=(first, second))],
            _pair_words(first, second),
        )


def _forbid(page: Page, team: Team | None) -> None:
    shown = page.shown
    first, second = _two(page, team, "forbid", labels_of(shown), taken=True)
    if not first or not second:
        st.caption(_("Choose the two who shall never be one pair."))
        return
    if second in mates_of(shown, shown.view.mission.observer_of.get(first)):
        st.warning(_("▲ They are a pair now: the next plan parts them, and moves others for it."))
    else:
        st.caption(_("✓ They are no pair in this plan; nothing has to move."))
    settle(
        page,
        "pair-forbid",
        [Decision(kind=DecisionKind.NEVER_PAIR, observers=(first, second))],
        _("**{first}** and **{second}** are never one pair.").format(
            first=plain(first), second=plain(second)
        ),
    )


def _keep_out(page: Page, team: Team | None) -> None:
    shown = page.shown
    view = shown.view
    states = sorted({observer.state for observer in view.mission.observers})
    areas = [area.id for area in view.plan.areas]
    left, right = st.columns(2)
    state = left.selectbox(
        _("State"), states, index=None, placeholder=_("Choose a State"), key="keep-out-state"
    )
    area = right.selectbox(
        _("Area"),
        areas,
        index=areas.index(team.area) if team and team.area in areas else None,
        placeholder=_("Choose an area"),
        format_func=lambda a: f"{a} · {view.town_name(view.areas[a].base_town)}",
        key=f"keep-out-area-{team.id if team else ''}",
    )
    if not state or not area:
        st.caption(_("Choose both to see whom it moves."))
        return
    found = at_work(view.mission, view.plan, State(state), AreaId(area))
    if found:
        count = len(found)
        st.warning(
            n_(
                "▲ {n} observer of {state} works in {area} now and would have to move: {who}.",
                "▲ {n} observers of {state} work in {area} now and would have to move: {who}.",
                count,
            ).format(
                n=count,
                state=state,
                area=area,
                who=plain(", ".join(f"{one} ({its.id})" for one, its in found)),
            )
        )
    else:
        st.caption(
            _("✓ Nobody of {state} works in {area} in this plan.").format(state=state, area=area)
        )
    settle(
        page,
        "pair-keep-out",
        [Decision(kind=DecisionKind.NEVER_STATE_AREA, state=State(state), area=AreaId(area))],
        _("Nobody of **{state}** works in **{area}**.").format(state=plain(state), area=area),
    )


def _effect_and_settle(
    page: Page, field: str, changes: Changes, required: tuple[ObserverId, ObserverId] | None = None
) -> None:
    shown = page.shown
    effect = effect_of(page, changes)
    show_pairs_effect(shown, effect)
    people = tuple(member for members in changes.values() for member in members)
    _warn_of_reserves(page, people)
    decisions = effect.decisions
    if required is not None:
        decisions = (Decision(kind=DecisionKind.PAIR, observers=required),)
        st.caption(
            _(
                "Only this pair is decided; where it works, and who takes the others, is left to "
                "the next plan."
            )
        )
    else:
        st.caption(
            _("Pairs and areas are decided; the next plan may change a pair's number and town.")
        )
    settle(page, field, decisions, "  \n".join(_words(each) for each in decisions))


def _words(decision: Decision) -> str:
    if decision.kind is DecisionKind.PAIR:
        return _pair_words(*decision.observers)
    return _("**{observer}** works in **{area}**.").format(
        observer=plain(decision.observers[0]), area=decision.area
    )


def _pair_words(first: str, second: str) -> str:
    return _("**{first}** and **{second}** are one pair.").format(
        first=plain(first), second=plain(second)
    )


def _warn_of_reserves(page: Page, people: tuple[ObserverId, ...]) -> None:
    known = page.shown.view.mission.observer_of
    reserves = [name for name in people if name in known and known[name].reserve]
    if reserves:
        st.warning(
            _(
                "▲ {who} is a reserve: the next plan refuses the decision until the mark is taken "
                "off in Observers."
            ).format(who=plain(", ".join(reserves)))
        )


def _two(
    page: Page, team: Team | None, field: str, labels: dict[ObserverId, str], *, taken: bool
) -> tuple[ObserverId | None, ObserverId | None]:
    """Draw the choice of two observers of one role.

    Parameters
    ----------
    taken
        Whether both members of the team are chosen to begin with, or only the first.
    """
    shown = page.shown
    start = team.members if team else ()
    name = team.id if team else ""
    left, right = st.columns(2)
    everybody = [observer.id for observer in shown.view.mission.observers]
    first = choose_person(left, _("One"), everybody, f"{field}-one-{name}", labels, start[:1])
    known = shown.view.mission.observer_of.get(ObserverId(first)) if first else None
    others = [o.id for o in people_of_role(shown, known) if o.id != first]
    second = choose_person(
        right,
        _("The other"),
        others,
        f"{field}-other-{name}",
        labels,
        start[1:TOGETHER] if taken else (),
    )
    return first, second
