"""Compare: two revisions by figures, areas, people, stations and cost."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from planner.domain.frontier_point import FrontierPoint
from planner.domain.ids import DistrictId, TownId
from planner.domain.mission import Costs
from planner.domain.plan import Plan, StageName
from planner.domain.stage_point import StagePoint
from planner.jobs.record import JobFault
from planner.rules.kpis import compute_kpis
from planner.workspace.workspace import Workspace
from tests.good_plan import good_mission
from tests.ui.stage import ADMIN, VIEWER, Stage, draw, page
from ui.components.change_map import change_deck

PARTS = ("figures", "areas", "people", "stations", "cost")


def _said(test: AppTest) -> str:
    kinds = (test.markdown, test.caption, test.info, test.warning, test.success, test.error)
    return "\n".join(each.value for kind in kinds for each in kind).replace("\\", "")


def _save(space: Workspace, change: Callable[[Plan], Plan], head: int = 1) -> None:
    folder = space.missions(ADMIN)[0]
    plan = change(space.store.revisions.plan(ADMIN, folder.id, head))
    plan = plan.model_copy(update={"kpis": compute_kpis(good_mission(), plan)})
    space.store.revisions.save(ADMIN, folder.id, plan, expected_head=head, reason="a trial")


def _moved(plan: Plan) -> Plan:
    """Return the plan with a district, a pair and a partner elsewhere, and a visit left out."""
    west, east = plan.areas
    areas = (
        west.model_copy(update={"districts": (*west.districts, DistrictId("E1"))}),
        east.model_copy(
            update={"districts": tuple(d for d in east.districts if d != DistrictId("E1"))}
        ),
    )
    teams = {team.id: team for team in plan.teams}
    one, two, five = (team for team in plan.teams if team.id in ("STO-001", "STO-002", "STO-005"))
    teams[one.id] = one.model_copy(update={"members": (one.members[0], two.members[1])})
    teams[two.id] = two.model_copy(update={"members": (two.members[0], one.members[1])})
    teams[five.id] = five.model_copy(update={"base_town": TownId("T-E1")})
    first = plan.days[0]
    short = first.model_copy(update={"stops": (first.stops[0], *first.stops[2:])})
    return plan.model_copy(
        update={
            "areas": areas,
            "teams": tuple(teams[team.id] for team in plan.teams),
            "days": (short, *plan.days[1:]),
        }
    )


@pytest.fixture
def compared(planned: Workspace) -> Workspace:
    """Return a workspace with two revisions that differ in every way."""
    _save(planned, _moved)
    return planned


def test_one_revision_leads_to_another(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("compare")
    assert not test.exception
    assert "only one revision" in test.info[0].value


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_drawn(part: str, compared: Workspace) -> None:  # noqa: ARG001
    test = draw("compare", part=part)
    assert not test.exception
    assert "UI-BUG" not in _said(test)
    assert [each.value for each in test.metric[:6]] == ["1", "1", "6", "2", "1", "0"]


def test_newest_stands_against_the_one_before(compared: Workspace) -> None:  # noqa: ARG001
    test = draw("compare")
    assert (test.selectbox(key="old").value, test.selectbox(key="new").value) == ("1", "2")
    turned = draw("compare", old="2", new="1", part="people")
    assert (turned.selectbox(key="old").value, turned.selectbox(key="new").value) == ("2", "1")
    assert "T-E1" not in _said(turned)


def test_same_revision_twice_asks_for_another(compared: Workspace) -> None:  # noqa: ARG001
    test = draw("compare", old="2", new="2")
    assert not test.exception
    assert "two different" in _said(test)


def test_better_and_worse_go_by_the_meaning(compared: Workspace) -> None:  # noqa: ARG001
    figures = draw("compare").dataframe[0].value.set_index("Figure")
    assert figures.loc["Voting visits", "Difference"] == "-1"
    assert figures.loc["Voting visits", "Meaning"] == "▼ worse"
    assert figures.loc["STO pairs", "Meaning"] == ""
    assert figures.loc["Broken rules (hard)", "Old"] == "0"
    assert figures.loc["Broken rules (hard)", "Meaning"] == "▼ worse"


def test_people_with_place_before_and_after(compared: Workspace) -> None:  # noqa: ARG001
    test = draw("compare", part="people")
    people = test.dataframe[0].value.set_index("Observer")
    assert len(people) == 6
    travels = people[people["What changes"].str.contains("travels")]
    assert set(travels.index) == {"STO-P09", "STO-P10"}
    assert "E3" in travels.iloc[0]["Before"]
    assert "E1" in travels.iloc[0]["After"]
    test.toggle(key="compare-moved").set_value(True).run()
    assert len(test.dataframe[0].value) == 2


def test_stations_say_what_changes(compared: Workspace) -> None:  # noqa: ARG001
    (row,) = draw("compare", part="stations").dataframe[0].value.to_dict("records")
    assert row["Place"] == "W1-2"
    assert row["What changes"] == "no longer visited"
    assert row["Before"] == "STO-001 voting"


def test_map_leads_from_the_old_town_to_the_new_one(compared: Workspace) -> None:  # noqa: ARG001
    old, new = page().revision(1), page().revision(2)
    change = Stage.workspace.store.revisions.compare(ADMIN, page().folder.id, 1, 2)
    layers = {each.id: each.data for each in change_deck(old, new, change, "d").layers}
    (way,) = layers["ways"]
    assert "STO-005" in way["tip"]


def test_cost_without_prices_tells_quantities(compared: Workspace) -> None:  # noqa: ARG001
    test = draw("compare", part="cost")
    assert test.metric[6].value == "2"
    assert "No unit costs" in _said(test)
    assert test.dataframe[0].value["What"].iloc[0] == "vehicle days"


def test_invented_prices_are_marked(planned: Workspace) -> None:
    folder = planned.missions(ADMIN)[0]
    mission = planned.load(folder).mission_input.mission
    costs = Costs(km=0.5, vehicle_day=100, illustrative=True)
    planned.save_mission(
        ADMIN,
        folder,
        mission.model_copy(update={"costs": costs}),
        seen=planned.digest(folder),
        reason="prices to try with",
    )
    test = _priced(planned)
    assert not test.exception
    assert "different input" in _said(test)
    assert "ILLUSTRATIVE" not in _said(test)  # the old plan has no prices, so there is no money


def _priced(space: Workspace) -> AppTest:
    folder = space.missions(ADMIN)[0]
    loaded = space.load(folder)
    space._keep_input(ADMIN, folder, loaded)
    plan = space.store.revisions.plan(ADMIN, folder.id, 1)
    provenance = plan.provenance.model_copy(update={"input_hash": loaded.mission_input.input_hash})
    for head in (1, 2):
        fewer = {"days": plan.days[head - 1 :], "provenance": provenance}
        space.store.revisions.save(
            ADMIN, folder.id, plan.model_copy(update=fewer), expected_head=head, reason="priced"
        )
    money = draw("compare", part="cost", old="2", new="3")
    assert not money.exception
    assert "ILLUSTRATIVE" in _said(money)
    assert money.metric[-1].value.endswith("EUR")
    assert money.metric[-1].value.startswith("-")
    return draw("compare", part="cost", old="1", new="2")


def test_frontier_of_the_job(compared: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    points = (
        StagePoint(
            stage=StageName.PAIRING, label="free", objective=97, bound=98, moves=40, chosen=False
        ),
        StagePoint(
            stage=StageName.PAIRING, label="kept", objective=95, bound=98, moves=4, chosen=True
        ),
    )
    repairs = (
        FrontierPoint(stability=0.1, value=2423, points=97, could_keep=1600, lost=32),
        FrontierPoint(stability=1, value=2420, points=95, could_keep=1600, lost=0),
    )
    monkeypatch.setattr("ui.components.frontier._weighed", lambda *_args: (points, repairs, None))
    test = draw("compare")
    assert not test.exception
    kept = test.dataframe[0].value
    assert list(kept["Stability"]) == ["0.1", "1.0"]
    assert list(kept["Visits lost"]) == [32, 0]
    assert list(kept["of those possible"]) == ["2.0%", "0.0%"]
    table = test.dataframe[1].value
    assert list(table["Taken"]) == ["", "✓"]
    assert list(table["Moves"]) == [40, 4]


def test_a_frontier_that_failed_says_why(
    compared: Workspace,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fault = JobFault(code="PL-MEMORY", message="<b>no</b> memory", remedy="close programs")
    monkeypatch.setattr("ui.components.frontier._weighed", lambda *_args: ((), (), fault))
    (warned,) = draw("compare").warning
    assert "PL-MEMORY" in warned.value
    assert "<b>" not in warned.value


def test_no_frontier_without_a_job(compared: Workspace) -> None:  # noqa: ARG001
    assert not draw("compare").expander


def test_a_viewer_may_compare(compared: Workspace) -> None:  # noqa: ARG001
    Stage.user = VIEWER
    test = draw("compare", part="people")
    assert not test.exception
    assert len(test.dataframe) == 2


def test_equal_plans_say_so(planned: Workspace) -> None:
    folder = planned.missions(ADMIN)[0]
    planned.restore(ADMIN, folder, 1, expected_head=1, reason="again")
    test = draw("compare")
    assert not test.exception
    assert "the same" in _said(test)
