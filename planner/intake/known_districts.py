"""Districts that a mission folder already knows, found by id, name or another spelling."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planner.domain.finding import Finding
from planner.domain.place import District
from planner.intake.boundary_file import (
    BOUNDARY_SUFFIXES,
    REGION_BOUNDARIES,
    DistrictPolygon,
    read_aliases,
    read_polygons,
)
from planner.intake.records import find_file, read_records
from planner.intake.station_rows import Point
from planner.intake.words import folded, numbered_key, place_key, unnumbered_key


@dataclass
class KnownDistricts:
    """Districts by id, with what is known of each.

    Parameters
    ----------
    names, regions
        Name and region id by district id.
    points
        A point of each district (latitude, longitude).
    polygons
        Outlines, where the folder has boundaries.
    aliases
        Other spellings by district id.
    region_polygons
        Outlines of regions; with ``polygons`` they say where the country is.
    """

    names: dict[str, str] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)
    points: dict[str, Point] = field(default_factory=dict)
    polygons: dict[str, DistrictPolygon] = field(default_factory=dict)
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    region_polygons: Mapping[str, DistrictPolygon] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index ids and names."""
        self._ids = {folded(code): code for code in self.names}
        owners: dict[str, set[str]] = defaultdict(set)
        for code, name in self.names.items():
            for spelling in (code, name, *self.aliases.get(code, ())):
                if key := place_key(spelling):
                    owners[key].add(code)
        self._owners = owners

    def __bool__(self) -> bool:
        """Tell whether any district is known."""
        return bool(self.names)

    def find(self, *texts: str, region: str = "") -> str | None:
        """Return the id of the district that one of the texts names, or None.

        An id as it stands comes first, then a name. A name of several districts is decided by the
        region, or not at all.
        """
        for text in texts:
            if text in self.names:
                return text
        for text in texts:
            if text and (code := self._ids.get(folded(text))):
                return code
        for text in texts:
            owners = self._owners.get(place_key(text), set()) if text else set()
            owners = self._of_one_number(owners, text)
            if len(owners) > 1 and region:
                key = place_key(region)
                owners = {code for code in owners if place_key(self.regions[code]) == key}
            if len(owners) == 1:
                return next(iter(owners))
        return None

    def _of_one_number(self, owners: set[str], text: str) -> set[str]:
        """Keep the districts whose number is that of a text: Sector 1 is never Sector 2.

        A number on one side only says nothing: ``32 Gori`` is ``Gori``.
        """
        wanted = numbered_key(text)
        same = {code for code in owners if numbered_key(self.names[code]) == wanted}
        plain = unnumbered_key(text)
        if wanted == plain:
            return same or owners
        return same or {code for code in owners if numbered_key(self.names[code]) == plain}

    def share_found(self, cells: Iterable[str]) -> float:
        """Return the share of filled cells that name a known district, 0 to 1."""
        counts = Counter(cell for cell in cells if cell)
        found = sum(number for cell, number in counts.items() if self.find(cell))
        return found / max(1, counts.total())


def read_known_districts(folder: Path) -> KnownDistricts:
    """Return the districts of ``districts.csv`` and the boundaries of a mission folder.

    Faults in these files are told when the folder is loaded, not here.
    """
    findings: list[Finding] = []
    path = find_file(folder, "boundaries", BOUNDARY_SUFFIXES)
    polygons = read_polygons(path, findings)
    known = KnownDistricts(
        names={code: polygon.name for code, polygon in polygons.items()},
        regions={code: polygon.region for code, polygon in polygons.items()},
        points={code: polygon.point for code, polygon in polygons.items()},
        polygons=polygons,
        aliases=read_aliases(path) if polygons else {},
        region_polygons=read_polygons(
            find_file(folder, REGION_BOUNDARIES, BOUNDARY_SUFFIXES), findings
        ),
    )
    districts = read_records(find_file(folder, "districts"), District, findings)
    for district in districts.values:
        known.names[district.id] = district.name
        known.regions[district.id] = district.region
        known.points[district.id] = (district.lat, district.lon)
    if districts.values:
        known.polygons = {
            code: polygon for code, polygon in polygons.items() if code in known.names
        }
        known.__post_init__()
    return known
