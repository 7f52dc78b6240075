"""Outlines of a mission's districts, for maps: its boundaries, or cells around its stations."""

from pathlib import Path
from typing import TYPE_CHECKING

from planner.domain.finding import Finding
from planner.domain.ids import DistrictId
from planner.domain.place import District, Station
from planner.intake.boundary_file import BOUNDARY_SUFFIXES, read_polygons
from planner.intake.neighbours import outlines
from planner.intake.records import find_file, read_records

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def load_polygons(folder: Path) -> dict[DistrictId, "BaseGeometry"]:
    """Return the outline of every district of a mission folder.

    Parameters
    ----------
    folder
        A mission folder that loads; faults are told by
        :func:`planner.intake.folder.load_mission`, not here.

    Returns
    -------
    dict
        Polygons in longitude and latitude, sorted by district id. Districts without boundaries
        get the cells around their stations (Voronoi), those without stations are left out.
    """
    ignored: list[Finding] = []
    polygons = read_polygons(find_file(folder, "boundaries", BOUNDARY_SUFFIXES), ignored)
    districts = read_records(find_file(folder, "districts"), District, ignored)
    stations = read_records(find_file(folder, "stations"), Station, ignored)
    codes = {str(district.id) for district in districts.values}
    codes = codes or {*polygons, *(str(station.district) for station in stations.values)}
    found = outlines(sorted(codes), polygons, stations.values)
    return {DistrictId(code): found[code] for code in sorted(found)}
