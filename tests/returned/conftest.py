"""The workbook of the good plan, written once."""

import pytest

from tests.good_plan import good_mission
from tests.returned.edited import Sent, sent


@pytest.fixture(scope="session", name="good")
def good_fixture(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """Return the good mission, its plan and its workbook; its reserve is called up."""
    observers = tuple(
        each.model_copy(update={"reserve": False}) for each in good_mission().observers
    )
    return sent(tmp_path_factory.mktemp("good"), observers=observers)
