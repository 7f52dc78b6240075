"""What the plan leaves out in areas: refused pins and districts without a pair, and why."""

from collections.abc import Callable

import streamlit as st

from planner.domain.decision import DecisionKind
from planner.domain.ids import AreaId, DistrictId
from planner.domain.plan import Unassigned
from planner.explain.records import Explanation
from ui.components.boundary import boundary
from ui.state import Page, Shown
from ui.strings import _, n_

KEPT_EXPLANATIONS = 64


@st.cache_resource(max_entries=KEPT_EXPLANATIONS, show_spinner="…")
def _district_why(_shown: Shown, digest: str, district: str) -> Explanation:  # noqa: ARG001
    from planner.explain.district import explain_district  # noqa: PLC0415 - heavy import

    view = _shown.view
    return explain_district(view.mission, view.plan, _shown.travel, DistrictId(district))


@st.cache_resource(max_entries=KEPT_EXPLANATIONS, show_spinner="…")
def _decision_why(_shown: Shown, digest: str, subject: str) -> Explanation | None:  # noqa: ARG001
    from planner.explain.decision import explain_decision  # noqa: PLC0415 - heavy import

    view = _shown.view
    found = next((d for d in view.mission.decisions if d.subject == subject), None)
    return explain_decision(view.mission, view.plan, _shown.travel, found) if found else None


def refused_decisions(page: Page, kinds: frozenset[DecisionKind]) -> None:
    """List the pins of some kinds that the plan could not keep, each with its reason and a why."""
    shown = page.shown
    subjects = {d.subject for d in shown.view.mission.decisions if d.kind in kinds}
    refused = [
        entry
        for entry in shown.view.plan.unassigned
        if entry.kind == "decision" and entry.subject in subjects
    ]
    if not refused:
        return
    count = len(refused)
    st.warning(
        n_(
            "▲ {n} decision could not be kept in this plan.",
            "▲ {n} decisions could not be kept in this plan.",
            count,
        ).format(n=count)
    )
    _entries(shown, refused)
    _why(page, "why-decision", [e.subject for e in refused], _decision_why)


def left_out_districts(page: Page, area: AreaId | None) -> None:
    """List districts without a pair or with stations beyond reach, the worst first, and why.

    Parameters
    ----------
    area
        Only its districts; None: all that is left out.
    """
    shown = page.shown
    inside = shown.view.areas[area].districts if area else None
    entries = [
        entry
        for entry in shown.view.plan.unassigned
        if entry.kind in ("district", "team", "town")
        and (inside is None or entry.subject in inside)
    ]
    if not entries:
        st.success(_("Pairs reach every district, and every team has its town."))
        return
    _entries(shown, entries)
    districts = [e.subject for e in entries if e.kind == "district"]
    _why(page, "why-district", list(dict.fromkeys(districts)), _district_why)


def _entries(shown: Shown, entries: list[Unassigned]) -> None:
    view = shown.view
    areas = [view.area_of_district.get(DistrictId(entry.subject)) for entry in entries]
    st.dataframe(
        {
            _("Record"): [entry.subject for entry in entries],
            _("Name"): [
                view.district_name(DistrictId(e.subject)) if e.kind == "district" else ""
                for e in entries
            ],
            _("Area"): [area.id if area else "" for area in areas],
            _("Rule"): [entry.code for entry in entries],
            _("Reason"): [entry.reason for entry in entries],
            _("What would change it"): [entry.remedy for entry in entries],
        },
        hide_index=True,
        placeholder="",
        height=320 if len(entries) > 8 else "auto",
        column_config={
            _("Reason"): st.column_config.TextColumn(width="large"),
            _("What would change it"): st.column_config.TextColumn(width="large"),
        },
    )


def _why(
    page: Page,
    key: str,
    subjects: list[str],
    explain: Callable[[Shown, str, str], Explanation | None],
) -> None:
    from ui.components.explanation import show_explanation  # noqa: PLC0415 - only when asked

    chosen = st.selectbox(
        _("Explain"),
        subjects,
        index=None,
        placeholder=_("Choose one to see why, and what would change it"),
        key=key,
    )
    if not chosen:
        return
    with boundary():
        found = explain(page.shown, page.shown.digest, chosen)
        if found is not None:
            show_explanation(page, found)
