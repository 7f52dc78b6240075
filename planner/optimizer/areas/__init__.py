"""Areas of responsibility: districts grouped around base towns, with a proven bound."""

from planner.optimizer.areas.stage import AreasResult, solve_areas

__all__ = ["AreasResult", "solve_areas"]
