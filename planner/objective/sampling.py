"""How far the drawn sample is from the frame: total variation over the frame's strata."""

from collections import Counter
from collections.abc import Iterable, Mapping

from geodata.travel.provider import TravelProvider
from planner.domain.mission_input import MissionInput
from planner.domain.place import Station, StationKind
from planner.domain.plan import Plan, SampleRole


def stratum(station: Station) -> str:
    """Return the stratum of a station: ``urban``, ``rural`` or ``unknown``, or ``special``.

    Special stations are a stratum of their own, because they must not be drawn above their share
    (rule S3) and cannot serve as opening or closing stations.
    """
    if station.kind is StationKind.SPECIAL:
        return "special"
    return station.settlement.value


def frame_shares(stations: Iterable[Station]) -> dict[str, float]:
    """Return each stratum's share of the frame, by name in alphabetical order."""
    counts = Counter(stratum(station) for station in stations)
    total = counts.total()
    return {name: counts[name] / total for name in sorted(counts)}


def total_variation(drawn: Mapping[str, int], shares: Mapping[str, float]) -> float:
    """Return half the sum of absolute differences of shares; 0 for an empty sample.

    Source: DOMAIN.md, section 3, "balance"; (.75, .25) against (.60, .40) gives .15.
    """
    total = sum(drawn.values())
    if not total:
        return 0.0
    names = set(drawn) | set(shares)
    return 0.5 * sum(
        abs(drawn.get(name, 0) / total - shares.get(name, 0.0)) for name in sorted(names)
    )


def sampling_objective(mission: MissionInput, plan: Plan, travel: TravelProvider) -> float:  # noqa: ARG001 - one signature for all stages
    """Return the distance of the plan's primaries from the frame, in [0, 1]."""
    drawn = Counter(
        stratum(mission.station_of[entry.station])
        for entry in plan.sample
        if entry.role is SampleRole.PRIMARY and entry.station in mission.station_of
    )
    return total_variation(drawn, frame_shares(mission.stations))
