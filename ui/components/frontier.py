"""What re-planning weighed: each stage's gain against what it would have moved."""

import streamlit as st

from planner.domain.stage_point import StagePoint
from planner.store.records import Revision
from ui.components.job_panel import record_of, stage_words
from ui.state import Page
from ui.strings import _


def frontier(page: Page, revision: Revision) -> None:
    """Draw the candidates of each stage, if the revision comes from a job that has them."""
    points = _points(page, revision)
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


def _points(page: Page, revision: Revision) -> tuple[StagePoint, ...]:
    jobs = page.workspace.store.jobs.all(page.user, page.folder.id)
    job = next((job for job in jobs if job.revision == revision.number), None)
    record = record_of(page.workspace, job.id) if job else None
    return record.outcome.points if record and record.outcome else ()


def _way(point: StagePoint) -> str:
    return {
        "free": _("free"),
        "kept": _("kept"),
        "mixed": _("mixed: some clusters kept"),
        "unchanged": _("unchanged, not solved again"),
    }[point.label]
