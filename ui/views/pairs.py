"""Pairs: who goes with whom and where, why, what a change would do; and State quotas."""

from dataclasses import replace

import streamlit as st

from planner.domain.decision import DecisionKind
from planner.domain.ids import TeamId
from planner.domain.observer import Role
from planner.domain.plan import Team
from planner.export.sheets.quotas import quotas_sheet
from planner.export.sheets.table import Cell, Column, Kind, Table
from planner.export.sheets.teams import teams_sheet
from planner.overview.quota import track_quota
from ui.components.address import in_address
from ui.components.choose import choose, key_of
from ui.components.decide import decisions_panel
from ui.components.empty import nothing
from ui.components.left_out import refused_decisions
from ui.components.pair_card import pair_card
from ui.components.pair_changes import pair_changes, try_swap
from ui.components.pair_effect import score_of
from ui.components.part import choose_part
from ui.components.sheet import show_table
from ui.state import KEPT, Page, Shown
from ui.strings import _, n_, word
from ui.written import number, share

PAIRS = "pairs"
TEAMS, QUOTAS, DECISIONS = "teams", "quotas", "decisions"
KINDS = frozenset(
    {
        DecisionKind.PAIR,
        DecisionKind.NEVER_PAIR,
        DecisionKind.OBSERVER_AREA,
        DecisionKind.NEVER_STATE_AREA,
    }
)


def show(page: Page) -> None:
    """Draw the view."""
    if not page.shown.view.plan.teams:
        nothing(_("This plan has no teams."), _("Plan again with the stage Allocation."))
        return
    parts = {
        TEAMS: _("Teams"),
        QUOTAS: _("State quotas"),
        DECISIONS: _("Decisions") + f" ({_standing(page)})",
    }
    part = choose_part(PAIRS, parts)
    if part == QUOTAS:
        sheet = quotas_sheet(page.shown.view)
        tracker = track_quota(page.shown.view.mission)
        st.caption(
            _(
                "Each participating State is asked for at most {part} of the requested {n} STOs. "
                "States by ISO 3166-1 code."
            ).format(part=share(tracker.share, 0), n=number(tracker.requested))
        )
        show_table(sheet.table)
    elif part == DECISIONS:
        refused_decisions(page, KINDS)
        decisions_panel(page, [kind.value for kind in KINDS])
    else:
        _teams(page)


def _standing(page: Page) -> int:
    return sum(stored.decision.kind in KINDS for stored in page.decisions)


def _teams(page: Page) -> None:
    shown = page.shown
    view = shown.view
    unnamed = sum(not team.members for team in view.plan.teams)
    if unnamed:
        st.info(
            n_(
                "{n} team has no names yet: bring the roster in under Observers, and plan again.",
                "{n} teams have no names yet: bring the roster in under Observers, and plan again.",
                unnamed,
            ).format(n=unnamed)
        )
    chosen = choose(
        PAIRS,
        "pair",
        _("Pair"),
        {team.id: _label(shown, team) for team in view.plan.teams},
        placeholder=_("Choose a pair, or click its row"),
    )
    team = view.teams[TeamId(chosen)] if chosen else None
    if team is not None:
        pair_card(page, team, try_swap)
        with st.expander(_("Change this pair"), icon=":material/edit:", expanded=True):
            pair_changes(page, team)
    _list(shown)
    if team is None:
        with st.expander(_("Swap, require, forbid"), icon=":material/edit:"):
            pair_changes(page, None)


def _label(shown: Shown, team: Team) -> str:
    members = " + ".join(team.members) or _("unnamed")
    return f"{team.id} · {team.area} · {shown.view.town_name(team.base_town)} · {members}"


def _list(shown: Shown) -> None:
    view = shown.view
    states = sorted({o.state for team in view.plan.teams for o in view.members(team) if o})
    one, two, three, four = st.columns([2, 2, 2, 3], vertical_alignment="bottom")
    area = choose(
        PAIRS,
        "area",
        _("Area"),
        {a.id: f"{a.id} · {view.town_name(a.base_town)}" for a in view.plan.areas},
        placeholder=_("All areas"),
        place=one,
    )
    keep = in_address("kind", tuple(Role), None)
    kind = two.segmented_control(
        _("Kind"), [role.value for role in Role], format_func=word, key="kind", on_change=keep
    )
    state = three.selectbox(
        _("State"), states, index=None, placeholder=_("All States"), key="pairs-state"
    )
    asked = four.text_input(
        _("Observer"), key="pairs-observer", placeholder=_("a part of an id"), max_chars=60
    )
    table = _table(shown, shown.digest)
    words = (asked or "").strip().casefold()

    def wanted(row: tuple[Cell, ...]) -> bool:
        team = view.teams[TeamId(str(row[0]))]
        people = [person for person in view.members(team) if person]
        return (
            area in (None, team.area)
            and kind in (None, team.kind.value)
            and (state is None or any(person.state == state for person in people))
            and (not words or any(words in member.casefold() for member in team.members))
        )

    st.caption(
        _(
            "Observers stand under pseudonymous ids; the mission keeps the key. Experience: new = "
            "no earlier mission, some = 1 to 3, senior = 4 or more."
        )
        + " "
        + _("Click a row to see why the two are a pair.")
    )
    show_table(
        table,
        hide=("Mode", "Vehicle", "Interpreter"),
        keep=wanted,
        # Rows are chosen by their number: another selection of rows is another table.
        key=f"pairs-table-{area}-{kind}-{state}-{words}",
        on_pick=_pick,
    )


def _pick(row: tuple[Cell, ...]) -> None:
    st.session_state[key_of(PAIRS, "pair")] = str(row[0])


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _table(_shown: Shown, digest: str) -> Table:  # noqa: ARG001 - the key
    """Return the workbook's table of teams with the points of each pair behind the base town."""
    view, score = _shown.view, score_of(_shown)
    table = teams_sheet(view).table
    at = [column.title for column in table.columns].index("Base town") + 1
    rows = []
    for row in table.rows:
        team = view.teams[TeamId(str(row[0]))]
        people = [person for person in view.members(team) if person]
        both = len(people) == len(team.members) == 2 and team.area in score.views
        points = score.points(people[0], people[1], team.area) if both else None
        rows.append((*row[:at], points, *row[at:]))
    column = Column("Points", 8, Kind.COUNT)
    return replace(
        table, columns=(*table.columns[:at], column, *table.columns[at:]), rows=tuple(rows)
    )
