"""Noise: presets, limits, what does not fit together."""

import pytest
from pydantic import ValidationError

from planner.errors import PlannerError
from planner.execution.noise import Isolation, Noise, Preset


def test_presets_grow_from_nothing_to_winter():
    zero, calm, usual, winter = (Noise.preset(name) for name in Preset)
    assert zero == Noise.zero()
    assert usual == Noise()
    for name in (
        "travel_sigma",
        "common_sigma",
        "dwell_sigma",
        "late_opening_probability",
        "breakdown_probability",
    ):
        values = [getattr(noise, name) for noise in (zero, calm, usual, winter)]
        assert values == sorted(set(values)), name
        assert values[0] == 0
    assert winter.speed_factor < usual.speed_factor == zero.speed_factor == 1
    assert zero.count_shortest_min is zero.count_longest_min is None


def test_an_unknown_preset_is_refused_with_the_nearest():
    with pytest.raises(PlannerError, match="'wintr'") as caught:
        Noise.preset("wintr")
    assert caught.value.code == "SI-PRESET"
    assert caught.value.remedy == "did you mean 'winter'? Use zero, calm, usual, winter."


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"travel_sigma": -0.1}, "greater than or equal to 0"),
        ({"speed_factor": 0}, "greater than or equal to 0.05"),
        ({"breakdown_probability": 1.1}, "less than or equal to 1"),
        ({"repair_shortest_min": 200}, "repair_shortest_min 200 is more than"),
        ({"count_longest_min": 60}, "count_shortest_min 120 is more than"),
        ({"snow": 1}, "Extra inputs are not permitted"),
    ],
)
def test_impossible_noise_is_refused(fields: dict[str, float], says: str):
    with pytest.raises(ValidationError, match=says):
        Noise.model_validate(fields)


def test_a_closure_ends_after_it_begins():
    with pytest.raises(ValidationError, match="from_hour 12 is not before to_hour 10"):
        Isolation(region="WEST", from_hour=12, to_hour=10)
