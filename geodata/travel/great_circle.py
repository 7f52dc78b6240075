"""Travel times without road data: great circle times a road factor, and speeds by distance.

The default of every mission, because it needs no file and no server. Its figures come from
FINDINGS of the founding material: the road factor 1.3 from two Astana-Almaty road lengths (1.30
and 1.31), the speeds by the road distance of the whole leg.

A speed that depends on the whole leg would let a longer drive take *less* time at the edge of a
band: 4.99 km at 20 km/h are 15 minutes, 5.01 km at 35 km/h under 9. The optimizer would exploit
that, so a leg never takes less time than any shorter one (running maximum over the distance). This
keeps the published speeds everywhere except just above an edge, where the time stays flat until
the faster band has caught up: with the defaults at 5.0-8.8, 20-31.4, 100-118.2 and 300-336.9 km.
Adding the bands up piece by piece would have been smooth too, but makes a drive of 300 km at
"65 km/h" last 313 minutes instead of 277.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.travel.points import checked_pairs, checked_points
from geodata.travel.provider import Points, TravelMatrix

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth, IUGG."""

Bands = tuple[tuple[float | None, float], ...]
"""(road distance up to which the speed holds in km or None, speed in km/h), rising."""

DEFAULT_BANDS: Bands = ((5.0, 20.0), (20.0, 35.0), (100.0, 55.0), (300.0, 65.0), (None, 73.0))

# Rows are worked off in blocks, so that the intermediate arrays stay in the processor's cache.
_BLOCK_CELLS = 250_000
# Below a microsecond a fraction is the arithmetic's noise, not time to be rounded up.
_NOISE_S = 1e-6

