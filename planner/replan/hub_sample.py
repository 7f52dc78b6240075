"""One hub's earlier draw in the light of the stations that are there now.

The chance with which the lot drew a station stays true as long as everybody in its hub and stratum
took part in that draw. If stations have left since, the others keep theirs: the lot was drawn over
some that are no longer in scope. A substitute that moves up has none, because no lot put it among
the primaries. Where stations have come that the lot never knew, no station of that hub and stratum
states a chance any more.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planner.domain.ids import AreaId, StationId, TownId
from planner.domain.place import StationKind
from planner.domain.plan import SampledStation, SampleRole
from planner.objective.sampling import stratum
from planner.optimizer.days.assemble import PINNED
from planner.optimizer.sampling.catchment import Catchment
from planner.optimizer.sampling.stage import STATIC, pinned_entries

Population = Mapping[str, frozenset[StationId]]
"""Stations that take part in a hub's lot, by the name of their stratum."""


@dataclass(frozen=True)
class HubSample:
    """The sample of one hub.

    Parameters
    ----------
    promoted
        Substitutes that moved up.
    gone
        Primaries that are no longer in the sample.
    undrawn
        Strata with stations that took no part in the lot.
    """

    entries: tuple[SampledStation, ...]
    promoted: tuple[StationId, ...]
    gone: tuple[StationId, ...]
    undrawn: tuple[str, ...]


@dataclass
class _Making:
    entries: list[SampledStation] = field(default_factory=list)
    promoted: list[StationId] = field(default_factory=list)
    gone: list[StationId] = field(default_factory=list)
    undrawn: list[str] = field(default_factory=list)


def population(hub: Catchment) -> Population:
    """Return who takes part in the lot of a hub; static pairs draw from all ordinary stations."""
    found: defaultdict[str, set[StationId]] = defaultdict(set)
    for station in hub.stations:
        found[stratum(station)].add(station.id)
        if station.kind is StationKind.ORDINARY:
            found[STATIC].add(station.id)
    return {name: frozenset(stations) for name, stations in found.items()}


def lots(before: Mapping[tuple[AreaId, TownId], Population]) -> Population:
    """Return who took part in the lot of any hub, by stratum; static pairs draw at theirs alone.

    Stations that have come from another hub's catchment have had their chance there.
    """
    found: defaultdict[str, set[StationId]] = defaultdict(set)
    for strata in before.values():
        for name, stations in strata.items():
            if name != STATIC:
                found[name] |= stations
    return {name: frozenset(stations) for name, stations in found.items()}


def kept_hub(
    hub: Catchment, earlier: Sequence[SampledStation], before: Population | None
) -> HubSample:
    """Return the earlier sample of a hub with what has to change.

    Parameters
    ----------
    hub
        The hub with the stations that are there now.
    earlier
        Its entries in the earlier plan.
    before
        Who took part in the earlier lot; None where nobody knows: then its size follows from the
        probability that was stated.
    """
    now = population(hub)
    making = _Making()
    making.entries += pinned_entries(hub, hub.pinned, PINNED)
    making.entries += pinned_entries(hub, hub.pinned_static, f"{STATIC} {PINNED}")
    pinned = {entry.station for entry in making.entries}
    names = dict.fromkeys(entry.stratum for entry in earlier if PINNED not in entry.stratum)
    for name in names:
        mine = [entry for entry in earlier if entry.stratum == name]
        there = now.get(name, frozenset())
        newcomers = there - before.get(name, frozenset()) if before is not None else None
        _stratum(making, name, sorted(mine, key=_order), there, newcomers, pinned)
    return HubSample(
        tuple(making.entries),
        tuple(making.promoted),
        tuple(making.gone),
        tuple(making.undrawn),
    )


def _order(entry: SampledStation) -> int:
    return entry.rank


def _stratum(
    making: _Making,
    name: str,
    earlier: Sequence[SampledStation],
    there: frozenset[StationId],
    newcomers: frozenset[StationId] | None,
    pinned: set[StationId],
) -> None:
    """Keep one stratum: primaries that are still there, then substitutes in their order."""
    drawn = [entry for entry in earlier if entry.role is SampleRole.PRIMARY]
    primaries = [entry for entry in drawn if entry.station in there]
    spares = [e for e in earlier if e.role is SampleRole.SUBSTITUTE and e.station in there]
    # A primary that is now pinned is visited all the same: nobody moves up for it.
    lost = [e.station for e in drawn if e.station not in there and e.station not in pinned]
    up, spares = spares[: len(lost)], spares[len(lost) :]
    chance = next((entry.probability for entry in drawn), None)
    if chance is not None and _undrawn(newcomers, len(there), len(drawn) / chance):
        making.undrawn.append(name)
        chance = None
    roles = [(entry, SampleRole.PRIMARY, chance) for entry in primaries]
    roles += [(entry, SampleRole.PRIMARY, None) for entry in up]
    roles += [(entry, SampleRole.SUBSTITUTE, chance) for entry in spares]
    making.entries += [
        entry.model_copy(
            update={
                "role": role,
                "rank": rank,
                # Whoever has moved up before has no chance to state.
                "probability": None if entry.probability is None else probability,
            }
        )
        for rank, (entry, role, probability) in enumerate(roles, start=1)
    ]
    making.promoted += [entry.station for entry in up]
    making.gone += lost


def _undrawn(newcomers: frozenset[StationId] | None, now: int, before: float) -> bool:
    """Tell whether stations are there that took no part in the lot."""
    return now > round(before) if newcomers is None else bool(newcomers)
