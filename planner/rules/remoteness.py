"""How remote a station is: the great-circle distance to the nearest town, in bands."""

import numpy as np
import numpy.typing as npt

from planner.domain.ids import StationId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Station, Town

BANDS_KM = (10.0, 30.0, 100.0)
"""Upper limits of the bands; the last band is open (B)."""
_RADIUS_KM = 6371.0088


def remoteness_bands(mission: MissionInput) -> dict[StationId, str]:
    """Return the band of every station, e.g. ``10-30 km``; empty for a mission without towns."""
    if not mission.towns or not mission.stations:
        return {}
    from scipy.spatial import cKDTree  # noqa: PLC0415 - heavy import

    chord, _ = cKDTree(_unit_vectors(mission.towns)).query(_unit_vectors(mission.stations))
    km = 2 * _RADIUS_KM * np.arcsin(np.clip(np.asarray(chord) / 2, 0, 1))
    edges = (0.0, *BANDS_KM)
    names = [f"{low:g}-{high:g} km" for low, high in zip(edges, BANDS_KM, strict=False)]
    names.append(f">{BANDS_KM[-1]:g} km")
    bands = np.searchsorted(np.array(BANDS_KM), km).tolist()
    return {station.id: names[band] for station, band in zip(mission.stations, bands, strict=True)}


def _unit_vectors(places: tuple[Town, ...] | tuple[Station, ...]) -> npt.NDArray[np.float64]:
    lat, lon = np.radians(np.array([(place.lat, place.lon) for place in places])).T
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
