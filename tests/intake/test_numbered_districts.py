"""Districts that differ only by their number are different districts."""

from datetime import date
from pathlib import Path

import pytest

from planner.intake.folder import load_mission
from planner.intake.importing import import_file
from planner.intake.new import new_mission
from planner.intake.words import numbered_key


@pytest.mark.parametrize("name", ["KWARA LGA {}", "{}-й район", "Sector {}", "Općina {}"])
def test_numbered_districts_stay_apart(name: str, tmp_path: Path) -> None:
    rows = ["id,district,lat,lon,voters"]
    for number in range(1, 8):
        rows += [
            f"{number}-{k},{name.format(number)},{8 + number / 10},{5 + k / 100},500"
            for k in range(4)
        ]
    (tmp_path / "list.csv").write_text("\n".join(rows), encoding="utf-8")
    folder = tmp_path / "mission"
    new_mission(folder, "NG", date(2027, 2, 20))
    import_file("stations", tmp_path / "list.csv", folder)
    assert len(load_mission(folder).mission_input.districts) == 7


def test_one_place_spelled_twice_is_one() -> None:
    assert numbered_key("District 01") == numbered_key("district 1")
    assert numbered_key("Raionul Fălești") == numbered_key("Făleşti")
