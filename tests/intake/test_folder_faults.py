"""A mission folder with faults: all of them at once, each with its place and its remedy."""

from pathlib import Path

import pytest

from planner.domain.finding import Finding, Severity
from planner.domain.place import CoordinatePrecision, DataStatus, SettlementType
from planner.errors import InputError
from planner.intake.folder import LoadedMission, load_mission
from tests.intake import lists

DISTRICTS = "id,name,region,lat,lon\nA,Alpha,R,41.7,44.8\nB,Beta,R,41.65,41.65\n"
REGIONS = "id,name,time_zone,languages\nR,Region,Asia/Tbilisi,ka ru\n"
TOWNS = "id,name,district,lat,lon,beds\nT1,Town,A,41.7,44.8,20\n"
OBSERVERS = "id,role,state,languages\nO-1,STO,NO,en:C1\nO-2,STO,SE,en:C1 ka:A2\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lists.mission(tmp_path)
    lists.write(tmp_path / "stations.csv", lists.GEORGIAN)
    for name, content in {
        "districts.csv": DISTRICTS,
        "regions.csv": REGIONS,
        "towns.csv": TOWNS,
        "observers.csv": OBSERVERS,
    }.items():
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


def add(path: Path, *lines: str) -> None:
    path.write_text(path.read_text("utf-8") + "\n".join(lines) + "\n", "utf-8")


def hard_findings(folder: Path) -> list[Finding]:
    with pytest.raises(InputError) as caught:
        load_mission(folder)
    return [f for f in caught.value.findings if f.severity is Severity.HARD]


def only(folder: Path) -> Finding:
    found = hard_findings(folder)
    assert len(found) == 1, found
    assert found[0].remedy
    return found[0]


def codes(loaded: LoadedMission) -> set[str]:
    return {finding.code for finding in loaded.findings}


def test_the_folder_without_faults_loads(folder: Path) -> None:
    loaded = load_mission(folder)
    assert codes(loaded) == {"IN-SETTLEMENT"}
    assert loaded.mission_input.regions[0].languages == ("ka", "ru")
    assert loaded.mission_input.observers[1].languages[1].language == "ka"


def test_faults_of_all_files_come_at_once(folder: Path) -> None:
    add(folder / "stations.csv", "06,School,A,141.7,44.8,many")
    add(folder / "observers.csv", "O-3,STO,NO,english")
    add(folder / "towns.csv", "T2,Town,Z,41.7,44.8,20")
    add(folder / "regions.csv", "S,South,Mars/Olympus,")
    (folder / "decisions.toml").write_text('[[decision]]\nkind = "pair"\nobservers = ["O-9"]\n')
    found = hard_findings(folder)
    places = {(f.file, f.row, f.column) for f in found}
    assert places >= {
        ("stations.csv", 7, "lat"),
        ("stations.csv", 7, "voters"),
        ("observers.csv", 4, ""),
        ("towns.csv", 3, "district"),
        ("regions.csv", 3, "time_zone"),
        ("decisions.toml", None, ""),
    }
    assert all(f.remedy for f in found)
    assert next(f for f in found if f.column == "voters").value == "many"


@pytest.mark.parametrize("file", ["stations", "towns", "districts", "observers", "regions"])
def test_an_id_that_stands_twice(folder: Path, file: str) -> None:
    path = folder / f"{file}.csv"
    add(path, path.read_text("utf-8").splitlines()[1])
    finding = only(folder)
    assert (finding.code, finding.column) == ("IN-ID", "id")
    assert "row 2" in finding.message


@pytest.mark.parametrize(
    ("file", "line", "column", "value"),
    [
        ("stations.csv", "06,School,Z,41.7,44.8,5", "district", "Z"),
        ("districts.csv", "C,Gamma,Q,41.7,44.8", "region", "Q"),
        ("towns.csv", "T2,Town,Z,41.7,44.8,5", "district", "Z"),
    ],
)
def test_a_reference_to_nothing(
    folder: Path, file: str, line: str, column: str, value: str
) -> None:
    add(folder / file, line)
    finding = only(folder)
    assert (finding.code, finding.file) == ("IN-REFERENCE", file)
    assert (finding.column, finding.value) == (column, value)
    assert finding.limit.startswith("known: ")


