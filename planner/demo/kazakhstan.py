"""The demo mission ``kazakhstan-2022``: all files of its folder."""

import json
from collections.abc import Mapping
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.adjacency import adjacency, join_components
from planner.demo.kazakhstan_mission import mission, regions
from planner.demo.kazakhstan_places import Layout, lay_out
from planner.demo.kazakhstan_stations import make_stations
from planner.demo.roster import make_roster
from planner.domain.ids import DistrictId
from planner.domain.place import Adjacency, District
from planner.intake.write import (
    write_adjacency,
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
    write_boundaries(layout.polygons, layout.districts, layout.region_names, folder)
    write_adjacency(exceptions(layout), folder / "adjacency.csv")
    write_towns(layout.towns, folder / "towns.csv")
    write_commissions(layout.commissions, folder / "commissions.csv")
    write_stations(make_stations(layout, seed), folder / "stations.csv")
    roster = make_roster("KZ", LTO, STO, RESERVES, seed, local_languages=("ru", "kk"))
    write_observers(roster, folder / "observers.csv")
    (folder / "decisions.toml").write_text(_DECISIONS, encoding="utf-8", newline="\n")


def exceptions(layout: Layout) -> tuple[Adjacency, ...]:
    """Return the explicit neighbours beside shared borders: none where borders join everything."""
    polygons = {str(code): polygon for code, polygon in layout.polygons.items()}
    area_of = {str(d.id): str(d.region) for d in layout.districts}
    joined = join_components(polygons, adjacency(polygons), area_of)
    return tuple(
        Adjacency(a=DistrictId(pair.a), b=DistrictId(pair.b), reason=pair.reason) for pair in joined
    )


def write_boundaries(
    polygons: Mapping[DistrictId, BaseGeometry],
    districts: tuple[District, ...],
    region_names: Mapping[str, str],
    folder: Path,
) -> None:
    """Write ``boundaries.geojson``: compact, four decimals, one feature a line."""
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {
                    "id": district.id,
                    "name": district.name,
                    "region": district.region,
                    "region_name": region_names[district.region],
                    "status": district.status.value,
                },
                "geometry": json.loads(shapely.to_geojson(polygons[district.id])),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for district in districts
    ]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    (folder / "boundaries.geojson").write_text(text, encoding="utf-8", newline="\n")