_Floats = npt.NDArray[np.float64]
_Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class GreatCircle:
    """Great circle x road factor, speed bands by road distance, season factor.

    Parameters
    ----------
    road_factor
        Road distance over great-circle distance, at least 1.
    speed_bands
        Pairs of (up to this road distance in km, speed in km/h), rising; the last one has None.
    speed_factor
        Multiplies every speed, in (0, 1.5]; e.g. 0.8 in winter.
    season
        The season's name, for the provenance only.

    Raises
    ------
    ValueError
        Expected road_factor >= 1, speed_factor in (0, 1.5], rising bands with positive speeds.
    """

    road_factor: float = 1.3
    speed_bands: Bands = DEFAULT_BANDS
    speed_factor: float = 1.0
    season: str = ""

    def __post_init__(self) -> None:
        """Refuse parameters that would make times negative, infinite or falling."""
        if not (np.isfinite(self.road_factor) and self.road_factor >= 1):
            msg = f"Expected road_factor >= 1, got {self.road_factor}."
            raise ValueError(msg)
        if not 0 < self.speed_factor <= 1.5:
            msg = f"Expected speed_factor in (0, 1.5], got {self.speed_factor}."
            raise ValueError(msg)
        limits = [limit for limit, _ in self.speed_bands]
        edges = [limit for limit in limits[:-1] if limit is not None]
        if not limits or limits[-1] is not None or len(edges) != len(limits) - 1:
            msg = f"Expected speed_bands of which only the last has no limit, got {limits}."
            raise ValueError(msg)
        if any(a >= b for a, b in zip([0.0, *edges], edges, strict=False)):
            msg = f"Expected speed_bands with positive, rising limits, got {limits}."
            raise ValueError(msg)
        if not all(np.isfinite(speed) and speed > 0 for _, speed in self.speed_bands):
            msg = f"Expected speeds above 0 km/h, got {[v for _, v in self.speed_bands]}."
            raise ValueError(msg)

    @property
    def provenance(self) -> str:
        """One line for people: every parameter of the model."""
        parts, lower = [], 0.0
        for limit, speed in self.speed_bands:
            span = f">{lower:g}" if limit is None else f"{lower:g}-{limit:g}"
            parts.append(f"{span} km {speed:g}")
            lower = limit or lower
        season = f" ({self.season})" if self.season else ""
        return (
            f"great circle x {self.road_factor:g} (estimate, no road data); km/h by road distance "
            f"of the leg: {', '.join(parts)}; never less time for a longer leg; "
            f"speeds x {self.speed_factor:g}{season}"
        )

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        """Return travel from every origin to every destination.

        Parameters
        ----------
        origins, destinations
            Arrays of shape (n, 2) and (m, 2) in degrees (latitude, longitude).

        Returns
        -------
        TravelMatrix
            Arrays of shape (n, m): seconds rounded up, metres rounded. Every pair is routable.

        Raises
        ------
        ValueError
            Expected points on the globe.
        """
        starts = unit_vectors(checked_points(origins, "origins"))
        ends = unit_vectors(checked_points(destinations, "destinations"))
        distance_m = np.empty((len(starts), len(ends)), dtype=np.int64)
        duration_s = np.empty_like(distance_m)
        rows = max(1, _BLOCK_CELLS // max(1, len(ends)))
        for first in range(0, len(starts), rows):
            block = slice(first, first + rows)
            chord_square = np.zeros((len(starts[block]), len(ends)))
            for axis in range(3):
                chord_square += (starts[block, axis, None] - ends[None, :, axis]) ** 2
            distance_m[block] = self._road_m(chord_square)
            duration_s[block] = self._seconds(distance_m[block])
        return TravelMatrix(duration_s, distance_m)

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        """Return travel from the i-th origin to the i-th destination, as arrays of shape (n,).

        Raises
        ------
        ValueError
            Expected as many origins as destinations, all on the globe.
        """
        starts, ends = (unit_vectors(p) for p in checked_pairs(origins, destinations))
        chord_square = np.zeros(len(starts))
        for axis in range(3):
            chord_square += (starts[:, axis] - ends[:, axis]) ** 2
        distance_m = self._road_m(chord_square)
        return TravelMatrix(self._seconds(distance_m), distance_m)

    def _road_m(self, chord_square: _Floats) -> _Integers:
        # The haversine of the angle is the square of half the chord; rounding may pass 1 by a hair.
        half_chord = np.sqrt(chord_square, out=chord_square)
        half_chord *= 0.5
        np.minimum(half_chord, 1.0, out=half_chord)
        arc = np.arcsin(half_chord, out=half_chord)
        arc *= 2.0 * EARTH_RADIUS_M * self.road_factor
        return np.rint(arc, out=arc).astype(np.int64)

    def _seconds(self, distance_m: _Integers) -> _Integers:
        # From whole metres, so that equal distances in a document always mean equal times.
        speeds_m_s = np.array([speed for _, speed in self.speed_bands]) * self.speed_factor / 3.6
        edges_m = np.array([limit * 1000.0 for limit, _ in self.speed_bands if limit is not None])
        band = np.searchsorted(edges_m, distance_m)
        slowest_s = np.maximum.accumulate(np.concatenate([[0.0], edges_m / speeds_m_s[:-1]]))
        seconds = np.maximum(distance_m / speeds_m_s[band], slowest_s[band])
        return np.ceil(seconds - _NOISE_S).astype(np.int64)


def great_circle_m(origins: Points, destinations: Points) -> _Floats:
    """Return the great-circle distance from the i-th origin to the i-th destination in metres.

    Haversine formula on a sphere of radius :data:`EARTH_RADIUS_M`.

    Raises
    ------
    ValueError
        Expected as many origins as destinations, all on the globe.
    """
    starts, ends = (unit_vectors(p) for p in checked_pairs(origins, destinations))
    half_chord = np.sqrt(((starts - ends) ** 2).sum(axis=1)) / 2.0
    return np.asarray(2.0 * EARTH_RADIUS_M * np.arcsin(np.minimum(half_chord, 1.0)))


def unit_vectors(points: Points) -> _Floats:
    """Return the points on the unit sphere, shape (n, 3); chords between them measure arcs."""
    lat, lon = np.radians(points[:, 0]), np.radians(points[:, 1])
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
