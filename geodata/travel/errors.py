"""The error of all travel-time providers."""

from collections.abc import Sequence

_SHOWN = 20


class TravelError(Exception):
    """Travel times that cannot be had: a bad file, a missing extra, a server that fails.

    Parameters
    ----------
    code
        Stable code, e.g. ``TR-FILE``, ``TR-MATRIX``, ``TR-SERVER``.
    message
        What is wrong, with the value and the record.
    remedy
        What the user can do about it.
    problems
        Every problem found, one line each; the text shows the first 20 below the message.
    """

    def __init__(
        self, code: str, message: str, remedy: str = "", problems: Sequence[str] = ()
    ) -> None:
        shown = list(problems[:_SHOWN])
        if len(problems) > _SHOWN:
            shown.append(f"… and {len(problems) - _SHOWN} more")
        super().__init__("\n  ".join([message, *shown]))
        self.code = code
        self.message = message
        self.remedy = remedy
        self.problems = tuple(problems)
