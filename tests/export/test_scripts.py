"""Names in Kazakh, Russian, Georgian and Armenian come out of every export as they went in."""

import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from pyogrio import list_layers
from pyogrio.raw import read
from python_calamine import CalamineWorkbook

from planner.domain.mission_input import MissionInput
from planner.export.document import load_plan
from planner.export.registry import EXPORTERS, export_plan
from planner.intake.read_table import read_table
from planner.intake.write import write_stations, write_towns
from planner.referee import Verdict
from tests.export.made_up import Build, Case

NAMES = ("Қарағанды", "Өскемен № 5", "Йошкар-Ола, Ёлочка", "თბილისი", "Արարատ", "Şəmkir", "Bălți")
"""The third begins with a letter that Unicode can also write as two."""


@pytest.fixture
def named(build: Build) -> Case:
    """Return the made-up mission with a name of another script at every record."""
    case = build(areas=2, pairs=2)
    mission = case.mission
    stations = tuple(
        each.model_copy(update={"name": f"{NAMES[n % len(NAMES)]} {n}"})
        for n, each in enumerate(mission.stations)
    )
    towns = tuple(
        each.model_copy(update={"name": name})
        for each, name in zip(mission.towns, ("Қарағанды", "თბილისი"), strict=True)
    )
    districts = tuple(
        each.model_copy(update={"name": name})
        for each, name in zip(mission.districts, ("Արարատ", "Ұлытау ауданы"), strict=True)
    )
    changed = mission.model_copy(
        update={
            "stations": stations,
            "towns": towns,
            "districts": districts,
            "mission": mission.mission.model_copy(update={"name": "Выборы — სატესტო — Արարատ"}),
        }
    )
    return Case(changed, case.plan, Verdict(mission=case.verdict.mission))


def _all_names(mission: MissionInput) -> set[str]:
    return {each.name for each in (*mission.stations, *mission.towns, *mission.districts)}


def _visited(case: Case) -> set[str]:
    places = {stop.place for day in case.plan.days for stop in day.stops}
    return {station.name for station in case.mission.stations if station.id in places}


def _export(case: Case, folder: Path, kind: str) -> Path:
    (path,) = export_plan(case.mission, case.plan, case.verdict, folder, [kind])
    return path


def test_names_are_of_four_scripts_and_composed() -> None:
    scripts = {unicodedata.name(name[0]).split()[0] for name in NAMES}
    assert scripts == {"CYRILLIC", "GEORGIAN", "ARMENIAN", "LATIN"}
    assert all(unicodedata.is_normalized("NFC", name) for name in NAMES)


def test_the_workbook_keeps_names(named: Case, tmp_path: Path) -> None:
    book = CalamineWorkbook.from_path(_export(named, tmp_path, "xlsx"))
    cells = {
        str(cell)
        for sheet in book.sheet_names
        for row in book.get_sheet_by_name(sheet).to_python()
        for cell in row
    }
    assert _all_names(named.mission) <= cells
    assert named.mission.mission.name in cells


def test_the_geopackage_keeps_names(named: Case, tmp_path: Path) -> None:
    path = _export(named, tmp_path, "gpkg")
    values: set[str] = set()
    for layer, _geometry in list_layers(path):
        _meta, _fids, _shapes, columns = read(path, layer=layer, read_geometry=False)
        values |= {str(value) for column in columns for value in column}
    assert {each.name for each in (*named.mission.stations, *named.mission.towns)} <= values


@pytest.mark.parametrize("kind", ["kml", "gpx"])
def test_files_for_phones_keep_names(kind: str, named: Case, tmp_path: Path) -> None:
    path = _export(named, tmp_path, kind)
    text = "\n".join(ET.parse(path).getroot().itertext())  # noqa: S314 - written by ourselves
    assert {name for name in _visited(named) if name not in text} == set()


def test_the_plan_document_reads_back(named: Case, tmp_path: Path) -> None:
    plan = named.plan.model_copy(
        update={
            "unassigned": (named.plan.unassigned[0].model_copy(update={"reason": " ".join(NAMES)}),)
        }
    )
    case = Case(named.mission, plan, named.verdict)
    path = _export(case, tmp_path, "json")
    assert load_plan(path).unassigned[0].reason == " ".join(NAMES)
    assert "Қарағанды" in path.read_text(encoding="utf-8")


def test_lists_read_back(named: Case, tmp_path: Path) -> None:
    write_stations(named.mission.stations, tmp_path / "stations.csv")
    write_towns(named.mission.towns, tmp_path / "towns.csv")
    for name, records in (("stations", named.mission.stations), ("towns", named.mission.towns)):
        table = read_table(tmp_path / f"{name}.csv")
        assert table.column("name") == [each.name for each in records]


def test_every_export_is_looked_at_here() -> None:
    assert set(EXPORTERS) == {"xlsx", "gpkg", "kml", "gpx", "json"}
