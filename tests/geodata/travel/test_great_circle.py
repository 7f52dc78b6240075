import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geodata.travel.great_circle import (
    DEFAULT_BANDS,
    EARTH_RADIUS_M,
    Bands,
    GreatCircle,
    great_circle_m,
)
from geodata.travel.points import checked_points
from geodata.travel.provider import Points

ASTANA, ALMATY, KOSTANAY = (51.1694, 71.4491), (43.2380, 76.9453), (53.2198, 63.6354)

points = st.integers(1, 8).flatmap(
    lambda n: arrays(np.float64, (n, 2), elements=st.floats(-1, 1)).map(
        lambda unit: unit * np.array([90.0, 180.0])
    )
)
bands = st.lists(
    st.tuples(st.floats(1, 500), st.floats(1, 150)), max_size=5, unique_by=lambda band: band[0]
).map(lambda inner: (*sorted(inner), (None, 80.0)))
providers = st.builds(
    GreatCircle,
    road_factor=st.floats(1, 3),
    speed_bands=bands,
    speed_factor=st.floats(0.1, 1.5),
)


def _km(length_km: float, provider: GreatCircle) -> tuple[int, int]:
    """Return seconds and metres of a leg along the equator of so many kilometres of road."""
    degrees = np.degrees(length_km * 1000 / provider.road_factor / EARTH_RADIUS_M)
    leg = provider.legs(np.array([[0.0, 0.0]]), np.array([[0.0, degrees]]))
    return int(leg.duration_s[0]), int(leg.distance_m[0])


def test_astana_to_almaty_is_the_known_road_length() -> None:
    """Two published road lengths over the great circle gave 1.30 and 1.31 (FINDINGS)."""
    leg = GreatCircle().legs(np.array([ASTANA]), np.array([ALMATY]))
    assert leg.distance_m[0] == pytest.approx(1_265_000, rel=0.02)
    assert leg.duration_s[0] == pytest.approx(leg.distance_m[0] * 3.6 / 73, abs=1)


@pytest.mark.parametrize(
    ("length_km", "speed_km_h"), [(1, 20), (4, 20), (15, 35), (80, 55), (250, 65), (900, 73)]
)
def test_default_speeds(length_km: float, speed_km_h: float) -> None:
    duration_s, distance_m = _km(length_km, GreatCircle())
    assert distance_m == length_km * 1000
    assert duration_s == np.ceil(length_km / speed_km_h * 3600 - 1e-6)


@pytest.mark.parametrize(
    ("below", "above"), [(4.99, 5.01), (19.9, 20.1), (99.9, 100.1), (299.9, 300.1)]
)
def test_no_gain_of_time_at_a_band_edge(below: float, above: float) -> None:
    provider = GreatCircle()
    assert _km(above, provider)[0] >= _km(below, provider)[0]


def test_winter_takes_longer() -> None:
    assert _km(40, GreatCircle(speed_factor=0.8))[0] == pytest.approx(
        _km(40, GreatCircle())[0] / 0.8, abs=1
    )


def test_the_antimeridian_is_no_wall_and_all_longitudes_meet_at_the_pole() -> None:
    provider = GreatCircle(road_factor=1.0)
    across = provider.legs(np.array([[65.0, 179.9]]), np.array([[65.0, -179.9]]))
    inland = provider.legs(np.array([[65.0, 10.0]]), np.array([[65.0, 10.2]]))
    assert across.distance_m[0] == inland.distance_m[0]
    pole = provider.legs(np.array([[90.0, 0.0]]), np.array([[90.0, 135.0]]))
    assert (pole.duration_s[0], pole.distance_m[0]) == (0, 0)
    around = provider.legs(np.array([[0.0, 0.0]]), np.array([[0.0, 180.0]]))
    assert around.distance_m[0] == pytest.approx(np.pi * EARTH_RADIUS_M, abs=1)


def test_provenance_prints_every_parameter() -> None:
    text = GreatCircle(speed_factor=0.8, season="winter").provenance
    for part in ("1.3", "0-5 km 20", "5-20 km 35", "20-100 km 55", "100-300 km 65", ">300 km 73"):
        assert part in text
    assert "speeds x 0.8 (winter)" in text
    assert "\n" not in text


