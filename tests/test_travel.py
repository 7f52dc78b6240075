from datetime import date
from pathlib import Path

import numpy as np
import pytest

from geodata.travel.provider import UNROUTABLE
from planner.domain.ids import DistrictId, MissionId, StationId, TownId
from planner.domain.mission import Mission
from planner.domain.mission_input import MissionInput
from planner.domain.place import Station, Town
from planner.domain.policy import Policies, Season, TravelModel, TravelPolicy
from planner.errors import PlannerError
from planner.travel import make_provider, points_of

TOWN = Town(id=TownId("t1"), name="Town", district=DistrictId("d"), lat=51.0, lon=71.0)
STATIONS = (
    Station(id=StationId("1"), district=DistrictId("d"), lat=51.1, lon=71.1),
    Station(id=StationId("2"), district=DistrictId("d"), lat=51.2, lon=71.3),
)


def mission(policy: TravelPolicy, folder: Path | None = None) -> MissionInput:
    return MissionInput(
        mission=Mission(
            id=MissionId("m"),
            name="Test",
            country="KZ",
            e_day=date(2022, 11, 20),
            time_zone="Asia/Almaty",
            policies=Policies(travel=policy),
        ),
        regions=(),
        districts=(),
        adjacency=(),
        towns=(TOWN,),
        stations=STATIONS,
        folder="" if folder is None else str(folder),
    )


def test_points_of_places() -> None:
    assert points_of(STATIONS).tolist() == [[51.1, 71.1], [51.2, 71.3]]
    assert points_of([]).shape == (0, 2)


def test_the_default_is_the_great_circle_with_the_policys_figures() -> None:
    provider = make_provider(mission(TravelPolicy(road_factor=1.4, season=Season.WINTER)))
    assert "great circle x 1.4" in provider.provenance
    assert "speeds x 0.8 (winter)" in provider.provenance
    assert provider.legs(points_of([TOWN]), points_of(STATIONS[:1])).duration_s[0] > 0


def test_the_winter_factor_counts_in_winter_only() -> None:
    provider = make_provider(mission(TravelPolicy(winter_speed_factor=0.5)))
    assert "speeds x 1 (summer)" in provider.provenance


def test_a_matrix_file_by_the_missions_ids(tmp_path: Path) -> None:
    (tmp_path / "travel.csv").write_text("from,to,duration_s\nt1,1,600\n", encoding="utf-8")
    policy = TravelPolicy(model=TravelModel.MATRIX, file="travel.csv")
    provider = make_provider(mission(policy, tmp_path))
    matrix = provider.matrix(points_of([TOWN]), points_of(STATIONS))
    assert matrix.duration_s.tolist() == [[600, UNROUTABLE]]
    assert "travel.csv" in provider.provenance


def test_an_id_that_means_two_points_is_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "travel.csv").write_text("from,to,duration_s\n1,2,600\n", encoding="utf-8")
    policy = TravelPolicy(model=TravelModel.MATRIX, file="travel.csv")
    twice = TOWN.model_copy(update={"id": TownId("1")})
    ambiguous = mission(policy, tmp_path).model_copy(update={"towns": (twice,)})
    with pytest.raises(PlannerError, match="no place has the id '1'"):
        make_provider(ambiguous)


def test_a_missions_problems_are_told_as_planner_errors(tmp_path: Path) -> None:
    (tmp_path / "travel.csv").write_text("from,to,duration_s\nx,1,-1\n", encoding="utf-8")
    policy = TravelPolicy(model=TravelModel.MATRIX, file="travel.csv")
    with pytest.raises(PlannerError, match=r"2 problem\(s\)\n  row 2, column from") as caught:
        make_provider(mission(policy, tmp_path))
    assert caught.value.code == "TR-MATRIX"
    assert caught.value.remedy


@pytest.mark.parametrize("file", ["../travel.csv", "/etc/hostname", "a/../../travel.csv"])
@pytest.mark.parametrize("model", [TravelModel.MATRIX, TravelModel.OSM])
def test_a_file_outside_the_folder_is_refused(
    tmp_path: Path, file: str, model: TravelModel
) -> None:
    (tmp_path / "travel.csv").write_text("from,to,duration_s\n", encoding="utf-8")
    folder = tmp_path / "mission"
    folder.mkdir()
    with pytest.raises(PlannerError, match="outside the mission folder") as caught:
        make_provider(mission(TravelPolicy(model=model, file=file), folder))
    assert caught.value.code == "TR-PATH"


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "travel.csv").write_text("from,to,duration_s\n", encoding="utf-8")
    folder = tmp_path / "mission"
    folder.mkdir()
    (folder / "travel.csv").symlink_to(tmp_path / "travel.csv")
    policy = TravelPolicy(model=TravelModel.MATRIX, file="travel.csv")
    with pytest.raises(PlannerError, match="outside the mission folder"):
        make_provider(mission(policy, folder))


def test_a_mission_without_a_folder_has_no_files() -> None:
    policy = TravelPolicy(model=TravelModel.MATRIX, file="travel.csv")
    with pytest.raises(PlannerError, match="has no folder"):
        make_provider(mission(policy))


def test_a_missing_extract_is_told(tmp_path: Path) -> None:
    policy = TravelPolicy(model=TravelModel.OSM, file="roads.osm.pbf")
    with pytest.raises(PlannerError, match=r"roads\.osm\.pbf") as caught:
        make_provider(mission(policy, tmp_path))
    assert caught.value.code == "TR-FILE"


def test_a_server_that_fails_while_planning_is_told() -> None:
    pytest.importorskip("routingpy", reason="routingpy (extra 'routing') is not installed")
    policy = TravelPolicy(model=TravelModel.SERVER, server="osrm", url="http://127.0.0.1:9")
    provider = make_provider(mission(policy))
    assert "osrm at 127.0.0.1:9" in provider.provenance
    places = np.array([[51.0, 71.0], [52.0, 71.0]])
    for ask in (provider.matrix, provider.legs):
        with pytest.raises(PlannerError, match="cannot be reached") as caught:
            ask(places, places[::-1])
        assert caught.value.code == "TR-SERVER"


def test_an_unknown_engine_is_told() -> None:
    policy = TravelPolicy(model=TravelModel.SERVER, server="osmr", url="http://127.0.0.1:9")
    with pytest.raises(PlannerError, match="no routing engine 'osmr'"):
        make_provider(mission(policy))
