"""The least number of STO pairs, and of LTO teams, for a target: searched by planning."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planner.domain.mission_input import MissionInput
from planner.remember.plan import Memory
from planner.scenario.apply import apply
from planner.scenario.bounds import Bounds, bounds_of, first_guess, with_staffing
from planner.scenario.cost import fixed_cost
from planner.scenario.document import Scenario
from planner.scenario.found import Inverse, Status, Tried, spots_of
from planner.scenario.measure import goals_of, limits_of
from planner.scenario.numbers import numbers_of
from planner.scenario.run import DRAWS, run_scenario
from planner.scenario.search import Found, least
from planner.scenario.span import Teams, teams_for
from planner.scenario.target import Target, refuse_impossible
from planner.scenario.unreached import remarks, why_not

if TYPE_CHECKING:
    from planner.optimizer.stage import Effort, Progress

PLANS = 24
"""Full plans that a search may make."""
SCALE = 0.5
"""Effort of the search for days, as in sweeps: it loses at most 0.3 % of the days' value."""
ROUNDS = 3
"""Pairs and LTO teams are searched in turn so often."""
AFFORDABLE_TRIES = 4
NEAREST_GROWTH = 4
"""An impossible target is answered by a plan of at most so many times the scenario's pairs."""
LEAST_PAIRS = 100
"""The same for a mission of few pairs."""


def solve(  # noqa: PLR0913 - the parts of an order
    mission: MissionInput,
    target: Target,
    scenario: Scenario | None = None,
    *,
    effort: "Effort | None" = None,
    memory: Memory | None = None,
    plans: int = PLANS,
    draws: int = DRAWS,
    progress: "Progress | None" = None,
    watch: Callable[[Tried], None] | None = None,
) -> Inverse:
    """Search the least number of STO pairs for a target; every number tried is a full plan.

    A closed formula says where to begin, and below which number nothing can be enough. The rest is
    bracketing and interpolation on plans that the referee has judged, until the answer's plan meets
    the target and the plan with one pair fewer does not. The same order gives the same answer.

    Parameters
    ----------
    mission
        The base mission.
    scenario
        Everything but the number of pairs: delivery, noise, roads, seed. With ``target.span`` its
        LTO teams are where the search for them begins, otherwise they stay.
    effort
        Scale and seconds; by default half that of a plan. The seed is the scenario's.
    memory
        What was solved before; by default nothing.
    plans
        Most full plans; an answer that needs more is left open and says so.
    draws
        Simulated election days of each plan; none at level ``planned``.
    progress
        Watches the stages and may cancel: the answer is then what was found so far.
    watch
        Told each plan that was tried.

    Raises
    ------
    InputError
        If the target or the scenario cannot be, whatever the staffing, with the nearest that can.
    PlannerError
        If travel times cannot be had, or the days cannot be followed.
    """
    from planner.optimizer.stage import Effort, Silent  # noqa: PLC0415 - heavy import

    asked = scenario or Scenario()
    refuse_impossible(target, asked, mission)
    # Judged once with the budget; tries are measured against it, not refused for it.
    priced = asked.model_copy(update={"budget": target.budget})
    applied = apply(with_staffing(priced, 0), mission)
    job = _Job(
        mission,
        target,
        asked,
        effort or Effort(scale=SCALE),
        memory or Memory(),
        plans,
        0 if target.level == "planned" else max(1, draws),
        progress or Silent(),
        watch,
    )
    return job.answer(bounds_of(mission, applied.mission, asked, target), applied.numbers.lto_teams)


