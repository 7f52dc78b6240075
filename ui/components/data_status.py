"""What is official, estimated or synthetic, by kind of record."""

import streamlit as st

from planner.domain.mission_input import MissionInput
from planner.domain.place import DataStatus
from planner.export.classification import data_status
from ui.components.text import plain
from ui.strings import _, word


def data_status_table(mission: MissionInput) -> None:
    """Show how many records of each kind come from where, and how travel is reckoned."""
    found = data_status(mission)
    used = [status for status in DataStatus if any(count[status] for count in found.values())]
    st.dataframe(
        {
            _("Records"): [_(name) for name in found],
            **{_mark(status): [count[status] for count in found.values()] for status in used},
        },
        hide_index=True,
        column_config={
            _mark(status): st.column_config.NumberColumn(format="localized") for status in used
        },
    )
    synthetic = [_(name) for name, count in found.items() if count[DataStatus.SYNTHETIC]]
    if synthetic:
        st.warning(
            _("Invented, for demonstration: {what}. Nothing may be concluded from them.").format(
                what=", ".join(plain(name) for name in synthetic)
            ),
            icon=":material/science:",
        )
    with st.expander(_("Sources and licences")):
        st.dataframe(
            {
                _("What"): [source.what for source in mission.mission.sources],
                _("Origin"): [source.origin for source in mission.mission.sources],
                _("Licence"): [source.licence for source in mission.mission.sources],
                _("Status"): [word(source.status.value) for source in mission.mission.sources],
            },
            hide_index=True,
        )


def _mark(status: DataStatus) -> str:
    sign = {
        DataStatus.OFFICIAL: "✓",
        DataStatus.ESTIMATE: "≈",
        DataStatus.SYNTHETIC: "✱",
        DataStatus.UNKNOWN: "?",
    }[status]
    return f"{sign} {word(status.value)}"
