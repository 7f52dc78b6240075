"""Who may read an export, and which of its parts are invented."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from planner.domain.mission import Mission, Source
from planner.domain.mission_input import MissionInput
from planner.domain.place import DataStatus
from planner.domain.plan import Plan

SYNTHETIC = "SYNTHETIC DATA"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""Named here, because ``strftime`` would follow the locale of the machine."""


def long_date(day: date) -> str:
    """Return a date as ``20 November 2022``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def classification(mission: Mission) -> str:
    """Return the line that stands on every page: positions and routes are sensitive till then."""
    return restricted_until(mission.e_day)


def restricted_until(e_day: date) -> str:
    """Return the line of :func:`classification` for an election day."""
    return f"Restricted until election day ({long_date(e_day)}) has ended"


def data_status(mission: MissionInput) -> Mapping[str, Counter[DataStatus]]:
    """Return, for each kind of place, how many records have which status."""
    return {
        "Districts": Counter(district.status for district in mission.districts),
        "Towns": Counter(town.status for town in mission.towns),
        "Polling stations": Counter(station.status for station in mission.stations),
        "Commissions": Counter(commission.status for commission in mission.commissions),
    }


def sources(mission: MissionInput, plan: Plan) -> tuple[Source, ...]:
    """Return the sources of mission and plan, each once, in their order."""
    return tuple(dict.fromkeys((*mission.mission.sources, *plan.provenance.sources)))


def synthetic_parts(mission: MissionInput, plan: Plan) -> tuple[str, ...]:
    """Return what is invented, in words; empty if nothing is known to be."""
    records = [
        f"{name} ({count[DataStatus.SYNTHETIC]:,} of {count.total():,})"
        for name, count in data_status(mission).items()
        if count[DataStatus.SYNTHETIC]
    ]
    declared = [
        source.what for source in sources(mission, plan) if source.status is DataStatus.SYNTHETIC
    ]
    return tuple(dict.fromkeys((*records, *declared)))


def attribution(mission: MissionInput, plan: Plan) -> str:
    """Return the credits of all sources in one line."""
    return "; ".join(
        f"{source.what}: {source.origin}" + (f" ({source.licence})" if source.licence else "")
        for source in sources(mission, plan)
    )
