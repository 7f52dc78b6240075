"""The workbook of the good plan, written once."""

import pytest

from tests.returned.edited import Sent, sent


@pytest.fixture(scope="session", name="good")
def good_fixture(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """Return the good mission, its plan and its workbook."""
    return sent(tmp_path_factory.mktemp("good"))
