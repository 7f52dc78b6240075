"""Election day replayed in many draws: what a plan will observe when things go otherwise."""

from planner.execution.execution import Execution, Times
from planner.execution.noise import Isolation, Noise, Preset
from planner.execution.people import Delivery, draw_delivery
from planner.execution.replay import Cause
from planner.execution.simulation import MOST_DRAWS, simulate
from planner.execution.summary import PairRisk, PhaseOutcome, Spread, Summary

__all__ = [
    "MOST_DRAWS",
    "Cause",
    "Delivery",
    "Execution",
    "Isolation",
    "Noise",
    "PairRisk",
    "PhaseOutcome",
    "Preset",
    "Spread",
    "Summary",
    "Times",
    "draw_delivery",
    "simulate",
]
