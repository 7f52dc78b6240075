"""Empty lists to fill in, and what each kind of list should hold."""

import tempfile
from pathlib import Path

import streamlit as st

from planner.intake.templates import COLUMNS, write_template
from planner.store.records import UploadKind
from ui.strings import _

_MIME = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def template_downloads(kind: UploadKind) -> None:
    """Offer the template of a kind of list, with a word about what it holds."""
    st.markdown(_about(kind))
    if kind.value not in COLUMNS:
        return
    left, right = st.columns(2)
    for place, suffix in ((left, ".xlsx"), (right, ".csv")):
        place.download_button(
            _("Template {suffix}").format(suffix=suffix.removeprefix(".").upper()),
            _template(kind.value, suffix),
            file_name=f"{kind.value}{suffix}",
            mime=_MIME[suffix],
            icon=":material/download:",
            on_click="ignore",
            key=f"template-{kind.value}{suffix}",
            width="stretch",
        )


def _about(kind: UploadKind) -> str:
    return {
        "stations": _(
            "**Stations** of the commission's list, in the form in which it comes: CSV, XLSX, XLS "
            "or ODS, in any language we know. Needed are a place (coordinates, settlement or "
            "district) and best a number; voters, hours and kind help."
        ),
        "boundaries": _(
            "**Boundaries** of districts or regions: GeoPackage, GeoJSON, or a Shapefile zipped "
            "with its .shx, .dbf and .prj. Where there are none, districts follow from the "
            "stations."
        ),
        "towns": _(
            "**Towns** where teams can live and sleep, with beds where they are known. Where there "
            "is no list, towns follow from the stations."
        ),
        "commissions": _(
            "**Commissions** above the stations (TEC, DEC), where protocols are tabulated. May be "
            "left out."
        ),
        "observers": _(
            "**Observers**, LTO and STO. Planning needs a State, languages, experience, and the "
            "days of presence. Names, passports, dates of birth and medical data are refused: "
            "what matters for a plan is written as flags such as no\\_stairs."
        ),
    }.get(kind.value, "")


@st.cache_resource(max_entries=16, show_spinner=False)
def _template(kind: str, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="mission-planner-template-") as scratch:
        return write_template(kind, Path(scratch) / f"{kind}{suffix}").read_bytes()
