"""What the observed sample can say: margins, limits, power and balance, each phase apart."""

from planner.precision.balance import Balance, balance
from planner.precision.detection import power_above, power_to_see
from planner.precision.effect import (
    cluster_effect,
    cluster_size,
    effective_n,
    expected_cluster_size,
    weighting_effect,
)
from planner.precision.estimate import Assumptions, Basis, Estimate
from planner.precision.inclusion import pps_inclusion
from planner.precision.interval import Interval, clopper_pearson, wilson
from planner.precision.margin import critical_value, margin_of_error, required_n
from planner.precision.report import PrecisionReport, assess
from planner.precision.sighting import Observed
from planner.precision.zero import rule_of_three, zero_limit, zero_limit_finite

__all__ = [
    "Assumptions",
    "Balance",
    "Basis",
    "Estimate",
    "Interval",
    "Observed",
    "PrecisionReport",
    "assess",
    "balance",
    "clopper_pearson",
    "cluster_effect",
    "cluster_size",
    "critical_value",
    "effective_n",
    "expected_cluster_size",
    "margin_of_error",
    "power_above",
    "power_to_see",
    "pps_inclusion",
    "required_n",
    "rule_of_three",
    "weighting_effect",
    "wilson",
    "zero_limit",
    "zero_limit_finite",
]
