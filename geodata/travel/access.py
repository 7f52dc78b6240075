"""The last stretch between a place and the road or point that a provider knows."""

import numpy as np
import numpy.typing as npt

from geodata.travel.great_circle import GreatCircle
from geodata.travel.provider import Points, TravelMatrix

ACCESS_KM_H = 20.0
"""Speed off the known roads: village lanes and tracks."""
MAX_SNAP_M = 5_000.0
"""A place further from every road than this is unroutable: its point or the map is wrong."""


def access_legs(origins: Points, destinations: Points, speed_factor: float = 1.0) -> TravelMatrix:
    """Return travel off the known roads, from the i-th origin to the i-th destination.

    Great circle x 1.3 at :data:`ACCESS_KM_H` x ``speed_factor``; arrays of shape (n,).
    """
    lanes = GreatCircle(speed_bands=((None, ACCESS_KM_H),), speed_factor=speed_factor)
    return lanes.legs(origins, destinations)


def same_point(origins: Points, destinations: Points) -> npt.NDArray[np.bool_]:
    """Return which origin is exactly which destination, shape (n, m).

    The same point is reached in 0 s by every provider, even if it lies off all roads.
    """
    return np.asarray((origins[:, None, :] == destinations[None, :, :]).all(axis=2))
