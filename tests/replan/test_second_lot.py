"""A second lot: how many, from whom, and with what chance."""

import pytest

from planner.domain.ids import AreaId, StationId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Station
from planner.domain.plan import Plan, SampledStation, SampleRole, StageName
from planner.domain.policy import SampleMode, SamplePolicy
from planner.optimizer.sampling.catchment import Catchment
from planner.replan.second_lot import SecondLot
from tests.replan.small import MISSION, again, changed, hard, made, staffed

AREA, HUB = AreaId("A01"), TownId("T-E1")
RURAL = tuple(
    s for s in MISSION.stations if s.district in ("E1", "E2") and s.id[-1] in "246" and s.voters
)
"""Six rural stations."""


def policy(**parts: object) -> SamplePolicy:
    return SamplePolicy(stations_per_pair=2, substitutes_per_pair=0, **parts)


def lot(
    seed: int = 1, sample: SamplePolicy | None = None, first: float | None = 2 / 6, taken: int = 2
) -> tuple[SecondLot, list[SampledStation]]:
    """Return a lot, and the entries of one pair: the first stations, drawn with ``first``."""
    policies = MISSION.mission.policies.model_copy(update={"sample": sample or policy()})
    mission = changed(mission=MISSION.mission.model_copy(update={"policies": policies}))
    have = [
        SampledStation(
            station=station.id,
            area=AREA,
            hub=HUB,
            stratum="rural",
            role=SampleRole.PRIMARY,
            rank=rank,
            probability=first,
        )
        for rank, station in enumerate(RURAL[:taken], start=1)
    ]
    chances = dict.fromkeys((station.id for station in RURAL), first)
    return SecondLot(mission, seed, {entry.station for entry in have}, chances), have


def hub(mobile: int = 2, stations: tuple[Station, ...] = RURAL) -> Catchment:
    return Catchment(AREA, HUB, mobile, 0, stations, ())


def test_what_is_missing_is_drawn_among_those_that_are_not_in_yet():
    second, have = lot()
    more = second.drawn(hub(), have, {"rural": 4})
    assert [entry.rank for entry in more] == [3, 4]
    assert not {entry.station for entry in more} & {entry.station for entry in have}
    assert {entry.station for entry in more} <= second.taken
    assert second.drawn(hub(), [*have, *more], {"rural": 4}) == []


def test_the_chance_is_that_of_both_lots():
    second, have = lot()
    more = second.drawn(hub(), have, {"rural": 4})
    # Two of six, and of the four others two: four of six for everybody, drawn first or second.
    assert [second.chance(entry) for entry in (*have, *more)] == pytest.approx([4 / 6] * 4)


def test_a_station_that_took_part_in_the_second_lot_alone_has_its_chance():
    second, have = lot()
    newcomer = RURAL[-1].id
    second = SecondLot(
        second.mission, 1, second.taken, {k: v for k, v in second.first.items() if k != newcomer}
    )
    second.drawn(hub(), have, {"rural": 4})
    entry = have[0].model_copy(update={"station": newcomer})
    assert second.chance(entry) == pytest.approx(0.5)


def test_every_station_is_drawn_as_often_as_its_chance_says():
    times = dict.fromkeys((station.id for station in RURAL[2:]), 0)
    for seed in range(400):
        second, have = lot(seed)
        for entry in second.drawn(hub(), have, {"rural": 4}):
            times[entry.station] += 1
    # Two of four in 400 draws: 200 with a standard deviation of 10.
    assert all(160 <= number <= 240 for number in times.values())


def test_an_unstated_chance_stays_unstated():
    second, have = lot(first=None)
    more = second.drawn(hub(), have, {"rural": 4})
    assert {second.chance(entry) for entry in (*have, *more)} == {None}


def test_a_hub_without_so_many_stations_gives_all_it_has():
    second, have = lot(taken=4)
    more = second.drawn(hub(mobile=4), have, {"rural": 8})
    assert {entry.station for entry in (*have, *more)} == {station.id for station in RURAL}
    assert {second.chance(entry) for entry in more} == {1.0}


def test_coverage_takes_the_largest_and_states_nothing():
    second, have = lot(sample=policy(mode=SampleMode.COVERAGE), first=None)
    more = second.drawn(hub(), have, {"rural": 4})
    assert len(more) == 2
    assert {second.chance(entry) for entry in more} == {None}


def primaries(plan: Plan) -> set[StationId]:
    return {entry.station for entry in plan.sample if entry.role is SampleRole.PRIMARY}


def sampled(pairs: int, stations_per_pair: int = 3) -> MissionInput:
    mission = staffed(2, pairs)
    policies = mission.mission.policies.model_copy(
        update={"sample": SamplePolicy(stations_per_pair=stations_per_pair)}
    )
    return mission.model_copy(
        update={
            "mission": mission.mission.model_copy(update={"policies": policies}),
            "input_hash": f"{pairs} pairs",
        }
    )


def test_a_pair_more_adds_stations_and_takes_none_away():
    before, now = sampled(4), sampled(5)
    earlier = made(before)
    result = again(now, earlier=earlier, before=before)
    assert hard(now, result.plan) == ()
    assert primaries(earlier) <= primaries(result.plan)
    assert len(primaries(result.plan)) == len(primaries(earlier)) + 3
    (report,) = [report for report in result.plan.stages if report.name is StageName.SAMPLING]
    assert "a second lot drew 3" in report.note
    for entry in result.plan.sample:
        assert entry.probability is None or 0 < entry.probability <= 1


def test_a_pair_less_takes_no_station_from_the_others():
    before, now = sampled(5), sampled(4)
    earlier = made(before)
    result = again(now, earlier=earlier, before=before)
    assert hard(now, result.plan) == ()
    hubs = {team.base_town for team in result.plan.teams}
    assert {e.station for e in earlier.sample if e.hub in hubs} <= {
        e.station for e in result.plan.sample
    }
