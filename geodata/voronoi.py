"""Voronoi cells that are valid for any points: one, two, on a line, on a regular grid."""

import numpy as np
import numpy.typing as npt
import shapely
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geodata.coverage import polygonal

_HELPERS = 13
_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))


def voronoi_cells(xy: npt.NDArray[np.float64], frame: BaseGeometry) -> npt.NDArray[np.object_]:
    """Return the Voronoi cell of each point; together they cover the frame.

    Helpers far outside the frame make the diagram defined for one point, two, or a line of them.
    They stand on an uneven spiral, because evenly placed ones make cells that cross themselves.

    Parameters
    ----------
    xy
        Different points, shape (n, 2), in any plane.
    frame
        Polygon that holds the points.

    Returns
    -------
    object array of shape (n,)
        Valid polygons in the order of the points, larger than the frame.
    """
    west, south, east, north = frame.bounds
    centre = np.array([(west + east) / 2, (south + north) / 2])
    step = np.arange(_HELPERS)
    reach = max(east - west, north - south) * (4 + 0.11 * step)
    angle = 0.1 + _GOLDEN_ANGLE * step
    ring = centre + reach[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    diagram = shapely.voronoi_polygons(
        shapely.multipoints(np.vstack([xy, ring])), ordered=True, extend_to=frame
    )
    cells = np.asarray(shapely.get_parts(diagram)[: len(xy)], dtype=object)
    for position in np.flatnonzero(~shapely.is_valid(cells)).tolist():
        cells[position] = polygonal(shapely.make_valid(cells[position]))
    return cells


def dissolve(cells: npt.NDArray[np.object_]) -> BaseGeometry:
    """Return the union of neighbouring cells: fast where their edges match, exact otherwise."""
    try:
        merged = shapely.coverage_union_all(cells)
    except GEOSException:  # edges that should be equal differ in the last digit
        return shapely.union_all(cells)
    return merged if merged.is_valid else shapely.union_all(cells)
