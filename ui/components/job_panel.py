"""Planning jobs while they run: stage, incumbent, bound, gap, elapsed time, and how to stop."""

from datetime import UTC, datetime

import streamlit as st

from planner.domain.plan import StageName
from planner.errors import PlannerError
from planner.jobs import JobRecord, JobState
from planner.store.access import Role, User
from planner.store.records import Job
from planner.store.records import JobState as Stored
from planner.workspace.home import MissionFolder
from planner.workspace.workspace import Workspace
from ui.access import require
from ui.components.boundary import boundary
from ui.components.links import go, link
from ui.components.text import plain
from ui.strings import _, n_
from ui.written import amount, share

EVERY_S = 1.0
ACTIVE = (JobState.QUEUED, JobState.RUNNING, JobState.CANCELLING)


def state_words(state: JobState | Stored) -> str:
    """Return a job's state as a person reads it."""
    return {
        "queued": _("waiting"),
        "running": _("planning"),
        "cancelling": _("stopping with the best plan so far"),
        "done": _("done"),
        "cancelled": _("stopped"),
        "failed": _("failed"),
        "lost": _("lost: its worker is gone"),
    }[state.value]


def stage_words(stage: StageName) -> str:
    """Return a stage's name as a person reads it."""
    return {
        StageName.AREAS: _("areas"),
        StageName.ALLOCATION: _("allocation"),
        StageName.PAIRING: _("pairing"),
        StageName.SAMPLING: _("sampling"),
        StageName.DAYS: _("election days"),
    }[stage]


def record_of(space: Workspace, job: str) -> JobRecord | None:
    """Return the service's record of a job, or None where it has none (any more)."""
    try:
        return space.service.get(job)
    except PlannerError:
        return None


def active_jobs(space: Workspace, user: User, folder: MissionFolder) -> list[Job]:
    """Return the mission's jobs that have not ended, the oldest first."""
    return [job for job in space.store.jobs.open(user) if job.mission == folder.id]


def sidebar_jobs(space: Workspace, user: User, folder: MissionFolder) -> None:
    """Show in the sidebar what is being planned; when it ends, the page is drawn anew."""
    jobs = active_jobs(space, user, folder)
    if not jobs:
        return

    @st.fragment(run_every=EVERY_S)
    def running() -> None:
        left = active_jobs(space, user, folder)
        if len(left) < len(jobs):
            st.rerun()
        record = record_of(space, left[0].id)
        st.markdown(f":material/progress_activity: **{_in_short(record)}**")
        if len(left) > 1:
            more = len(left) - 1
            st.caption(n_("{n} more waits", "{n} more wait", more).format(n=more))
        link("plan", _("Watch or stop it"), ":material/visibility:", job=left[0].id)

    running()


def _in_short(record: JobRecord | None) -> str:
    if record is None or not record.progress:
        return _("Planning …")
    latest = record.progress[-1]
    gap = "" if latest.gap is None else f", {_('gap')} {share(latest.gap)}"
    return _("Planning: {stage}").format(stage=stage_words(latest.stage)) + gap


def job_panel(space: Workspace, folder: MissionFolder, job_id: str) -> None:
    """Show one job, alive while it runs."""
    user = require(Role.VIEWER, "see a job")
    job = space.store.jobs.get(user, job_id)
    record = record_of(space, job_id)
    if record is not None and record.state in ACTIVE:

        @st.fragment(run_every=EVERY_S)
        def running() -> None:
            present = record_of(space, job_id)
            stored = space.store.jobs.get(user, job_id)
            if present is None or (present.state.ended and stored.state not in _OPEN):
                st.rerun()
            _show_running(space, user, present, job_id)

        running()
        return
    if job.state in _OPEN:
        # The plan is there and is being written into the store.
        space.recorder.wait(job_id, 10)
        job = space.store.jobs.get(user, job_id)
    _show_ended(space, user, folder, job, record)


_OPEN = (Stored.QUEUED, Stored.RUNNING)


def _show_running(space: Workspace, user: User, record: JobRecord, job_id: str) -> None:
    since = record.started_at or record.submitted_at
    elapsed_s = (datetime.now(UTC) - since).total_seconds()
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.markdown(f"**{state_words(record.state)}** · {amount(elapsed_s, 's')}")
    if user.role is not Role.VIEWER and right.button(
        _("Stop, keep the best"),
        key=f"cancel-{job_id}",
        disabled=record.state is JobState.CANCELLING,
        width="stretch",
    ):
        with boundary():
            space.cancel(require(Role.PLANNER, "stop a job"), job_id)
            st.rerun(scope="fragment")
    done = len(record.progress) - 1 if record.progress else 0
    stages = len(record.request.stages)
    st.progress(min(1.0, max(0, done) / stages))
    progress_table(record)


def progress_table(record: JobRecord) -> None:
    """Show incumbent, bound and gap of each stage that has begun."""
    if not record.progress:
        st.caption(_("The mission is being read."))
        return
    st.dataframe(
        {
            _("Stage"): [stage_words(each.stage) for each in record.progress],
            _("Best so far"): [each.incumbent for each in record.progress],
            _("Bound"): [each.bound for each in record.progress],
            _("Gap"): [each.gap for each in record.progress],
            _("After (s)"): [each.elapsed_s for each in record.progress],
        },
        hide_index=True,
        placeholder="",
        column_config={
            _("Best so far"): st.column_config.NumberColumn(format="localized"),
            _("Bound"): st.column_config.NumberColumn(format="localized"),
            _("Gap"): st.column_config.NumberColumn(format="percent"),
            _("After (s)"): st.column_config.NumberColumn(format="%.1f"),
        },
    )


def _show_ended(
    space: Workspace, user: User, folder: MissionFolder, job: Job, record: JobRecord | None
) -> None:
    message = plain(job.progress.message)
    if job.revision is not None:
        st.success(
            _("{state}: the plan is revision {n}.").format(
                state=state_words(job.state).capitalize(), n=job.revision
            )
            + (f" {message}" if message else ""),
            icon=":material/check_circle:",
        )
        link("areas", _("Look at it"), ":material/map:")
    elif job.state in (Stored.DONE, Stored.CANCELLED) and space.has_plan(job.id):
        st.warning(message or _("The plan is not saved yet."))
        st.markdown(_("Nothing is lost: the plan can be saved on top of what has come meanwhile."))
        if user.role is not Role.VIEWER and st.button(_("Save it as the newest revision")):
            with boundary():
                space.save_on_top(require(Role.PLANNER, "save a plan"), folder, job.id)
                st.rerun()
    elif job.state is Stored.CANCELLED:
        st.info(message or _("Stopped before it began."))
    else:
        st.error(f"{state_words(job.state).capitalize()}. {message}", icon=":material/error:")
        if record is not None and record.fault is not None and record.fault.remedy:
            st.markdown(f"**{_('What to do:')}** {plain(record.fault.remedy)}")
    if (
        job.revision is None
        and user.role is not Role.VIEWER
        and st.button(_("Start it again"), icon=":material/replay:")
    ):
        with boundary():
            again = space.restart(require(Role.PLANNER, "plan"), job.id)
            go("plan", job=again.id)
    if record is not None and record.progress:
        progress_table(record)
