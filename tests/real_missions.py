"""Mission folders made from the real station lists in ``../shared``, for tests of every floor.

The lists and boundaries must not be copied into the project; a test that needs them says why it
is skipped where they are absent.
"""

from datetime import date
from pathlib import Path

import pytest

from planner.demo.roster import make_roster
from planner.intake.importing import import_file
from planner.intake.new import new_mission
from planner.intake.write import write_observers

SHARED = Path(__file__).resolve().parents[2] / "shared"
needs_shared = pytest.mark.skipif(
    not (SHARED / "stations").is_dir(),
    reason="needs the real station lists in ../shared, which are not part of the project",
)
SEED = 2024


def georgia_folder(folder: Path, shared: Path = SHARED) -> Path:
    """Build Georgia, 26 October 2024: real stations, region outlines, a synthetic roster.

    15 LTO teams and 175 STO pairs. Districts have no polygons: they follow from the stations.
    """
    new_mission(folder, "GE", date(2024, 10, 26), lto_teams=15, sto_pairs=175)
    import_file("boundaries", shared / "geodata" / "ge_adm1.geojson", folder, level="region")
    import_file("stations", shared / "stations" / "georgia_2024.csv", folder)
    roster = make_roster("GE", 30, 350, 10, SEED, local_languages=("ka", "ru"))
    write_observers(roster, folder / "observers.csv")
    return folder


def moldova_folder(folder: Path, shared: Path = SHARED) -> Path:
    """Build Moldova, 20 October 2024: stations without coordinates, districts with polygons.

    13 LTO teams and 100 STO pairs.
    """
    new_mission(folder, "MD", date(2024, 10, 20), lto_teams=13, sto_pairs=100)
    import_file("boundaries", shared / "geodata" / "md_adm1.geojson", folder)
    import_file("stations", shared / "stations" / "moldova_2024.csv", folder)
    roster = make_roster("MD", 26, 200, 8, SEED, local_languages=("ro", "ru"))
    write_observers(roster, folder / "observers.csv")
    return folder
