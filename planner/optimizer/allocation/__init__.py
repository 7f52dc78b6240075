"""The allocation stage: STO pairs to areas and hubs."""

from planner.optimizer.allocation.apportion import apportion
from planner.optimizer.allocation.shares import compare_policies
from planner.optimizer.allocation.stage import AllocationResult, solve_allocation

__all__ = ["AllocationResult", "apportion", "compare_policies", "solve_allocation"]
