"""The densest place of a district."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import CoordinateError
from geodata.towns import densest_places

_TOWN = [(42.0 + i / 1000, 45.0 + j / 1000) for i in range(3) for j in range(3)]
_VILLAGES = [(42.5, 45.5), (41.5, 44.5), (42.5, 44.5)]


def test_the_town_is_found_among_villages() -> None:
    assert densest_places({"a": [*_VILLAGES, *_TOWN]}) == {"a": (42.001, 45.001)}


def test_voters_count_more_than_stations() -> None:
    points = {"a": [*_TOWN, (43.0, 45.0)]}
    assert densest_places(points, {"a": [100.0] * 9 + [5_000.0]}) == {"a": (43.0, 45.0)}
    assert densest_places(points, {"a": [0.0] * 10}) == {"a": (42.001, 45.001)}


def test_districts_without_points_have_no_place() -> None:
    assert densest_places({"a": [], "b": [(1, 1)]}) == {"b": (1.0, 1.0)}


def test_bad_weights_and_points_are_refused() -> None:
    with pytest.raises(ValueError, match="a weight for each of 1 points, got 2"):
        densest_places({"a": [(1, 1)]}, {"a": [1, 2]})
    with pytest.raises(CoordinateError, match="point 0"):
        densest_places({"a": [(100, 1)]})


@given(
    st.lists(
        st.tuples(st.floats(41, 43), st.floats(44, 46), st.floats(0, 3000)), min_size=1, max_size=30
    )
)
def test_the_place_is_a_station_whatever_the_order(
    stations: list[tuple[float, float, float]],
) -> None:
    def place(rows: list[tuple[float, float, float]]) -> tuple[float, float]:
        return densest_places(
            {"a": [(lat, lon) for lat, lon, _ in rows]}, {"a": [voters for *_, voters in rows]}
        )["a"]

    found = place(stations)
    assert found in {(lat, lon) for lat, lon, _ in stations}
    assert place(stations[::-1]) == found
