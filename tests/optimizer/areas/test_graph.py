"""Contiguity on a path 0-1-2-3 and a separate 4."""

from planner.optimizer.areas.graph import border, components, is_connected, reach, shortest_path

PATH = ((1,), (0, 2), (1, 3), (2,), ())


def test_reach_stays_within() -> None:
    assert reach(PATH, 0, {0, 1, 3}) == {0, 1}


def test_components() -> None:
    assert components(PATH, {0, 1, 3, 4}) == [{0, 1}, {3}, {4}]


def test_connected() -> None:
    assert is_connected(PATH, set())
    assert is_connected(PATH, {1, 2})
    assert not is_connected(PATH, {0, 2})


def test_border() -> None:
    assert border(PATH, {1, 2}) == {0, 3}


def test_shortest_path() -> None:
    assert shortest_path(PATH, {0}, {3}, {1, 2}) == [0, 1, 2, 3]
    assert shortest_path(PATH, {0}, {3}, {1}) is None
    assert shortest_path(PATH, {0}, {0, 3}, {1}) == [0]