@pytest.mark.parametrize("count", [0, 1, 700])
def test_blocks_do_not_show(count: int) -> None:
    """More rows than one block holds give the same as each row alone."""
    random = np.random.default_rng(1)
    many = np.column_stack((random.uniform(40, 55, count), random.uniform(46, 87, count)))
    ends = np.repeat(np.array([ASTANA, ALMATY, KOSTANAY]), 200, axis=0)
    whole = GreatCircle().matrix(many, ends)
    assert whole.duration_s.shape == (count, 600)
    for row in range(0, count, 97):
        alone = GreatCircle().matrix(many[row : row + 1], ends)
        np.testing.assert_array_equal(whole.duration_s[row], alone.duration_s[0])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"road_factor": 0.9}, "road_factor >= 1, got 0.9"),
        ({"road_factor": np.inf}, "road_factor >= 1"),
        ({"speed_factor": 0.0}, r"speed_factor in \(0, 1.5\], got 0.0"),
        ({"speed_factor": np.nan}, "speed_factor"),
        ({"speed_bands": ()}, "only the last has no limit"),
        ({"speed_bands": ((5.0, 20.0),)}, "only the last has no limit"),
        ({"speed_bands": ((None, 20.0), (None, 30.0))}, "only the last has no limit"),
        ({"speed_bands": ((9.0, 20.0), (5.0, 30.0), (None, 50.0))}, "rising limits"),
        ({"speed_bands": ((0.0, 20.0), (None, 50.0))}, "positive, rising limits"),
        ({"speed_bands": ((5.0, 0.0), (None, 50.0))}, "speeds above 0"),
    ],
)
def test_impossible_parameters_are_refused(arguments: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        GreatCircle(**arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ([[91.0, 0.0]], r"1 of 1 are not, first 0: \(91.0, 0.0\)"),
        ([[0.0, 181.0]], "longitude in"),
        ([[np.nan, 0.0]], "latitude in"),
        ([[1.0, 2.0, 3.0]], r"shape \(n, 2\)"),
        ([1.0, 2.0], r"shape \(n, 2\)"),
    ],
)
def test_points_off_the_globe_are_refused(wrong: list[list[float]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        GreatCircle().matrix(np.array(wrong), np.array([ASTANA]))


def test_legs_need_as_many_ends_as_starts() -> None:
    with pytest.raises(ValueError, match="as many origins as destinations, got 1 and 2"):
        GreatCircle().legs(np.array([ASTANA]), np.array([ASTANA, ALMATY]))


@given(provider=providers, places=points)
def test_a_matrix_is_symmetric_with_a_zero_diagonal(provider: GreatCircle, places: Points) -> None:
    matrix = provider.matrix(places, places)
    for values in (matrix.duration_s, matrix.distance_m):
        assert values.dtype == np.int64
        assert (values >= 0).all()
        np.testing.assert_array_equal(values, values.T)
        assert not values.diagonal().any()


@given(provider=providers, starts=points, ends=points)
def test_legs_are_the_diagonal(provider: GreatCircle, starts: Points, ends: Points) -> None:
    count = min(len(starts), len(ends))
    matrix = provider.matrix(starts[:count], ends[:count])
    legs = provider.legs(starts[:count], ends[:count])
    np.testing.assert_array_equal(legs.duration_s, matrix.duration_s.diagonal())
    np.testing.assert_array_equal(legs.distance_m, matrix.distance_m.diagonal())


@given(provider=providers, places=points, seed=st.integers(0, 2**32 - 1))
def test_order_does_not_matter(provider: GreatCircle, places: Points, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(places))
    straight, mixed = provider.matrix(places, places), provider.matrix(places[order], places)
    np.testing.assert_array_equal(straight.duration_s[order], mixed.duration_s)


@given(provider=providers, places=points)
def test_longer_never_takes_less_time(provider: GreatCircle, places: Points) -> None:
    matrix = provider.matrix(places, places)
    order = np.argsort(matrix.distance_m, axis=None, kind="stable")
    assert (np.diff(matrix.duration_s.reshape(-1)[order]) >= 0).all()


@given(provider=providers, places=points)
def test_a_detour_is_never_shorter(provider: GreatCircle, places: Points) -> None:
    """Distance only: a speed that rises with the leg's length may make a stop cost time."""
    metres = provider.matrix(places, places).distance_m
    detour = (metres[:, :, None] + metres[None, :, :]).min(axis=1)
    assert (metres <= detour + 2).all()


@given(
    lengths=st.lists(st.integers(0, 2_000_000), min_size=2, max_size=30),
    inner=bands,
    factor=st.floats(0.1, 1.5),
)
def test_time_never_falls_with_distance(lengths: list[int], inner: Bands, factor: float) -> None:
    provider = GreatCircle(speed_bands=inner, speed_factor=factor)
    duration_s = provider._seconds(np.sort(np.array(lengths, dtype=np.int64)))
    assert (np.diff(duration_s) >= 0).all()


def test_great_circle_alone() -> None:
    metres = great_circle_m(np.array([ASTANA]), np.array([ALMATY]))
    assert metres[0] == pytest.approx(973_000, rel=0.005)
    assert DEFAULT_BANDS[-1][0] is None
    assert checked_points([]).shape == (0, 2)
