"""The records come without the engines; the functions come when they are asked for."""

import subprocess
import sys

import pytest

import planner.explain


def test_records_bring_no_engine_along():
    code = (
        "import sys, planner.explain; "
        "sys.exit(any(name in sys.modules for name in ('scipy', 'rustworkx', 'pyvrp')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", planner.explain.__all__)
def test_every_name_is_there(name: str):
    assert getattr(planner.explain, name)


def test_no_other_name_is_there():
    with pytest.raises(AttributeError, match="explain_everything"):
        _ = planner.explain.explain_everything
