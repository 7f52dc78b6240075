"""Earlier draws: who moves up, and which probabilities are still true."""

from collections.abc import Iterable

import pytest

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, StationId, TownId
from planner.domain.place import Station
from planner.domain.plan import Plan, SampledStation, SampleRole, StageName
from planner.domain.policy import SampleMode, SamplePolicy
from planner.optimizer.sampling.catchment import Catchment
from planner.replan.hub_sample import HubSample, kept_hub, population
from tests.replan.small import MISSION, again, changed, chosen, decided, first, hard, made, points

STATIONS = tuple(s for s in MISSION.stations if s.district in ("E1", "E2") and s.id[-1] in "2346")
"""Eight rural ones (E1-3 is urban)."""
AREA, HUB = AreaId("A01"), TownId("T-E1")


def hub(stations: Iterable[Station], pinned: Iterable[Station] = (), mobile: int = 1) -> Catchment:
    return Catchment(AREA, HUB, mobile, 0, tuple(stations), tuple(pinned))


def drawn(names: str, primaries: int, chance: float | None) -> list[SampledStation]:
    return [
        SampledStation(
            station=StationId(name),
            area=AREA,
            hub=HUB,
            stratum="rural",
            role=SampleRole.PRIMARY if rank <= primaries else SampleRole.SUBSTITUTE,
            rank=rank,
            probability=chance,
        )
        for rank, name in enumerate(names.split(), start=1)
    ]


RURAL = tuple(s for s in STATIONS if s.id != "E1-3")
EARLIER = drawn("E1-2 E1-4 E2-2 E2-3 E2-4", 3, 3 / 7)


def told(sample: HubSample) -> list[tuple[str, str, int, float | None]]:
    return [(str(e.station), e.role.value, e.rank, e.probability) for e in sample.entries]


def test_nothing_changed_keeps_all():
    now = hub(STATIONS)
    assert list(kept_hub(now, EARLIER, population(now)).entries) == EARLIER


def test_the_first_substitute_moves_up_without_a_chance_and_the_others_keep_theirs():
    left = [s for s in STATIONS if s.id != "E1-4"]
    found = kept_hub(hub(left), EARLIER, population(hub(STATIONS)))
    chance = 3 / 7
    assert told(found) == [
        ("E1-2", "primary", 1, chance),
        ("E2-2", "primary", 2, chance),
        ("E2-3", "primary", 3, None),
        ("E2-4", "substitute", 4, chance),
    ]
    assert (found.promoted, found.gone, found.undrawn) == (("E2-3",), ("E1-4",), ())


def test_who_moved_up_never_gets_a_chance_later():
    left = [s for s in STATIONS if s.id != "E1-4"]
    once = kept_hub(hub(left), EARLIER, population(hub(STATIONS)))
    again_ = kept_hub(hub(left), once.entries, population(hub(left)))
    assert told(again_) == told(once)


def test_a_station_that_the_lot_never_knew_takes_all_chances_of_its_stratum_back():
    before = [s for s in STATIONS if s.id != "E2-6"]
    found = kept_hub(hub(STATIONS), drawn("E1-2 E1-4", 2, 2 / 6), population(hub(before)))
    assert [chance for *_, chance in told(found)] == [None, None]
    assert found.undrawn == ("rural",)


@pytest.mark.parametrize(("chance", "undrawn"), [(2 / 7, ()), (2 / 8, ()), (2 / 6, ("rural",))])
def test_where_the_lot_is_not_known_its_size_follows_from_the_chance(
    chance: float, undrawn: tuple[str, ...]
):
    found = kept_hub(hub(STATIONS), drawn("E1-2 E1-4", 2, chance), None)
    assert len(RURAL) == 7
    assert found.undrawn == undrawn


def test_a_pinned_primary_is_replaced_by_nobody():
    (station,) = [s for s in STATIONS if s.id == "E1-4"]
    left = [s for s in STATIONS if s.id != "E1-4"]
    found = kept_hub(hub(left, [station]), EARLIER, population(hub(STATIONS)))
    assert told(found)[0] == ("E1-4", "primary", 1, None)
    assert [name for name, role, *_ in told(found) if role == "primary"] == ["E1-4", "E1-2", "E2-2"]
    assert found.gone == found.promoted == ()


def primaries(plan: Plan) -> set[StationId]:
    return {entry.station for entry in plan.sample if entry.role is SampleRole.PRIMARY}


def test_a_barred_station_leaves_and_its_chance_is_told():
    name = next(e.station for e in first().sample if e.role is SampleRole.PRIMARY)
    mission = decided(Decision(kind=DecisionKind.NEVER_STATION, station=name))
    result = again(mission)
    assert hard(mission, result.plan) == ()
    assert name not in {entry.station for entry in result.plan.sample}
    assert primaries(result.plan) >= primaries(first()) - {name}


def test_other_numbers_of_stations_a_pair_are_drawn_anew():
    policies = MISSION.mission.policies.model_copy(
        update={"sample": SamplePolicy(stations_per_pair=4)}
    )
    mission = changed(mission=MISSION.mission.model_copy(update={"policies": policies}))
    result = again(mission)
    (point,) = points(result, StageName.SAMPLING).values()
    assert point.note == "not kept: the policy of the sample has changed"
    assert result.plan.sample == made(mission).sample


def test_a_sample_without_a_lot_never_states_a_chance():
    policies = MISSION.mission.policies.model_copy(
        update={"sample": SamplePolicy(mode=SampleMode.COVERAGE, stations_per_pair=4)}
    )
    coverage = changed(mission=MISSION.mission.model_copy(update={"policies": policies}))
    result = again(coverage)
    assert "the sample mode was representative" in chosen(result, StageName.SAMPLING).note
    barred = coverage.model_copy(
        update={
            "input_hash": "barred",
            "decisions": (
                Decision(
                    kind=DecisionKind.NEVER_STATION,
                    station=next(iter(sorted(primaries(result.plan)))),
                ),
            ),
        }
    )
    later = again(barred, earlier=result.plan, before=coverage)
    assert hard(barred, later.plan) == ()
    assert chosen(later, StageName.SAMPLING).label == "kept"
    assert {entry.probability for entry in later.plan.sample} == {None}
    assert "OP-SAMPLE-KEPT" not in {found.code for found in later.plan.findings}


def test_promotions_are_told_once_and_forgotten_with_the_draw():
    policies = MISSION.mission.policies.model_copy(
        update={"sample": SamplePolicy(stations_per_pair=3, substitutes_per_pair=2)}
    )
    small = changed(mission=MISSION.mission.model_copy(update={"policies": policies}))
    earlier = made(small)
    name = next(e.station for e in earlier.sample if e.role is SampleRole.PRIMARY)
    barred = small.model_copy(
        update={
            "input_hash": "barred",
            "decisions": (Decision(kind=DecisionKind.NEVER_STATION, station=name),),
        }
    )
    result = again(barred, earlier=earlier, before=small)
    assert hard(barred, result.plan) == ()
    found = [f for f in result.plan.findings if f.code == "OP-SAMPLE-KEPT"]
    (up,) = primaries(result.plan) - primaries(earlier)
    assert [f.subject for f in found] == [up]
    (entry,) = [e for e in result.plan.sample if e.station == up]
    assert entry.probability is None
    free = again(barred, 0.0, earlier=earlier, before=small)
    assert "OP-SAMPLE-KEPT" not in {f.code for f in free.plan.findings}
