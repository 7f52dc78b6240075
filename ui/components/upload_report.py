"""What a trial of an upload has found: the account of rows, findings by kind and row, a preview."""

from typing import Any

import streamlit as st

from planner.errors import InputError
from planner.intake.importing import Kind
from planner.workspace.imports import Trial, csv_rows, preview
from ui.components.findings import findings_table
from ui.components.text import plain
from ui.strings import _, n_
from ui.written import number

MOST_CASES = 5_000
"""Cases shown on the page; the download holds all."""
HEIGHT_PX = 360
MANY_ROWS = 9


def trial_report(trial: Trial, kind: Kind, key: str) -> None:
    """Draw the report of a trial.

    Parameters
    ----------
    kind
        Kind of the list.
    key
        Names the trial, for what is cached of it.
    """
    if trial.report is not None:
        _account(trial)
    if trial.form.private:
        st.warning(
            n_(
                "{n} column holds people's private data and is dropped: {names}. Nothing of it "
                "enters the mission.",
                "{n} columns hold people's private data and are dropped: {names}. Nothing of them "
                "enters the mission.",
                len(trial.form.private),
            ).format(n=len(trial.form.private), names=plain(", ".join(trial.form.private))),
            icon=":material/shield_person:",
        )
    if trial.problems:
        count = len(trial.problems)
        st.warning(
            n_(
                "{n} thing would still keep the mission from being planned; it may be taken over "
                "all the same, and mended with another list.",
                "{n} things would still keep the mission from being planned; it may be taken over "
                "all the same, and mended with another list.",
                count,
            ).format(n=number(count))
        )
        findings_table(trial.problems[:MOST_CASES])
    _tabs(trial, kind, key)


def _account(trial: Trial) -> None:
    report = trial.report
    if report is None:
        return
    columns = st.columns(4)
    columns[0].metric(_("Rows in the list"), number(report.rows_in))
    columns[1].metric(_("Accepted"), number(report.accepted))
    columns[2].metric(_("Set aside"), number(report.set_aside))
    columns[3].metric(
        _("Records"),
        number(report.records_out),
        help=_("A row may stand for several stations."),
    )


def _tabs(trial: Trial, kind: Kind, key: str) -> None:
    findings = (
        trial.report.findings
        if trial.report is not None
        else (trial.error.findings if isinstance(trial.error, InputError) else ())
    )
    rows = preview(trial, kind)
    cases = _cases(trial, key) if trial.findings_csv else []
    aside = csv_rows(trial.rejected) if trial.rejected else []
    labels = [_("Preview"), _("Findings by kind"), _("Findings by row"), _("Rows set aside")]
    counts = [len(rows[1:]), len(findings), max(0, len(cases) - 1), max(0, len(aside) - 1)]
    tabs = st.tabs(
        [
            f"{label} ({number(count)})" if number_shown else label
            for label, count, number_shown in zip(
                labels, counts, (False, True, True, False), strict=True
            )
        ]
    )
    with tabs[0]:
        if rows:
            _table(rows)
            st.caption(_("The first rows as they would stand in the mission."))
        else:
            st.info(_("Nothing of the list can be used yet."))
    with tabs[1]:
        if findings:
            findings_table(findings)
        else:
            st.info(_("Nothing to remark."))
    with tabs[2]:
        _by_row(trial, cases)
    with tabs[3]:
        _set_aside(trial, kind, aside)


def _by_row(trial: Trial, cases: list[list[str]]) -> None:
    if len(cases) < 2:
        st.info(_("Nothing to remark."))
        return
    _table(
        _titled(cases),
        {
            _("What"): st.column_config.TextColumn(width=330),
            _("Found"): st.column_config.TextColumn(width=110),
            _("Row"): st.column_config.TextColumn(width=55),
        },
    )
    if len(cases) > MOST_CASES:
        st.caption(_("The first {n} cases; the download holds all.").format(n=number(MOST_CASES)))
    st.download_button(
        _("Download all findings"),
        trial.findings_csv or b"",
        file_name="findings.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="upload-findings",
    )


def _set_aside(trial: Trial, kind: Kind, aside: list[list[str]]) -> None:
    if trial.rejected is None:
        st.info(_("No row was set aside."))
        return
    _table(aside)
    st.caption(_("The first rows. Mend them in the download, and bring the mended list in whole."))
    st.download_button(
        _("Download the rows set aside"),
        trial.rejected,
        file_name=f"rejected_{kind}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="upload-rejected",
    )


def _titled(cases: list[list[str]]) -> list[list[str]]:
    """Return the cases with titles that a person reads, without the file's name."""
    titles = {
        "code": _("Rule"),
        "severity": _("Severity"),
        "set_aside": _("Set aside"),
        "row": _("Row"),
        "column": _("Column"),
        "value": _("Found"),
        "message": _("What"),
        "remedy": _("What to do"),
    }
    kept = [i for i, name in enumerate(cases[0]) if name in titles]
    return [
        [titles[cases[0][i]] for i in kept],
        *([row[i] for i in kept] for row in cases[1:]),
    ]


def _table(rows: list[list[str]], config: dict[str, Any] | None = None) -> None:
    columns: dict[str, list[Any]] = {
        name: [row[i] if i < len(row) else "" for row in rows[1:]] for i, name in enumerate(rows[0])
    }
    st.dataframe(
        columns,
        hide_index=True,
        placeholder="",
        height=HEIGHT_PX if len(rows) > MANY_ROWS else "auto",
        column_config=config,
    )


@st.cache_resource(max_entries=4, show_spinner=False)
def _cases(_trial: Trial, key: str) -> list[list[str]]:  # noqa: ARG001 - the key
    return csv_rows(_trial.findings_csv or b"", MOST_CASES)