@pytest.mark.parametrize(
    "decision",
    [
        'kind = "never_station"\nstation = "99"',
        'kind = "pair"\nobservers = ["O-1", "O-99"]',
        'kind = "district_area"\ndistrict = "Z"\narea = "A01"',
        'kind = "base_town"\narea = "A01"\ntown = "T99"',
    ],
)
def test_a_decision_about_nobody(folder: Path, decision: str) -> None:
    (folder / "decisions.toml").write_text(f"[[decision]]\n{decision}\n", "utf-8")
    finding = only(folder)
    assert (finding.code, finding.file) == ("IN-REFERENCE", "decisions.toml")


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('country = "GE"', 'country = "Georgia"', "country"),
        ("e_day = 2024-10-26", 'e_day = "soon"', "e_day"),
        ("dwell_min = 30", "dwell_min = -1", "policies.day.dwell_min"),
        ("dwell_min = 30", "dwel_min = 30", "policies.day.dwel_min"),
        ('time_zone = "Asia/Tbilisi"', 'time_zone = "Asia/Nowhere"', "time_zone"),
    ],
)
def test_a_fault_in_mission_toml_is_told_with_its_path(
    folder: Path, old: str, new: str, column: str
) -> None:
    path = folder / "mission.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    finding = only(folder)
    assert (finding.file, finding.column) == ("mission.toml", column)


def test_broken_toml_is_told(folder: Path) -> None:
    add(folder / "mission.toml", "x = = 1")
    assert only(folder).code == "IN-TOML"


def test_a_capital_must_be_a_town(folder: Path) -> None:
    path = folder / "mission.toml"
    path.write_text('capital = "T9"\n' + path.read_text("utf-8"), "utf-8")
    assert only(folder).column == "capital"


def test_no_station_and_missing_columns(folder: Path) -> None:
    (folder / "stations.csv").unlink()
    assert only(folder).code == "IN-STATIONS"
    (folder / "stations.csv").write_text("id,name\n1,School\n", "utf-8")
    finding = only(folder)
    assert (finding.code, finding.value) == ("IN-COLUMN", "district")


def test_two_files_of_one_kind(folder: Path) -> None:
    lists.workbook(folder / "stations.xlsx", lists.GEORGIAN)
    assert {f.code for f in hard_findings(folder)} == {"IN-TWICE"}


def test_a_station_without_a_point_stands_at_its_district_and_says_so(folder: Path) -> None:
    add(folder / "stations.csv", "06,School,A,,,5")
    loaded = load_mission(folder)
    station = loaded.mission_input.station_of["06"]
    assert (station.lat, station.precision) == (41.7, CoordinatePrecision.DISTRICT)
    assert "IN-PLACED" in codes(loaded)


def test_what_is_missing_is_derived_and_told(folder: Path) -> None:
    for name in ("districts.csv", "regions.csv", "towns.csv", "observers.csv"):
        (folder / name).unlink()
    loaded = load_mission(folder)
    mission = loaded.mission_input
    assert {"IN-DISTRICTS", "IN-REGIONS", "IN-TOWNS", "IN-SETTLEMENT"} <= codes(loaded)
    assert [d.id for d in mission.districts] == ["A", "B"]
    assert {d.status for d in mission.districts} == {DataStatus.ESTIMATE}
    assert [r.id for r in mission.regions] == ["GE"]
    assert len(mission.towns) == 2
    assert len(mission.adjacency) == 1
    assert all(s.settlement is not SettlementType.UNKNOWN for s in mission.stations)


def test_islands_are_joined_with_a_reason(folder: Path) -> None:
    square = "[[[{0},{1}],[{2},{1}],[{2},{3}],[{0},{3}],[{0},{1}]]]"
    feature = (
        '{{"type":"Feature","properties":{{"id":"{0}","name":"{0}","region":"R"}},'
        '"geometry":{{"type":"Polygon","coordinates":{1}}}}}'
    )
    features = ",".join(
        feature.format(code, square.format(*box))
        for code, box in {"A": (44, 41, 45, 42), "B": (41, 41, 42, 42)}.items()
    )
    text = f'{{"type":"FeatureCollection","features":[{features}]}}'
    (folder / "boundaries.geojson").write_text(text, "utf-8")
    loaded = load_mission(folder)
    assert loaded.mission_input.adjacency[0].reason
    assert "IN-JOINED" in codes(loaded)
    (folder / "adjacency.csv").write_text("a,b,reason\nB,A,ferry\n", "utf-8")
    loaded = load_mission(folder)
    assert [pair.reason for pair in loaded.mission_input.adjacency] == ["ferry"]
    (folder / "adjacency.csv").write_text("a,b,reason\nB,Q,ferry\n", "utf-8")
    assert only(folder).value == "Q"


def test_a_roster_that_differs_from_the_staffing_is_told(folder: Path) -> None:
    path = folder / "mission.toml"
    path.write_text(path.read_text("utf-8").replace("sto_pairs = 0", "sto_pairs = 5"), "utf-8")
    told = next(f for f in load_mission(folder).findings if f.code == "IN-ROSTER")
    assert (told.value, told.limit, told.severity) == ("2", "10", Severity.INFO)


def test_a_workbook_will_do_as_well(folder: Path) -> None:
    (folder / "stations.csv").unlink()
    rows = [lists.GEORGIAN[0], *([*r[:3], float(r[3]), *r[4:]] for r in lists.GEORGIAN[1:])]
    lists.workbook(folder / "stations.xlsx", rows)
    assert load_mission(folder).mission_input.station_of["01"].lat == 41.71
