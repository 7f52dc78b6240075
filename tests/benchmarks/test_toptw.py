"""Reading a published instance, writing it as a cluster, and the check of routes."""

from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.toptw import solve
from benchmarks.toptw_file import Instance, as_cluster, faults, profit, read

FILE = """1 2 3 1
0 100
 0 0.00 0.00 0 0 0 0 0 100
 1 3.00 4.00 10 7 1 1 1 0 50
 2 6.00 8.00 10 5 1 1 1 40 90
 3 9.00 1.00 10 9 1 1 1 0 5
"""


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    path = tmp_path / "some.txt"
    path.write_text(FILE)
    return read(path)


def test_a_file_is_read(instance: Instance):
    assert instance.name == "some"
    assert instance.decimals == 1
    assert [vertex.profit for vertex in instance.vertices] == [0, 7, 5, 9]
    assert instance.vertices[2].opens == Decimal(40)


def test_distances_are_cut_not_rounded(instance: Instance):
    assert instance.distance(0, 1) == 50
    # sqrt(82) = 9.055..., to tenths 9.0
    assert instance.distance(0, 3) == 90


def test_coordinates_with_decimals_mean_two_decimals(tmp_path: Path):
    path = tmp_path / "other.txt"
    path.write_text(FILE.replace("3.00 4.00", "3.50 4.00"))
    assert read(path).decimals == 2
    assert read(path, decimals=1).decimals == 1


def test_the_depots_hours_are_part_of_the_windows(instance: Instance):
    made = as_cluster(instance, 2)
    assert made.teams == 2
    assert made.visit_from_s.tolist() == [50, 400, 90]
    assert made.visit_to_s.tolist() == [600, 900, 150]
    assert made.may_visit.tolist() == [True, True, False]


def test_routes_are_checked_against_the_file(instance: Instance):
    assert faults(instance, 1, [[1, 2]]) == []
    assert profit(instance, [[1, 2]]) == 12
    assert "reached after it has closed" in faults(instance, 1, [[2, 1]])[0]
    assert "reached after it has closed" in faults(instance, 1, [[3]])[0]
    assert "visited twice" in faults(instance, 2, [[1], [1]])[0]
    assert "2 routes for 1 teams" in faults(instance, 1, [[1], [2]])[0]
    assert "no vertex 9" in faults(instance, 1, [[9]])[0]


def test_back_after_the_depot_has_closed(tmp_path: Path):
    path = tmp_path / "late.txt"
    path.write_text(FILE.replace("40 90", "40 95"))
    assert faults(read(path), 1, [[2]]) == []
    path.write_text(FILE.replace("40 90", "85 95"))
    assert "is back after the depot has closed" in faults(read(path), 1, [[2]])[0]


def test_the_days_stage_solves_and_proves_it(instance: Instance):
    found = solve(instance, teams=1, seconds=30, seed=1)
    assert found["value"] == found["bound"] == 12
    assert found["routes"] == [[1, 2]]
    assert found["check"] == {"feasible": True, "errors": []}
