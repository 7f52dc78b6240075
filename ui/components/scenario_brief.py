"""What is taken into a meeting: chosen scenarios as two pages, and as a workbook."""

from functools import partial
from importlib.util import find_spec

import streamlit as st

from planner.workspace.scenario_briefing import BriefingKind, briefing_file
from ui.components.scenario_pick import Picked
from ui.state import KEPT, Page
from ui.strings import _

MIME: dict[BriefingKind, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def briefing_files(page: Page, picked: list[Picked]) -> None:
    """Draw the buttons for the briefing and the workbook of what is compared."""
    typeset = find_spec("typst") is not None
    labels: dict[BriefingKind, str] = {
        "pdf": _("Two-page briefing (PDF)"),
        "xlsx": _("Comparison workbook (XLSX)"),
    }
    with st.container(horizontal=True):
        for kind, label in labels.items():
            st.download_button(
                label,
                data=partial(_made, page, picked, kind, "|".join(one.id for one in picked)),
                file_name=f"briefing-{page.folder.id}.{kind}",
                mime=MIME[kind],
                key=f"scn-brief-{kind}",
                icon=":material/description:" if kind == "pdf" else ":material/table_view:",
                on_click="ignore",
                disabled=kind == "pdf" and not typeset,
                help=None
                if typeset or kind == "xlsx"
                else _("Pages are set by typst: install mission-planner[briefing]."),
            )
    st.caption(
        _(
            "For a meeting: question, answer, figures, precision by phase, assumptions, what is "
            "real and what is invented. In English; made from the plans when asked for."
        )
    )


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _made(_page: Page, _picked: list[Picked], kind: BriefingKind, key: str) -> bytes:  # noqa: ARG001 - the key
    """Return one file's bytes; the workspace asks whether the page's user may see them."""
    chosen = [(one.run, one.scenario) for one in _picked]
    return briefing_file(_page.workspace.simulations, _page.user, chosen, kind)
