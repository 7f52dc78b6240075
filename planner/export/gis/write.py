"""One door to all map formats."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from planner.domain.ids import TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.export.gis.geopackage import write_geopackage
from planner.export.gis.gpx import write_gpx
from planner.export.gis.kml import write_kml
from planner.export.gis.layers import layers
from planner.export.gis.scope import Polygons, scope

GisKind = Literal["gpkg", "kml", "gpx"]


def write_gis(
    mission: MissionInput,
    plan: Plan,
    path: Path,
    kind: GisKind,
    *,
    teams: Sequence[TeamId] | None = None,
    polygons: Polygons | None = None,
) -> None:
    """Write a map of the plan; the same input gives the same bytes.

    Every feature carries its data status, the credits of the sources and the notice of who may
    read it. Lines join places; they are not roads.

    Parameters
    ----------
    mission, plan
        The documents that are shown.
    path
        The file, replaced as a whole.
    kind
        ``gpkg``: layers ``areas`` and ``districts`` (with ``polygons`` only), ``routes``,
        ``stations``, ``stops``, ``commissions``, ``base_towns``. ``kml``: folders of areas, base
        towns and each pair. ``gpx``: base towns as waypoints, one route a pair, times in UTC.
    teams
        Show these teams only, and of places only those that they use; None for everything.
    polygons
        District polygons by id, longitude and latitude in degrees (WGS 84).

    Raises
    ------
    PlannerError
        ``EX-TEAM`` for an unknown team, ``EX-WRITE`` if the file cannot be written.
    """
    shown = scope(mission, plan, teams, polygons)
    if kind == "gpkg":
        write_geopackage(layers(shown), path)
    elif kind == "kml":
        write_kml(shown, path)
    else:
        write_gpx(shown, path)
