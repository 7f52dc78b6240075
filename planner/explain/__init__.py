"""Why something is not in a plan, and what would change it: every remedy is tried before told.

The records come with the package; the functions, which bring the optimizer's engines along, when
they are first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from planner.explain.records import (
    FITS,
    Alternative,
    Binding,
    Check,
    Explanation,
    PairReason,
    Remedy,
    ScorePart,
    Trial,
)

if TYPE_CHECKING:
    from planner.explain.decision import explain_decision
    from planner.explain.district import explain_district
    from planner.explain.observer import explain_observer
    from planner.explain.pair import explain_pair
    from planner.explain.station import explain_station

_HOME = {
    "explain_decision": "planner.explain.decision",
    "explain_district": "planner.explain.district",
    "explain_observer": "planner.explain.observer",
    "explain_pair": "planner.explain.pair",
    "explain_station": "planner.explain.station",
}

__all__ = [
    "FITS",
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


def __getattr__(name: str) -> object:
    """Import a function when it is first asked for.

    Raises
    ------
    AttributeError
        If the package has no such name.
    """
    if name not in _HOME:
        msg = f"module {__name__} has no attribute {name}"
        raise AttributeError(msg)
    return getattr(import_module(_HOME[name]), name)
