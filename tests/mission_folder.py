"""Writes a mission that a test has built as a folder of normalised files."""

from pathlib import Path

from planner.domain.mission_input import MissionInput
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


def write_folder(mission: MissionInput, folder: Path) -> Path:
    """Write everything but decisions; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_mission_toml(mission.mission, folder / "mission.toml")
    write_regions(mission.regions, folder / "regions.csv")
    write_districts(mission.districts, folder / "districts.csv")
    write_adjacency(mission.adjacency, folder / "adjacency.csv")
    write_stations(mission.stations, folder / "stations.csv")
    write_towns(mission.towns, folder / "towns.csv")
    write_commissions(mission.commissions, folder / "commissions.csv")
    write_observers(mission.observers, folder / "observers.csv")
    return folder
