"""The results of runs: a list of runs, and the points of one as a table and as files."""

import csv
import io
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from planner.intake.write import cell
from planner.scenario.point import Point
from planner.store.access import Role
from planner.sweep.table import rows_of, write_parquet, write_xlsx
from planner.workspace.scenarios import RunPoint
from planner.workspace.simulation import SimulationRun
from ui.access import require
from ui.components.empty import nothing
from ui.components.scenario_run_panel import run_state_words
from ui.components.scenario_words import column_words, is_invented, margin_words, names_apart
from ui.state import KEPT, Page
from ui.strings import _

RUN = "run"
ROWS_PX, NAME_PX = 420, 190
EVERY_S = 3.0
_MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def choose_run(runs: tuple[SimulationRun, ...]) -> SimulationRun | None:
    """Draw the list of runs; return the one that is chosen, by default the newest."""
    if not runs:
        nothing(_("Nothing was run here yet."), _("Build a scenario and run it."))
        return None
    asked = st.query_params.get(RUN)
    known = {run.id: run for run in runs}
    chosen = known.get(asked or "", runs[0])
    if asked and asked not in known:
        st.warning(_("There is no such run any more; this is the newest."))
    with st.expander(_("Runs") + f" ({len(runs)})", expanded=False):
        st.caption(_("Choose a run to see it; its link can be sent to others."))
        st.dataframe(
            {
                _("When (UTC)"): [run.order.at for run in runs],
                _("By"): [run.order.author for run in runs],
                _("What"): [run.order.request.title for run in runs],
                _("Status"): [run_state_words(run.state) for run in runs],
                _("Plans"): [run.status.progress.done for run in runs],
            },
            hide_index=True,
            placeholder="",
            key="scn-runs",
            on_select=partial(_choose, runs),
            selection_mode="single-row",
            column_config={
                _("When (UTC)"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm"),
                _("What"): st.column_config.TextColumn(width="large"),
            },
        )
    return chosen


def _choose(runs: tuple[SimulationRun, ...]) -> None:
    rows = st.session_state["scn-runs"].selection.rows
    if rows:
        st.query_params[RUN] = runs[rows[0]].id


def points_of(page: Page, run: SimulationRun) -> tuple[RunPoint, ...]:
    """Return the scenarios of a run with the points so far; read once for each number of them."""
    progress = run.status.progress
    key = f"{run.id}|{run.status.attempt}|{run.state}|{progress.done}|{run.status.ended_at}"
    return _points(page, run.id, key)


@st.cache_resource(max_entries=8 * KEPT, show_spinner=False)
def _points(_page: Page, run: str, key: str) -> tuple[RunPoint, ...]:  # noqa: ARG001 - the key
    return _page.workspace.simulations.results(_page.user, run)


def table_of_run(page: Page, run: SimulationRun) -> None:
    """Draw the points of a run; while it is computed, each plan as it is made."""

    @st.fragment(run_every=None if run.state.ended else EVERY_S)
    def so_far() -> None:
        user = require(Role.VIEWER, "see runs of scenarios")
        points_table(points_of(page, page.workspace.simulations.run_of(user, run.id)))

    so_far()


def points_table(found: Sequence[RunPoint]) -> None:
    """Draw the figures that are looked at first, one row a scenario."""
    done = [one.point for one in found if one.point is not None]
    if not done:
        st.info(_("No scenario of this run is planned yet."))
        return
    words = column_words()
    money = _("Cost ({currency})").format(currency=done[0].currency or "-")
    columns: dict[str, Sequence[object]] = {
        _("Scenario"): names_apart(done),
        _("Pairs planned"): [point.pairs_planned for point in done],
        words["openings"]: [point.openings for point in done],
        words["voting_visits"]: [point.voting_visits for point in done],
        words["counts"]: [point.counts for point in done],
        _("Margin, voting"): [
            margin_words(_expected(point, "voting"), point.basis_voting) for point in done
        ],
        _("Margin, counts"): [
            margin_words(_expected(point, "counting"), point.basis_counting) for point in done
        ],
        words["hard_findings"]: [point.hard_findings for point in done],
        _("Pairs that come"): [point.pairs_delivered for point in done],
        _("Voting visits, 19 of 20 days reach"): [point.voting_visits_p5 for point in done],
    }
    if any(point.cost is not None for point in done):
        columns[money] = [point.cost for point in done]
    if any(point.reason for point in done):
        columns[_("Cannot be, because")] = [point.reason for point in done]
    st.dataframe(
        columns,
        hide_index=True,
        placeholder="-",
        height="content" if len(done) <= 11 else ROWS_PX,
        column_config={
            _("Scenario"): st.column_config.TextColumn(width=NAME_PX, pinned=True),
            words["voting_visits"]: st.column_config.NumberColumn(format="localized"),
            _("Voting visits, 19 of 20 days reach"): st.column_config.NumberColumn(
                format="localized"
            ),
            money: st.column_config.NumberColumn(format="localized"),
        },
    )
    if any(is_invented(point) for point in done):
        st.caption(_("ILLUSTRATIVE: the unit costs are marked as invented."))
    st.caption(
        _(
            "Each row is a full plan, judged by the referee. Margins are half widths at 95 % "
            "confidence for a share of one half, as expected after the simulation. Design-based "
            "margins hold for a random sample; indicative ones are no more than a sign."
        )
    )


def _expected(point: Point, phase: str) -> float | None:
    found = getattr(point, f"margin_{phase}_expected")
    value = getattr(point, f"margin_{phase}") if found is None else found
    return None if value is None else float(value)


def downloads(points: Sequence[Point], name: str) -> None:
    """Draw the points as files: all columns, with their units."""
    if not points:
        return
    with st.container(horizontal=True):
        for kind, mime in _MIME.items():
            st.download_button(
                _("Download {kind}").format(kind=kind.upper()),
                data=partial(table_bytes, tuple(points), kind),
                file_name=f"{name}.{kind}",
                mime=mime,
                key=f"scn-file-{kind}-{name}",
                icon=":material/download:",
                on_click="ignore",
            )


def table_bytes(points: tuple[Point, ...], kind: str) -> bytes:
    """Return the points as one file.

    Parameters
    ----------
    kind
        ``csv``, ``xlsx`` or ``parquet``.

    Raises
    ------
    PlannerError
        ``SW-EXTRA`` without pyarrow, ``EX-WRITE``.
    """
    if kind == "csv":
        target = io.StringIO()
        rows = rows_of(points)
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows([cell(value) for value in row.values()] for row in rows)
        return target.getvalue().encode("utf-8-sig")
    write = write_xlsx if kind == "xlsx" else write_parquet
    with tempfile.TemporaryDirectory(prefix="mission-planner-") as folder:
        path = Path(folder) / f"points.{kind}"
        write(points, path)
        return path.read_bytes()
