"""One plan near to an earlier one: what it is worth, and how much of the earlier one it keeps."""

from typing import Annotated

from pydantic import Field

from planner.domain.base import Frozen


class FrontierPoint(Frozen):
    """A repair of an earlier plan at one stability.

    Attributes
    ----------
    value
        Value of its election days, None where there are none.
    points
        Points of its pairs of observers, None where nobody is named.
    could_keep
        (Pair, station) of the earlier plan that the mission still allows.
    lost
        How many of these the plan does not keep.
    """

    stability: Annotated[float, Field(ge=0, le=1)]
    value: float | None
    points: float | None
    could_keep: Annotated[int, Field(ge=0)]
    lost: Annotated[int, Field(ge=0)]

    @property
    def lost_share(self) -> float:
        """Share of what could be kept and is not, from 0 to 1."""
        return self.lost / self.could_keep if self.could_keep else 0.0
