"""The sampling stage: which stations are drawn, with which probability, and their substitutes."""

from planner.optimizer.sampling.stage import SamplingResult, solve_sampling

__all__ = ["SamplingResult", "solve_sampling"]
