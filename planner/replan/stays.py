"""What an earlier draw leaves at its hubs, or to others, when hubs come and go."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from planner.domain.ids import StationId
from planner.domain.place import Station
from planner.domain.plan import SampledStation, SampleRole
from planner.objective.sampling import stratum
from planner.optimizer.days.assemble import PINNED
from planner.optimizer.sampling.catchment import Catchment
from planner.optimizer.sampling.stage import STATIC
from planner.replan.ground import Ground
from planner.replan.hub_sample import Population
from planner.replan.second_lot import Hub
from planner.travel import points_of


def with_earlier(
    ground: Ground, hubs: Sequence[Catchment], old: Mapping[Hub, Sequence[SampledStation]]
) -> list[Catchment]:
    """Return the catchments with the stations of their earlier sample that are still in reach.

    A hub that has come may be nearer to some of them; they stay where they were drawn.

    Parameters
    ----------
    hubs
        The hubs with the stations to which each is the nearest.
    old
        Entries of the earlier sample by their hub.
    """
    policies = ground.mission.mission.policies
    reach_s = 60 * min(policies.allocation.reach_min, policies.day.max_leg_min)
    home = {station.id: hub for hub in hubs for station in hub.stations}
    stays: defaultdict[Hub, list[Station]] = defaultdict(list)
    for hub in hubs:
        key = hub.area, hub.hub
        away = [
            ground.mission.station_of[entry.station]
            for entry in old.get(key, ())
            if entry.station in home
            and home[entry.station] is not hub
            and home[entry.station].area == hub.area
            and PINNED not in entry.stratum
        ]
        if away:
            town = points_of([ground.mission.town_of[hub.hub]])
            drive_s = ground.travel.matrix(town, points_of(away)).duration_s[0].tolist()
            stays[key] = [s for s, t in zip(away, drive_s, strict=True) if 0 <= t <= reach_s]
    gone = {station.id for stations in stays.values() for station in stations}
    made = []
    for hub in hubs:
        stations = [s for s in hub.stations if s.id not in gone] + stays[hub.area, hub.hub]
        stations.sort(key=lambda station: station.id)
        made.append(replace(hub, stations=tuple(stations)))
    return made


def inherited(
    hub: Catchment, entries: Sequence[SampledStation], orphans: Iterable[SampledStation]
) -> list[SampledStation]:
    """Return what hubs without pairs leave to a hub: their primaries that are nearest to it now.

    The lot has drawn them where they were, with the chance that they state.

    Parameters
    ----------
    entries
        The hub's own sample.
    orphans
        Entries of hubs that have no pairs any more.
    """
    left = {e.station: e for e in orphans if e.role is SampleRole.PRIMARY}
    ranks = Counter(entry.stratum for entry in entries)
    present = {entry.station for entry in entries}
    made = []
    for station in hub.stations:
        entry = left.get(station.id)
        if entry is None or station.id in present or entry.stratum != stratum(station):
            continue
        ranks[entry.stratum] += 1
        place = {"area": hub.area, "hub": hub.hub, "rank": ranks[entry.stratum]}
        made.append(entry.model_copy(update=place))
    return made


def first_chances(
    before: Mapping[Hub, Population] | None, old: Mapping[Hub, Sequence[SampledStation]]
) -> dict[StationId, float | None]:
    """Return the chance that the earlier lot gave each station; None where nobody can say.

    Parameters
    ----------
    before
        Who took part in the lot of each hub, None where nobody knows.
    old
        Entries of the earlier sample by their hub.
    """
    if before is None:
        return {e.station: e.probability for entries in old.values() for e in entries}
    chances: dict[StationId, float | None] = {}
    for key, strata in before.items():
        stated: dict[str, float | None] = {}
        for entry in old.get(key, ()):
            if entry.role is SampleRole.PRIMARY:
                stated[entry.stratum] = stated.get(entry.stratum) or entry.probability
        for name, stations in strata.items():
            if name != STATIC:
                chances |= dict.fromkeys(stations, stated.get(name, 0.0))
    for key, entries in old.items():
        for entry in entries:
            # Drawn at another hub than its nearest one: an earlier repair has left it there.
            if entry.station not in before.get(key, {}).get(entry.stratum, ()):
                chances[entry.station] = None
    return chances
