"""Election days against every day of at most three pairs and seven stations."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.ids import TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Station
from planner.domain.plan import Area, SampledStation, SampleRole, StageStatus, Team
from planner.domain.policy import ObservationMode, Policies
from planner.optimizer.allocation import solve_allocation
from planner.optimizer.areas import solve_areas
from planner.optimizer.days import DaysResult, solve_days
from planner.optimizer.sampling import solve_sampling
from planner.optimizer.stage import Effort, Silent
from tests.fuzz.every_day import EveryDay, together
from tests.fuzz.missions import missions, policies, roads
from tests.fuzz.profile import examples
from tests.fuzz.roads import Roads


def small(mode: ObservationMode) -> st.SearchStrategy[MissionInput]:
    """Draw missions of one mode, with at most three pairs and seven stations."""

    def of_mode(drawn: Policies) -> Policies:
        return drawn.model_copy(update={"day": drawn.day.model_copy(update={"mode": mode})})

    return missions(
        districts=2,
        stations=7,
        towns=3,
        lto_teams=2,
        sto_pairs=3,
        fewest_pairs=1,
        people=0,
        decided=0,
        rules=policies.map(of_mode),
    )


@dataclass(frozen=True)
class Ground:
    """What the days stand on, and what the stage makes of it."""

    areas: tuple[Area, ...]
    pairs: list[Team]
    sample: tuple[SampledStation, ...]
    result: DaysResult

    @classmethod
    def of(cls, mission: MissionInput, travel: Roads) -> "Ground":
        made = solve_areas(mission, travel, Effort(), Silent())
        allocated = solve_allocation(mission, travel, made.areas, Effort(), Silent())
        areas, teams = allocated.areas, allocated.teams
        sample = solve_sampling(mission, travel, areas, teams, Effort(), Silent()).sample
        result = solve_days(mission, travel, areas, teams, sample, Effort(scale=0.3), Silent())
        return cls(areas, [t for t in teams if t.kind is Role.STO], sample, result)


def best_of_area(
    mission: MissionInput,
    travel: Roads,
    pairs: Sequence[Team],
    drawn: Sequence[SampledStation],
) -> int:
    """Return the most value of an area's mobile pairs.

    A substitute replaces a station of its stratum, it does not add one.
    """
    stations: list[Station] = [mission.station_of[entry.station] for entry in drawn]
    quota = Counter(e.stratum for e in drawn if e.role is SampleRole.PRIMARY)

    def allowed(mask: int) -> bool:
        used = Counter(entry.stratum for k, entry in enumerate(drawn) if mask >> k & 1)
        return all(count <= quota[name] for name, count in used.items())

    tables: dict[TownId, dict[int, int]] = {}
    for pair in pairs:
        if pair.base_town not in tables:
            tables[pair.base_town] = EveryDay(mission, travel, pair.base_town, stations).best
    return together([tables[pair.base_town] for pair in pairs], allowed)


def best_static(
    mission: MissionInput,
    travel: Roads,
    pairs: Sequence[Team],
    drawn: Sequence[SampledStation],
) -> tuple[int, int]:
    """Return most primaries and then most value over all ways to give pairs a station each."""
    stations = [mission.station_of[entry.station] for entry in drawn]
    days = [EveryDay(mission, travel, pair.base_town, stations) for pair in pairs]
    best = (0, 0)
    for chosen in product((None, *range(len(stations))), repeat=len(pairs)):
        taken = [station for station in chosen if station is not None]
        if len(taken) > len(set(taken)):
            continue
        worth = [day.static_value(s) for day, s in zip(days, chosen, strict=True) if s is not None]
        if None not in worth:
            primaries = sum(drawn[s].role is SampleRole.PRIMARY for s in taken)
            best = max(best, (primaries, sum(value or 0 for value in worth)))
    return best


@examples(80)
@given(small(ObservationMode.MOBILE), roads)
def test_no_days_are_better(mission: MissionInput, travel: Roads) -> None:
    ground = Ground.of(mission, travel)
    report = ground.result.report
    if report.status is StageStatus.SKIPPED:
        return
    assert report.objective is not None
    assert report.bound is not None
    best = sum(
        best_of_area(
            mission,
            travel,
            [pair for pair in ground.pairs if pair.area == area.id],
            [entry for entry in ground.sample if entry.area == area.id],
        )
        for area in ground.areas
    )
    assert report.objective <= best <= report.bound
    assert report.objective >= best - 1, "a tiny cluster is solved almost always"


@examples(40)
@given(small(ObservationMode.STATIC), roads)
def test_no_static_days_are_better(mission: MissionInput, travel: Roads) -> None:
    """A substitute is taken only where a primary cannot be."""
    ground = Ground.of(mission, travel)
    report = ground.result.report
    if report.status is StageStatus.SKIPPED:
        return
    best = [
        best_static(
            mission,
            travel,
            [pair for pair in ground.pairs if pair.area == area.id],
            [entry for entry in ground.sample if entry.area == area.id],
        )
        for area in ground.areas
    ]
    visited = {stop.place for day in ground.result.days for stop in day.stops}
    primaries = {e.station for e in ground.sample if e.role is SampleRole.PRIMARY}
    assert len(visited & primaries) == sum(count for count, _ in best)
    assert report.objective == report.bound == sum(value for _, value in best)
