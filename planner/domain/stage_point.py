"""One of the ways in which a stage could go when a plan is made again: what it gains and moves."""

from typing import Annotated, Literal

from pydantic import Field

from planner.domain.base import Frozen
from planner.domain.plan import StageName


class StagePoint(Frozen):
    """A candidate of one stage: how good it is, and how much of the earlier plan it moves.

    Attributes
    ----------
    label
        ``free``: solved as if there were no earlier plan. ``kept``: the earlier solution, changed
        only where it has to be. ``mixed``: each cluster of the days the best way that was found.
        ``unchanged``: nothing that the stage reads has changed, it was not solved again.
    objective, bound
        In the unit of the stage's report; None where the stage has none.
    moves
        What a person would notice: districts and base towns (with the pairs and people behind
        them), pairs, people, stations or visits that are not where they were.
    dropped
        Decisions of this stage that the candidate cannot keep.
    idle
        Pairs that it leaves at home on election day.
    chosen
        Whether the plan took it.
    note
        Why, in words.
    """

    stage: StageName
    label: Literal["free", "kept", "mixed", "unchanged"]
    objective: float | None
    bound: float | None
    moves: Annotated[int, Field(ge=0)]
    dropped: Annotated[int, Field(ge=0)] = 0
    idle: Annotated[int, Field(ge=0)] = 0
    chosen: bool
    note: str = ""
