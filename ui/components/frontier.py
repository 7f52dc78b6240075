"""What re-planning weighed: gain against moves, by stage and by stability."""

import streamlit as st

from planner.domain.frontier_point import FrontierPoint
from planner.domain.stage_point import StagePoint
from planner.jobs.record import JobFault
from planner.store.records import Revision
from ui.components.job_panel import record_of, stage_words
from ui.components.text import plain
from ui.state import Page
from ui.strings import _
from ui.written import number, share


def frontier(page: Page, revision: Revision) -> None:
    """Draw the candidates of each stage, if the revision comes from a job that has them."""
    points, repairs, fault = _weighed(page, revision)
    if fault is not None:
        st.warning(
            _("Other stabilities could not be tried ({code}): {message}. {remedy}.").format(
                code=fault.code, message=plain(fault.message), remedy=plain(fault.remedy)
            )
        )
    _stabilities(repairs)
    if not points:
        return
    with st.expander(_("What re-planning weighed: gain against moves")):
        st.caption(
            _(
                "Each stage was tried freely and as kept from the earlier plan; ✓ is what the plan "
                "took. Moves are what a person would notice: districts, pairs, people, stations."
            )
        )
        st.dataframe(
            {
                _("Taken"): ["✓" if each.chosen else "" for each in points],
                _("Stage"): [stage_words(each.stage) for each in points],
                _("Way"): [_way(each) for each in points],
                _("Objective"): [each.objective for each in points],
                _("Bound"): [each.bound for each in points],
                _("Moves"): [each.moves for each in points],
                _("Decisions dropped"): [each.dropped for each in points],
                _("Why"): [each.note for each in points],
            },
            hide_index=True,
            placeholder="",
            height="content",
            column_config={
                _("Objective"): st.column_config.NumberColumn(format="localized"),
                _("Bound"): st.column_config.NumberColumn(format="localized"),
                _("Why"): st.column_config.TextColumn(width="large"),
            },
        )


def _stabilities(repairs: tuple[FrontierPoint, ...]) -> None:
    """Draw what a quick repair would be worth, and keep, at other stabilities."""
    if not repairs:
        return
    with st.expander(_("Stability against value")):
        st.caption(
            _(
                "The same repair at several stabilities: the value of election day, and how many "
                "visits of a pair to a station are lost though the mission still allows them."
            )
        )
        st.dataframe(
            {
                _("Stability"): [number(each.stability, 1) for each in repairs],
                _("Value of election day"): [each.value for each in repairs],
                _("Points of pairing"): [each.points for each in repairs],
                _("Visits lost"): [each.lost for each in repairs],
                _("of those possible"): [share(each.lost_share, 1) for each in repairs],
            },
            hide_index=True,
            placeholder="",
            height="content",
            column_config={
                name: st.column_config.NumberColumn(format="localized")
                for name in (_("Value of election day"), _("Points of pairing"))
            },
        )


def _weighed(
    page: Page, revision: Revision
) -> tuple[tuple[StagePoint, ...], tuple[FrontierPoint, ...], JobFault | None]:
    jobs = page.workspace.store.jobs.all(page.user, page.folder.id)
    job = next((job for job in jobs if job.revision == revision.number), None)
    record = record_of(page.workspace, job.id) if job else None
    if record is None or record.outcome is None:
        return (), (), None
    outcome = record.outcome
    return outcome.points, outcome.frontier, outcome.frontier_fault


def _way(point: StagePoint) -> str:
    return {
        "free": _("free"),
        "kept": _("kept"),
        "mixed": _("mixed: some clusters kept"),
        "unchanged": _("unchanged, not solved again"),
    }[point.label]
