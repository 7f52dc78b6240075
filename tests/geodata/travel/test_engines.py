import numpy as np
import pytest

from geodata.travel.engines import ENGINES, numbers, snap_m


def test_null_is_no_way() -> None:
    table = numbers([[0, None], [1.5, 2]], (2, 2), "durations")
    np.testing.assert_array_equal(table, [[0, np.nan], [1.5, 2]])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (None, "Expected 2 rows of durations, got None"),
        ([[1, 2]], "Expected 2 rows"),
        ([[1, 2], [3]], r"Expected 2 durations in row 1, got \[3\]"),
        ([[1, 2], "ab"], "in row 1"),
        ([[1, 2], [3, -4]], "from 0 or null, got -4"),
        ([[1, 2], [3, "4"]], "got '4'"),
        ([[1, 2], [3, True]], "got True"),
        ([[1, 2], [3, float("nan")]], "got nan"),
    ],
)
def test_nonsense_is_told(rows: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        numbers(rows, (2, 2), "durations")


def test_snap_distances_of_osrm_and_openrouteservice() -> None:
    osrm = {"sources": [{"distance": 12.5}, {"distance": 9000}]}
    assert snap_m(osrm, "sources", 2).tolist() == [12.5, 9000]
    ors = {"destinations": [{"snapped_distance": 7.0}, None]}
    assert snap_m(ors, "destinations", 2).tolist() == [7.0, 0.0]
    assert snap_m({"sources": "?"}, "sources", 2).tolist() == [0, 0]
    assert snap_m(None, "sources", 1).tolist() == [0]


def test_only_openrouteservice_gets_the_key() -> None:
    keyed = [name for name, engine in ENGINES.items() if engine.needs_key]
    assert keyed == ["openrouteservice"]
