"""What differs between two plans, from their documents alone."""

from planner.compare.change import PlanChange
from planner.compare.plans import compare_plans

__all__ = ["PlanChange", "compare_plans"]
