"""What scenarios change, in words, with marks."""

import pytest

from planner.briefing.changes import LABELS, MARKS, changed, changes
from planner.scenario.document import Scenario
from planner.scenario.presets import PRESETS, preset
from tests.good_plan import good_mission

MISSION = good_mission()


def test_a_plain_scenario_changes_nothing():
    assert changes(Scenario(name="other", question="?", notes="(B) x"), MISSION) == ()


def test_value_and_what_it_was():
    (one,) = changes(Scenario.model_validate({"staffing": {"sto_pairs": 3}}), MISSION)
    assert (one.label, one.value, one.base) == ("STO pairs asked for", "3", "5")
    assert (one.mark, one.source) == ("", "")


def test_places_by_name_and_hours_by_the_clock():
    scenario = Scenario.model_validate(
        {
            "isolated": [{"region": "WEST", "from_hour": -2.5, "to_hour": 30}],
            "closed_towns": ["T-E1"],
            "joint": [{"town": "T-W1", "pairs": 2}],
        }
    )
    found = {one.path: one.value for one in changes(scenario, MISSION)}
    assert found == {
        "isolated": "West, 21:30 on E-1 to 06:00 on E+1",
        "closed_towns": "Town T-E1",
        "joint": "2 in Town T-W1",
    }


@pytest.mark.parametrize(
    ("changed_fields", "value", "base"),
    [
        ({"delivery": {"rate": 0.85}}, "85 %", "100 %"),
        ({"delivery": {"known": False}}, "no", "yes"),
        ({"delivery": {"by_state": {"PL": 0.5, "AT": 0}}}, "AT 0 %, PL 50 %", "none"),
        ({"day": {"dwell_min": 60}}, "60 min", "30 min"),
        ({"day": {"mode": "mixed"}}, "mixed", "mobile"),
        ({"allocation_basis": "square_root"}, "square root", "stations"),
        ({"budget": 1_500_000}, "1,500,000 EUR", "none"),
        ({"travel": {"speed_factor": 0.8}}, "0.8", "1"),
        ({"seed": 7}, "7", "1"),
    ],
)
def test_every_kind_of_value(changed_fields: dict[str, object], value: str, base: str):
    (one,) = changes(Scenario.model_validate(changed_fields), MISSION)
    assert (one.value, one.base) == (value, base)


@pytest.mark.parametrize("key", [one.key for one in PRESETS])
def test_every_preset_has_words_a_mark_and_a_source(key: str):
    for one in changes(preset(key).scenario(MISSION), MISSION):
        assert one.path in LABELS
        assert one.mark in MARKS
        assert one.mark
        assert one.source


def test_noise_is_background_knowledge_whoever_entered_it():
    (one,) = changes(Scenario(noise="winter"), MISSION)
    assert one.mark == "B"


def test_what_is_as_it_was_is_no_change():
    scenario = Scenario.model_validate({"day": {"dwell_min": 30, "max_visits": 6}})
    assert len(changes(scenario, MISSION)) == 2
    assert [one.path for one in changed(scenario, MISSION)] == ["day.max_visits"]


def test_every_field_that_can_change_has_words():
    plain = {"schema_version", "name", "question", "notes", "base"}
    fields = {name for name in Scenario.model_fields if name not in plain}
    assert {path.split(".")[0] for path in LABELS} == fields
    for name in ("staffing", "delivery", "travel", "day"):
        inner = type(getattr(Scenario(), name)).model_fields
        assert {f"{name}.{part}" for part in inner} <= set(LABELS)
