"""The protocol of all travel-time providers."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""Shape (n, 2): latitude and longitude in degrees, WGS 84."""
UNROUTABLE = -1
"""Marks a pair of places between which there is no way, in both arrays of a matrix."""


@dataclass(frozen=True)
class TravelMatrix:
    """Travel between two lists of places.

    Parameters
    ----------
    duration_s, distance_m
        Integer arrays of shape (origins, destinations), in seconds and metres; ``UNROUTABLE``
        where there is no way.
    """

    duration_s: npt.NDArray[np.int64]
    distance_m: npt.NDArray[np.int64]


class TravelProvider(Protocol):
    """Answers how long a drive takes and how far it is."""

    @property
    def provenance(self) -> str:
        """One line for people: model, parameters, source, season."""

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        """Return travel from every origin to every destination.

        Parameters
        ----------
        origins, destinations
            Arrays of shape (n, 2) and (m, 2) in degrees (latitude, longitude).
        """

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        """Return travel from the i-th origin to the i-th destination, as arrays of shape (n,)."""
