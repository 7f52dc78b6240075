"""Standard output for what this program prints, and for nothing that an engine prints.

HiGHS 1.12, which comes with scipy, now and then prints a line that was left in it by mistake,
whatever it is told (ERGO-Code/HiGHS, issue 2783); it would stand in the middle of a document.
"""

import os
import sys


def own_stdout() -> None:
    """Take standard output for Python alone, until the process ends; libraries print to nowhere.

    Processes that are started later inherit the nowhere. Where somebody has put something else in
    the place of ``sys.stdout``, or there is none, nothing is changed.
    """
    stream = sys.__stdout__
    if stream is None or sys.stdout is not stream:
        return
    stream.flush()
    own, nowhere = os.dup(stream.fileno()), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    sys.stdout = open(  # noqa: SIM115, PTH123 - for as long as the process lives
        own,
        "w",
        encoding=stream.encoding,
        errors=stream.errors,
        buffering=1 if os.isatty(own) else -1,
    )
