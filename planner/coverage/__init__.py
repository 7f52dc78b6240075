"""How much of the frame a plan covers: strata, distances, districts, commissions."""

from planner.coverage.cover import coverage
from planner.coverage.records import (
    BandCover,
    CommissionCover,
    Coverage,
    DistrictCover,
    Gap,
    StratumCover,
)

__all__ = [
    "BandCover",
    "CommissionCover",
    "Coverage",
    "DistrictCover",
    "Gap",
    "StratumCover",
    "coverage",
]
