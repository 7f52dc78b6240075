"""Tests that share a browser share a process, and the longest begin."""

from types import SimpleNamespace

from tests.scheduling import BROWSER, longest_first, piece


def test_all_browser_tests_are_one_piece() -> None:
    assert piece("tests/e2e/test_jobs.py::test_a") == piece("tests/e2e/test_ways.py::test_b[x::y]")
    assert piece("tests/ui/test_pairs.py::test_a[x::y]") == "tests/ui/test_pairs.py"


def test_browsers_then_files_with_a_whole_mission_then_the_rest() -> None:
    def item(nodeid: str, *, slow: bool = False) -> SimpleNamespace:
        return SimpleNamespace(nodeid=nodeid, get_closest_marker=lambda _name: slow or None)

    quick, beside = item("tests/a.py::test_1"), item("tests/b.py::test_1")
    whole, browser = item("tests/b.py::test_2", slow=True), item(f"{BROWSER}c.py::test_1")
    assert longest_first([quick, beside, whole, browser]) == [browser, beside, whole, quick]
