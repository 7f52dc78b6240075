"""Telling want of memory apart from other errors."""

import errno
import resource

import pytest

from planner.errors import PlannerError
from planner.memory import out_of_memory, require_memory


def chained() -> ImportError:
    """Return what numpy raises when the library that it needs does not fit."""
    error = ImportError("numpy could not be imported")
    error.__cause__ = ImportError("lib.so: failed to map segment from shared object")
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), True),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), True),
        (RuntimeError("can't start new thread"), True),
        (chained(), True),
        (OSError(errno.ENOENT, "No such file"), False),
        (ImportError("No module named 'x'"), False),
        (ValueError("cannot allocate memory"), False),
    ],
)
def test_what_says_that_memory_has_run_out(error: Exception, said: bool):
    assert out_of_memory(error) is said


def test_a_limit_below_the_least_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (400_000_000, 400_000_000))
    with pytest.raises(PlannerError) as caught:
        require_memory()
    assert caught.value.code == "PL-MEMORY"
    assert "400 MB" in caught.value.message
    require_memory(least_bytes=400_000_000)


def test_no_limit_is_none():
    require_memory()
