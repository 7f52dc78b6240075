"""Compare: two revisions side by side, what moved between them, and what that costs."""

from collections.abc import Sequence

import streamlit as st

from planner.compare import PlanChange, compare_plans
from planner.domain.plan import Plan
from planner.store.records import Revision
from ui.components.area_borders import AREA_LINE
from ui.components.change_figures import cost_part, figures_part
from ui.components.change_map import change_deck
from ui.components.change_table import areas_table, people_part, stations_part
from ui.components.deck import show_deck
from ui.components.frontier import frontier
from ui.components.legend import legend
from ui.components.links import link
from ui.components.palette import BLUE, VERMILION
from ui.components.part import choose_part
from ui.components.text import plain
from ui.state import KEPT, Page, Shown
from ui.strings import _
from ui.written import number


def show(page: Page) -> None:
    """Draw the view."""
    history = page.workspace.store.revisions.history(page.user, page.folder.id)
    if len(history) < 2:
        st.info(_("There is only one revision yet. Plan again, and the two can be compared here."))
        link("plan", _("Plan again"), ":material/play_circle:")
        return
    pair = _choose(page, history)
    if pair is None:
        return
    old, new = page.revision(pair[0].number), page.revision(pair[1].number)
    change = _change(old.view.plan, new.view.plan, f"{old.digest} {new.digest}")
    _inputs(old, new)
    if change.is_empty:
        st.success(_("The two plans are the same: nobody moves, nothing changes."))
    _summary(change)
    frontier(page, pair[1])
    parts = {
        "figures": _("Figures"),
        "areas": _("Areas and map"),
        "people": _("People and teams"),
        "stations": _("Stations"),
        "cost": _("Cost"),
    }
    part = choose_part("compare", parts)
    if part == "areas":
        _map(old, new, change)
        areas_table(old, new, change)
    elif part == "people":
        people_part(old, new, change)
    elif part == "stations":
        stations_part(old, new, change)
    elif part == "cost":
        cost_part(old, new, change)
    else:
        figures_part(old, new)


def _choose(page: Page, history: Sequence[Revision]) -> tuple[Revision, Revision] | None:
    known = {str(revision.number): revision for revision in history}
    numbers = sorted(known, key=int, reverse=True)
    newest = str(page.number) if str(page.number) in known else numbers[0]
    if newest == numbers[-1]:
        newest = numbers[0]
    parent = known[newest].parent
    before = str(parent) if parent and str(parent) in known else numbers[numbers.index(newest) + 1]
    left, right = st.columns(2)
    picked: list[Revision] = []
    for place, label, key, usual in (
        (left, _("Old revision"), "old", before),
        (right, _("New revision"), "new", newest),
    ):
        with place:
            chosen = st.selectbox(
                label, numbers, index=numbers.index(usual), key=key, bind="query-params"
            )
            revision = known[chosen if chosen in known else usual]
            st.caption(
                plain(
                    f"{revision.created_at:%d.%m.%Y %H:%M} UTC · {revision.author} · "
                    f"{revision.reason}"
                )
            )
            picked.append(revision)
    if picked[0].number == picked[1].number:
        st.info(_("Choose two different revisions."))
        return None
    return picked[0], picked[1]


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _change(_old: Plan, _new: Plan, digests: str) -> PlanChange:  # noqa: ARG001 - the key
    return compare_plans(_old, _new)


def _inputs(old: Shown, new: Shown) -> None:
    plans = old.view.plan.provenance, new.view.plan.provenance
    if plans[0].input_hash == plans[1].input_hash:
        return
    before, after = (
        {decision.subject for decision in shown.view.mission.decisions} for shown in (old, new)
    )
    st.info(
        _(
            "The two plans were made from different input: lists, policies or decisions have "
            "changed between them. Each is judged by its own."
        ),
        icon=":material/difference:",
    )
    for title, subjects in (
        (_("Decisions that came"), after - before),
        (_("Decisions that went"), before - after),
    ):
        if subjects:
            st.markdown(f"**{title}:** " + plain("; ".join(sorted(subjects))))


def _summary(change: PlanChange) -> None:
    moved = sum(person.moved for person in change.people)
    visits = sum(each.place_kind == "station" for each in change.stations)
    values = (
        (_("Districts in another area"), len(change.districts_moved)),
        (_("Teams that moved"), len(change.teams)),
        (_("People with a change"), len(change.people)),
        (_("People who travel"), moved),
        (_("Stations changed"), visits),
        (_("Days at other times"), len(change.retimed)),
    )
    for column, (label, value) in zip(st.columns(len(values)), values, strict=True):
        column.metric(label, number(value))


def _map(old: Shown, new: Shown, change: PlanChange) -> None:
    if not new.polygons:
        return
    show_deck(
        change_deck(old, new, change, f"{old.digest} {new.digest}"),
        _("Map of what moved: {d} districts, {t} teams; the tables say the same.").format(
            d=len(change.districts_moved), t=len(change.teams)
        ),
    )
    legend(
        [
            ("■", VERMILION, _("district that has another area")),
            ("●", BLUE, _("where teams move to, with a line from where they were")),
            ("▬", AREA_LINE, _("border of the new areas")),
        ]
    )
