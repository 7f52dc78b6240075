"""Equal content, equal hash; anything else, another."""

import itertools

import numpy as np
import pytest

from planner.domain.mission import Staffing
from planner.remember.digest import Digester
from tests.good_plan import good_mission


def test_values_that_look_alike_differ():
    digest = Digester()
    values: list[object] = [
        1,
        1.0,
        "1",
        b"1",
        True,
        None,
        "",
        (),
        (1,),
        ((1,),),
        (1, 2),
        ("1", "2"),
        ("12",),
        {"a": 1},
        {"a": 2},
        np.array([1, 2]),
        np.array([1.0, 2.0]),
        np.array([[1, 2]]),
        Staffing(lto_teams=1),
        Staffing(sto_pairs=1),
    ]
    hashes = [digest(value) for value in values]
    for (one, first), (other, second) in itertools.combinations(
        zip(values, hashes, strict=True), 2
    ):
        assert first != second, (one, other)


def test_equal_content_has_one_hash():
    assert Digester()({"b": 1, "a": (1, 2)}) == Digester()({"a": [1, 2], "b": 1})
    assert Digester()(np.arange(6).reshape(2, 3).T) == Digester()(
        np.ascontiguousarray(np.arange(6).reshape(2, 3).T)
    )
    one, other = good_mission(), good_mission()
    assert Digester().shared(one.stations) == Digester().shared(other.stations)


def test_shared_records_are_never_mistaken_for_others():
    digest = Digester()
    found = {digest.shared((str(number),)) for number in range(500)}
    assert len(found) == 500


def test_what_has_no_form_is_refused():
    with pytest.raises(TypeError, match="Expected records"):
        Digester()({1, 2})
