"""Pairs: the list, why a pair is a pair, and changes with their effect before they are saved."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.access.config import USER_VARIABLE
from planner.domain.decision import Decision, DecisionKind
from planner.domain.plan import Unassigned
from planner.workspace.workspace import Workspace
from tests.good_plan import good_mission, good_plan
from tests.ui.stage import ADMIN, VIEWER, Stage, draw, opened, page, write_home

P1, P2, P3, P4, P5, P11 = (f"STO-P{n:02d}" for n in (1, 2, 3, 4, 5, 11))


@pytest.fixture(autouse=True)
def _pia(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER_VARIABLE, "Pia")


def _texts(test: AppTest) -> str:
    parts = [*test.markdown, *test.caption, *test.info, *test.warning, *test.error, *test.success]
    return "\n".join(str(part.value) for part in parts)


def _teams(test: AppTest) -> list[str]:
    table = next(d.value for d in test.dataframe if "Base town" in d.value)
    return list(table["Team"])


def _settled(space: Workspace) -> list[tuple[object, ...]]:
    return [
        (s.decision.kind.value, *s.decision.observers, s.decision.state, s.decision.area)
        for s in space.decisions(ADMIN, page().folder)
    ]


def _save(test: AppTest, field: str) -> AppTest:
    assert test.button(key=f"decide-{field}").disabled, "a decision needs a reason"
    test.text_area[0].set_value("they asked for it").run()
    test.button(key=f"decide-{field}").click().run()
    assert not test.exception
    assert not [each for each in test.error if "■" not in each.value]
    return test


def test_all_teams_are_listed_with_their_points(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("pairs")
    assert not test.exception
    assert _teams(test) == ["LTO-01", "LTO-02", *(f"STO-00{n}" for n in range(1, 6))]
    table = next(d.value for d in test.dataframe if "Points" in d.value)
    assert (table["Points"] > 0).all()


def test_the_list_is_filtered_by_area_kind_state_and_observer(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("pairs", area="A01")
    assert _teams(test) == ["LTO-01", "STO-001", "STO-002"]
    test.segmented_control(key="kind").set_value("STO").run()
    assert _teams(test) == ["STO-001", "STO-002"]
    test.selectbox(key="pairs-state").set_value("BE").run()
    assert _teams(test) == ["STO-001"]
    test.selectbox(key="pairs-state").set_value(None).run()
    test.text_input(key="pairs-observer").set_value(" sto-p04").run()
    assert _teams(test) == ["STO-002"]
    test.text_input(key="pairs-observer").set_value("nobody").run()
    assert not test.exception
    assert not [d for d in test.dataframe if "Base town" in d.value]


def test_a_link_leads_to_a_pair_and_why_it_is_one(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("pairs", pair="STO-002")
    assert not test.exception
    members = test.dataframe[0].value
    assert list(members["Observer"]) == [P3, P4]
    assert list(members["State"]) == ["CH", "CZ"]
    points = test.dataframe[1].value
    assert list(points["For"]) == [
        "gender",
        "experience",
        "common language",
        "local language",
        "restrictions",
        "All",
    ]
    assert points["Points"].iloc[0] == "20 / 20"
    assert "Why this pair" in _texts(test)


def test_a_link_to_an_unknown_pair_shows_the_list(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("pairs", pair="STO-999", area="A99")
    assert not test.exception
    assert not test.error
    assert len(_teams(test)) == 7


def test_an_lto_team_has_its_reasons_too(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("pairs", pair="LTO-01")
    assert not test.exception
    assert list(test.dataframe[0].value["State"]) == ["NO", "DE"]


def test_a_swap_shows_its_effect_and_becomes_pairs_and_areas(planned: Workspace) -> None:
    test = draw("pairs", pair="STO-001")
    test.selectbox(key="swap-leaves").set_value(P1).run()
    test.selectbox(key="swap-comes").set_value(P5).run()
    assert not test.exception
    effect = next(d.value for d in test.dataframe if "When" in d.value)
    assert list(effect["Team"]) == ["STO-001", "STO-001", "STO-003", "STO-003"]
    assert list(effect["When"]) == ["now", "then", "now", "then"]
    assert "from STO-001 (A01" in _texts(test)
    assert "another area" in _texts(test)
    _save(test, "pair-swap")
    assert _settled(planned) == [
        ("pair", P5, P2, None, None),
        ("pair", P1, "STO-P06", None, None),
        ("observer_area", P1, None, "A02"),
        ("observer_area", P5, None, "A01"),
    ]
    assert "decided already" in _texts(test)


def test_a_swap_that_breaks_a_standing_decision_says_so(planned: Workspace) -> None:
    pin = Decision(kind=DecisionKind.PAIR, observers=(P1, P2), reason="friends")
    planned.decide(ADMIN, page().folder, [pin])
    test = draw("pairs", pair="STO-001")
    test.selectbox(key="swap-leaves").set_value(P1).run()
    test.selectbox(key="swap-comes").set_value(P3).run()
    assert any("P7" in error.value for error in test.error)


def test_a_reserve_can_come_and_the_refusal_is_told_before(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("pairs", pair="STO-001")
    test.selectbox(key="swap-leaves").set_value(P1).run()
    test.selectbox(key="swap-comes").set_value(P11).run()
    assert not test.exception
    assert "is a reserve" in _texts(test)


def test_two_are_required_to_be_a_pair(planned: Workspace) -> None:
    test = draw("pairs", pair="STO-001")
    test.segmented_control(key="pair-change").set_value("require").run()
    assert test.selectbox(key="require-one-STO-001").value == P1
    test.selectbox(key="require-other-STO-001").set_value(P4).run()
    assert not test.exception
    assert any("When" in d.value for d in test.dataframe)
    _save(test, "pair-require")
    assert _settled(planned) == [("pair", P1, P4, None, None)]


def test_those_who_are_a_pair_can_be_kept_together(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("pairs", pair="STO-001")
    test.segmented_control(key="pair-change").set_value("require").run()
    test.selectbox(key="require-other-STO-001").set_value(P2).run()
    assert "They are a pair now" in test.info[0].value


def test_a_pair_is_forbidden(planned: Workspace) -> None:
    test = draw("pairs", pair="STO-001")
    test.segmented_control(key="pair-change").set_value("forbid").run()
    assert not test.exception
    assert test.selectbox(key="forbid-other-STO-001").value == P2
    assert "the next plan parts them" in _texts(test)
    _save(test, "pair-forbid")
    assert _settled(planned) == [("never_pair", P1, P2, None, None)]


def test_a_state_is_kept_out_of_an_area(planned: Workspace) -> None:
    test = draw("pairs", pair="STO-001")
    test.segmented_control(key="pair-change").set_value("keep_out").run()
    test.selectbox(key="keep-out-state").set_value("AT").run()
    assert not test.exception
    assert "STO\\-P01 \\(STO\\-001\\)" in _texts(test)
    _save(test, "pair-keep-out")
    assert _settled(planned) == [("never_state_area", "AT", "A01")]


def test_changes_are_possible_without_a_chosen_pair(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("pairs")
    test.selectbox(key="swap-leaves").set_value(P1).run()
    test.selectbox(key="swap-comes").set_value(P3).run()
    assert not test.exception
    assert any("When" in d.value for d in test.dataframe)


def test_another_pair_forgets_the_member_of_the_old_one(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("pairs", pair="STO-001")
    test.selectbox(key="swap-leaves").set_value(P1).run()
    test.selectbox(key="pairs-pair").set_value("STO-002").run()
    assert not test.exception
    assert test.selectbox(key="swap-leaves").value is None


def test_quotas_and_decisions_stand_in_their_parts(planned: Workspace) -> None:
    pin = Decision(kind=DecisionKind.NEVER_PAIR, observers=(P1, P3), reason="they asked")
    planned.decide(ADMIN, page().folder, [pin])
    test = draw("pairs", part="quotas")
    assert not test.exception
    assert len(test.dataframe) == 1
    test = draw("pairs", part="decisions")
    assert not test.exception
    assert "they asked" in _texts(test)


def test_a_viewer_sees_effects_and_may_settle_nothing(planned: Workspace) -> None:  # noqa: ARG001
    Stage.user = VIEWER
    test = draw("pairs", pair="STO-001")
    test.selectbox(key="swap-leaves").set_value(P1).run()
    test.selectbox(key="swap-comes").set_value(P3).run()
    assert not test.exception
    assert any("When" in d.value for d in test.dataframe)
    assert not test.button


def test_a_refused_decision_is_told_with_its_reason(tmp_path: Path) -> None:
    pin = Decision(
        kind=DecisionKind.PAIR, observers=("STO-P01", "STO-P11"), author="Ada", reason="mine"
    )
    mission = good_mission().model_copy(update={"decisions": (pin,)})
    left = Unassigned(
        kind="decision", subject=pin.subject, code="OP-PAIR-PIN", reason="a reserve", remedy="no"
    )
    write_home(tmp_path, mission, good_plan().model_copy(update={"unassigned": (left,)}))
    with opened(tmp_path) as space:
        Stage.workspace = space
        test = draw("pairs", part="decisions")
        assert list(test.dataframe[0].value["Reason"]) == ["a reserve"]
        test.selectbox(key="why-decision").set_value(pin.subject).run()
        assert not test.exception
        assert "What stands in the way" in _texts(test)


def test_unnamed_slots_are_told_and_can_be_looked_at(tmp_path: Path) -> None:
    plan = good_plan()
    teams = tuple(team.model_copy(update={"members": ()}) for team in plan.teams)
    mission = good_mission().model_copy(update={"observers": ()})
    write_home(tmp_path, mission, plan.model_copy(update={"teams": teams}))
    with opened(tmp_path) as space:
        Stage.workspace = space
        test = draw("pairs", pair="STO-001")
        assert not test.exception
        assert "7 teams have no names yet" in _texts(test)
        assert "unnamed slot" in _texts(test)


def test_a_plan_without_teams_says_what_to_do(tmp_path: Path) -> None:
    plan = good_plan().model_copy(update={"teams": (), "days": (), "sample": (), "stages": ()})
    write_home(tmp_path, good_mission(), plan)
    with opened(tmp_path) as space:
        Stage.workspace = space
        test = draw("pairs")
        assert not test.exception
        assert "no teams" in _texts(test)
