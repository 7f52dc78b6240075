"""The demo mission ``kazakhstan-2022``: all files of its folder."""

from pathlib import Path

from geodata.adjacency import adjacency, join_components
from planner.demo.kazakhstan_mission import mission, regions
from planner.demo.kazakhstan_places import Layout, lay_out
from planner.demo.kazakhstan_stations import make_stations
from planner.demo.roster import make_roster
from planner.domain.ids import DistrictId
from planner.domain.place import Adjacency
from planner.export.atomic import write_text
from planner.intake.write import (
    write_adjacency,
    write_boundaries,
    write_commissions,
    write_districts,
    write_mission_toml,
    write_observers,
    write_regions,
    write_stations,
    write_towns,
)

LTO, STO, RESERVES = 30, 300, 12
_DECISIONS = """\
# Decisions (pins) that the plan is made around. None yet. An example:
#
# [[decision]]
# kind = "never_state_area"
# state = "NO"
# area = "A01"
# author = "LTO co-ordinator"
# reason = "why"
"""


def write_kazakhstan_2022(folder: Path, seed: int) -> None:
    """Write the mission folder; real are regions, towns and counts by region, nothing else."""
    layout = lay_out(seed)
    write_mission_toml(mission(layout.capital, seed), folder / "mission.toml")
    write_regions(regions(), folder / "regions.csv")
    write_districts(layout.districts, folder / "districts.csv")
    write_boundaries(
        layout.districts, layout.polygons, layout.region_names, folder / "boundaries.geojson"
    )
    write_adjacency(exceptions(layout), folder / "adjacency.csv")
    write_towns(layout.towns, folder / "towns.csv")
    write_commissions(layout.commissions, folder / "commissions.csv")
    write_stations(make_stations(layout, seed), folder / "stations.csv")
    roster = make_roster("KZ", LTO, STO, RESERVES, seed, local_languages=("ru", "kk"))
    write_observers(roster, folder / "observers.csv")
    write_text(folder / "decisions.toml", _DECISIONS)


def exceptions(layout: Layout) -> tuple[Adjacency, ...]:
    """Return the explicit neighbours beside shared borders: none where borders join everything."""
    polygons = {str(code): polygon for code, polygon in layout.polygons.items()}
    area_of = {str(d.id): str(d.region) for d in layout.districts}
    joined = join_components(polygons, adjacency(polygons), area_of)
    return tuple(
        Adjacency(a=DistrictId(pair.a), b=DistrictId(pair.b), reason=pair.reason) for pair in joined
    )
