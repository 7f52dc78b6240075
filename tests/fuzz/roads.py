"""Travel for made-up countries: walls that no road crosses, and one-way detours."""

from dataclasses import dataclass, field

import numpy as np

from geodata.travel.great_circle import GreatCircle
from geodata.travel.provider import UNROUTABLE, Points, TravelMatrix


@dataclass(frozen=True)
class Roads:
    """The great circle, with what real road networks have besides.

    Parameters
    ----------
    walls_lon
        Meridians in degrees that no road crosses.
    detour
        Driving north takes this much longer than the great circle says.
    """

    walls_lon: tuple[float, ...] = ()
    detour: float = 1.0
    plain: GreatCircle = field(default_factory=GreatCircle)

    @property
    def provenance(self) -> str:
        """One line for people."""
        return f"made up: walls at {self.walls_lon}, x {self.detour:g} to the north"

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        """Return travel from every origin to every destination."""
        plain = self.plain.matrix(origins, destinations)
        return self._changed(plain, origins[:, None, :], destinations[None, :, :])

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        """Return travel from the i-th origin to the i-th destination."""
        return self._changed(self.plain.legs(origins, destinations), origins, destinations)

    def _changed(self, plain: TravelMatrix, origins: Points, destinations: Points) -> TravelMatrix:
        north = destinations[..., 0] > origins[..., 0]
        factor = np.where(north, self.detour, 1.0)
        duration_s = np.ceil(plain.duration_s * factor).astype(np.int64)
        distance_m = np.ceil(plain.distance_m * factor).astype(np.int64)
        for wall in self.walls_lon:
            crossing = (origins[..., 1] < wall) != (destinations[..., 1] < wall)
            duration_s[crossing] = distance_m[crossing] = UNROUTABLE
        return TravelMatrix(duration_s, distance_m)
