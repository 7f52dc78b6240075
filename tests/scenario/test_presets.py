"""Every preset is a scenario of the founding mission and of a small one; files hold them."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import InputError, PlannerError
from planner.scenario.apply import apply
from planner.scenario.document import DeliveryChange, Isolation, Scenario
from planner.scenario.file import (
    find_scenario,
    parse_scenario,
    read_scenario,
    scenarios_in,
    to_toml,
    write_scenario,
)
from planner.scenario.presets import PRESETS, Preset, preset
from tests.good_plan import good_mission

MISSION = good_mission()


@pytest.mark.parametrize("one", PRESETS, ids=lambda one: one.key)
def test_a_preset_can_be_planned_or_says_why_not(one: Preset):
    scenario = one.scenario(MISSION)
    assert scenario.name == one.key
    assert scenario.question.endswith("?")
    assert scenario.notes.startswith(f"({one.mark}) ")
    if one.key == "50-more-stos":
        # 25 pairs more than the small mission has beds for.
        with pytest.raises(InputError) as caught:
            apply(scenario, MISSION)
        assert "nearest possible value: 10" in caught.value.findings[0].remedy
    else:
        apply(scenario, MISSION)


def test_keys_are_unique_and_an_unknown_one_names_them():
    assert len({one.key for one in PRESETS}) == len(PRESETS)
    with pytest.raises(PlannerError) as caught:
        preset("holiday")
    assert caught.value.code == "SC-PRESET"
    assert "delivery-80" in caught.value.remedy


@pytest.mark.parametrize("one", PRESETS, ids=lambda one: one.key)
def test_a_preset_survives_its_file(one: Preset, tmp_path: Path):
    scenario = one.scenario(MISSION)
    path = tmp_path / "scenarios" / f"{one.key}.toml"
    write_scenario(scenario, path)
    assert read_scenario(path) == scenario
    assert scenarios_in(tmp_path) == (path,)
    assert find_scenario(tmp_path, one.key) == path
    assert find_scenario(tmp_path, str(path)) == path


@given(st.text(max_size=200), st.floats(0, 1.5), st.text("ABC", min_size=2, max_size=2))
def test_any_text_and_number_survives_toml(text: str, rate: float, state: str):
    scenario = Scenario(
        notes=text,
        delivery=DeliveryChange(by_state={state: rate}, known=False),
        isolated=(Isolation(region="EAST", from_hour=rate), Isolation(region="WEST")),
    )
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    assert Scenario.model_validate(tomllib.loads(to_toml(scenario))) == scenario


def test_a_broken_file_is_told_with_its_faults(tmp_path: Path):
    path = tmp_path / "broken.toml"
    path.write_text("name = ", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scenario(path)
    assert caught.value.findings[0].code == "SC-TOML"
    path.write_text('pairs = 3\n[staffing]\nsto_pairs = "many"\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scenario(path)
    assert len(caught.value.findings) == 2
    with pytest.raises(InputError):
        parse_scenario({"name": ""})


def test_an_unknown_scenario_names_those_there_are(tmp_path: Path):
    write_scenario(Scenario(), tmp_path / "scenarios" / "calm.toml")
    with pytest.raises(PlannerError) as caught:
        find_scenario(tmp_path, "stormy")
    assert caught.value.code == "SC-FILE"
    assert "calm" in caught.value.remedy
