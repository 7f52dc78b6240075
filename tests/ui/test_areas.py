"""Areas: map, card, pins with their effect, policies side by side."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.access.config import USER_VARIABLE
from planner.domain.decision import Decision, DecisionKind
from planner.domain.mission import Staffing
from planner.domain.plan import Unassigned
from planner.domain.policy import AllocationBasis
from planner.workspace.workspace import Workspace
from tests.good_plan import good_mission, good_plan
from tests.ui.stage import ADMIN, PLANNER, VIEWER, Stage, draw, opened, page, write_home


@pytest.fixture(autouse=True)
def _pia(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER_VARIABLE, "Pia")


def _texts(test: AppTest) -> str:
    parts = [*test.markdown, *test.caption, *test.info, *test.warning, *test.error, *test.success]
    return "\n".join(str(part.value) for part in parts)


def _tab(test: AppTest, name: str) -> AppTest:
    return test.segmented_control(key="areas-part").set_value(name).run()


def _metrics(test: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in test.metric}


def test_all_areas_are_shown_in_short(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("areas")
    assert not test.exception
    assert _metrics(test)["Smallest load (stations)"] == "12"
    assert _metrics(test)["Largest load (stations)"] == "18"
    table = test.dataframe[-1].value
    assert list(table["Area"]) == ["A01", "A02"]
    assert (table["Longest drive (min)"] > 0).all()


def test_a_link_leads_to_one_area(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("areas", area="A02")
    assert not test.exception
    assert test.selectbox(key="areas-area").value == "A02"
    assert _metrics(test)["Span"] == "3"
    assert _metrics(test)["Stations per pair"] == "6.0"
    assert test.dataframe[0].value["Id"].iloc[0] == "X1", "the farthest district stands first"


def test_a_link_to_an_unknown_area_shows_all(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("areas", area="A99", district="nowhere")
    assert not test.exception
    assert not test.error
    assert test.selectbox(key="areas-area").value is None


def test_another_area_forgets_the_district_of_the_old_one(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("areas", area="A02", district="E3")
    assert test.selectbox(key="areas-district").value == "E3"
    test.selectbox(key="areas-area").set_value("A01").run()
    assert not test.exception
    assert test.selectbox(key="areas-district").value is None


def test_a_district_is_pinned_after_its_effect_was_seen(planned: Workspace) -> None:
    Stage.user = PLANNER
    test = _tab(draw("areas", area="A02", district="E3"), "pin")
    assert test.selectbox(key="pin-district-A02-E3").value == "E3"
    test.selectbox(key="pin-district-area").set_value("A01").run()
    assert not test.exception
    effect = next(d.value for d in test.dataframe if "Load (stations)" in d.value)
    assert list(effect["Load (stations)"]) == ["12 → 18", "18 → 12"]
    assert "A2 (Area contiguous)" in test.error[0].value
    assert test.button(key="decide-pin-district").disabled, "a decision needs a reason"
    test.text_area[0].set_value("closer to the west").run()
    test.button(key="decide-pin-district").click().run()
    assert not test.exception
    saved = [s.decision for s in planned.decisions(ADMIN, page().folder)]
    assert [(d.kind, d.district, d.area, d.reason, d.author) for d in saved] == [
        (DecisionKind.DISTRICT_AREA, "E3", "A01", "closer to the west", "Pia")
    ]
    assert "decided already" in _texts(test)


def test_a_base_town_is_pinned(planned: Workspace) -> None:
    test = _tab(draw("areas", area="A02"), "pin")
    test.segmented_control(key="area-pin").set_value("base").run()
    box = test.selectbox(key="pin-base-town-A02")
    assert sorted(box.options) == ["Town T-E1 · 10 beds", "Town T-E3 · 4 beds"]
    box.set_value("T-E3").run()
    assert not test.exception
    assert _metrics(test)["Load and travel, all areas"]
    test.text_area[0].set_value("nearer to the south").run()
    test.button(key="decide-pin-base").click().run()
    (saved,) = planned.decisions(ADMIN, page().folder)
    assert (saved.decision.area, saved.decision.town) == ("A02", "T-E3")


def test_a_pair_is_pinned_to_a_town(planned: Workspace) -> None:
    test = _tab(draw("areas"), "pin")
    test.segmented_control(key="area-pin").set_value("team").run()
    test.selectbox(key="pin-team-None").set_value("STO-005").run()
    test.selectbox(key="pin-team-town-STO-005").set_value("T-E1").run()
    assert not test.exception
    assert "Stations within reach of the town" in _metrics(test)
    test.text_area[0].set_value("a better hotel").run()
    test.button(key="decide-pin-team").click().run()
    (saved,) = planned.decisions(ADMIN, page().folder)
    assert (saved.decision.team, saved.decision.town) == ("STO-005", "T-E1")


def test_what_stands_where_it_is_may_be_pinned_there(planned: Workspace) -> None:  # noqa: ARG001
    test = _tab(draw("areas", area="A02", district="E3"), "pin")
    test.selectbox(key="pin-district-area").set_value("A02").run()
    assert "belongs there already" in test.info[0].value


def test_policies_stand_side_by_side_with_totals(planned: Workspace) -> None:  # noqa: ARG001
    test = _tab(draw("areas"), "policies")
    assert not test.exception
    table = test.dataframe[0].value
    assert list(table.columns)[2] == "● By stations"
    assert list(table["● By stations"]) == ["2", "3", "5"]
    assert list(table["Equal"])[-1].startswith("5 · ")


def test_another_policy_is_written_into_the_mission(planned: Workspace) -> None:
    test = _tab(draw("areas"), "policies")
    test.selectbox(key="policy-chosen").set_value(AllocationBasis.EQUAL).run()
    assert test.button(key="policy-use").disabled
    test.text_area[0].set_value("the east is calm").run()
    test.button(key="policy-use").click().run()
    assert not test.exception
    assert not test.error
    mission = planned.load(page().folder).mission_input.mission
    assert mission.policies.allocation.basis is AllocationBasis.EQUAL
    assert "**equal**" in _texts(test)
    entry = planned.store.audit.entries(ADMIN, page().folder.id, limit=5)
    assert any("equal: the east is calm" in each.detail for each in entry)


def test_a_policy_is_not_written_over_a_change_since_then(planned: Workspace) -> None:
    test = _tab(draw("areas"), "policies")
    test.selectbox(key="policy-chosen").set_value(AllocationBasis.EQUAL).run()
    test.text_area[0].set_value("the east is calm").run()
    file = page().folder.path / "mission.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\n# a note\n", encoding="utf-8")
    test.button(key="policy-use").click().run()
    assert not test.exception
    assert "ST\\-CHANGED" in test.error[0].value
    mission = planned.load(page().folder).mission_input.mission
    assert mission.policies.allocation.basis is AllocationBasis.STATIONS


def test_a_viewer_sees_effects_and_policies_and_may_settle_nothing(planned: Workspace) -> None:  # noqa: ARG001
    Stage.user = VIEWER
    test = _tab(draw("areas", area="A02", district="E3"), "pin")
    test.selectbox(key="pin-district-area").set_value("A01").run()
    assert "A2" in test.error[0].value
    assert not test.button
    test = _tab(test, "policies")
    assert len(test.dataframe) == 1
    assert not test.button
    assert not test.exception


def test_refused_pins_and_districts_left_out_are_told_with_their_reason(
    tmp_path: Path,
) -> None:
    pin = Decision(
        kind=DecisionKind.DISTRICT_AREA, district="E3", area="A01", author="Ada", reason="mine"
    )
    mission = good_mission().model_copy(update={"decisions": (pin,)})
    plan = good_plan()
    left = (
        Unassigned(
            kind="decision", subject=pin.subject, code="OP-AREA-PIN", reason="apart", remedy="not"
        ),
        Unassigned(
            kind="district", subject="X1", code="OP-ALLOC-REACH", reason="far away", remedy="beds"
        ),
    )
    write_home(tmp_path, mission, plan.model_copy(update={"unassigned": left}))
    with opened(tmp_path) as space:
        Stage.workspace = space
        test = _tab(draw("areas"), "decisions")
        assert not test.exception
        assert "could not be kept" in test.warning[0].value
        assert list(test.dataframe[0].value["Reason"]) == ["apart"]
        test.selectbox(key="why-decision").set_value(pin.subject).run()
        assert not test.exception
        assert "What stands in the way" in _texts(test)
        test = _tab(test, "left_out")
        assert list(test.dataframe[0].value["Name"]) == ["District X1"]
        test.selectbox(key="why-district").set_value("X1").run()
        assert not test.exception
        assert "X1" in _texts(test)


def test_a_mission_without_pairs_has_no_policies_to_compare(tmp_path: Path) -> None:
    mission, plan = good_mission(), good_plan()
    mission = mission.model_copy(
        update={
            "observers": (),
            "mission": mission.mission.model_copy(update={"staffing": Staffing(lto_teams=2)}),
        }
    )
    areas = tuple(area.model_copy(update={"sto_pairs": 0}) for area in plan.areas)
    plan = plan.model_copy(update={"areas": areas, "teams": (), "days": (), "sample": ()})
    write_home(tmp_path, mission, plan)
    with opened(tmp_path) as space:
        Stage.workspace = space
        test = _tab(draw("areas", area="A01"), "policies")
        assert not test.exception
        assert "places no STO pairs" in _texts(test)
        test = _tab(test, "pin")
        assert not test.exception
        assert "The town of an STO pair" not in test.segmented_control(key="area-pin").options


def test_a_plan_without_areas_says_what_to_do(tmp_path: Path) -> None:
    plan = good_plan().model_copy(
        update={"areas": (), "teams": (), "days": (), "sample": (), "stages": ()}
    )
    write_home(tmp_path, good_mission(), plan)
    with opened(tmp_path) as space:
        Stage.workspace = space
        test = draw("areas")
        assert not test.exception
        assert "no areas" in _texts(test)
