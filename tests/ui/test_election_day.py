"""Election day: a pair, the country, coverage, a station; and what is settled about stations."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from planner.domain.decision import DecisionKind
from planner.export.view import PlanView
from planner.store.access import User
from planner.workspace.workspace import Workspace
from tests.good_plan import good_mission, good_plan
from tests.ui.stage import ADMIN, PLANNER, VIEWER, Stage, draw, page, write_home
from ui.components.country_map import CLASSES, COUNT, NOBODY, class_of, country_deck


def _said(test: AppTest) -> str:
    kinds = (test.markdown, test.caption, test.info, test.warning, test.success, test.error)
    return "\n".join(each.value for kind in kinds for each in kind).replace("\\", "")


def _standing(space: Workspace, user: User = ADMIN) -> list[tuple[str, str, str | None]]:
    return [
        (s.decision.kind.value, str(s.decision.station), s.decision.team)
        for s in space.store.decisions.standing(user, space.missions(user)[0].id)
    ]


@pytest.mark.parametrize("part", ["pair", "country", "coverage", "station"])
def test_every_part_has_its_own_address(part: str, planned: Workspace) -> None:  # noqa: ARG001
    test = draw("election_day", part=part)
    assert not test.exception
    assert not test.error
    assert test.query_params["part"] == part or test.query_params["part"] == [part]
    assert test.session_state["election_day-part"] == part


def test_unknown_part_is_the_first(planned: Workspace) -> None:  # noqa: ARG001
    assert draw("election_day", part="moon").session_state["election_day-part"] == "pair"


def test_pair_shows_its_substitutes_only(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("election_day", pair="STO-003")
    assert not test.exception
    tables = [frame.value for frame in test.dataframe]
    stops = next(table for table in tables if "What" in table)
    assert list(stops["What"])[:2] == ["leave base", "opening"]
    substitutes = next(table for table in tables if "Stratum" in table)
    assert set(substitutes["Station"]) == {"E1-5", "E2-5"}


def test_next_pair_and_back(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("election_day", pair="STO-001")
    assert test.button(key="pair-back").disabled
    test.button(key="pair-next").click().run()
    assert test.selectbox(key="pair").value == "STO-002"
    test.button(key="pair-back").click().run()
    assert test.selectbox(key="pair").value == "STO-001"
    assert draw("election_day", pair="STO-005").button(key="pair-next").disabled


def test_country_map_holds_each_station_once(planned: Workspace) -> None:  # noqa: ARG001
    shown = page().shown
    deck = json.loads(country_deck(shown, shown.digest, tuple(CLASSES)).to_json())
    points = {
        layer["id"]: [row[3].split(" ")[0] for row in layer["data"]]
        for layer in deck["layers"]
        if layer["id"] in CLASSES
    }
    assert sum(map(len, points.values())) == len({name for ids in points.values() for name in ids})
    assert {name: len(ids) for name, ids in points.items()} == {
        NOBODY: 10,
        "voting": 10,
        "opening": 5,
        COUNT: 5,
    }


def test_country_map_shows_chosen_classes_only(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("election_day", part="country")
    test.get("button_group")[1].set_value([COUNT]).run()
    assert not test.exception
    shown = page().shown
    deck = json.loads(country_deck(shown, shown.digest, (COUNT,)).to_json())
    assert [each["id"] for each in deck["layers"]] == ["regions", "areas", COUNT]


def test_closing_station_counts_as_a_count() -> None:
    view = PlanView(good_mission(), good_plan())
    of = {str(s.id): class_of(view, s) for s in view.mission.stations}
    assert [of[f"W1-{n}"] for n in range(1, 7)] == [
        "opening",
        "voting",
        "voting",
        COUNT,
        NOBODY,
        NOBODY,
    ]


def test_coverage_names_the_uncovered_stratum_first(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("election_day", part="coverage")
    first = test.dataframe[0].value.iloc[0]
    assert first["Region"].startswith("■")
    assert (first["Stratum"], first["Visited"]) == ("special", 0)
    assert "sample" in first["Why"]
    assert test.metric[0].value == "1 of 5"


def test_visited_station_says_by_whom_and_when(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("election_day", station="W1-1")
    assert not test.exception
    assert "STO-001" in _said(test)
    assert "opening" in _said(test)


def test_station_nobody_visits_is_explained(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("election_day", station="E1-5")
    assert not test.exception
    assert not test.error
    assert "What would change it" in _said(test)


def test_station_is_found_by_its_name(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("election_day", part="station")
    test.text_input(key="station").set_value("station w2").run()
    choice = test.selectbox(key="station-match")
    assert len(choice.options) == 6
    choice.select_index(2).run()
    assert test.text_input(key="station").value == "W2-3"
    assert "W2-3" in test.subheader[0].value.replace("\\", "")


def test_station_that_is_not_there(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("election_day", station="**NOWHERE**")
    assert not test.exception
    assert "No station has" in test.warning[0].value
    assert "\\*\\*NOWHERE" in test.warning[0].value


def test_never_go_there_is_settled_with_its_reason(planned: Workspace) -> None:
    Stage.user = PLANNER
    test = draw("election_day", station="W1-1")
    assert test.radio(key="settle-W1-1").value == DecisionKind.NEVER_STATION.value
    reason = next(area for area in test.text_area if area.key.endswith("station-W1-1"))
    reason.set_value("closed for repair").run()
    test.button(key="decide-station-W1-1").click().run()
    assert not test.exception
    assert _standing(planned) == [("never_station", "W1-1", None)]
    assert not [each for each in test.radio if each.key == "settle-W1-1"]


def test_visit_by_a_chosen_pair_of_the_area(planned: Workspace) -> None:
    test = draw("election_day", station="E1-5")
    pairs = test.selectbox(key="settle-pair-E1-5")
    assert list(pairs.options) == ["STO-003", "STO-004", "STO-005"]
    pairs.set_value("STO-003").run()
    reason = next(area for area in test.text_area if area.key.endswith("station-E1-5"))
    reason.set_value("asked for").run()
    test.button(key="decide-station-E1-5").click().run()
    assert _standing(planned) == [("visit_station", "E1-5", "STO-003")]


def test_a_viewer_settles_nothing(planned: Workspace) -> None:  # noqa: ARG001
    Stage.user = VIEWER
    test = draw("election_day", station="E1-5")
    assert not test.exception
    assert not test.radio
    assert not [b for b in test.button if b.label == "Save the decision"]


def test_plan_without_days_says_what_to_do(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    from tests.ui.stage import opened  # noqa: PLC0415 - only here

    home = tmp_path_factory.mktemp("no-days")
    write_home(home, plan=good_plan().model_copy(update={"days": (), "sample": ()}))
    with opened(home) as space:
        Stage.workspace = space
        for part in ("pair", "country"):
            test = draw("election_day", part=part)
            assert not test.exception
            assert "no election days" in _said(test)
        coverage = draw("election_day", part="coverage")
        assert not coverage.exception
        assert coverage.metric[0].value == "5 of 5"
