import pytest
from pydantic import ValidationError

from planner.domain.mission import Mission, MissionFormat, Staffing
from planner.domain.observer import Role
from tests.good_plan import good_mission


def test_a_limited_mission_has_no_short_term_observers():
    mission = good_mission().mission.model_dump() | {"format": "LEOM"}
    with pytest.raises(ValidationError, match=r"an LEOM has no STOs, but staffing\.sto_pairs is"):
        Mission.model_validate(mission)


def test_a_roster_of_short_term_observers_makes_no_pairs_in_a_limited_mission():
    mission = good_mission()
    changed = mission.mission.model_copy(
        update={"format": MissionFormat.LEOM, "staffing": Staffing(lto_teams=2)}
    )
    assert mission.model_copy(update={"mission": changed}).teams_wanted(Role.STO) == 0


def test_numbers_win_over_the_roster_and_the_roster_speaks_where_there_are_none():
    mission = good_mission()
    assert mission.teams_wanted(Role.STO) == mission.mission.staffing.sto_pairs
    unstaffed = mission.mission.model_copy(update={"staffing": Staffing()})
    roster = sum(observer.role is Role.LTO for observer in mission.observers)
    assert mission.model_copy(update={"mission": unstaffed}).teams_wanted(Role.LTO) == roster // 2
