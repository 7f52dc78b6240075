"""Candidate base towns from a gazetteer, for a mission that brings none."""

from pathlib import Path

from planner.domain.ids import DistrictId, TownId
from planner.domain.place import DataStatus, Town
from planner.errors import PlannerError
from planner.intake.folder import load_mission
from planner.intake.polygons import load_polygons
from planner.intake.write import write_towns


def towns_from_gazetteer(folder: Path) -> tuple[Path, int]:
    """Write ``towns.csv`` with the towns of the host country that lie in a district.

    Beds stay empty: nobody has counted them. Names and places are GeoNames' (CC BY 4.0).

    Returns
    -------
    tuple
        The file written, and the number of towns in it.

    Raises
    ------
    PlannerError
        ``IN-TOWNS``: there is a ``towns.csv`` already, which is never overwritten; or no town of
        the gazetteer lies in a district. ``IN-EXTRA``: the extra is not installed, or does not know
        the country.
    """
    path = folder / "towns.csv"
    if path.exists():
        raise PlannerError("IN-TOWNS", f"{path} is there already", "move it away first")
    from geodata.errors import GeodataError  # noqa: PLC0415 - heavy import
    from geodata.gazetteer import (  # noqa: PLC0415 - heavy import
        towns_in_districts,
        towns_of_country,
    )

    mission = load_mission(folder).mission_input
    try:
        found = towns_of_country(mission.mission.country)
    except (GeodataError, ImportError) as error:
        raise PlannerError("IN-EXTRA", str(error), "or import towns from your own list") from error
    districts = towns_in_districts(
        found, {str(code): shape for code, shape in load_polygons(folder).items()}
    )
    towns = [
        Town(
            id=TownId(town.id),
            name=town.name,
            district=DistrictId(districts[town.id]),
            lat=town.lat,
            lon=town.lon,
            population=town.population or None,
            status=DataStatus.ESTIMATE,
        )
        for town in found
        if town.id in districts
    ]
    if not towns:
        raise PlannerError(
            "IN-TOWNS",
            f"no town of the gazetteer lies in a district of {mission.mission.country}",
            "import towns from a list of your own",
        )
    write_towns(sorted(towns, key=lambda town: town.id), path)
    return path, len(towns)
