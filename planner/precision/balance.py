"""Balance: how far the observed stations are from the frame, by settlement and by remoteness."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.domain.ids import StationId
from planner.domain.mission_input import MissionInput
from planner.domain.place import SettlementType
from planner.rules.remoteness import remoteness_bands
from planner.rules.sample import total_variation

URBAN_RURAL = "urban/rural"
REMOTENESS = "distance to the nearest town"


@dataclass(frozen=True)
class Balance:
    """Observed stations against the frame, by one trait.

    Attributes
    ----------
    by
        ``urban/rural`` or ``distance to the nearest town``.
    observed, frame
        Stations by value (numbers; observed ones may be means). Stations of which the value is
        not known are in neither.
    distance
        Total variation ``½Σ|p-q|``, 0 (alike) to 1; None where nothing can be compared.
    """

    by: str
    observed: Mapping[str, float]
    frame: Mapping[str, float]
    distance: float | None


def balance(by: str, observed: Mapping[str, float], frame: Mapping[str, float]) -> Balance:
    """Return the balance of two counts by one trait (DOMAIN.md §3).

    Raises
    ------
    ValueError
        Expected counts of 0 or more.
    """
    for counts in (observed, frame):
        if any(count < 0 for count in counts.values()):
            raise ValueError(f"Expected counts of 0 or more, got {dict(counts)}.")
    known = sum(observed.values()) > 0 and sum(frame.values()) > 0
    return Balance(by, observed, frame, total_variation(observed, frame) if known else None)


class Balances:
    """Balances of any set of stations of one mission; the frame is read once."""

    def __init__(self, mission: MissionInput) -> None:
        unknown = SettlementType.UNKNOWN
        settlements = {
            station.id: station.settlement.value
            for station in mission.stations
            if station.settlement is not unknown
        }
        self._traits = {URBAN_RURAL: settlements, REMOTENESS: remoteness_bands(mission)}

    def of(self, chances: Mapping[StationId, float]) -> tuple[Balance, ...]:
        """Return the balance by every trait.

        Parameters
        ----------
        chances
            Observed stations, each with the chance that it is observed; 1 for a plan as it is.
        """
        return tuple(
            balance(
                by,
                _counted(
                    (value[station], chance)
                    for station, chance in chances.items()
                    if station in value
                ),
                _counted((name, 1.0) for name in value.values()),
            )
            for by, value in self._traits.items()
        )


def _counted(values: Iterable[tuple[str, float]]) -> dict[str, float]:
    counts: defaultdict[str, float] = defaultdict(float)
    for name, count in values:
        counts[name] += count
    return dict(sorted(counts.items()))
