"""A folder from nothing, and lists to fill in."""

from datetime import date
from pathlib import Path

import pytest

from planner.domain.mission import MissionFormat
from planner.errors import PlannerError
from planner.intake.country import zones
from planner.intake.importing import Kind, import_file
from planner.intake.mission_file import read_mission
from planner.intake.new import default_zone, new_mission
from planner.intake.read_table import read_table
from planner.intake.states import find_state
from planner.intake.templates import COLUMNS, write_template
from tests.intake import lists

E_DAY = date(2024, 10, 26)


def test_a_new_mission_is_valid(tmp_path: Path) -> None:
    path = new_mission(tmp_path / "m", "Moldova", E_DAY, sto_pairs=100, lto_teams=13)
    mission = read_mission(path, [])
    assert mission is not None
    assert (mission.country, mission.time_zone) == ("MD", "Europe/Chisinau")
    assert (mission.staffing.lto_teams, mission.staffing.sto_pairs) == (13, 100)
    assert mission.format is MissionFormat.EOM
    with pytest.raises(PlannerError, match="already exists"):
        new_mission(tmp_path / "m", "MD", E_DAY)


def test_a_country_with_several_times_must_be_told_apart_by_date() -> None:
    with pytest.raises(PlannerError, match="2 times on 2022-11-20"):
        default_zone("KZ", date(2022, 11, 20))
    # Kazakhstan has had one time since March 2024.
    assert default_zone("KZ", date(2024, 10, 6)) == "Asia/Almaty"


@pytest.mark.parametrize(
    ("country", "zone", "match"),
    [("Atlantis", None, "no country"), ("GE", "Asia/Nowhere", "no time zone")],
)
def test_wrong_countries_and_zones(
    tmp_path: Path, country: str, zone: str | None, match: str
) -> None:
    with pytest.raises(PlannerError, match=match):
        new_mission(tmp_path / "m", country, E_DAY, time_zone=zone)
    assert not (tmp_path / "m").exists()


def test_states_by_many_names() -> None:
    names = ["NO", "nor", "Norway", "Norwegian", "Норвегия", "The Netherlands", "U.S.A.", "UK"]
    assert [find_state(name) for name in names] == [*["NO"] * 5, "NL", "US", "GB"]
    assert find_state("Atlantis") is None


def test_zones_have_points() -> None:
    (zone,) = zones("GE")
    assert (zone.name, round(zone.lat), round(zone.lon)) == ("Asia/Tbilisi", 42, 45)
    assert zones("US")[0].lon < 0


@pytest.mark.parametrize("kind", sorted(COLUMNS))
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_template_is_an_empty_list(tmp_path: Path, kind: str, ending: str) -> None:
    path = write_template(kind, tmp_path / f"{kind}.{ending}")
    table = read_table(path)
    assert table.header == COLUMNS[kind]
    assert len(table) == 0


def test_a_template_that_is_filled_in_comes_in(tmp_path: Path) -> None:
    folder = lists.mission(tmp_path)
    path = write_template("stations", folder / "t.csv")
    text = path.read_text("utf-8")
    path.write_text(text + "01,School,A,,,,41.7,44.8,900,special,urban,,,,no\n", "utf-8")
    report = import_file("stations", path, folder)
    assert all(field == column for field, column in report.mapping.items())
    assert {"id", "district", "lat", "voters", "kind", "abroad"} <= set(report.mapping)
    row = lists.records(folder / "stations.csv")[0]
    assert (row["id"], row["kind"], row["settlement"]) == ("01", "special", "urban")


@pytest.mark.parametrize(("kind", "name"), [("boundaries", "a.csv"), ("stations", "a.pdf")])
def test_templates_that_do_not_exist(tmp_path: Path, kind: Kind, name: str) -> None:
    with pytest.raises(PlannerError):
        write_template(kind, tmp_path / name)
