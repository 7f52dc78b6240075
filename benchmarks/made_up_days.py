"""Election days made up for comparison: hubs, towns and villages on a plane, as clusters.

Ten pairs, twelve drawn stations a pair, a cap of ten visits, legs of at most an hour, four hours
of driving: the policies that a mission begins with. What differs is how far apart things are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.optimizer.days.cluster import NO_PIN, Cluster, Limits

HOUR_S = 3600
OPENS_S = 31 * HOUR_S
CLOSES_S = OPENS_S + 13 * HOUR_S
STAY_S, TABULATION_S = 35 * 60, HOUR_S
DETOUR = 1.3
"""Length of a road over the length of the crow's flight."""
SPEED_KM_H = ((5.0, 20.0), (20.0, 35.0), (100.0, 55.0), (300.0, 65.0), (np.inf, 73.0))
"""Speed of a drive of up to so many kilometres."""


@dataclass(frozen=True)
class Country:
    """How a made-up area looks.

    Parameters
    ----------
    across_km
        Width and height of the area.
    hubs
        Base towns, spread over the area.
    around_km
        Settlements lie within so far of a hub.
    towns
        Share of stations that stand in the hubs themselves.
    """

    name: str
    across_km: float
    hubs: int
    around_km: float
    towns: float


COUNTRIES = (
    Country("compact towns", 40.0, 2, 8.0, 0.8),
    Country("mixed", 120.0, 4, 35.0, 0.4),
    Country("travel-bound 260 km", 260.0, 5, 60.0, 0.2),
    Country("travel-bound 500 km", 500.0, 6, 90.0, 0.1),
)


def days(seeds: int, pairs: int = 10) -> Iterator[tuple[str, Cluster]]:
    """Yield name and cluster of each country for each seed."""
    for country in COUNTRIES:
        for seed in range(1, seeds + 1):
            yield f"{country.name}, seed {seed}", make(country, pairs, seed)


def make(country: Country, pairs: int, seed: int) -> Cluster:
    """Return one election day."""
    rng = np.random.default_rng(seed)
    hubs = rng.uniform(0.15, 0.85, (country.hubs, 2)) * country.across_km
    team_hub = np.sort(np.arange(pairs) % country.hubs)
    stations = np.concatenate(
        [_around(hubs[hub], country, rng) for hub in team_hub.tolist() for _ in range(4)]
    )
    points = np.concatenate([hubs, stations])
    drive = _drive_s(points)
    n, m = len(stations), country.hubs
    home = np.where(drive[m:, :m] <= HOUR_S, drive[m:, :m], -1)
    # The commission sits in the nearest base town.
    seat = np.argmin(drive[m:, :m], axis=1)
    there = drive[np.arange(m, m + n), seat][:, None]
    back = drive[seat][:, :m]
    passes = (there <= HOUR_S) & (back <= HOUR_S)

    def full(value: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.full(n, value, dtype=np.int64)

    return Cluster(
        drive_s=drive,
        team_hub=team_hub.astype(np.int64),
        stay_s=full(STAY_S),
        visit_from_s=full(OPENS_S),
        visit_to_s=full(CLOSES_S),
        open_arrive_s=full(OPENS_S - 45 * 60),
        open_leave_s=full(OPENS_S + 30 * 60),
        close_arrive_s=full(CLOSES_S - 30 * 60),
        count_from_s=full(CLOSES_S),
        count_to_s=full(CLOSES_S + 3 * HOUR_S),
        tail_drive_s=np.where(passes, there + back, home),
        tail_s=np.where(passes, there + back + TABULATION_S, home),
        tail_value=passes.astype(np.int64),
        may_open=np.ones(n, dtype=bool),
        may_close=(passes | (home >= 0)).any(axis=1),
        may_visit=np.ones(n, dtype=bool),
        visit_value=full(1),
        opening_value=3,
        count_value=3,
        pinned_team=full(NO_PIN),
        stratum=full(0),
        stratum_quota=np.array([n], dtype=np.int64),
        limits=Limits(10, HOUR_S, 4 * HOUR_S, 24 * HOUR_S),
    )


def _around(
    hub: np.ndarray[tuple[int], np.dtype[np.float64]], country: Country, rng: np.random.Generator
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return three stations of one settlement: the hub itself, or a village within reach."""
    if rng.random() < country.towns:
        return hub + rng.normal(0, 1.5, (3, 2))
    reach = country.around_km * np.sqrt(rng.random())
    turn = rng.uniform(0, 2 * np.pi)
    village = hub + reach * np.array([np.cos(turn), np.sin(turn)])
    return np.asarray(village + rng.normal(0, max(1.0, country.around_km / 15), (3, 2)))


def _drive_s(
    points: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Return driving between all points; a longer road never takes less time."""
    km = DETOUR * np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    hours = np.zeros_like(km)
    begin = 0.0
    for end, speed in SPEED_KM_H:
        here = km > begin
        hours[here] = np.maximum(hours[here], np.minimum(km[here], end) / speed)
        begin = end
    seconds = np.ceil(hours * HOUR_S).astype(np.int64)
    np.fill_diagonal(seconds, 0)
    return seconds
