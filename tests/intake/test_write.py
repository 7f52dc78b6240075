"""Written files read back as they were, and never as a formula."""

import csv
import json
import tomllib
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from planner.domain.ids import DistrictId, Language, MissionId, ObserverId, RegionId, State
from planner.domain.mission import Calendar, CalendarEvent, CoreTeamMember, Mission
from planner.domain.observer import LanguageLevel, LanguageSkill, Observer, Restriction, Role
from planner.domain.place import District
from planner.intake.write import (
    cell,
    write_boundaries,
    write_mission_toml,
    write_observers,
    write_table,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (-1.5, "-1.5"),
        (12, "12"),
        (time(6, 0), "06:00"),
        (date(2022, 11, 20), "2022-11-20"),
        ("=1+1", "'=1+1"),
        ("+7 700", "'+7 700"),
        ("-", "'-"),
        ("@sum", "'@sum"),
        ("KZ-10", "KZ-10"),
        (Role.STO, "STO"),
    ],
)
def test_cells(value: object, text: str) -> None:
    assert cell(value) == text


def test_a_table_has_its_header_first_and_plain_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    write_table(path, ("a", "b"), [("x,y", 'q"'), (None, "Қазақстан")])
    assert path.read_bytes().startswith(b'a,b\n"x,y","q"""\n')
    assert list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[2] == ["", "Қазақстан"]


@given(
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    notes=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    at=st.none() | st.times().map(lambda value: value.replace(microsecond=0)),
)
def test_a_mission_reads_back_as_it_was(
    name: str, notes: str, at: time | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    mission = Mission(
        id=MissionId("m"),
        name=name,
        country="GE",
        e_day=date(2024, 10, 26),
        time_zone="Asia/Tbilisi",
        core_team=(CoreTeamMember(position=name),),
        calendar=Calendar(events=(CalendarEvent(day=-1, label=notes, at=at),)),
        notes=notes,
    )
    path = tmp_path_factory.mktemp("toml") / "mission.toml"
    write_mission_toml(mission, path)
    assert Mission.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))) == mission


def test_observers(tmp_path: Path) -> None:
    observer = Observer(
        id=ObserverId("O-1"),
        role=Role.STO,
        state=State("NO"),
        languages=(
            LanguageSkill(language=Language("en"), level=LanguageLevel.C1),
            LanguageSkill(language=Language("ru"), level=LanguageLevel.NATIVE),
        ),
        available_to=date(2022, 11, 23),
        restrictions=(Restriction.NO_STAIRS, Restriction.NO_NIGHT_WORK),
    )
    write_observers([observer], tmp_path / "o.csv")
    (row,) = csv.DictReader((tmp_path / "o.csv").read_text(encoding="utf-8").splitlines())
    assert row["languages"] == "en:C1 ru:native"
    assert row["available_from"] == ""
    assert row["available_to"] == "2022-11-23"
    assert row["restrictions"] == "no_stairs no_night_work"
    assert (row["accredited"], row["reserve"], row["gender"]) == ("yes", "no", "")


def test_boundaries_leave_out_districts_without_polygon(tmp_path: Path) -> None:
    districts = [
        District(id=DistrictId(code), name=code, region=RegionId("R"), lat=0, lon=0)
        for code in ("a", "b")
    ]
    path = tmp_path / "boundaries.geojson"
    write_boundaries(districts, {DistrictId("a"): box(0, 0, 1, 1)}, {}, path)
    (feature,) = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert feature["properties"]["region_name"] == "R"
