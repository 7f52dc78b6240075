"""Coverage mode: no lot is drawn, priorities decide."""

from collections.abc import Sequence

from planner.domain.ids import DistrictId
from planner.domain.place import Station


def by_priority(stations: Sequence[Station]) -> list[int]:
    """Return indices of stations, most important first.

    The largest station of every district comes first, so that each district is touched; then the
    second largest of each, and so on. Unknown voters count as none.
    """
    ranked = sorted(
        range(len(stations)),
        key=lambda index: (-(stations[index].voters or 0), stations[index].id),
    )
    seen: dict[DistrictId, int] = {}
    turn: dict[int, int] = {}
    for index in ranked:
        district = stations[index].district
        turn[index] = seen.get(district, 0)
        seen[district] = turn[index] + 1
    return sorted(ranked, key=lambda index: turn[index])
