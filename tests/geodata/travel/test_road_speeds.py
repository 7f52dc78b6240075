import pytest

from geodata.travel.road_speeds import CLASS_KM_H, directions, sign_km_h, way_km_h


@pytest.mark.parametrize(
    ("tag", "limit"),
    [
        ("50", 50.0),
        (" 50 km/h", 50.0),
        ("30 mph", 30 * 1.609344),
        ("70;50", 50.0),
        ("RU:urban", 50.0),
        ("KZ:rural", 90.0),
        ("none", None),
        ("signals", None),
        ("urban", None),
        ("0", None),
        ("-50", None),
        ("", None),
    ],
)
def test_sign(tag: str, limit: float | None) -> None:
    assert sign_km_h(tag) == (None if limit is None else pytest.approx(limit))


def test_without_a_sign_the_class_decides() -> None:
    assert way_km_h("primary") == CLASS_KM_H["primary"]
    assert way_km_h("unheard_of") == 20.0


def test_a_signed_limit_is_driven_at_four_fifths() -> None:
    assert way_km_h("primary", "100") == pytest.approx(80.0)


def test_the_slowest_surface_caps_the_speed() -> None:
    assert way_km_h("primary", "100", "gravel") == 40.0
    assert way_km_h("primary", "100", "asphalt;mud") == 10.0
    assert way_km_h("living_street", "", "gravel") == 10.0


def test_speeds_stay_within_reason() -> None:
    assert way_km_h("motorway", "999") == 140.0
    assert way_km_h("residential", "1") == 5.0


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (("residential",), (True, True)),
        (("residential", "yes"), (True, False)),
        (("residential", "1"), (True, False)),
        (("residential", "-1"), (False, True)),
        (("residential", "reversible"), (False, False)),
        (("motorway",), (True, False)),
        (("motorway", "no"), (True, True)),
        (("tertiary", "", "roundabout"), (True, False)),
        (("tertiary", "no", "roundabout"), (True, True)),
    ],
)
def test_directions(tags: tuple[str, ...], expected: tuple[bool, bool]) -> None:
    assert directions(*tags) == expected
