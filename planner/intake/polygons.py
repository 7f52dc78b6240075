"""Outlines of the districts of a mission folder, for maps."""

from pathlib import Path
from typing import TYPE_CHECKING

from planner.domain.finding import Finding
from planner.domain.ids import DistrictId
from planner.intake.boundary_file import BOUNDARY_SUFFIXES, read_polygons
from planner.intake.records import find_file

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def load_polygons(folder: Path) -> dict[DistrictId, "BaseGeometry"]:
    """Return the polygon of each district by its id; empty where the folder has no boundaries.

    Parameters
    ----------
    folder
        A mission folder that has been loaded, so that faults of the file have been told already.
    """
    findings: list[Finding] = []
    path = find_file(folder, "boundaries", BOUNDARY_SUFFIXES)
    outlines = read_polygons(path, findings)
    return {DistrictId(code): outline.geometry for code, outline in outlines.items()}
