"""What a mission folder holds, file by file, before anything is derived or compared."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.domain.decision import Decision
from planner.domain.finding import Finding
from planner.domain.mission import Mission
from planner.domain.observer import Observer
from planner.domain.place import Adjacency, Commission, District, Region, Station, Town
from planner.errors import PlannerError
from planner.intake.boundary_file import (
    BOUNDARY_SUFFIXES,
    REGION_BOUNDARIES,
    DistrictPolygon,
    read_polygons,
)
from planner.intake.mission_file import read_decisions, read_mission
from planner.intake.notes import problem
from planner.intake.records import (
    TABLE_SUFFIXES,
    Records,
    find_file,
    observer_cells,
    read_records,
    region_cells,
)
from planner.intake.station_rows import BESIDE, placed_finding, station_cells


@dataclass(frozen=True)
class Given:
    """Records of every file of a mission folder; an absent file gives no records.

    Parameters
    ----------
    mission
        None if ``mission.toml`` is missing or faulty.
    polygons
        District outlines by district id.
    region_polygons
        Region outlines by region id; they tell the region of a district by its point.
    files
        All files that were read, and the travel file that the mission names.
    """

    mission: Mission | None
    decisions: tuple[Decision, ...]
    polygons: Mapping[str, DistrictPolygon]
    region_polygons: Mapping[str, DistrictPolygon]
    regions: Records[Region]
    districts: Records[District]
    adjacency: Records[Adjacency]
    stations: Records[Station]
    towns: Records[Town]
    commissions: Records[Commission]
    observers: Records[Observer]
    files: tuple[Path, ...]


class _Files:
    """Finds the files of a folder and remembers them."""

    def __init__(self, folder: Path, findings: list[Finding]) -> None:
        self.folder = folder
        self.findings = findings
        self.found: list[Path] = []

    def __call__(self, stem: str, suffixes: Sequence[str] = TABLE_SUFFIXES) -> Path | None:
        try:
            path = find_file(self.folder, stem, suffixes)
        except PlannerError as error:
            self.findings.append(problem(error.code, stem, error.message, remedy=error.remedy))
            return None
        if path is not None:
            self.found.append(path)
        return path

    def named(self, name: str) -> None:
        """Remember a file by its name, if it is there."""
        if name and (path := self.folder / name).is_file():
            self.found.append(path)


def hash_files(paths: Iterable[Path], folder: Path) -> str:
    """Return SHA-256 over names (relative to ``folder``) and bytes of files, in name order.

    A file outside the folder (a road extract that several missions share) counts by its name.
    """
    digest = hashlib.sha256()
    named = {
        path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name: path
        for path in paths
    }
    for name, path in sorted(named.items()):
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def read_given(folder: Path, findings: list[Finding]) -> Given:
    """Read all files of a mission folder; faults are appended to ``findings``."""
    find = _Files(folder, findings)
    find.named("mission.toml")
    find.named("decisions.toml")
    mission = read_mission(folder / "mission.toml", findings)
    decisions = read_decisions(folder / "decisions.toml", findings)
    polygons = read_polygons(find("boundaries", BOUNDARY_SUFFIXES), findings)
    districts = read_records(find("districts"), District, findings)
    points = {code: polygon.point for code, polygon in polygons.items()}
    points |= {str(district.id): (district.lat, district.lon) for district in districts.values}
    placed: list[str] = []
    stations = read_records(
        find("stations"),
        Station,
        findings,
        convert=station_cells(points, placed),
        beside=BESIDE,
        filled=("lat", "lon") if points else (),
    )
    findings += placed_finding(placed, stations.file)
    given = Given(
        mission=mission,
        decisions=decisions,
        polygons=polygons,
        region_polygons=read_polygons(find(REGION_BOUNDARIES, BOUNDARY_SUFFIXES), findings),
        regions=read_records(find("regions"), Region, findings, convert=region_cells),
        districts=districts,
        adjacency=read_records(find("adjacency"), Adjacency, findings),
        stations=stations,
        towns=read_records(find("towns"), Town, findings),
        commissions=read_records(find("commissions"), Commission, findings),
        observers=read_records(find("observers"), Observer, findings, convert=observer_cells),
        files=(),
    )
    if mission is not None:
        find.named(mission.policies.travel.file)
    return Given(**{**given.__dict__, "files": tuple(find.found)})
