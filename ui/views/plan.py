"""Plan: ask for a plan, watch it being made, stop it, find it again."""

from functools import partial

import streamlit as st

from planner.domain.plan import StageName
from planner.errors import PlannerError
from planner.store.access import Role
from planner.store.records import Job
from planner.workspace.request import PlanRequest, StoredRequest
from ui.access import require
from ui.components.boundary import boundary, show_error
from ui.components.decide import count_words, decisions_panel
from ui.components.draft import clear_draft, draft_text
from ui.components.empty import no_stations
from ui.components.findings import findings_table
from ui.components.job_panel import job_panel, stage_words, state_words
from ui.components.links import go, link
from ui.components.text import plain
from ui.state import Page
from ui.strings import _
from ui.written import number

SEED = 1


def show(page: Page) -> None:
    """Draw the view."""
    jobs = page.workspace.store.jobs.all(page.user, page.folder.id)
    chosen = st.query_params.get("job")
    if chosen:
        _one_job(page, chosen)
    if _can_be_planned(page) and page.may_plan:
        _ask(page)
    with st.expander(_("Decisions") + f" ({len(page.decisions)})", expanded=False):
        decisions_panel(page)
    _list(jobs)


def _one_job(page: Page, job: str) -> None:
    with st.container(border=True):
        st.markdown(f"##### {_('Job')} {plain(job[:8])}")
        with boundary():
            job_panel(page.workspace, page.folder, job)


def _can_be_planned(page: Page) -> bool:
    try:
        findings = page.loaded.findings
    except PlannerError as error:
        if not no_stations(page):
            show_error(error)
        link("frame", _("Bring in stations and districts"), ":material/where_to_vote:")
        return False
    if findings:
        with st.expander(_("Remarks about the input") + f" ({len(findings)})"):
            findings_table(findings)
    return True


def _ask(page: Page) -> None:
    mission = page.loaded.mission_input.mission
    first = page.head is None
    with st.container(border=True):
        st.markdown(f"##### {_('A first plan') if first else _('Plan again')}")
        st.markdown(
            _(
                "{lto} LTO teams and {sto} STO pairs over {stations} stations, around {decisions}."
            ).format(
                lto=mission.staffing.lto_teams,
                sto=mission.staffing.sto_pairs,
                stations=number(len(page.loaded.mission_input.stations)),
                decisions=count_words(len(page.decisions)),
            )
        )
        reason = draft_text(
            page, "plan-reason", _("Why"), placeholder=_("stands in the history, e.g. two new pins")
        )
        stability = 0.0 if first else _stability()
        quick = stability > 0 and _quick()
        with st.expander(_("More")):
            left, middle, right = st.columns(3)
            seed = left.number_input(_("Seed"), 0, 2**31 - 1, SEED, key="plan-seed")
            seconds = middle.number_input(
                _("Time limit (s)"),
                min_value=0,
                max_value=86_400,
                value=0,
                key="plan-seconds",
                help=_("0: none. Only without one is the plan reproducible."),
            )
            stages = (
                list(StageName)
                if first
                else right.multiselect(
                    _("Stages"),
                    list(StageName),
                    default=list(StageName),
                    format_func=stage_words,
                    key="plan-stages",
                    help=_("The others are taken from the newest plan."),
                    placeholder=_("choose"),
                )
            )
        if st.button(
            _("Plan"),
            type="primary",
            icon=":material/play_arrow:",
            disabled=not stages,
            key="plan-start",
        ):
            with boundary():
                job = page.workspace.plan(
                    require(Role.PLANNER, "plan"),
                    page.folder,
                    PlanRequest(
                        reason=reason or (_("first plan") if first else _("planned again")),
                        seed=int(seed),
                        seconds=float(seconds) or None,
                        stages=tuple(stages),
                        stability=stability,
                        quick=quick,
                        base=page.head,
                    ),
                )
                clear_draft(page, "plan-reason")
                go("plan", job=job.id)


def _stability() -> float:
    return float(
        st.slider(
            _("Stability"),
            0.0,
            1.0,
            0.5,
            0.05,
            key="plan-stability",
            persist_state="session",
            help=_(
                "0: plan freely, whoever has to move. 1: keep everything that decisions and lists "
                "allow to keep. Between: somebody moves only for a gain that is worth it."
            ),
        )
    )


def _quick() -> bool:
    return st.checkbox(
        _("Quick repair"),
        key="plan-quick",
        persist_state="session",
        help=_(
            "For a pair that withdraws, a region cut off, a corrected list: a new plan in seconds, "
            "which changes what must change. Areas and allocation stay and get no new bound. "
            "*Compare* then shows what other stabilities would be worth."
        ),
    )


def _list(jobs: tuple[Job, ...]) -> None:
    st.subheader(_("Jobs"))
    if not jobs:
        st.info(_("Nothing was planned here yet."))
        return
    st.caption(_("Choose a job to see it above; its link can be sent to others."))
    st.dataframe(
        {
            _("Asked for (UTC)"): [job.created_at for job in jobs],
            _("By"): [job.author for job in jobs],
            _("Why"): [_reason(job) for job in jobs],
            _("Status"): [state_words(job.state) for job in jobs],
            _("Revision"): [job.revision for job in jobs],
        },
        hide_index=True,
        placeholder="",
        key="jobs",
        on_select=partial(_choose, jobs),
        selection_mode="single-row",
        column_config={
            _("Asked for (UTC)"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm"),
        },
    )


def _choose(jobs: tuple[Job, ...]) -> None:
    rows = st.session_state["jobs"].selection.rows
    if rows:
        st.query_params["job"] = jobs[rows[0]].id


def _reason(job: Job) -> str:
    return StoredRequest.model_validate_json(job.request).request.reason
