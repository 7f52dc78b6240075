"""What a person asks for when a plan is made; stored with the job as JSON."""

from typing import Annotated

from pydantic import Field

from planner.domain.base import Frozen
from planner.domain.plan import StageName


class PlanRequest(Frozen):
    """A plan to be made from the mission as it stands.

    Attributes
    ----------
    reason
        Why, in the author's words; becomes the revision's.
    seed
        Of draw and search.
    seconds
        Time limit of all stages together; None: reproducible.
    stages
        Stages to run; the others are taken from ``base``.
    stability
        From 0 (plan freely) to 1 (keep all of ``base`` that can be kept).
    quick
        Repair ``base`` in seconds: nothing that takes long is solved freely as well. Without
        effect at stability 0.
    base
        Revision that is the newest one the author has seen, and that is planned on top of; None
        for a first plan.
    """

    reason: Annotated[str, Field(min_length=1, max_length=2_000)]
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    seconds: Annotated[float, Field(gt=0, le=86_400)] | None = None
    stages: tuple[StageName, ...] = tuple(StageName)
    stability: Annotated[float, Field(ge=0, le=1)] = 0.0
    quick: bool = False
    base: Annotated[int, Field(ge=1)] | None = None


class StoredRequest(Frozen):
    """A request together with the input that it was made for."""

    request: PlanRequest
    input_hash: str
    """Of the mission as it stood when the plan was asked for."""
