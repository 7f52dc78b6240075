"""Plans of the good mission whose sample is changed, for tests of what a margin rests on."""

from collections.abc import Iterable

from planner.domain.ids import AreaId, StationId, TownId
from planner.domain.plan import Plan, SampledStation, SampleRole
from tests.good_plan import HUBS, INHABITED, good_plan

VISITED = (2, 3)
"""Numbers of the two stations of each district that its pair visits during voting."""


def drawn(
    numbers: Iterable[int], probability: float | None, role: SampleRole
) -> tuple[SampledStation, ...]:
    """Return the stations of these numbers in every district as drawn."""
    return tuple(
        SampledStation(
            station=StationId(f"{district}-{number}"),
            area=AreaId("A01" if district.startswith("W") else "A02"),
            hub=TownId(HUBS[district]),
            stratum="any",
            role=role,
            rank=number,
            probability=probability,
        )
        for number in numbers
        for district in INHABITED
    )


def with_sample(sample: tuple[SampledStation, ...]) -> Plan:
    """Return the good plan with another sample."""
    return good_plan().model_copy(update={"sample": sample})


def all_visited() -> Plan:
    """Return a plan in which the lot drew exactly what voting visits, two of six each."""
    return with_sample(drawn(VISITED, 2 / 6, SampleRole.PRIMARY))
