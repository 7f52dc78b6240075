"""The effect of new members of teams: who moves, points part by part, rules."""

import streamlit as st

from planner.domain.ids import TeamId
from planner.domain.plan import Team
from planner.explain.pair_score import PairScore
from planner.whatif.pairs import Changes, Members, Move, PairsEffect, PairState, pairs_effect
from ui.components.rule_changes import show_rule_changes
from ui.components.settle import bound_mission
from ui.components.text import plain
from ui.spoken import SCORE_PARTS
from ui.state import KEPT, Page, Shown
from ui.strings import _, n_, word

EFFECTS = 32
"""Effects kept: a person who writes a reason does not wait for the same one again."""


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _score(_shown: Shown, digest: str) -> PairScore:  # noqa: ARG001 - the key
    return PairScore.of(_shown.view.mission, _shown.view.plan, _shown.travel)


def score_of(shown: Shown) -> PairScore:
    """Return what reckons points of pairs in a plan's areas."""
    return _score(shown, shown.digest)


@st.cache_resource(max_entries=EFFECTS, show_spinner="…")
def _effect(
    _page: Page,
    digest: str,  # noqa: ARG001 - the key
    decisions: tuple[str, ...],  # noqa: ARG001 - the key
    changes: tuple[tuple[TeamId, Members], ...],
) -> PairsEffect:
    shown = _page.shown
    return pairs_effect(
        bound_mission(_page), shown.view.plan, shown.travel, dict(changes), score_of(shown)
    )


def effect_of(page: Page, changes: Changes) -> PairsEffect:
    """Return what new members of teams would do, with the decisions that stand now."""
    standing = tuple(stored.id for stored in page.decisions)
    return _effect(page, page.shown.digest, standing, tuple(sorted(changes.items())))


def show_pairs_effect(shown: Shown, effect: PairsEffect) -> None:
    """Show what new members of teams would do."""
    st.markdown(f"**{_('What it would change')}**")
    st.markdown("\n".join(f"- {_move(shown, move)}" for move in effect.moves))
    old = {state.team: state for state in effect.before}
    rows = [
        (when, state)
        for new in effect.after
        for when, state in ((_("now"), old[new.team]), (_("then"), new))
    ]
    st.dataframe(
        {
            _("Team"): [str(state.team) for _when, state in rows],
            _("When"): [when for when, _state in rows],
            _("Members"): [_members(shown, state) for _when, state in rows],
            **{word(name): [_part(state, name) for _when, state in rows] for name in SCORE_PARTS},
            _("Points"): [state.points if state.parts else None for _when, state in rows],
        },
        hide_index=True,
        placeholder="-",
    )
    gain = effect.gain
    count = abs(gain)
    st.markdown(
        n_("Together: **{sign}{n} point**", "Together: **{sign}{n} points**", count).format(
            sign="+" if gain > 0 else "-" if gain else "±", n=count
        )
        + (" ▲" if gain < 0 else "")
    )
    show_rule_changes(effect.rules)


def _move(shown: Shown, move: Move) -> str:
    def place(team: Team | None) -> str:
        if team is None:
            return _("no team")
        return f"{team.id} ({team.area}, {plain(shown.view.town_name(team.base_town))})"

    text = _("**{observer}** from {old} to {new}").format(
        observer=plain(move.observer), old=place(move.old), new=place(move.new)
    )
    return text + (" · " + _("another area") if move.old and move.new_area else "")


def _members(shown: Shown, state: PairState) -> str:
    known = shown.view.mission.observer_of
    return " + ".join(
        f"{name} ({known[name].state})" if name in known else str(name) for name in state.members
    )


def _part(state: PairState, name: str) -> int | None:
    return next((part.points for part in state.parts if part.name == name), None)
