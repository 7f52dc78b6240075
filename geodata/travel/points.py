"""Points that a provider accepts: finite, on the globe, latitude first."""

import numpy as np
import numpy.typing as npt

from geodata.travel.provider import Points

_SHOWN = 5


def checked_points(points: npt.ArrayLike, name: str = "points") -> Points:
    """Return ``points`` as an array of shape (n, 2), refusing what is not on the globe.

    Parameters
    ----------
    points
        Latitude and longitude in degrees, shape (n, 2); an empty list is n = 0.
    name
        How the error calls them.

    Raises
    ------
    ValueError
        Expected an array of shape (n, 2), or latitudes in [-90, 90] and longitudes in
        [-180, 180]; names the first offending points by index.
    """
    array = np.asarray(points, dtype=np.float64)
    if array.size == 0:
        return array.reshape(0, 2)
    if array.ndim != 2 or array.shape[1] != 2:
        msg = f"Expected {name} of shape (n, 2) as latitude, longitude; got {array.shape}."
        raise ValueError(msg)
    # NaN compares false, so this also finds it.
    fine = (np.abs(array[:, 0]) <= 90.0) & (np.abs(array[:, 1]) <= 180.0)
    if not fine.all():
        wrong = np.flatnonzero(~fine)
        shown = ", ".join(f"{i}: ({array[i, 0]}, {array[i, 1]})" for i in wrong[:_SHOWN])
        msg = (
            f"Expected {name} with latitude in [-90, 90] and longitude in [-180, 180]; "
            f"{len(wrong)} of {len(array)} are not, first {shown}."
        )
        raise ValueError(msg)
    return array


def checked_pairs(origins: npt.ArrayLike, destinations: npt.ArrayLike) -> tuple[Points, Points]:
    """Return two equally long arrays of points, for the legs of a provider.

    Raises
    ------
    ValueError
        Expected as many origins as destinations, or see :func:`checked_points`.
    """
    first, second = checked_points(origins, "origins"), checked_points(destinations, "destinations")
    if len(first) != len(second):
        msg = f"Expected as many origins as destinations, got {len(first)} and {len(second)}."
        raise ValueError(msg)
    return first, second
