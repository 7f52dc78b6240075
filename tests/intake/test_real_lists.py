"""The real lists of two countries: no code knows either of them."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from planner.domain.place import CoordinatePrecision
from planner.errors import InputError
from planner.intake.folder import LoadedMission, load_mission
from planner.intake.importing import import_file
from planner.intake.new import new_mission
from tests.real_missions import SHARED, georgia_folder, moldova_folder, needs_shared

pytestmark = needs_shared


def _records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def georgia(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return georgia_folder(tmp_path_factory.mktemp("georgia") / "mission")


@pytest.fixture(scope="module")
def moldova(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return moldova_folder(tmp_path_factory.mktemp("moldova") / "mission")


@pytest.fixture(scope="module")
def loaded_georgia(georgia: Path) -> LoadedMission:
    return load_mission(georgia)


def test_georgia_is_counted_in_full(georgia: Path) -> None:
    report = import_file("stations", SHARED / "stations" / "georgia_2024.csv", georgia)
    assert (report.rows_in, report.accepted, report.set_aside) == (3095, 3043, 52)
    assert report.records_out == 3043
    shared = next(f for f in report.findings if f.code == "IN-SHARED")
    assert "79 points" in shared.message
    rejected = _records(georgia / "rejected_stations.csv")
    assert len(rejected) == 52
    assert all("abroad" in row["reason"] for row in rejected)


def test_georgia_keeps_ids_and_script(loaded_georgia: LoadedMission) -> None:
    stations = loaded_georgia.mission_input.station_of
    assert "00.01.01" in stations
    assert stations["00.01.01"].name == "მე-4 ბაგა-ბაღი"
    assert stations["00.01.01"].voters == 2511
    assert sum(s.voters or 0 for s in stations.values()) == 3_494_146
    assert sum(s.voters is None for s in stations.values()) == 13
    coarse = Counter(s.precision for s in stations.values())
    assert coarse == {CoordinatePrecision.EXACT: 3030, CoordinatePrecision.DISTRICT: 13}


def test_georgia_has_districts_regions_and_towns(loaded_georgia: LoadedMission) -> None:
    mission = loaded_georgia.mission_input
    assert len(mission.districts) == 73  # the 74th holds the stations abroad
    assert {"01", "09", "79"} <= set(mission.district_of)
    names = {region.name for region in mission.regions}
    assert {"Tbilisi", "Kakheti", "Imereti"} <= names
    assert mission.district_of["79"].region != mission.district_of["01"].region
    assert len(mission.towns) == 73
    assert len(mission.observers) == 390
    assert mission.time_zone(mission.stations[0].district) == "Asia/Tbilisi"


def test_moldova_is_counted_in_full_and_says_what_it_does_not_know(moldova: Path) -> None:
    report = import_file("stations", SHARED / "stations" / "moldova_2024.csv", moldova)
    assert report.rows_in == 1958
    assert report.rows_in == report.accepted + report.set_aside
    rows = _records(SHARED / "stations" / "moldova_2024.csv")
    wanted = {number: int(row["NumberOfPollingStations"]) for number, row in enumerate(rows, 2)}
    assert sum(wanted.values()) == 1999
    aside = _records(moldova / "rejected_stations.csv")
    lost = [int(row["row"]) for row in aside]
    assert len(lost) == report.set_aside == 19
    assert report.records_out == 1999 - sum(wanted[number] for number in lost)
    placed = {f.code for f in report.findings}
    assert {"IN-PLACED", "IN-NO-PLACE", "IN-COUNT", "IN-ID"} <= placed


def test_moldova_finds_its_districts_in_another_spelling(moldova: Path) -> None:
    mission = load_mission(moldova).mission_input
    districts = Counter(s.district for s in mission.stations)
    assert districts["Chişinău"] > 280  # written with another letter in the list
    assert districts["Comrat"] > 60  # the list has its other name
    assert {s.precision for s in mission.stations} == {CoordinatePrecision.DISTRICT}


def test_moldova_without_boundaries_sets_everything_aside_with_a_remedy(tmp_path: Path) -> None:
    new_mission(tmp_path, "MD", date(2024, 10, 20))
    with pytest.raises(InputError, match="1958 in, 1958 set aside") as caught:
        import_file("stations", SHARED / "stations" / "moldova_2024.csv", tmp_path)
    found = next(f for f in caught.value.findings if f.code == "IN-NO-PLACE")
    assert "import boundaries or towns" in found.remedy
