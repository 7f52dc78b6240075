# ruff: noqa: RUF001 - strange digits are the matter here
"""Whatever comes in: counts add up, and a fault of the user's never becomes a traceback."""

import string
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.finding import Severity
from planner.errors import PlannerError
from planner.intake.folder import load_mission
from planner.intake.importing import Kind, import_file
from tests.intake import lists

SLOWLY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
names = st.sampled_from(
    [
        *("id", "name", "district", "lat", "lon", "voters", "abroad", "region", "coordinates"),
        *("state", "role", "languages", "passport", "email", "beds", "x", "date", "count", ""),
    ]
)
cells = st.one_of(
    st.sampled_from(
        ["", "0", "1", "A", "B", "yes", "41.7", "44.8", "41,7", "NO", "en:C1", "total"]
    ),
    st.sampled_from(["=1+1", "2024-10-26", "1e999", "nan", "-1", "٣٤", "²", "𝟙", "\u202e", "#N/A"]),
    st.text(alphabet=string.printable + "éжქ\u00a0", max_size=12),
    st.floats(-200, 200).map(str),
    st.integers(-5, 10**12).map(str),
)
tables = st.tuples(
    st.lists(names, min_size=1, max_size=8),
    st.lists(st.lists(cells, max_size=9), max_size=12),
)
kinds = st.sampled_from(["stations", "observers", "towns", "commissions"])


def _is_told(error: PlannerError) -> None:
    assert error.message
    assert error.code.startswith("IN-")


@SLOWLY
@given(tables, kinds, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-16"]))
def test_any_table_adds_up_or_is_refused_in_words(
    table: tuple[list[str], list[list[str]]], kind: Kind, delimiter: str, encoding: str
) -> None:
    header, rows = table
    with TemporaryDirectory() as name:
        folder = lists.mission(Path(name))
        lists.write(folder / "stations.csv", lists.GEORGIAN)
        path = lists.write(folder / "list.csv", [header, *rows], delimiter, encoding)
        try:
            report = import_file(kind, path, folder)
        except PlannerError as error:
            _is_told(error)
            return
        assert report.rows_in == report.accepted + report.set_aside
        assert report.records_out >= report.accepted > 0
        rejected = folder / f"rejected_{kind}.csv"
        aside = lists.records(rejected) if rejected.exists() else []
        assert len(aside) == report.set_aside
        assert all(row["reason"] for row in aside)
        # What import writes, the loader reads without a word against a single cell.
        try:
            load_mission(folder)
        except PlannerError as error:
            found = getattr(error, "findings", ())
            assert {f.code for f in found if f.severity is Severity.HARD} <= {"IN-REFERENCE"}


@SLOWLY
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.geojson"]))
def test_any_bytes_are_refused_in_words(content: bytes, name: str) -> None:
    with TemporaryDirectory() as temporary:
        folder = lists.mission(Path(temporary))
        path = folder / name
        path.write_bytes(content)
        kind: Kind = "boundaries" if name.endswith("json") else "stations"
        try:
            import_file(kind, path, folder)
        except PlannerError as error:
            _is_told(error)


@SLOWLY
@given(st.binary(min_size=1, max_size=3), st.integers(0, 10_000))
def test_a_broken_workbook_is_refused_in_words(noise: bytes, where: int) -> None:
    with TemporaryDirectory() as temporary:
        folder = lists.mission(Path(temporary))
        path = lists.workbook(folder / "a.xlsx", lists.GEORGIAN)
        content = bytearray(path.read_bytes())
        at = where % len(content)
        content[at : at + len(noise)] = noise
        path.write_bytes(bytes(content))
        try:
            report = import_file("stations", path, folder)
        except PlannerError as error:
            _is_told(error)
        else:
            assert report.rows_in == report.accepted + report.set_aside
