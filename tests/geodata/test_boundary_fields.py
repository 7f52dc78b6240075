"""Properties of well-known boundary files, and of one that names nothing usual."""

import pytest

from geodata.boundary_fields import BoundaryFields, guess_fields

_UNIQUE = ["a", "b", "c", "d"]
_GROUP = ["x", "x", "y", "y"]
_CONSTANT = ["k"] * 4


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"id": _UNIQUE, "name": _UNIQUE, "region": _GROUP, "region_name": _GROUP},
         ("id", "name", "region", "region_name")),
        ({"ADM0_PCODE": _CONSTANT, "ADM1_EN": _GROUP, "ADM1_PCODE": _GROUP, "ADM2_EN": _UNIQUE,
          "ADM2_PCODE": _UNIQUE}, ("ADM2_PCODE", "ADM2_EN", "ADM1_PCODE", "ADM1_EN")),
        ({"GID_0": _CONSTANT, "NAME_0": _CONSTANT, "GID_1": _GROUP, "NAME_1": _GROUP,
          "GID_2": _UNIQUE, "NAME_2": _UNIQUE}, ("GID_2", "NAME_2", "GID_1", "NAME_1")),
        ({"shapeName": _UNIQUE, "shapeISO": [""] * 4, "shapeID": _UNIQUE, "shapeGroup": _CONSTANT},
         ("shapeID", "shapeName", "", "")),
        ({"iso_3166_2": _UNIQUE, "name_en": _UNIQUE, "name_ru": _UNIQUE, "pcode_ocha": _UNIQUE},
         ("iso_3166_2", "name_en", "", "")),
        ({"Oblast": _GROUP, "Rayon": _UNIQUE}, ("Rayon", "Rayon", "Oblast", "Oblast")),
        ({"NAME": _UNIQUE}, ("NAME", "NAME", "", "")),
        ({"colour": _CONSTANT}, ("", "", "", "")),
        ({}, ("", "", "", "")),
    ],
)  # fmt: skip
def test_guess(columns: dict[str, list[str]], expected: tuple[str, str, str, str]) -> None:
    assert guess_fields(columns) == BoundaryFields(*expected)


def test_a_wanted_property_is_taken_as_it_is() -> None:
    columns = {"id": _UNIQUE, "kod": _GROUP, "name": _UNIQUE}
    assert guess_fields(columns, BoundaryFields(id="kod")).id == "kod"
