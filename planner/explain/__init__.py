"""Why something is not in a plan, and what would change it: every remedy is tried before told."""

from planner.explain.decision import explain_decision
from planner.explain.district import explain_district
from planner.explain.observer import explain_observer
from planner.explain.pair import explain_pair
from planner.explain.records import (
    Alternative,
    Binding,
    Check,
    Explanation,
    PairReason,
    Remedy,
    ScorePart,
    Trial,
)
from planner.explain.station import explain_station

__all__ = [
    "Alternative",
    "Binding",
    "Check",
    "Explanation",
    "PairReason",
    "Remedy",
    "ScorePart",
    "Trial",
    "explain_decision",
    "explain_district",
    "explain_observer",
    "explain_pair",
    "explain_station",
]
