"""Election days against every day of at most three pairs and seven stations."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import given

from planner.domain.ids import TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Station
from planner.domain.plan import Area, SampledStation, SampleRole, StageStatus, Team, TeamMode
from planner.domain.policy import ObservationMode, Policies
from planner.optimizer.allocation import solve_allocation
from planner.optimizer.areas import solve_areas
from planner.optimizer.days import solve_days
from planner.optimizer.sampling import solve_sampling
from planner.optimizer.stage import Effort, Silent
from tests.fuzz.every_day import EveryDay, together
from tests.fuzz.missions import missions, policies, roads
from tests.fuzz.profile import examples
from tests.fuzz.roads import Roads

small = missions(
    districts=2,
    stations=7,
    towns=3,
    lto_teams=2,
    sto_pairs=3,
    fewest_pairs=1,
    people=0,
    decided=0,
    rules=policies.map(lambda drawn: _of_mode(drawn, ObservationMode.MOBILE)),
)


def _of_mode(drawn: Policies, mode: ObservationMode) -> Policies:
    return drawn.model_copy(update={"day": drawn.day.model_copy(update={"mode": mode})})


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


@examples(80)
@given(small, roads)
def test_no_days_are_better(mission: MissionInput, travel: Roads) -> None:
    areas: Sequence[Area] = solve_areas(mission, travel, Effort(), Silent()).areas
    allocated = solve_allocation(mission, travel, areas, Effort(), Silent())
    areas, teams = allocated.areas, allocated.teams
    sample = solve_sampling(mission, travel, areas, teams, Effort(), Silent()).sample
    result = solve_days(mission, travel, areas, teams, sample, Effort(scale=0.3), Silent())
    report = result.report
    if report.status is StageStatus.SKIPPED:
        return
    assert report.objective is not None
    assert report.bound is not None
    pairs = [t for t in teams if t.kind is Role.STO]
    if any(pair.mode is TeamMode.STATIC for pair in pairs):
        return
    best = sum(
        best_of_area(
            mission,
            travel,
            [pair for pair in pairs if pair.area == area.id],
            [entry for entry in sample if entry.area == area.id],
        )
        for area in areas
    )
    assert report.objective <= best <= report.bound
    assert report.objective >= best - 1, "a tiny cluster is solved almost always"
