"""A small mission in a folder, for workers to read."""

import pytest

from planner.domain.mission_input import MissionInput
from planner.intake.folder import load_mission
from tests.good_plan import good_mission
from tests.mission_folder import write_folder


@pytest.fixture(scope="session")
def mission(tmp_path_factory: pytest.TempPathFactory) -> MissionInput:
    folder = write_folder(good_mission(), tmp_path_factory.mktemp("sweep") / "mission")
    return load_mission(folder).mission_input
