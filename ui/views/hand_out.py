"""Hand out: workbook, maps and plan document, made when they are asked for."""

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from planner.export.registry import EXPORTERS, export_plan
from ui.components.findings import findings_table
from ui.components.text import plain
from ui.state import Page, Shown
from ui.strings import _

MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gpkg": "application/geopackage+sqlite3",
    "kml": "application/vnd.google-earth.kml+xml",
    "gpx": "application/gpx+xml",
    "json": "application/json",
}


def show(page: Page) -> None:
    """Draw the view."""
    shown = page.shown
    if not shown.verdict.passed:
        st.error(_("The referee refuses this plan, so nothing is handed out. These rules break:"))
        findings_table(shown.verdict.hard)
        st.markdown(_("Mend what the table names, plan again with `mission-planner plan DIR`."))
        return
    st.warning(f"**{plain(shown.view.classification)}**")
    st.markdown(
        _("The referee passes this plan. Every file names its sources and what is synthetic.")
    )
    words = {
        "xlsx": _("Workbook: teams, election day by pair, areas, quotas, findings"),
        "gpkg": _("GeoPackage for QGIS: areas, districts, routes, stations, stops"),
        "kml": _("KML for a globe"),
        "gpx": _("GPX for a phone: routes and stops"),
        "json": _("Plan document, the one truth that all others are made from"),
    }
    for kind in EXPORTERS:
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.markdown(f"**{plain(kind.upper())}** · {words.get(kind, '')}")
        right.download_button(
            _("Download {kind}").format(kind=kind),
            data=partial(_content, shown, kind),
            file_name=f"{shown.view.plan.mission}.{kind}",
            mime=MIME.get(kind, "application/octet-stream"),
            key=f"download-{kind}",
            on_click="ignore",
            width="stretch",
        )
    st.caption(
        _("A file is made when its button is pressed; a large mission may take some seconds.")
    )


def _content(shown: Shown, kind: str) -> bytes:
    """Return one export's bytes; the temporary folder is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="mission-planner-") as folder:
        written = export_plan(
            shown.view.mission,
            shown.view.plan,
            shown.verdict,
            Path(folder),
            [kind],
            polygons=shown.polygons,
        )
        return written[0].read_bytes()
