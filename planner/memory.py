"""Memory that runs out: seen before the engines are loaded, and told apart when it happens.

Native libraries do not report the lack of memory as Python does. Under a limit of address space
(``ulimit -v``) that is too small for them OpenBLAS was seen to abort the process or to search for
memory for ever, the loader to fail with an ``ImportError``, and threads not to start.
"""

import errno
from collections.abc import Iterator

from planner.errors import PlannerError

LEAST_BYTES = 600_000_000
"""Address space below which the engines cannot be trusted to fail in words. Measured on two cores:
a small mission is planned in 450 MB; at 400 MB a library aborted, at 250 and 300 MB one hung."""
_WORDS = (
    "failed to map segment",
    "cannot allocate memory",
    "cannot create shared memory",
    "can't start new thread",
    "can't allocate",
    "bad_alloc",
)


def require_memory(least_bytes: int = LEAST_BYTES) -> None:
    """Refuse to begin where the limit of address space is too small for any plan.

    Where the system knows no such limit, or has none set, nothing is refused.

    Raises
    ------
    PlannerError
        ``PL-MEMORY``.
    """
    try:
        import resource  # noqa: PLC0415 - Unix only
    except ImportError:
        return
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY or limit >= least_bytes:
        return
    raise PlannerError(
        "PL-MEMORY",
        f"this process may use {limit // 1_000_000} MB of address space, planning takes at least "
        f"{least_bytes // 1_000_000} MB",
        "raise the limit (ulimit -v); nothing was changed",
    )


def out_of_memory(error: BaseException) -> bool:
    """Tell whether an error, or one that it came of, says that memory has run out."""
    return any(_says_so(one) for one in _chain(error))


def _says_so(error: BaseException) -> bool:
    if isinstance(error, MemoryError):
        return True
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return True
    if not isinstance(error, ImportError | RuntimeError | OSError):
        return False
    said = str(error).lower()
    return any(words in said for words in _WORDS)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__
