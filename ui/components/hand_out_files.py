"""The files that are handed out: what is in each, who may read it, and its bytes when asked for."""

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from planner.export.registry import EXPORTERS, export_plan
from ui.components.text import plain
from ui.restricted import restricted_words
from ui.state import KEPT, Shown
from ui.strings import _
from ui.written import amount

MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gpkg": "application/geopackage+sqlite3",
    "kml": "application/vnd.google-earth.kml+xml",
    "gpx": "application/gpx+xml",
    "json": "application/json",
}


def files(shown: Shown) -> None:
    """Draw one card for each kind of file."""
    sizes = _sizes(shown.digest)
    restricted = restricted_words(shown.view.mission.mission)
    for kind in EXPORTERS:
        with st.container(border=True):
            left, middle, right = st.columns([6, 2, 2], vertical_alignment="center")
            name, inside, reader = _words()[kind]
            left.markdown(
                f"**{plain(name)}** · {plain(kind.upper())}  \n{plain(inside)}  \n"
                f":small[:material/lock: {plain(restricted)}. {plain(reader)}]"
            )
            middle.markdown(
                _size_words(sizes[kind]) if kind in sizes else f":small[{_('made when asked for')}]"
            )
            right.download_button(
                _("Download {kind}").format(kind=kind),
                data=partial(content, shown, shown.digest, kind),
                file_name=f"{shown.view.plan.mission}-r{shown.number}.{kind}",
                mime=MIME.get(kind, "application/octet-stream"),
                key=f"download-{kind}",
                on_click="ignore",
                width="stretch",
            )
    left, right = st.columns([8, 2], vertical_alignment="center")
    left.caption(
        _(
            "Each file names its sources and what is synthetic. A file is made when its button is "
            "pressed; a large mission may take some seconds."
        )
    )
    if right.button(
        _("Make all now"),
        key="make-all",
        disabled=len(sizes) == len(EXPORTERS),
        help=_("Shows how large they are; downloads then begin at once."),
        width="stretch",
    ):
        with st.spinner(_("Making the files …")):
            for kind in EXPORTERS:
                content(shown, shown.digest, kind)
        st.rerun()


def _words() -> dict[str, tuple[str, str, str]]:
    """Return name, content and reader of each kind of file."""
    core = _("For the core team and LTO teams; a pair gets its own page only.")
    return {
        "xlsx": (
            _("Workbook"),
            _(
                "Teams, election day by pair, areas, stations, substitutes, quotas, findings. Edit "
                "it and bring it back below."
            ),
            core,
        ),
        "gpkg": (
            _("Map for QGIS"),
            _("GeoPackage with areas, districts, routes, stations and stops."),
            core,
        ),
        "kml": (_("Map for a globe"), _("Areas, routes and stops."), core),
        "gpx": (
            _("Map for a phone"),
            _("Routes and stops of all pairs."),
            _("For drivers and pairs, only as far as they need it."),
        ),
        "json": (
            _("Plan document"),
            _("The one truth that all others are made from; other programs read it."),
            _("For the core team."),
        ),
    }


def _size_words(size_bytes: int) -> str:
    if size_bytes >= 1_000_000:
        return amount(size_bytes / 1_000_000, "MB", 1)
    return amount(max(1, size_bytes / 1000), "kB")


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _sizes(digest: str) -> dict[str, int]:  # noqa: ARG001 - the key
    """Return the sizes in bytes of the files of a plan that were made, by kind."""
    return {}


@st.cache_resource(max_entries=2 * len(EXPORTERS), show_spinner=False)
def content(_shown: Shown, digest: str, kind: str) -> bytes:
    """Return one file's bytes; made once, the temporary folder is gone afterwards.

    Raises
    ------
    PlannerError
        ``EX-WRITE`` if it cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="mission-planner-") as folder:
        written = export_plan(
            _shown.view.mission,
            _shown.view.plan,
            _shown.verdict,
            Path(folder),
            [kind],
            polygons=_shown.polygons,
        )
        made = written[0].read_bytes()
    _sizes(digest)[kind] = len(made)
    return made
