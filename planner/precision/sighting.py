"""What a plan lets observers see: every place of a phase once, with its chance and its weight."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.ids import CommissionId, RegionId, StationId, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Phase, Plan, SampledStation, SampleRole
from planner.objective.sampling import stratum

PHASES = (Phase.OPENING, Phase.VOTING, Phase.COUNTING, Phase.TABULATION)
"""Phases that are reported apart. A closing is watched where its count is."""
Observed = Mapping[Phase, float | Mapping[str, float]]
"""Simulated observation: for a phase the mean number of places seen, or each place's chance."""


@dataclass(frozen=True)
class Sighting:
    """A station or commission observed in a phase.

    Attributes
    ----------
    chance
        That it is really observed, 0 to 1; 1 for a plan taken at its word.
    hub
        Area and hub of the draw, or else of the pair that goes there. For a commission itself.
    pair
        The STO pair that observes it; for a commission itself, because several may share it.
    probability
        With which the lot drew it; None where none is known.
    primary
        Drawn to be visited (with a probability), not a substitute.
    stratum
        Empty for a commission.
    """

    place: str
    chance: float
    hub: str
    pair: str
    region: RegionId
    stratum: str
    probability: float | None
    primary: bool


def sightings(
    mission: MissionInput, plan: Plan, phase: Phase, observed: Observed
) -> tuple[Sighting, ...]:
    """Return the places that a plan observes in a phase, each once, in the order of their ids.

    Places that the mission does not know are left out; the referee reports them.

    Raises
    ------
    ValueError
        Expected simulated numbers up to those of the plan, chances from 0 to 1, places of the
        plan.
    """
    where: dict[str, TeamId] = {
        stop.place: team
        for day in plan.days
        for stop in day.stops
        if stop.phase is phase and (stop.place_kind == "commission") is (phase is Phase.TABULATION)
        for team in (day.team,)
    }
    if phase is Phase.TABULATION:
        commissions = mission.commission_of
        where = {place: team for place, team in where.items() if CommissionId(place) in commissions}
    else:
        known = mission.station_of
        where = {place: team for place, team in where.items() if StationId(place) in known}
    chances = _chances(tuple(sorted(where)), phase, observed.get(phase))
    if phase is Phase.TABULATION:
        return tuple(
            Sighting(place, chance, place, place, _region(mission, place), "", None, primary=False)
            for place, chance in chances.items()
        )
    drawn = {entry.station: entry for entry in plan.sample}
    base = {team.id: f"{team.area} {team.base_town}" for team in plan.teams}
    return tuple(
        _station(mission, StationId(place), chance, where[place], drawn, base)
        for place, chance in chances.items()
    )


def _region(mission: MissionInput, commission: str) -> RegionId:
    return mission.district_of[mission.commission_of[CommissionId(commission)].district].region


def _station(
    mission: MissionInput,
    place: StationId,
    chance: float,
    pair: TeamId,
    drawn: Mapping[StationId, SampledStation],
    base: Mapping[TeamId, str],
) -> Sighting:
    station, entry = mission.station_of[place], drawn.get(place)
    probability = entry.probability if entry else None
    return Sighting(
        place=place,
        chance=chance,
        hub=f"{entry.area} {entry.hub}" if entry else base.get(pair, pair),
        pair=pair,
        region=mission.district_of[station.district].region,
        stratum=stratum(station),
        probability=probability,
        primary=bool(entry and entry.role is SampleRole.PRIMARY and probability is not None),
    )


def _chances(
    places: tuple[str, ...], phase: Phase, given: float | Mapping[str, float] | None
) -> dict[str, float]:
    if given is None:
        return dict.fromkeys(places, 1.0)
    if isinstance(given, Mapping):
        unknown = sorted(set(given) - set(places))
        if unknown:
            raise ValueError(
                f"Expected places that the plan observes in {phase}, got {', '.join(unknown[:5])}."
            )
        wrong = {place: chance for place, chance in given.items() if not 0 <= chance <= 1}
        if wrong:
            raise ValueError(f"Expected chances from 0 to 1, got {wrong}.")
        return {place: given.get(place, 0.0) for place in places}
    if not 0 <= given <= len(places):
        raise ValueError(
            f"Expected a number observed in {phase} from 0 to {len(places)}, as planned, "
            f"got {given}."
        )
    return dict.fromkeys(places, given / len(places) if places else 0.0)
