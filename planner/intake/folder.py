"""Loads a mission folder: everything is validated before anything is solved."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from planner.domain.finding import Finding, hard
from planner.domain.mission import Mission
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer
from planner.domain.place import Commission, District, Region, Station, Town
from planner.errors import InputError
from planner.intake.derive import derive_districts, derive_regions, derive_towns
from planner.intake.given import Given, hash_files, read_given
from planner.intake.neighbours import derive_adjacency
from planner.intake.notes import problem
from planner.intake.references import (
    check_commissions,
    check_decisions,
    check_districts,
    check_mission,
    check_neighbours,
    check_regions,
    check_roster,
    check_zones,
    repeated_ids,
)
from planner.intake.settlements import derive_settlements

_Record = TypeVar("_Record", Region, District, Station, Town, Commission, Observer)


@dataclass(frozen=True)
class LoadedMission:
    """A mission that can be planned, and what intake has to say about it.

    Parameters
    ----------
    mission_input
        All records, validated, sorted by id.
    findings
        Soft and info findings; a hard one would have raised.
    files
        The files that were read, in the order of reading.
    """

    mission_input: MissionInput
    findings: tuple[Finding, ...]
    files: tuple[Path, ...] = ()


@dataclass(frozen=True)
class _Places:
    """Places of a mission, given or derived."""

    regions: tuple[Region, ...]
    districts: tuple[District, ...]
    towns: tuple[Town, ...]


def load_mission(folder: Path) -> LoadedMission:
    """Load a mission folder, and derive what it leaves out.

    Needed are ``mission.toml`` and ``stations.csv``. Regions, districts, neighbours, towns and
    settlement types are derived where their files are missing, and a finding says so.

    Parameters
    ----------
    folder
        The mission folder.

    Raises
    ------
    InputError
        If something makes planning impossible; carries all findings, the soft ones too.
    """
    if not folder.is_dir():
        raise InputError(
            f"there is no folder {folder}",
            remedy="create it with `mission-planner new` or `mission-planner demo`",
        )
    findings: list[Finding] = []
    given = read_given(folder, findings)
    findings += _check_alone(given, readable=not hard(findings))
    mission = given.mission
    if mission is None:
        raise _refused(folder, findings)
    places = _places(given, mission, findings)
    findings += _check_together(given, mission, places)
    if hard(findings):
        raise _refused(folder, findings)
    neighbours, notes = derive_adjacency(
        places.districts, given.polygons, given.stations.values, given.adjacency.values
    )
    findings += notes
    stations, notes = derive_settlements(given.stations.values)
    findings += notes
    return LoadedMission(
        mission_input=MissionInput(
            mission=mission,
            regions=_by_id(places.regions),
            districts=_by_id(places.districts),
            adjacency=neighbours,
            towns=_by_id(places.towns),
            stations=_by_id(stations),
            commissions=_by_id(given.commissions.values),
            observers=_by_id(given.observers.values),
            decisions=given.decisions,
            input_hash=hash_files(given.files, folder),
            folder=str(folder),
        ),
        findings=tuple(findings),
        files=given.files,
    )


def _by_id(records: Iterable[_Record]) -> tuple[_Record, ...]:
    return tuple(sorted(records, key=lambda record: record.id))


def _refused(folder: Path, findings: list[Finding]) -> InputError:
    count = len(hard(findings))
    return InputError(
        f"mission folder {folder.resolve().name} cannot be planned: {count} problem(s) must be put "
        "right first",
        findings,
        remedy="correct the records named, or import the lists again",
    )


def _check_alone(given: Given, *, readable: bool) -> list[Finding]:
    """Check each file by itself: ids that stand twice, unknown time zones, no station."""
    found = [
        *repeated_ids(given.regions),
        *repeated_ids(given.districts),
        *repeated_ids(given.stations),
        *repeated_ids(given.towns),
        *repeated_ids(given.commissions),
        *repeated_ids(given.observers),
        *check_zones(given.regions),
    ]
    if readable and not given.stations.values:
        found.append(
            problem(
                "IN-STATIONS",
                "stations.csv",
                "there is no station",
                remedy="bring a list in with `mission-planner import stations FILE`",
                file=given.stations.file or "stations.csv",
            )
        )
    return found


def _places(given: Given, mission: Mission, findings: list[Finding]) -> _Places:
    """Return the places given, and derive those that have no file."""
    districts = given.districts.values
    if not given.districts.file:
        districts, notes = derive_districts(
            given.stations, given.polygons, mission, given.region_polygons
        )
        findings += notes
    regions = given.regions.values
    if not given.regions.file:
        regions, notes = derive_regions(
            districts, given.polygons, given.stations, mission, given.region_polygons
        )
        findings += notes
    towns = given.towns.values
    if not given.towns.file:
        towns, notes = derive_towns(given.stations.values, districts)
        findings += notes
    return _Places(regions, districts, towns)


def _check_together(given: Given, mission: Mission, places: _Places) -> list[Finding]:
    """Check what the files say about one another."""
    districts = {district.id for district in places.districts}
    found = [
        *check_regions(given.districts, {region.id for region in places.regions}),
        *check_districts(given.stations, districts),
        *check_districts(given.towns, districts),
        *check_districts(given.commissions, districts),
        *check_commissions(given.stations, {c.id for c in given.commissions.values}),
    ]
    found += check_neighbours(given.adjacency, districts)
    towns = {town.id for town in places.towns}
    found += check_decisions(
        given.decisions,
        observers={observer.id for observer in given.observers.values},
        districts=districts,
        towns=towns,
        stations={station.id for station in given.stations.values},
        file="decisions.toml",
    )
    found += check_mission(mission, towns)
    found += check_roster(mission, given.observers.values, given.observers.file)
    return found
