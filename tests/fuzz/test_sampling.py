"""Sampling against every way to share stations out over strata, and the chances that it states."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.mission_input import MissionInput
from planner.domain.plan import SampleRole, StageStatus
from planner.domain.policy import SampleMode
from planner.objective.sampling import stratum
from planner.optimizer.allocation import solve_allocation
from planner.optimizer.areas import solve_areas
from planner.optimizer.sampling import solve_sampling
from planner.optimizer.sampling.shares import share_out
from planner.optimizer.stage import Effort, Silent
from tests.fuzz.missions import missions, roads
from tests.fuzz.profile import examples
from tests.fuzz.roads import Roads

small = missions(people=0, decided=2)
hub = st.lists(st.integers(0, 4), min_size=3, max_size=3)


def shared(available: Sequence[Sequence[int]], wanted: Sequence[int]) -> Iterator[np.ndarray]:
    """Yield every matrix of whole numbers within ``available`` whose rows sum to ``wanted``."""
    if not available:
        yield np.zeros((0, 3), dtype=np.int64)
        return
    rows = [
        (a, b, wanted[0] - a - b)
        for a in range(available[0][0] + 1)
        for b in range(available[0][1] + 1)
        if 0 <= wanted[0] - a - b <= available[0][2]
    ]
    for rest in shared(available[1:], wanted[1:]):
        for row in rows:
            yield np.vstack([[row], rest])


@examples(60)
@given(
    st.lists(hub, min_size=1, max_size=3),
    st.data(),
    st.lists(st.integers(1, 30), min_size=3, max_size=3),
    st.sampled_from([None, 0.0, 0.25, 1.0]),
)
def test_no_sharing_out_is_nearer_to_the_frame(
    available: list[list[int]], data: st.DataObject, frame: list[int], cap: float | None
) -> None:
    """The last stratum is capped, as special stations are."""
    wanted = [data.draw(st.integers(0, sum(row) + 1)) for row in available]
    share = np.array(frame, dtype=np.float64) / sum(frame)
    capped = np.array([False, False, True])
    found = share_out(np.array(available), np.array(wanted), share, capped, cap)
    cut = [min(want, sum(row)) for want, row in zip(wanted, available, strict=True)]
    total = sum(cut)
    assert found.number.sum(axis=1).tolist() == cut
    assert (found.number <= np.array(available)).all()
    if not total:
        return
    most = float(share[2]) if cap is None else cap
    forced = sum(max(0, want - row[0] - row[1]) for want, row in zip(cut, available, strict=True))
    allowed = max(np.floor(total * most + 1e-9), forced)

    def distance(number: np.ndarray) -> float:
        return float(np.abs(number.sum(axis=0) / total - share).sum() / 2)

    best = min(distance(m) for m in shared(available, cut) if m[:, 2].sum() <= allowed)
    assert found.number[:, 2].sum() <= allowed
    assert found.bound <= best + 1e-9
    assert best - 1e-9 <= distance(found.number) <= best + 1e-3


@examples(30)
@given(small, roads)
def test_chances_are_those_of_the_draw(mission: MissionInput, travel: Roads) -> None:
    """Chances of all stations of a stratum at a hub sum to the number of its primaries."""
    areas = solve_areas(mission, travel, Effort(), Silent()).areas
    allocated = solve_allocation(mission, travel, areas, Effort(), Silent())
    result = solve_sampling(mission, travel, allocated.areas, allocated.teams, Effort(), Silent())
    report = result.report
    if report.status is StageStatus.SKIPPED:
        return
    assert report.objective is not None
    assert report.bound is not None
    assert report.bound <= report.objective + 1e-9
    stations = [entry.station for entry in result.sample]
    assert len(stations) == len(set(stations)), "no station is drawn twice"
    primaries: Counter[tuple[str, str, str]] = Counter()
    chance: dict[tuple[str, str, str], set[float | None]] = {}
    for entry in result.sample:
        key = (entry.area, entry.hub, entry.stratum)
        primaries[key] += entry.role is SampleRole.PRIMARY
        chance.setdefault(key, set()).add(entry.probability)
        assert mission.mission.policies.sample.mode is SampleMode.REPRESENTATIVE or (
            entry.probability is None
        )
    for key, stated in chance.items():
        assert len(stated) == 1, f"one chance for all of {key}"
        (one,) = stated
        if one is not None:
            frame = primaries[key] / one
            assert frame == pytest.approx(round(frame))
            drawn = [e for e in result.sample if (e.area, e.hub, e.stratum) == key]
            assert len(drawn) <= round(frame)
    members = {station.id: stratum(station) for station in mission.stations}
    for entry in result.sample:
        plain = entry.stratum.removeprefix("static ").removeprefix("pinned ")
        assert plain in {"static", members[entry.station]}
