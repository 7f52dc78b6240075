"""Memory that runs out before or during a plan: said in words, and nothing saved is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.conftest import Picture
from tests.faults.job_again import failed_then_done
from tests.faults.limited import Order, run

Look = Callable[[Path], Picture]
STARVED = Order(spare_bytes=200_000)


@pytest.mark.parametrize(
    "order", [Order(memory_bytes=300_000_000), STARVED], ids=["before", "during"]
)
def test_too_little_memory_is_said_and_the_plan_of_before_stays(
    home: Path, picture: Look, order: Order
):
    before = picture(home)
    done = run(order, "cli", "plan", str(home / "mission"), "--seed", "2")
    assert done.returncode in {2, 4}
    assert "PL-MEMORY" in done.stderr
    assert "What to do" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert picture(home) == before


def test_a_library_that_aborts_for_want_of_memory_loses_nothing(home: Path, picture: Look):
    """Native code ends the process where it likes; what was saved stays as it was."""
    before = picture(home)
    done = run(Order(spare_bytes=30_000_000), "cli", "plan", str(home / "mission"), "--seed", "1")
    assert "Traceback" not in done.stderr + done.stdout
    assert picture(home) == before


def test_a_starved_worker_says_so_and_the_job_can_be_done_again(home: Path):
    fault = failed_then_done(home, STARVED)
    assert fault.code in {"PL-MEMORY", "JOB-LOST"}
    assert "plan fewer stations at a time" in fault.remedy
