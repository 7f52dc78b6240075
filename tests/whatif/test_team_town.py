"""What another town for an STO pair would do."""

import pytest

from planner.domain.ids import TeamId, TownId
from planner.errors import PlannerError
from planner.whatif.team_town import team_town_effect
from tests.good_plan import TRAVEL, good_mission, good_plan

E3, E1 = TeamId("STO-005"), TownId("T-E1")


def test_moving_the_only_pair_of_a_town_leaves_its_stations_further_away() -> None:
    effect = team_town_effect(good_mission(), good_plan(), TRAVEL, E3, E1)
    assert (effect.before.town, effect.after.town) == ("T-E3", "T-E1")
    assert effect.reach_min == 60
    assert effect.before.beyond == 0
    # The sixth station of E3 is 0.64 degrees from T-E1; all within an hour are still reached.
    assert effect.after.near + effect.after.beyond == 18
    assert effect.after.mean_min is not None
    assert effect.before.mean_min is not None
    assert effect.after.mean_min > 0


def test_beds_that_do_not_suffice_break_a3() -> None:
    mission = good_mission()
    towns = tuple(t.model_copy(update={"beds": 7}) if t.id == E1 else t for t in mission.towns)
    mission = mission.model_copy(update={"towns": towns})
    effect = team_town_effect(mission, good_plan(), TRAVEL, E3, E1)
    assert [(c.rule, c.subject, c.after, c.limit) for c in effect.rules] == [
        ("A3", "T-E1", "8 beds needed", "7 beds")
    ]


def test_a_town_of_another_area_breaks_a3_and_reaches_nobody_beyond_it() -> None:
    effect = team_town_effect(good_mission(), good_plan(), TRAVEL, E3, TownId("T-W1"))
    assert [(c.rule, c.subject) for c in effect.rules if c.broken] == [("A3", "STO-005")]


@pytest.mark.parametrize(
    ("team", "town", "code"),
    [
        ("STO-099", "T-E1", "WHATIF-TEAM"),
        ("LTO-01", "T-E1", "WHATIF-TEAM"),
        ("STO-005", "T-X9", "WHATIF-TOWN"),
    ],
)
def test_unknown_records_are_refused(team: str, town: str, code: str) -> None:
    with pytest.raises(PlannerError) as error:
        team_town_effect(good_mission(), good_plan(), TRAVEL, TeamId(team), TownId(town))
    assert error.value.code == code
