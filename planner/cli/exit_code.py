"""Exit codes of every command; scripts rely on them."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    FINE = 0
    FINDINGS = 1
    BAD_INPUT = 2
    INFEASIBLE = 3
    NO_PLAN = 4
