"""Stations stay at the hub that drew them, and what hubs leave behind goes to the nearest."""

import pytest

from planner.domain.ids import AreaId, StationId, TownId
from planner.domain.place import Station
from planner.domain.plan import SampledStation, SampleRole
from planner.optimizer.sampling.catchment import Catchment
from planner.optimizer.stage import Silent
from planner.replan.ground import Ground
from planner.replan.stays import first_chances, inherited, with_earlier
from tests.good_plan import TRAVEL
from tests.replan.small import MISSION, first

AREA, E1, E3 = AreaId("A01"), TownId("T-E1"), TownId("T-E3")
GROUND = Ground(MISSION, TRAVEL, first(), MISSION, Silent(), known=True, same_travel=True)


def stations(*names: str) -> tuple[Station, ...]:
    return tuple(MISSION.station_of[StationId(name)] for name in names)


def catchment(hub: TownId, *names: str) -> Catchment:
    return Catchment(AREA, hub, 1, 0, stations(*names), ())


def entry(
    name: str, hub: TownId, chance: float | None = 0.5, role: str = "primary"
) -> SampledStation:
    return SampledStation(
        station=StationId(name),
        area=AREA,
        hub=hub,
        stratum="rural",
        role=SampleRole(role),
        rank=1,
        probability=chance,
    )


def ids(hub: Catchment) -> list[str]:
    return [station.id for station in hub.stations]


def test_a_nearer_hub_takes_no_drawn_station_away():
    hubs = [catchment(E1, "E1-2"), catchment(E3, "E2-2", "E2-4", "E3-2")]
    made = with_earlier(GROUND, hubs, {(AREA, E1): [entry("E1-2", E1), entry("E2-2", E1)]})
    assert [ids(hub) for hub in made] == [["E1-2", "E2-2"], ["E2-4", "E3-2"]]


@pytest.mark.parametrize("name", ["W1-6", "E9-9"])
def test_what_is_out_of_reach_or_gone_does_not_stay(name: str):
    # W1-6 is remote; E9-9 is on no list.
    hubs = [catchment(E1, "E1-2"), catchment(E3, "E3-2", *(["W1-6"] if name == "W1-6" else []))]
    made = with_earlier(GROUND, hubs, {(AREA, E1): [entry(name, E1)]})
    assert made == hubs


def test_primaries_of_a_hub_without_pairs_go_to_the_nearest_with_their_chance():
    hub = catchment(E1, "E1-2", "E2-2", "E2-4")
    orphans = [entry("E2-2", E3, 0.3), entry("E2-4", E3, role="substitute"), entry("E3-2", E3)]
    (found,) = inherited(hub, [entry("E1-2", E1)], orphans)
    assert (found.station, found.hub, found.rank, found.probability) == ("E2-2", E1, 2, 0.3)
    assert inherited(hub, [entry("E2-2", E1)], orphans) == []


def test_everybody_has_the_chance_of_the_lot_that_they_took_part_in():
    rural = frozenset(s.id for s in stations("E1-2", "E1-4", "E2-2"))
    special = frozenset(s.id for s in stations("E3-6"))
    before = {(AREA, E1): {"rural": rural, "special": special}}
    old = {(AREA, E1): [entry("E1-2", E1, 0.4)]}
    found = first_chances(before, old)
    assert found == dict.fromkeys(rural, 0.4) | {"E3-6": 0.0}
    # A station that stands with a hub whose lot it was not in states nothing any more.
    beside = {(AREA, E1): [entry("E1-2", E1, 0.4)], (AREA, E3): [entry("E2-2", E3, 0.2)]}
    assert first_chances(before, beside)[StationId("E2-2")] is None
    assert first_chances(None, old) == {"E1-2": 0.4}
