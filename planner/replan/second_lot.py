"""A second lot beside an earlier draw: stations for pairs that have come to a hub.

The earlier sample stays; what is missing is drawn from the stations of the hub that are no
primaries yet. A station that the first lot would have taken with chance p, and that had it not
the second one would take with chance q, is in the sample with chance ``p + (1 - p) q`` (two
occasions, one after the other), drawn or not: so the primaries of the first lot change theirs too.
"""

import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.domain.ids import AreaId, StationId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Station
from planner.domain.plan import SampledStation, SampleRole
from planner.domain.policy import SampleMode
from planner.objective.sampling import stratum
from planner.optimizer.days.assemble import PINNED
from planner.optimizer.sampling.catchment import Catchment
from planner.optimizer.sampling.draw import draw
from planner.optimizer.sampling.priority import by_priority
from planner.optimizer.sampling.stage import SPECIAL, STATIC
from planner.travel import points_of

Hub = tuple[AreaId, TownId]


@dataclass
class SecondLot:
    """Draws what is missing at hubs, one after the other.

    Parameters
    ----------
    seed
        Seed of the lot.
    taken
        Primaries so far; grows with every draw.
    first
        Chance of each station in the earlier lot, None where it states none; a station that is
        missing here took part in no lot.

    Attributes
    ----------
    second
        Chance of each station that took part in the second lot.
    """

    mission: MissionInput
    seed: int
    taken: set[StationId]
    first: Mapping[StationId, float | None]
    second: dict[StationId, float] = field(default_factory=dict)

    def drawn(
        self, hub: Catchment, have: Sequence[SampledStation], wanted: Mapping[str, int]
    ) -> list[SampledStation]:
        """Return further primaries and their substitutes, without their chances.

        Parameters
        ----------
        have
            The hub's entries so far.
        wanted
            Primaries of each stratum that a draw from nothing would have.
        """
        policy = self.mission.mission.policies.sample
        ours = [e for e in have if e.role is SampleRole.PRIMARY and not _special_case(e.stratum)]
        target = max(0, hub.mobile * policy.stations_per_pair - len(hub.pinned))
        need = _missing(Counter(entry.stratum for entry in ours), wanted, target - len(ours))
        entries: list[SampledStation] = []
        ranks = Counter(entry.stratum for entry in have)
        for name, number in sorted(need.items()):
            members = [s for s in hub.stations if stratum(s) == name and s.id not in self.taken]
            spare = -(-policy.substitutes_per_pair * number // policy.stations_per_pair)
            order, up = self._lot(hub, name, members, number, spare)
            for turn, station in enumerate(order):
                ranks[name] += 1
                entries.append(
                    SampledStation(
                        station=station.id,
                        area=hub.area,
                        hub=hub.hub,
                        stratum=name,
                        role=SampleRole.PRIMARY if turn < up else SampleRole.SUBSTITUTE,
                        rank=ranks[name],
                        probability=None,
                    )
                )
            self.taken |= {station.id for station in order[:up]}
        return entries

    def _lot(
        self, hub: Catchment, name: str, members: Sequence[Station], number: int, spare: int
    ) -> tuple[list[Station], int]:
        """Return the drawn stations, and how many of them are primaries."""
        policy = self.mission.mission.policies.sample
        number = min(number, len(members))
        if policy.mode is SampleMode.COVERAGE:
            order = by_priority(members)[: number + spare]
            return [members[index] for index in order], number
        key = zlib.crc32(f"again|{hub.area}|{hub.hub}|{name}".encode())
        rng = np.random.default_rng([self.seed, key])
        size = 1 if name == SPECIAL else policy.stations_per_cluster
        found = draw(points_of(members), number, spare, size, rng)
        everybody = [station.id for station in hub.stations if stratum(station) == name]
        self.second |= dict.fromkeys(everybody, found.probability)
        order = [*found.primaries.tolist(), *found.substitutes.tolist()]
        return [members[index] for index in order], len(found.primaries)

    def chance(self, entry: SampledStation) -> float | None:
        """Return the chance of a station after both lots, None where it cannot be stated."""
        if entry.station not in self.second:
            return entry.probability
        first = self.first.get(entry.station, 0.0)
        if first is None or _special_case(entry.stratum):
            return None
        return first + (1.0 - first) * self.second[entry.station]


def _special_case(name: str) -> bool:
    """Tell whether no mobile lot stands behind a stratum: pinned, or for static pairs."""
    return PINNED in name or name.startswith(STATIC)


def _missing(have: Counter[str], wanted: Mapping[str, int], number: int) -> dict[str, int]:
    """Share ``number`` further stations out over strata, most to where most is missing."""
    need: defaultdict[str, int] = defaultdict(int)
    for _ in range(number):
        name = max(sorted(wanted), key=lambda n: wanted[n] - have[n] - need[n], default=None)
        if name is None:
            break
        need[name] += 1
    return dict(need)
