"""Rows of ``stations.csv``: what is beside a station's fields, and points that are missing."""

from collections.abc import Callable, Mapping

from planner.domain.finding import Finding
from planner.domain.place import CoordinatePrecision
from planner.intake.notes import weakness
from planner.intake.records import Cells

BESIDE = ("district_name", "region", "region_name")
"""Columns that describe a station's district where there is no ``districts.csv``."""

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def station_cells(points: Mapping[str, Point], placed: list[str]) -> Callable[[Cells], Cells]:
    """Return a converter that puts a station without a point at the point of its district.

    Parameters
    ----------
    points
        Point by district id, where one is known.
    placed
        Ids of the stations placed so are appended here.
    """

    def convert(cells: Cells) -> Cells:
        if "lat" in cells or "lon" in cells or cells.get("district") not in points:
            return cells
        lat, lon = points[cells["district"]]
        placed.append(str(cells.get("id", "")))
        return cells | {"lat": lat, "lon": lon, "precision": CoordinatePrecision.DISTRICT}

    return convert


def placed_finding(placed: list[str], file: str) -> list[Finding]:
    """Return one finding for all stations that stand at the point of their district."""
    if not placed:
        return []
    shown = ", ".join(placed[:5]) + (" …" if len(placed) > 5 else "")
    return [
        weakness(
            "IN-PLACED",
            file,
            f"{len(placed)} station(s) without coordinates stand at the point of their district",
            value=shown,
            remedy="bring coordinates, or towns.csv with the settlements, and import again",
            file=file,
        )
    ]
