"""The days stage: which stations each pair visits on election day, and when."""

from planner.optimizer.days.stage import DaysResult, solve_days

__all__ = ["DaysResult", "solve_days"]
