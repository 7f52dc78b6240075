from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.intake.folder import load_mission
from planner.intake.gazetteer_towns import towns_from_gazetteer
from tests.real_missions import georgia_folder, needs_shared


@needs_shared
def test_towns_of_georgia_lie_in_its_districts(tmp_path: Path) -> None:
    folder = georgia_folder(tmp_path / "georgia")
    path, number = towns_from_gazetteer(folder)
    mission = load_mission(folder).mission_input
    assert number == len(mission.towns) > 20
    assert "Tbilisi" in {town.name for town in mission.towns}
    assert {town.beds for town in mission.towns} == {None}
    with pytest.raises(PlannerError, match="is there already"):
        towns_from_gazetteer(folder)
    assert path.name == "towns.csv"