@dataclass
class _Job:
    """One search with everything that it has planned."""

    mission: MissionInput
    target: Target
    scenario: Scenario
    effort: "Effort"
    memory: Memory
    plans: int
    draws: int
    progress: "Progress"
    watch: Callable[[Tried], None] | None
    tried: dict[tuple[int, int], Tried] = field(default_factory=dict)
    guess: int | None = None

    def answer(self, bounds: Bounds, teams: int) -> Inverse:
        base = numbers_of(self.scenario, self.mission).pairs_requested
        if bounds.impossible:
            self._try(teams, min(bounds.most, max(LEAST_PAIRS, NEAREST_GROWTH * base)))
            return self._told("unreachable", bounds)
        found = self._pairs(teams, bounds, base)
        span: Teams | None = None
        for _ in range(ROUNDS if self.target.span is not None else 0):
            if found.answer is None:
                break
            span = self._teams(found.answer, teams)
            if span.answer is None or span.answer == teams:
                break
            teams = span.answer
            found = self._pairs(teams, bounds, found.answer)
        pairs = found.answer
        if pairs is None:
            proven = found.finished and not found.stalled
            return self._told("unreachable" if proven else "open", bounds, stalled=found.stalled)
        answer = self.tried[teams, pairs]
        if not answer.met:
            over = any(m.name == "cost" and not m.met for m in answer.limits)
            if over:
                self._afford(teams)
            proven = found.finished and (over or (span is not None and span.answer is None))
            return self._told("unreachable" if proven else "open", bounds, span=span)
        below = self.tried.get((teams, pairs - 1))
        verified = found.finished and (below is not None or bounds.low == pairs - 1)
        return self._told("met" if verified else "open", bounds, answer=answer, below=below)

    def _told(
        self,
        status: Status,
        bounds: Bounds,
        *,
        answer: Tried | None = None,
        below: Tried | None = None,
        span: Teams | None = None,
        stalled: bool = False,
    ) -> Inverse:
        tried = tuple(sorted(self.tried.values(), key=lambda one: (one.pairs, one.lto_teams)))
        inverse = Inverse(
            target=self.target,
            scenario=self.scenario,
            status=status,
            answer=answer,
            below=below,
            low=bounds.low,
            most=bounds.most,
            tried=tried,
            spots=spots_of(tried),
            findings=(),
            plans=len(tried),
        )
        reasons = why_not(inverse, bounds, span, stalled=stalled, cancelled=self.progress.cancelled)
        return replace(inverse, findings=(*reasons, *remarks(inverse, self.mission)))

    def _pairs(self, teams: int, bounds: Bounds, first: int) -> Found:
        """Search the pairs for so many LTO teams, beginning with ``first`` of them."""
        begin = min(max(first, bounds.low + 1), bounds.most)
        known = self._try(teams, begin)
        if known is None:
            return Found(bounds.low, finished=False)
        return least(
            lambda pairs: self._score(teams, pairs),
            low=bounds.low,
            most=bounds.most,
            first=self.guess or begin,
            known={begin: known.score},
        )

    def _score(self, teams: int, pairs: int) -> float | None:
        tried = self._try(teams, pairs)
        return None if tried is None else tried.score

    def _try(self, teams: int, pairs: int) -> Tried | None:
        """Plan so many teams and pairs; None once no more plans are allowed."""
        known = self.tried.get((teams, pairs))
        if known is not None:
            return known
        if self._cancelled() or len(self.tried) >= self.plans:
            return None
        scenario = with_staffing(self.scenario, pairs, teams)
        run = run_scenario(
            self.mission,
            scenario,
            effort=self.effort,
            memory=self.memory,
            draws=self.draws,
            progress=self.progress,
        )
        if self._cancelled():
            return None
        tried = Tried(
            scenario=scenario,
            lto_teams=teams,
            pairs=pairs,
            goals=goals_of(self.target, run),
            limits=limits_of(self.target, run),
            point=run.point,
        )
        if self.guess is None and self.target.margins:
            report = run.forecast.planned
            self.guess = first_guess(report, pairs, 5 * max(pairs, LEAST_PAIRS), self.target)
        self.tried[teams, pairs] = tried
        if self.watch is not None:
            self.watch(tried)
        return tried

    def _cancelled(self) -> bool:
        return self.progress.cancelled

    def _teams(self, pairs: int, teams: int) -> Teams:
        if self.target.span is None:  # pragma: no cover - asked with a span only
            raise AssertionError
        return teams_for(
            self.mission,
            with_staffing(self.scenario, pairs, teams),
            self.target.span,
            self.effort,
            self.memory,
            self.progress,
        )

    def _afford(self, teams: int) -> None:
        """Plan what the budget pays for: cost is close to a straight line in pairs."""
        budget = self.target.budget or 0.0
        alone = apply(with_staffing(self.scenario, 0, teams), self.mission).mission
        fixed = fixed_cost(alone).money or 0.0
        for _ in range(AFFORDABLE_TRIES):
            costs = [(0, fixed)]
            costs += [
                (one.pairs, one.point.cost)
                for one in self.tried.values()
                if one.lto_teams == teams and one.point.cost is not None
            ]
            over, over_cost = min(one for one in costs if one[1] > budget)
            under, under_cost = max((one for one in costs if one[1] <= budget), default=(over, 0.0))
            if over - under <= max(1, over // 50):
                return
            part = (budget - under_cost) / (over_cost - under_cost)
            number = under + int(part * (over - under))
            if self._try(teams, min(over - 1, max(under + 1, number))) is None:
                return
