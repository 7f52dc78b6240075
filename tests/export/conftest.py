"""Fixtures of all tests of exports."""

import pytest

from tests.export.made_up import Build, Case, build


@pytest.fixture
def case() -> Case:
    """Two areas in two time zones, two pairs each."""
    return build()


@pytest.fixture(name="build")
def build_fixture() -> Build:
    """Return the builder, for cases of another size."""
    return build
