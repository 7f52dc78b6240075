"""Planning again in the sight of an earlier plan: what can stay stays, as far as it is worth it."""

from planner.domain.stage_point import StagePoint
from planner.replan.replan import replan

__all__ = ["StagePoint", "replan"]
