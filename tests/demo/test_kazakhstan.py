"""The demo mission: real counts exactly, made-up records that say so, the same bytes each time."""

import csv
import filecmp
import tomllib
from collections import Counter
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import shapely

from geodata.adjacency import adjacency, components
from geodata.boundaries import Boundaries, area_km2, read_boundaries
from geodata.coordinates import PointCheck, classify_points, country_outline, locate_points
from planner.demo import write_demo
from planner.demo.kazakhstan_data import region_rows, town_rows
from planner.domain.mission import Mission
from planner.errors import PlannerError

Row = dict[str, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "kazakhstan-2022"
    write_demo("kazakhstan-2022", path)
    return path


@pytest.fixture(scope="module")
def boundaries(folder: Path) -> Boundaries:
    return read_boundaries(folder / "boundaries.geojson")


def rows(folder: Path, name: str) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_folder_is_complete(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        "adjacency.csv",
        "boundaries.geojson",
        "commissions.csv",
        "decisions.toml",
        "districts.csv",
        "mission.toml",
        "observers.csv",
        "regions.csv",
        "stations.csv",
        "towns.csv",
    ]
    assert (folder / "boundaries.geojson").stat().st_size <= 700_000


def test_stations_and_voters_by_region_are_those_of_the_source(folder: Path) -> None:
    stations = rows(folder, "stations")
    assert len(stations) == 10_033
    count = Counter(station["id"][:5] for station in stations)
    voters: Counter[str] = Counter()
    for station in stations:
        voters[station["id"][:5]] += int(station["voters"])
    for region in region_rows():
        assert count[region.id] == region.stations, region.name
        assert voters[region.id] == region.voters, region.name


def test_statuses_of_the_counts_are_kept() -> None:
    published = [row for row in region_rows() if row.stations_status.startswith("published")]
    assert len(published) == 15
    assert all(row.voters_status for row in region_rows())


def test_every_made_up_record_says_so(folder: Path) -> None:
    for name in ("districts", "stations", "towns", "commissions"):
        assert {row["status"] for row in rows(folder, name)} == {"synthetic"}
    for name in ("districts", "stations", "commissions"):
        assert all("(synthetic)" in row["name"] for row in rows(folder, name))
    mission = tomllib.loads((folder / "mission.toml").read_text(encoding="utf-8"))
    assert "synthetic" in mission["notes"]
    assert "synthetic" in {source["status"] for source in mission["sources"]}
    assert any("CC BY 4.0" in source.get("licence", "") for source in mission["sources"])


def test_the_mission_is_the_one_of_the_sources(folder: Path) -> None:
    document = tomllib.loads((folder / "mission.toml").read_text(encoding="utf-8"))
    mission = Mission.model_validate(document)
    assert (mission.staffing.lto_teams, mission.staffing.sto_pairs) == (15, 150)
    assert len(mission.core_team) == 11
    assert mission.day(mission.calendar.lto_from_day).isoformat() == "2022-10-26"
    assert mission.calendar.accreditation_closes_day == -6
    assert mission.calendar.accreditation_closes_at == time(18)
    assert mission.policies.travel.season == "winter"
    assert mission.costs.observer_day is None
    assert mission.capital in {row["id"] for row in rows(folder, "towns")}


def test_the_country_had_two_clocks_on_that_day(folder: Path) -> None:
    offsets = {
        row["id"]: datetime(2022, 11, 20, 7, tzinfo=ZoneInfo(row["time_zone"])).utcoffset()
        for row in rows(folder, "regions")
    }
    west = {code for code, offset in offsets.items() if offset == timedelta(hours=5)}
    assert west == {"KZ-15", "KZ-23", "KZ-27", "KZ-43", "KZ-47"}
    assert set(offsets.values()) == {timedelta(hours=5), timedelta(hours=6)}
    assert len(offsets) == 20


def test_districts_divide_the_real_regions(boundaries: Boundaries) -> None:
    polygons = boundaries.polygons
    assert boundaries.problems == ()
    assert 170 <= len(polygons) <= 200
    assert shapely.coverage_is_valid(list(polygons.values()))
    for region in region_rows():
        mine = [shape for code, shape in polygons.items() if code.startswith(region.id)]
        assert sum(map(area_km2, mine)) == pytest.approx(area_km2(region.polygon), rel=0.03)
    by_region = Counter(boundaries.regions.values())
    assert [by_region[code] for code in ("KZ-71", "KZ-75", "KZ-79")] == [5, 8, 5]


def test_country_and_regions_are_connected(folder: Path, boundaries: Boundaries) -> None:
    explicit = [(row["a"], row["b"]) for row in rows(folder, "adjacency")]
    pairs = [*adjacency(boundaries.polygons), *explicit]
    assert len(components(boundaries.polygons, pairs)) == 1
    for region in region_rows():
        mine = [code for code in boundaries.polygons if code.startswith(region.id)]
        assert len(components(mine, pairs)) == 1, region.name


def test_stations_lie_in_the_district_that_they_name(folder: Path, boundaries: Boundaries) -> None:
    stations = rows(folder, "stations")
    points = [(float(row["lat"]), float(row["lon"])) for row in stations]
    found = locate_points(points, boundaries.polygons)
    wrong = sum(
        code != row["district"] and distance > 0.1
        for code, distance, row in zip(found.codes, found.distance_km, stations, strict=True)
    )
    assert wrong == 0
    assert found.distance_km.max() < 1
    outline = country_outline(boundaries.polygons)
    checks = classify_points([p[0] for p in points], [p[1] for p in points], outline)
    assert (checks == PointCheck.INSIDE).all()


def test_references_hold(folder: Path, boundaries: Boundaries) -> None:
    districts = {row["id"] for row in rows(folder, "districts")}
    assert districts == set(boundaries.polygons)
    assert {row["region"] for row in rows(folder, "districts")} == {
        row["id"] for row in rows(folder, "regions")
    }
    commissions = rows(folder, "commissions")
    assert {row["district"] for row in commissions} == districts
    assert {row["district"] for row in rows(folder, "stations")} == districts
    assert {row["district"] for row in rows(folder, "towns")} <= districts
    assert {row["commission"] for row in rows(folder, "stations")} == {
        row["id"] for row in commissions
    }


def test_frame_has_the_shape_of_the_real_one(folder: Path) -> None:
    stations = rows(folder, "stations")
    count = len(stations)
    urban = sum(row["settlement"] == "urban" for row in stations)
    special = sum(row["kind"] == "special" for row in stations)
    assert 0.45 <= urban / count <= 0.55
    assert 0.04 <= special / count <= 0.13
    assert Counter(row["opens"] for row in stations) == {"06:00": 86, "": count - 86}
    assert max(int(row["voters"]) for row in stations) <= 3_000
    buildings = Counter((row["lat"], row["lon"]) for row in stations)
    assert 0.1 < sum(number > 1 for number in buildings.values()) / len(buildings) < 0.5


def test_there_are_beds_for_all_teams_in_every_region(folder: Path) -> None:
    beds: Counter[str] = Counter()
    for row in rows(folder, "towns"):
        beds[row["district"][:5]] += int(row["beds"])
    assert len(beds) == 20
    assert all(number >= 300 for number in beds.values())
    assert len(rows(folder, "towns")) == len(town_rows())


def test_same_seed_same_bytes_other_seed_other_stations(folder: Path, tmp_path: Path) -> None:
    write_demo("kazakhstan-2022", tmp_path / "again", seed=2022)
    write_demo("kazakhstan-2022", tmp_path / "other", seed=1)
    names = [path.name for path in folder.iterdir()]
    same, different, missing = filecmp.cmpfiles(folder, tmp_path / "again", names, shallow=False)
    assert (len(same), different, missing) == (len(names), [], [])
    assert not filecmp.cmp(folder / "stations.csv", tmp_path / "other/stations.csv", shallow=False)


def test_unknown_demo_and_forbidden_folder(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="no demo mission is called 'atlantis'") as raised:
        write_demo("atlantis", tmp_path)
    assert raised.value.remedy == "use one of: kazakhstan-2022"
    (tmp_path / "file").touch()
    with pytest.raises(PlannerError, match="the demo cannot be written"):
        write_demo("kazakhstan-2022", tmp_path / "file")
