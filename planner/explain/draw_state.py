"""Where a station stands before any day is planned: reach of the hubs, and the draw."""

from dataclasses import dataclass

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.mission_input import MissionInput
from planner.domain.place import Station, Town
from planner.domain.plan import Area, Plan, SampledStation, SampleRole
from planner.domain.policy import SampleMode
from planner.explain.area_days import area_pairs
from planner.explain.records import Binding
from planner.explain.words import binding
from planner.objective.allocation import reach_min
from planner.objective.sampling import stratum
from planner.optimizer.sampling.catchment import catchments
from planner.rules.text import minutes
from planner.travel import points_of


@dataclass(frozen=True)
class DrawState:
    """What the draw means for one station.

    Parameters
    ----------
    sentence
        In words, to follow the station's id: ``was not drawn: …``.
    binding
        The rule behind it; None for a station that was drawn to be visited.
    drawn
        Its entry in the sample, or None.
    reached
        Whether a town where pairs of its area sleep is within reach.
    """

    sentence: str
    binding: Binding | None
    drawn: SampledStation | None
    reached: bool


def nearest_hub(
    mission: MissionInput, plan: Plan, travel: TravelProvider, area: Area, station: Station
) -> tuple[Town, float]:
    """Return the town nearest to a station where pairs of its area sleep, and its drive.

    Returns
    -------
    tuple
        The town, and minutes; infinite where there is no way.

    Raises
    ------
    ValueError
        Expected an area with pairs.
    """
    towns = [
        mission.town_of[name]
        for name in sorted({t.base_town for t in area_pairs(mission, plan, area)})
    ]
    if not towns:
        msg = f"Expected an area with pairs, got {area.id}."
        raise ValueError(msg)
    drive = travel.matrix(points_of(towns), points_of([station])).duration_s[:, 0].astype(float)
    drive[drive < 0] = np.inf
    best = int(drive.argmin())
    return towns[best], float(drive[best]) / 60


def draw_state(
    mission: MissionInput, plan: Plan, travel: TravelProvider, area: Area, station: Station
) -> DrawState:
    """Return what reach and the draw mean for a station of an area with pairs."""
    town, drive = nearest_hub(mission, plan, travel, area, station)
    reached = drive <= reach_min(mission)
    drawn = next((entry for entry in plan.sample if entry.station == station.id), None)
    if drawn is not None and drawn.role is SampleRole.PRIMARY:
        return DrawState("was drawn to be visited", None, drawn, reached)
    if drawn is not None:
        return _substitute(drawn, reached=reached)
    if not reached:
        far = "without a way" if np.isinf(drive) else minutes(60 * drive)
        found = binding("OP-ALLOC-REACH", far, f"at most {reach_min(mission):g} min from a hub")
        sentence = (
            f"could not be drawn: it is {far} from {town.name}, the nearest town where pairs of "
            f"{area.id} sleep, and no more than {reach_min(mission):g} min are allowed"
        )
        return DrawState(sentence, found, None, reached)
    return _not_drawn(mission, plan, travel, area, station, town)


def _substitute(drawn: SampledStation, *, reached: bool) -> DrawState:
    found = binding(
        "OP-SAMPLE-SUBSTITUTE",
        f"substitute, rank {drawn.rank} of {drawn.stratum} at {drawn.hub}",
        "visited only where a station of its stratum falls out",
    )
    sentence = (
        f"was drawn as a substitute (stratum {drawn.stratum}, rank {drawn.rank}), to be visited "
        "only in the place of a station of its stratum that falls out"
    )
    return DrawState(sentence, found, drawn, reached)


def _not_drawn(
    mission: MissionInput,
    plan: Plan,
    travel: TravelProvider,
    area: Area,
    station: Station,
    town: Town,
) -> DrawState:
    name = stratum(station)
    hubs, _ = catchments(mission, travel, [area], plan.teams)
    around = [s for hub in hubs if hub.hub == town.id for s in hub.stations]
    frame = sum(stratum(other) == name for other in around)
    here = [
        entry
        for entry in plan.sample
        if entry.hub == town.id and entry.area == area.id and entry.stratum == name
    ]
    primaries = sum(entry.role is SampleRole.PRIMARY for entry in here)
    if plan.sample_mode is SampleMode.COVERAGE:
        value = f"{primaries} of {frame} {name} stations around {town.name} were taken"
        found = binding("OP-SAMPLE-ORDER", value, "districts first, then most voters")
        return DrawState(
            f"was not taken: {value}, new districts first, then those with most voters",
            found,
            None,
            reached=True,
        )
    chance = next((entry.probability for entry in here if entry.probability), None)
    value = f"{primaries} of {frame} {name} stations around {town.name} were drawn"
    per_pair = mission.mission.policies.sample.stations_per_pair
    found = binding("OP-SAMPLE", value, f"{per_pair} stations for each pair")
    odds = "each with the same chance" if chance is None else f"each with a chance of {chance:.2f}"
    return DrawState(f"was not drawn: {value} by lot, {odds}", found, None, reached=True)
