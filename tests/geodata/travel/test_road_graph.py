import numpy as np
import pytest

from geodata.travel.provider import UNROUTABLE
from geodata.travel.road_graph import RoadGraph

Edge = tuple[int, int, float, float]


def build(count: int, edges: list[Edge]) -> RoadGraph:
    points = np.column_stack((np.arange(count) * 0.01, np.zeros(count)))
    tails, heads, duration_s, length_m = zip(*edges, strict=True)
    return RoadGraph.build(
        points,
        np.array(tails, dtype=np.int64),
        np.array(heads, dtype=np.int64),
        np.array(duration_s, dtype=float),
        np.array(length_m, dtype=float),
    )


def both(tail: int, head: int, duration_s: float, length_m: float) -> list[Edge]:
    return [(tail, head, duration_s, length_m), (head, tail, duration_s, length_m)]


ALL = np.arange(3)


def test_the_fastest_way_wins_and_its_own_length_is_told() -> None:
    graph = build(3, both(0, 1, 10, 500) + both(1, 2, 10, 700) + both(0, 2, 30, 300))
    duration_s, length_m = graph.fastest(ALL, ALL)
    assert duration_s[0, 2] == pytest.approx(20)
    assert length_m[0, 2] == 1200
    assert not duration_s.diagonal().any()


def test_of_parallel_edges_the_fastest_is_kept_and_never_their_sum() -> None:
    graph = build(2, both(0, 1, 10, 500) + both(0, 1, 7, 600))
    assert graph.edges == 2
    duration_s, length_m = graph.fastest(np.array([0]), np.array([1]))
    assert (duration_s[0, 0], length_m[0, 0]) == (pytest.approx(7), 600)


def test_one_way_streets_make_the_way_back_longer() -> None:
    graph = build(3, [(0, 1, 5, 50), (1, 2, 5, 50), (2, 0, 5, 50)])
    duration_s, _ = graph.fastest(ALL, ALL)
    assert duration_s[0, 1] == pytest.approx(5)
    assert duration_s[1, 0] == pytest.approx(10)


def test_dead_ends_of_a_clipped_map_are_left_out() -> None:
    one_way_out = [(1, 3, 1.0, 10.0)]
    graph = build(4, both(0, 1, 5, 50) + both(1, 2, 5, 50) + one_way_out)
    assert len(graph.points) == 3


def test_two_islands_have_no_way_between_them() -> None:
    graph = build(4, both(0, 1, 5, 50) + both(2, 3, 5, 50))
    duration_s, length_m = graph.fastest(np.array([0]), np.array([1, 3]))
    assert np.isfinite(duration_s).tolist() == [[True, False]]
    assert length_m.tolist() == [[50, UNROUTABLE]]


def test_long_ways_lose_nothing() -> None:
    """A chain of 4,000 segments of 1 km at 100 km/h."""
    edges = [edge for i in range(4000) for edge in both(i, i + 1, 36.0, 1000.0)]
    duration_s, length_m = build(4001, edges).fastest(np.array([0]), np.array([4000]))
    assert duration_s[0, 0] == pytest.approx(144_000)
    assert length_m[0, 0] == 4_000_000
