"""The error of all travel-time providers."""

from collections.abc import Sequence


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
        Every problem found, one line each; shown below the message.
    """

    def __init__(
        self, code: str, message: str, remedy: str = "", problems: Sequence[str] = ()
    ) -> None:
        super().__init__("\n  ".join([message, *problems]))
        self.code = code
        self.message = message
        self.remedy = remedy
        self.problems = tuple(problems)
