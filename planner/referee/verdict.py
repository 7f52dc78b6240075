"""What the referee says about a plan."""

from pydantic import Field

from planner.domain.base import Frozen
from planner.domain.finding import Finding
from planner.domain.ids import MissionId
from planner.domain.plan import StageName


class Verdict(Frozen):
    """The findings on one plan, and what the referee computed itself.

    Attributes
    ----------
    mission
        The mission whose input the plan was judged by.
    hard, soft, info
        Findings by severity, each in the order of the rulebook: records first, then rules.
    kpis
        Key figures as recomputed.
    objectives
        Objectives of the stages as recomputed; None where that was not possible.
    """

    mission: MissionId
    hard: tuple[Finding, ...] = ()
    soft: tuple[Finding, ...] = ()
    info: tuple[Finding, ...] = ()
    kpis: dict[str, float] = Field(default_factory=dict)
    objectives: dict[StageName, float | None] = Field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether the plan may be shown and exported: no hard finding."""
        return not self.hard

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, the hard ones first."""
        return (*self.hard, *self.soft, *self.info)
