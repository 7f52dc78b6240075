"""The figures of a simulation that people read: ranges by phase, risks by pair."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from planner.domain.ids import RegionId, TeamId
from planner.domain.plan import Phase
from planner.execution.replay import Cause

if TYPE_CHECKING:
    from planner.execution.execution import Execution

_HOUR_S = 3600.0


@dataclass(frozen=True)
class Spread:
    """Mean and percentiles over draws; percentiles are values that occurred."""

    mean: float
    p5: float
    p50: float
    p95: float


@dataclass(frozen=True)
class PhaseOutcome:
    """Stations observed in one phase: in the whole mission, or in one region.

    Parameters
    ----------
    region
        None for the whole mission.
    planned
        As planned.
    observed
        Over draws; its mean is the expected number observed.
    """

    phase: Phase
    region: RegionId | None
    planned: int
    observed: Spread


@dataclass(frozen=True)
class PairRisk:
    """How one pair's day may go; probabilities over all draws.

    Parameters
    ----------
    absent
        Probability that the pair does not go out.
    misses_opening, misses_closing, misses_tabulation
        Probability of not observing what the plan gives the pair, absence included; None where
        the plan gives it none.
    visits_planned, visits
        Voting visits.
    duty_h
        Hours on duty where the pair went out; None if it never did.
    over_duty
        Probability of a duty beyond the limit, where the pair went out.
    spare_min
        Minutes of delay that the planned day can absorb before its closing.
    cause
        What most often delayed the pair most, among the draws in which it missed its opening or
        closing or a visit; ``NOTHING`` if it missed none.
    """

    team: TeamId
    absent: float
    misses_opening: float | None
    misses_closing: float | None
    misses_tabulation: float | None
    visits_planned: int
    visits: Spread
    duty_h: Spread | None
    over_duty: float
    spare_min: float
    cause: Cause

    @property
    def expected_loss(self) -> float:
        """Observations that the pair is expected to lose; a closing or opening counts as three.

        The weights are those of ``planner.objective.days``.
        """
        lost = max(0.0, self.visits_planned - self.visits.mean)
        return lost + 3 * (self.misses_opening or 0.0) + 3 * (self.misses_closing or 0.0)


@dataclass(frozen=True)
class Summary:
    """One simulation in figures.

    Parameters
    ----------
    draws, pairs
        How many draws, and pairs planned.
    pairs_out
        Pairs that went out.
    phases
        The whole mission, by phase in their order.
    regions
        The same by region and phase; regions where the plan has nothing are left out.
    missed_openings, missed_closings
        Pairs that missed what the plan gives them.
    duty_h
        Hours on duty over all pairs and draws.
    longest_duty_h
        The longest duty of each draw.
    back_h
        When pairs reach their base, hours after midnight of E-day on its clocks (26 is two in the
        morning of E+1), over all pairs and draws.
    risks
        All pairs, most at risk first.
    """

    draws: int
    pairs: int
    pairs_out: Spread
    phases: tuple[PhaseOutcome, ...]
    regions: tuple[PhaseOutcome, ...]
    missed_openings: Spread
    missed_closings: Spread
    duty_h: Spread
    longest_duty_h: Spread
    back_h: Spread
    risks: tuple[PairRisk, ...]


def spread(values: npt.NDArray[np.generic]) -> Spread:
    """Return mean and percentiles of ``values``, NaN left out; all 0 if there are none."""
    known = np.asarray(values, dtype=np.float64).reshape(-1)
    known = known[~np.isnan(known)]
    if not known.size:
        return Spread(0.0, 0.0, 0.0, 0.0)
    p5, p50, p95 = np.quantile(known, (0.05, 0.5, 0.95), method="inverted_cdf").tolist()
    return Spread(float(known.mean()), p5, p50, p95)


def summarise(execution: "Execution") -> Summary:
    """Return the figures of ``execution``."""
    days = execution.days
    planned = _planned(execution)
    opens = days.is_opening.sum(axis=1) > 0
    phases = tuple(
        PhaseOutcome(phase, None, int(planned[row].sum()), spread(execution.totals[phase]))
        for row, phase in enumerate(Phase)
    )
    regions = tuple(
        PhaseOutcome(
            phase, region, int(planned[row, column]), spread(execution.observed[row, column])
        )
        for column, region in enumerate(days.regions)
        for row, phase in enumerate(Phase)
        if planned[:, column].any()
    )
    duty_h = execution.duty_s / _HOUR_S
    went = np.nan_to_num(duty_h, nan=0.0)
    longest = went.max(axis=0, initial=0.0)
    risks = [_risk(execution, row) for row in range(days.days)]
    return Summary(
        draws=execution.draws,
        pairs=days.days,
        pairs_out=spread(execution.present.sum(axis=0)),
        phases=phases,
        regions=regions,
        missed_openings=spread((opens[:, None] & ~execution.opening).sum(axis=0)),
        missed_closings=spread((days.has_closing[:, None] & ~execution.closing).sum(axis=0)),
        duty_h=spread(duty_h),
        longest_duty_h=spread(longest),
        back_h=spread((execution.reach_base_s - days.e_day_s[:, None]) / _HOUR_S),
        risks=tuple(sorted(risks, key=lambda risk: (-risk.expected_loss, risk.team))),
    )


def _planned(execution: "Execution") -> npt.NDArray[np.int64]:
    """Return what is planned by phase and region, shape (5, regions)."""
    days = execution.days
    numbers = len(days.regions)
    calls = days.region[:, 1 : days.calls + 1]
    closing = days.region[days.has_closing, days.closing]
    commission = days.region[days.has_tabulation, days.commission]
    found = (calls[days.is_opening], calls[days.is_visit], closing, closing, commission)
    return np.array([np.bincount(each, minlength=numbers) for each in found])


def _risk(execution: "Execution", row: int) -> PairRisk:
    days = execution.days
    present = execution.present[row]
    visits_planned = int(days.is_visit[row].sum())
    opens = bool(days.is_opening[row].any())
    duty_h = execution.duty_s[row][present] / _HOUR_S
    missed = execution.visits[row] < visits_planned
    if opens:
        missed |= ~execution.opening[row]
    if days.has_closing[row]:
        missed |= ~execution.closing[row]
    causes = np.bincount(execution.cause[row][missed], minlength=len(Cause))
    # Single precision keeps a duty to a fraction of a second.
    over = execution.duty_s[row][present] > days.duty_limit_s[row] + 1
    return PairRisk(
        team=days.teams[row],
        absent=float(1 - present.mean()),
        misses_opening=_share(~execution.opening[row], opens),
        misses_closing=_share(~execution.closing[row], bool(days.has_closing[row])),
        misses_tabulation=_share(~execution.tabulation[row], bool(days.has_tabulation[row])),
        visits_planned=visits_planned,
        visits=spread(execution.visits[row]),
        duty_h=spread(duty_h) if duty_h.size else None,
        over_duty=float(over.mean()) if over.size else 0.0,
        spare_min=float(days.spare_s[row] / 60),
        cause=Cause(int(causes.argmax())) if missed.any() else Cause.NOTHING,
    )


def _share(missed: npt.NDArray[np.bool_], planned: bool) -> float | None:
    return float(missed.mean()) if planned else None
