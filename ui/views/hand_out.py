"""Hand out: files for others, made when they are asked for; and the workbook that comes back."""

import streamlit as st

from ui.components.findings import findings_table
from ui.components.hand_out_files import files
from ui.components.links import link
from ui.components.returned_workbook import returned_workbook
from ui.components.text import plain
from ui.restricted import restricted_words, synthetic_words
from ui.state import Page
from ui.strings import _, n_


def show(page: Page) -> None:
    """Draw the view."""
    shown = page.shown
    verdict = shown.verdict
    if not verdict.passed:
        st.error(_("The referee refuses this plan, so nothing is handed out. These rules break:"))
        findings_table(verdict.hard)
        st.markdown(_("Mend what the table names, then plan again."))
        link("plan", _("Plan again"), ":material/play_circle:")
        return
    if not page.latest:
        st.warning(
            _("These files are made from revision {n}, not from the newest.").format(n=page.number)
        )
    st.warning(f"**{plain(restricted_words(shown.view.mission.mission))}**", icon=":material/lock:")
    remarks = len(verdict.soft)
    st.success(
        _("The referee passes revision {n}.").format(n=shown.number)
        + " "
        + (
            n_("It has {n} remark.", "It has {n} remarks.", remarks).format(n=remarks)
            if remarks
            else _("It has no remarks.")
        ),
        icon=":material/gavel:",
    )
    if remarks:
        with st.expander(_("Remarks of the referee") + f" ({remarks})"):
            findings_table(verdict.soft)
    if shown.view.synthetic:
        st.caption(
            _("Synthetic in these files: {what}.").format(what=plain(synthetic_words(shown.view)))
        )
    files(shown)
    st.subheader(_("An edited workbook comes back"))
    returned_workbook(page)
