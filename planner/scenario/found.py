"""What a search for a target has found: the answer, its proof, the frontier, and rough spots."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from planner.domain.finding import Finding
from planner.scenario.document import Scenario
from planner.scenario.measure import Measure
from planner.scenario.point import Point
from planner.scenario.target import Target

Status = Literal["met", "unreachable", "open"]
"""``met``: the answer's plan meets the target, and with one pair fewer it does not.
``unreachable``: no staffing can. ``open``: the search ended before either was known."""


@dataclass(frozen=True)
class Tried:
    """One staffing, planned in full and measured against the target.

    Parameters
    ----------
    scenario
        Plans it again.
    lto_teams, pairs
        LTO teams, and STO pairs asked for; what the plan is made for stands in ``point``.
    goals
        What more pairs make better.
    limits
        What they make worse, or leave as it is.
    point
        All its figures.
    """

    scenario: Scenario
    lto_teams: int
    pairs: int
    goals: tuple[Measure, ...]
    limits: tuple[Measure, ...]
    point: Point

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Goals, then limits."""
        return (*self.goals, *self.limits)

    @property
    def met(self) -> bool:
        """Whether the whole target is met."""
        return all(measure.met for measure in self.measures)

    @property
    def score(self) -> float:
        """How far the worst goal is from its limit; 1 or less where all are reached."""
        return max((measure.score for measure in self.goals), default=0.0)

    @property
    def duty_total_h(self) -> float:
        """Hours on duty of all STOs on election day, as planned."""
        return 2.0 * (self.point.duty_mean_h or 0.0) * (self.point.pairs_with_day or 0)

    def _price(self) -> tuple[float, ...]:
        goals = (-(m.value or 0.0) if m.least else _worst(m.value) for m in self.goals)
        cost = self.point.cost or 0.0
        return (self.pairs, self.lto_teams, cost, self.point.duty_max_h or 0.0, *goals)


def _worst(value: float | None) -> float:
    return math.inf if value is None else value


@dataclass(frozen=True)
class Spot:
    """More pairs, and a worse value: there the curve is rough."""

    measure: str
    lto_teams: int
    fewer: int
    more: int
    value_fewer: float
    value_more: float


Spots = tuple[Spot, ...]


@dataclass(frozen=True)
class Inverse:
    """The answer to a target.

    Parameters
    ----------
    target, scenario
        What was asked.
    status
        Whether there is an answer.
    answer
        The least staffing that meets the target, with the plan's figures.
    below
        The plan with one pair fewer, which does not; None if that is known without planning.
    low, most
        So few cannot be enough by the formula; more than so many cannot be had.
    tried
        All plans, by pairs and LTO teams.
    spots
        Where more pairs gave a worse value.
    findings
        Why a target is not reached, with the nearest value that is; and remarks.
    plans
        Full plans that were made for it.
    """

    target: Target
    scenario: Scenario
    status: Status
    answer: Tried | None
    below: Tried | None
    low: int
    most: int
    tried: tuple[Tried, ...]
    spots: Spots
    findings: tuple[Finding, ...]
    plans: int

    @property
    def frontier(self) -> tuple[Tried, ...]:
        """Plans that no other plan beats in pairs, LTO teams, cost, longest duty and every goal."""
        prices = [(one, one._price()) for one in self.tried]  # noqa: SLF001 - of this module
        return tuple(
            one
            for one, price in prices
            if not any(
                other != price and all(a <= b for a, b in zip(other, price, strict=True))
                for _, other in prices
            )
        )

    @property
    def fewer_teams(self) -> Tried | None:
        """The plan of the answer's pairs with one LTO team fewer; None if it was not made."""
        if self.answer is None:
            return None
        wanted = (self.answer.pairs, self.answer.lto_teams - 1)
        return next((one for one in self.tried if (one.pairs, one.lto_teams) == wanted), None)

    @property
    def safe_pairs(self) -> int | None:
        """The least number tried from which on every plan tried with its LTO teams is enough.

        Where the curve is rough it is above the answer; None if the largest one is not enough.
        """
        if self.answer is None:
            return None
        teams = self.answer.lto_teams
        same = [one for one in self.tried if one.lto_teams == teams]
        missed = max((one.pairs for one in same if one.score > 1), default=0)
        return min((one.pairs for one in same if one.pairs > missed), default=None)


def spots_of(tried: Sequence[Tried]) -> Spots:
    """Return where the next larger number of pairs, with the same LTO teams, has a worse value."""
    found: list[Spot] = []
    for teams in sorted({one.lto_teams for one in tried}):
        same = sorted((one for one in tried if one.lto_teams == teams), key=lambda one: one.pairs)
        for fewer, more in pairwise(same):
            for before, after in zip(fewer.goals, more.goals, strict=True):
                if before.value is None or after.value is None:
                    continue
                worse = after.value - before.value
                if (-worse if before.least else worse) > 0:
                    found.append(
                        Spot(before.name, teams, fewer.pairs, more.pairs, before.value, after.value)
                    )
    return tuple(found)
