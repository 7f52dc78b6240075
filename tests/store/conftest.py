"""A store in a temporary file, with a clock and ids that are counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.store.open import Store
from tests.store.made import opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = opened(tmp_path / "store.db")
    yield found
    found.close()
