"""Settings of all tests."""

from typing import Any

import pytest
from hypothesis import settings

from tests.founding import founding_folder
from tests.scheduling import Pieces, longest_first

__all__ = ["founding_folder"]

# Machines are shared: how long an example takes says nothing about the code.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    items[:] = longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Pieces:
    """Hand out tests by pieces that belong together, in the order of collection."""
    config.option.loadscopereorder = False
    return Pieces(config, log)
