"""The search behind :mod:`planner.scenario.inverse`: plans made so far, and which comes next."""

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
from planner.scenario.run import run_scenario
from planner.scenario.search import Found, least
from planner.scenario.span import Teams, teams_for
from planner.scenario.target import Target
from planner.scenario.unreached import remarks, why_not

if TYPE_CHECKING:
    from planner.optimizer.stage import Effort, Progress

ROUNDS = 3
"""Pairs and LTO teams are searched in turn so often."""
AFFORDABLE_TRIES = 4
NEAREST_GROWTH = 4
"""An impossible target is answered by a plan of at most so many times the scenario's pairs."""
LEAST_PAIRS = 100
"""The same for a mission of few pairs."""


@dataclass
class InverseJob:
    """One search with everything that it has planned.

    Parameters
    ----------
    mission, changed
        The base, and the mission of the scenario.
    target, scenario, effort, memory, plans, draws, progress, watch
        As :func:`planner.scenario.inverse.solve` was asked.
    tried
        Plans by LTO teams and pairs.
    guess
        Pairs by the formula, after the first plan.
    found
        Searches for pairs, by LTO teams.
    span
        The last search for LTO teams.
    """

    mission: MissionInput
    changed: MissionInput
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
    found: dict[int, Found] = field(default_factory=dict)
    span: Teams | None = None

    def answer(self, teams: int) -> Inverse:
        """Search, beginning with so many LTO teams."""
        base = numbers_of(self.scenario, self.mission).pairs_requested
        bounds = self._bounds(teams)
        if bounds.impossible:
            self._try(teams, min(bounds.most, max(LEAST_PAIRS, NEAREST_GROWTH * base)))
            return self._told("unreachable", bounds)
        if self.target.span is None:
            self._search(teams, base)
        else:
            teams = self._search_both(teams, base, self.target.span)
        found, bounds = self.found[teams], self._bounds(teams)
        answer = self._best()
        if answer is not None:
            return self._answered(answer)
        if found.answer is None:
            proven = found.finished and not found.stalled
            return self._told("unreachable" if proven else "open", bounds, stalled=found.stalled)
        over = any(m.name == "cost" and not m.met for m in self.tried[teams, found.answer].limits)
        if over:
            self._afford(teams)
        proven = found.finished and (over or (self.span is not None and self.span.proven))
        return self._told("unreachable" if proven else "open", bounds)

    def _answered(self, answer: Tried) -> Inverse:
        bounds = self._bounds(answer.lto_teams)
        below = self.tried.get((answer.lto_teams, answer.pairs - 1))
        proven = below is not None or bounds.low == answer.pairs - 1
        verified = self.found[answer.lto_teams].finished and proven
        return self._told("met" if verified else "open", bounds, answer=answer, below=below)

    def _best(self) -> Tried | None:
        """Return the least pairs, then the least teams, among plans that meet the whole target."""
        met = [one for one in self.tried.values() if one.met and one.lto_teams in self.found]
        return min(met, key=lambda one: (one.pairs, one.lto_teams), default=None)

    def _search_both(self, teams: int, base: int, span: float) -> int:
        """Search pairs and LTO teams in turn; return the teams that were searched last."""
        begun = self._try(teams, _clamped(base, self._bounds(teams)))
        if begun is not None:
            # Teams for the guess: pairs are then seldom searched twice.
            base = self.guess or begun.pairs
            self.span = self._teams(_clamped(base, self._bounds(teams)), teams, span)
            teams = self.span.answer or teams
        for _ in range(ROUNDS):
            pairs = self._search(teams, base).answer
            if pairs is None:
                break
            self.span = self._teams(pairs, teams, span)
            if self.span.answer is None or self.span.answer in self.found:
                break
            teams, base = self.span.answer, pairs
        for _ in range(ROUNDS):
            best = self._best()
            if best is None or best.lto_teams < 2:
                break
            fewer = self._try(best.lto_teams - 1, best.pairs)
            if fewer is None or not fewer.met:
                break
            self._search(fewer.lto_teams, best.pairs)
        return teams

    def _bounds(self, teams: int) -> Bounds:
        """Return the bounds for so many LTO teams: they take beds as well."""
        scenario = with_staffing(self.scenario, 0, teams)
        return bounds_of(self.mission, self.changed, scenario, self.target)

    def _told(
        self,
        status: Status,
        bounds: Bounds,
        *,
        answer: Tried | None = None,
        below: Tried | None = None,
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
        reasons = why_not(
            inverse, bounds, self.span, stalled=stalled, cancelled=self.progress.cancelled
        )
        return replace(inverse, findings=(*reasons, *remarks(inverse, self.mission)))

    def _search(self, teams: int, first: int) -> Found:
        """Search the pairs for so many LTO teams, beginning with ``first`` of them."""
        bounds = self._bounds(teams)
        begin = _clamped(first, bounds)
        known = self._try(teams, begin)
        if known is None:
            found = Found(bounds.low, finished=False)
        else:
            found = least(
                lambda pairs: self._score(teams, pairs),
                low=bounds.low,
                most=bounds.most,
                first=self.guess or begin,
                known={begin: known.score},
            )
        self.found[teams] = found
        return found

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

    def _teams(self, pairs: int, teams: int, span: float) -> Teams:
        scenario = with_staffing(self.scenario, pairs, teams)
        return teams_for(self.mission, scenario, span, self.effort, self.memory, self.progress)

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


def _clamped(pairs: int, bounds: Bounds) -> int:
    return min(max(pairs, bounds.low + 1), bounds.most)
