"""Errors of the store: each with a code, what stands in the way, and what to do."""

from planner.compare import PlanChange
from planner.errors import PlannerError


class StoreError(PlannerError):
    """The store could not do what was asked; nothing of it was written."""


class StaleError(StoreError):
    """A save that would have overwritten somebody's work (``ST-STALE``).

    Attributes
    ----------
    expected_head, head
        The revision that the author saw (None: none yet), and the newest one there is.
    change
        What differs from the one to the other: what the author has not seen.
    """

    def __init__(
        self, mission: str, expected_head: int | None, head: int, by: str, change: PlanChange
    ) -> None:
        saw = "no revision" if expected_head is None else f"revision {expected_head}"
        super().__init__(
            "ST-STALE",
            f"Mission {mission}: you saw {saw}, the newest is revision {head} by {by}; "
            f"between them differ: {change.summary()}.",
            f"Look at revision {head}, then save again on top of it; nothing was overwritten.",
        )
        self.expected_head = expected_head
        self.head = head
        self.change = change


def unknown(what: str, key: object, remedy: str) -> StoreError:
    """Return the error for a record that is not there (``ST-UNKNOWN``)."""
    return StoreError("ST-UNKNOWN", f"There is no {what} {key!s}.", remedy)


def changed_meanwhile(what: str, key: object, seen: int, there: int) -> StoreError:
    """Return the error for a record that somebody else has changed since (``ST-CHANGED``)."""
    return StoreError(
        "ST-CHANGED",
        f"{what} {key!s} has changed since you saw it: version {seen} then, {there} now.",
        "Load it again, look at what it is now, and repeat the change if it is still wanted.",
    )
