"""A run of scenarios while it is computed: progress, time left, how to stop it and go on."""

import streamlit as st

from planner.jobs.record import JobState
from planner.store.access import Role
from planner.workspace.simulation import RunFault, SimulationRun, resumable
from ui.access import require
from ui.components.boundary import boundary
from ui.components.findings import findings_table
from ui.components.links import go
from ui.components.text import plain
from ui.state import Page
from ui.strings import _, n_
from ui.written import amount, number, share

EVERY_S = 1.0
MANY_S = 120
_SHOWN_FAILURES = 5


def run_state_words(state: JobState) -> str:
    """Return a run's state as a person reads it."""
    return {
        JobState.QUEUED: _("waiting"),
        JobState.RUNNING: _("running"),
        JobState.CANCELLING: _("stopping after the plans that were begun"),
        JobState.DONE: _("done"),
        JobState.CANCELLED: _("stopped"),
        JobState.FAILED: _("failed"),
        JobState.LOST: _("lost: its process is gone"),
    }[state]


def run_panel(page: Page, run: SimulationRun) -> None:
    """Show a run, alive while it is computed."""
    asked = run.order
    st.markdown(
        f"##### {plain(asked.request.title)}\n\n:small[{plain(asked.author)} · "
        f"{asked.at:%d.%m.%Y %H:%M} UTC · {_('effort')} {number(asked.request.scale, 2)} · "
        f"{number(asked.request.draws)} {_('simulated election days')}]"
    )
    if run.state.ended:
        _ended(page, run)
        return

    @st.fragment(run_every=EVERY_S)
    def running() -> None:
        user = require(Role.VIEWER, "see runs of scenarios")
        present = page.workspace.simulations.run_of(user, run.id)
        if present.state.ended:
            st.rerun()
        _alive(page, present)

    running()


def _alive(page: Page, run: SimulationRun) -> None:
    left, right = st.columns([4, 1], vertical_alignment="center")
    progress = run.status.progress
    left.markdown(f"**{run_state_words(run.state)}**{_in_short(page, run)}")
    if page.may_plan and right.button(
        _("Stop, keep what is done"),
        key=f"scn-stop-{run.id}",
        disabled=run.state is JobState.CANCELLING,
        width="stretch",
    ):
        with boundary():
            user = require(Role.PLANNER, "stop a run")
            page.workspace.simulations.cancel(user, run.id)
            st.rerun(scope="fragment")
    st.progress(min(1.0, progress.done / progress.total) if progress.total else 0.0)
    st.caption(
        _(
            "The run goes on when you close the page or the dashboard; its link finds it again. "
            "Runs queue behind each other. A plan that is made at the same time goes first."
        )
    )


def _in_short(page: Page, run: SimulationRun) -> str:
    progress = run.status.progress
    if run.state is JobState.QUEUED:
        ahead = page.workspace.simulations.ahead(page.user, run.id)
        if not ahead:
            return " · " + _("it begins in a moment")
        return " · " + n_("{n} run before it", "{n} runs before it", ahead).format(n=ahead)
    if not progress.total:
        return " · " + _("the first plan is being made")
    if run.order.request.design is None:
        done = _("{n} plans tried, at most {most}").format(n=progress.done, most=progress.total)
    else:
        done = _("{n} of {total} plans").format(n=progress.done, total=progress.total)
    parts = [done, _time(progress.elapsed_s)]
    if progress.left_s is not None and run.state is JobState.RUNNING:
        parts.append(_("about {time} left").format(time=_time(progress.left_s)))
    asked = progress.hits + progress.misses
    if asked:
        parts.append(
            _("{part} of the parts remembered").format(part=share(progress.hits / asked, 0))
        )
    return " · " + " · ".join(parts)


def _time(seconds: float) -> str:
    if seconds < MANY_S:
        return amount(seconds, "s")
    return amount(seconds / 60, "min")


def _ended(page: Page, run: SimulationRun) -> None:
    progress, fault = run.status.progress, run.status.fault
    words = run_state_words(run.state).capitalize()
    told = _("{n} of {total} plans").format(n=progress.done, total=progress.total)
    if run.order.request.design is None:
        told = _("{n} plans tried").format(n=progress.done)
    if run.state is JobState.DONE:
        st.success(f"{words}: {told}.", icon=":material/check_circle:")
    elif run.state is JobState.FAILED and fault is not None:
        st.error(
            f"**{plain(fault.code)}** · {plain(fault.message)}. {plain(fault.remedy)}",
            icon=":material/error:",
        )
        findings_table(fault.findings)
    else:
        st.warning(
            f"{words}: {told}. " + _("What is done is kept, and is not repeated."),
            icon=":material/pause_circle:",
        )
    _failures(run.status.failures)
    if not page.may_plan:
        return
    with st.container(horizontal=True):
        if resumable(run.state) and st.button(
            _("Go on"), key=f"scn-resume-{run.id}", icon=":material/resume:", type="primary"
        ):
            with boundary():
                user = require(Role.PLANNER, "run scenarios")
                page.workspace.simulations.resume(user, run.id)
                st.rerun()
        if st.button(
            _("Remove this run"),
            key=f"scn-remove-{run.id}",
            icon=":material/delete:",
            type="tertiary",
        ):
            with boundary():
                user = require(Role.PLANNER, "remove a run")
                page.workspace.simulations.remove(user, run.id)
                go("scenarios", part="results")


def _failures(failures: tuple[RunFault, ...]) -> None:
    for one in failures[:_SHOWN_FAILURES]:
        st.error(
            f"**{plain(one.code)}** {plain(one.name)}: {plain(one.message)}. {plain(one.remedy)}"
        )
    more = len(failures) - _SHOWN_FAILURES
    if more > 0:
        st.caption(n_("{n} more", "{n} more", more).format(n=more))
