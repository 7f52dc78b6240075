"""How far one planned scenario is from a target: every part of it with value and limit."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.ids import DistrictId, StationId
from planner.domain.plan import Phase
from planner.scenario.run import ScenarioRun
from planner.scenario.target import Target

if TYPE_CHECKING:
    from planner.precision import Estimate, PrecisionReport
    from planner.precision.sighting import Observed

STATION_PHASES = (Phase.OPENING, Phase.VOTING, Phase.COUNTING)
TOTALS = {
    Phase.OPENING: "openings",
    Phase.VOTING: "voting_visits",
    Phase.COUNTING: "counts",
    Phase.TABULATION: "tabulations",
}
"""Columns of a point: planned by this name, the 5th percentile with ``_p5`` behind it."""
_BARELY = 1.0 + 1e-9


@dataclass(frozen=True)
class Measure:
    """One part of a target, measured.

    Parameters
    ----------
    name
        E.g. ``margin counting``, ``basis counting``, ``regions``, ``cost``.
    value
        What the plan reaches; None where it reaches nothing, or nobody knows.
    limit
        What is wanted.
    least
        True where the limit is the least value, False where it is the most.
    met
        Whether it is reached.
    unit
        ``share``, ``regions``, ``pairs``, ``findings``, or a currency.
    why
        What keeps a margin from being design-based, or limits it.
    """

    name: str
    value: float | None
    limit: float
    least: bool
    met: bool
    unit: str
    why: str = ""

    @property
    def score(self) -> float:
        """How far it is from the limit, 1 or less where it is reached, infinite for nothing."""
        if self.met:
            return min(1.0, _ratio(self))
        return max(_BARELY, _ratio(self))


def _ratio(measure: Measure) -> float:
    if measure.value is None:
        return math.inf
    upper, lower = measure.limit, measure.value
    if not measure.least:
        upper, lower = lower, upper
    if lower <= 0:
        return 0.0 if upper <= 0 else math.inf
    return upper / lower


def goals_of(target: Target, run: ScenarioRun) -> tuple[Measure, ...]:
    """Return what more pairs make better: margins, their basis, regions and districts touched."""
    mission = run.applied.mission
    report = _report(target, run)
    found: list[Measure] = []
    for phase, margin in target.margins.items():
        found += _margin(target, report.of(phase), margin)
    if target.regions:
        wanted = len({mission.district_of[s.district].region for s in mission.stations})
        touched = _regions(target, run)
        found.append(
            Measure("regions", touched, wanted, least=True, met=touched >= wanted, unit="regions")
        )
    if target.districts is not None:
        share = _districts(target, run) / max(1, len(mission.districts))
        met = share >= target.districts - 1e-9
        found.append(
            Measure("districts", share, target.districts, least=True, met=met, unit="share")
        )
    return tuple(found)


def limits_of(target: Target, run: ScenarioRun) -> tuple[Measure, ...]:
    """Return what more pairs make worse, or at least not better: money, span, broken rules."""
    point = run.point
    hard = point.hard_findings or 0
    found = [
        Measure("hard findings", hard, 0, least=False, met=hard == 0, unit="findings"),
    ]
    if target.budget is not None:
        cost = point.cost
        met = cost is not None and cost <= target.budget
        found.append(
            Measure("cost", cost, target.budget, least=False, met=met, unit=point.currency)
        )
    if target.span is not None:
        span = float(point.span_of_control_max or 0)
        met = span <= target.span
        found.append(Measure("span", span, target.span, least=False, met=met, unit="pairs"))
    return tuple(found)


def _margin(target: Target, estimate: "Estimate", limit: float) -> Iterator[Measure]:
    from planner.precision.basis import LEAST_REPRESENTED  # noqa: PLC0415 - heavy import
    from planner.precision.estimate import Basis  # noqa: PLC0415 - heavy import

    met = estimate.margin is not None and estimate.margin <= limit
    yield Measure(
        f"margin {estimate.phase}",
        estimate.margin,
        limit,
        least=False,
        met=met,
        unit="share",
        why=f"{estimate.basis}: {estimate.why}" if estimate.why else estimate.basis.value,
    )
    if not target.design_based:
        return
    whole = estimate.frame_n > 0 and estimate.n >= estimate.frame_n
    represented = 1.0 if whole else estimate.covered * (estimate.reached or 0.0)
    yield Measure(
        f"basis {estimate.phase}",
        represented,
        LEAST_REPRESENTED,
        least=True,
        met=estimate.basis is Basis.DESIGN,
        unit="share",
        why=estimate.why,
    )


def _report(target: Target, run: ScenarioRun) -> "PrecisionReport":
    """Return the precision at the level and the confidence of the target."""
    from planner.precision import assess  # noqa: PLC0415 - heavy import

    seen: Observed | None = None
    if target.level == "expected" and run.forecast.execution is not None:
        seen = run.forecast.execution.chances()
    elif target.level == "p5":
        seen = _fifth_percentile(run)
    return assess(run.applied.mission, run.plan, observed=seen, confidence=target.confidence)


def _fifth_percentile(run: ScenarioRun) -> Mapping[Phase, float]:
    """Return the places observed in nineteen of twenty draws, as the plan's share of its total."""
    planned, point = run.forecast.planned, run.point
    seen: dict[Phase, float] = {}
    for phase, name in TOTALS.items():
        total, low = getattr(point, name), getattr(point, f"{name}_p5")
        if total and low is not None:
            # Several pairs may go to one commission: its number is not that of tabulations.
            seen[phase] = planned.of(phase).n * min(1.0, low / total)
    return seen


def _regions(target: Target, run: ScenarioRun) -> int:
    """Return regions with an observed station: planned, in half, or in 19 of 20 of the draws."""
    execution = run.forecast.execution
    if target.level == "planned" or execution is None:
        region_of = run.applied.mission.district_of
        stations = run.applied.mission.station_of
        return len(
            {
                region_of[stations[StationId(stop.place)].district].region
                for day in run.plan.days
                for stop in day.stops
                if stop.phase in STATION_PHASES
            }
        )
    rows = [list(Phase).index(phase) for phase in STATION_PHASES]
    touched = (execution.observed[rows].sum(axis=0) > 0).sum(axis=0)
    part = 0.05 if target.level == "p5" else 0.5
    return int(np.quantile(touched, part, method="inverted_cdf"))


def _districts(target: Target, run: ScenarioRun) -> float:
    """Return districts with an observed station.

    The chance of a district is that of its surest station, rather too low than too high; its 5th
    percentile over all districts takes them as independent of each other.
    """
    execution = run.forecast.execution
    if target.level == "planned" or execution is None:
        return float(run.point.districts_touched or 0)
    chance: defaultdict[DistrictId, float] = defaultdict(float)
    seen = execution.chances()
    for phase in STATION_PHASES:
        for place, share in seen[phase].items():
            district = run.applied.mission.station_of[StationId(place)].district
            chance[district] = max(chance[district], share)
    if target.level == "expected":
        return math.fsum(chance.values())
    spread = np.ones(1)
    for district in sorted(chance):
        spread = np.convolve(spread, (1 - chance[district], chance[district]))
    return float(np.searchsorted(np.cumsum(spread), 0.05))
