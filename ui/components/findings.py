"""Findings as a table that a person can sort and search."""

from collections.abc import Iterable

import streamlit as st

from planner.domain.finding import Finding
from ui.strings import _, word

HEIGHT_PX = 320


def findings_table(findings: Iterable[Finding]) -> None:
    """Show findings with rule, record, value, limit and remedy."""
    rows = [
        {
            _("Severity"): word(finding.severity.value),
            _("Rule"): finding.code,
            _("Record"): finding.subject,
            _("What"): finding.message,
            _("Found"): finding.value,
            _("Allowed"): finding.limit,
            _("What to do"): finding.remedy,
        }
        for finding in findings
    ]
    if rows:
        st.dataframe(
            rows,
            hide_index=True,
            height=HEIGHT_PX if len(rows) > 8 else "auto",
            column_config={
                _("Severity"): st.column_config.TextColumn(width=70),
                _("Rule"): st.column_config.TextColumn(width=115),
                _("Record"): st.column_config.TextColumn(width=90),
            },
        )
