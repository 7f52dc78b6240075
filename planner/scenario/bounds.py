"""What can be said of a target before anything is planned: least and most pairs, a first guess."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.mission_input import MissionInput
from planner.domain.plan import Phase
from planner.scenario.document import Scenario
from planner.scenario.numbers import numbers_of
from planner.scenario.room import most_pairs
from planner.scenario.target import MOST_PAIRS, Target

if TYPE_CHECKING:
    from planner.precision import PrecisionReport


@dataclass(frozen=True)
class Bounds:
    """Limits of a search for pairs, asked for rather than planned.

    Parameters
    ----------
    low
        So few pairs cannot be enough: even a simple random sample would be too small.
    most
        More pairs than these find no bed, have no station of their own, or cannot be got.
    why_most
        Which of these, in words.
    """

    low: int
    most: int
    why_most: str

    @property
    def impossible(self) -> bool:
        """Whether not even the most pairs can be enough."""
        return self.low >= self.most


def with_staffing(scenario: Scenario, pairs: int, lto_teams: int | None = None) -> Scenario:
    """Return the scenario with other numbers asked for; None leaves the LTO teams."""
    asked = scenario.staffing.model_copy(update={"sto_pairs": pairs})
    if lto_teams is not None:
        asked = asked.model_copy(update={"lto_teams": lto_teams})
    return scenario.model_copy(update={"staffing": asked})


def bounds_of(
    mission: MissionInput, changed: MissionInput, scenario: Scenario, target: Target
) -> Bounds:
    """Return the bounds of a search.

    Parameters
    ----------
    mission
        The base mission.
    changed
        The mission of the scenario, for its policies.
    """

    def planned(asked: int) -> int:
        return numbers_of(with_staffing(scenario, asked), mission).pairs_planned

    caps = [(MOST_PAIRS, f"no mission has more than {MOST_PAIRS:,} pairs")]
    if target.most_pairs is not None:
        caps.append((target.most_pairs, "more pairs cannot be got, as the target says"))
    stations = len(mission.stations)
    own = last_where(lambda asked: planned(asked) <= stations, MOST_PAIRS)
    caps.append((own, f"there are {stations:,} stations, and a pair counts at one of them"))
    teams = numbers_of(scenario, mission).lto_teams
    beds = most_pairs(mission, set(scenario.closed_towns), teams)
    if beds is not None:
        room = last_where(lambda asked: planned(asked) <= beds, MOST_PAIRS)
        caps.append((room, f"the towns have beds for {beds:,} pairs beside the LTO teams"))
    most, why = min(caps, key=lambda cap: cap[0])
    needed = least_planned(changed, target)
    low = last_where(lambda asked: planned(asked) < needed, MOST_PAIRS)
    return Bounds(low, most, why)


def least_planned(changed: MissionInput, target: Target) -> int:
    """Return pairs below which no plan can be precise enough: design effect 1, every pair busy."""
    from planner.precision import required_n  # noqa: PLC0415 - heavy import

    visits = max(1, changed.mission.policies.day.max_visits)
    needed = 1
    for phase, margin in target.margins.items():
        frame = len(changed.commissions if phase is Phase.TABULATION else changed.stations)
        if frame and margin < 0.5:
            n = required_n(margin, frame, confidence=target.confidence)
            each = visits if phase is Phase.VOTING else 1
            # A little less: rounding must not rule out what would just be enough.
            needed = max(needed, ceil((n - 1e-6) / each))
    return needed


def last_where(holds: Callable[[int], bool], most: int) -> int:
    """Return the largest number up to ``most`` where a condition holds that only ever ends."""
    low, high = 0, most + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def first_guess(report: "PrecisionReport", pairs: int, most: int, target: Target) -> int:
    """Return how many pairs the target may take, from the plan of ``pairs`` pairs.

    Stations observed and the size of clusters are taken to grow with the pairs, and the effect of
    weights to stay: a guess, which only says where to begin.
    """
    from planner.precision import margin_of_error  # noqa: PLC0415 - heavy import

    guess = 1
    for phase, wanted in target.margins.items():
        found = report.of(phase)
        if not found.n or not pairs:
            continue

        def margin(number: int, wide: float = wanted, phase: Phase = phase) -> bool:
            seen = report.of(phase)
            n = min(float(seen.frame_n), seen.n * number / pairs)
            deff = (1 + (seen.cluster_deff - 1) * number / pairs) * seen.weight_deff
            if n >= seen.frame_n:
                return False
            error = margin_of_error(n, seen.frame_n, deff=deff, confidence=target.confidence)
            return error > wide

        guess = max(guess, last_where(lambda number: not number or margin(number), most) + 1)
    return min(guess, most)
