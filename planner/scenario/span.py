"""The least number of LTO teams for a span of control: areas and pairs planned, nothing more."""

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.mission_input import MissionInput
from planner.domain.plan import StageName
from planner.remember.plan import Memory, plan_remembered
from planner.scenario.apply import apply
from planner.scenario.bounds import last_where
from planner.scenario.document import Scenario
from planner.scenario.limits import LIMITS
from planner.scenario.room import most_pairs
from planner.scenario.search import least

if TYPE_CHECKING:
    from planner.optimizer.stage import Effort, Progress

TRIES = 20
STAGES = (StageName.AREAS, StageName.ALLOCATION)


@dataclass(frozen=True)
class Teams:
    """LTO teams that were tried for a number of pairs.

    Parameters
    ----------
    pairs
        STO pairs asked for.
    answer
        The least number of teams that keeps the span; None if none does.
    spans
        Most pairs of one team, by number of teams.
    proven
        Whether it is known that no number of teams keeps the span.
    """

    pairs: int
    answer: int | None
    spans: dict[int, int]
    proven: bool = False


def teams_for(
    mission: MissionInput,
    scenario: Scenario,
    span: float,
    effort: "Effort",
    memory: Memory,
    progress: "Progress",
) -> Teams:
    """Search the least number of LTO teams of which none has more than ``span`` pairs.

    Parameters
    ----------
    scenario
        With the pairs asked for, and the LTO teams to begin with.

    Raises
    ------
    InputError
        If the scenario cannot be with so many teams.
    """
    from planner.travel import make_provider  # noqa: PLC0415 - heavy import

    numbers = apply(scenario, mission).numbers
    seeded = replace(effort, seed=scenario.seed)
    spans: dict[int, int] = {}

    def score(teams: int) -> float | None:
        if _cancelled(progress) or len(spans) >= TRIES:
            return None
        staffing = scenario.staffing.model_copy(update={"lto_teams": teams})
        changed = apply(scenario.model_copy(update={"staffing": staffing}), mission).mission
        plan = plan_remembered(
            changed, make_provider(changed), seeded, progress, memory, stages=STAGES
        ).plan
        if _cancelled(progress):
            return None
        spans[teams] = max((area.sto_pairs for area in plan.areas), default=0)
        return spans[teams] / span

    # Even perfectly balanced, so few teams have more pairs each.
    low = ceil(numbers.pairs_planned / span) - 1
    closed = set(scenario.closed_towns)

    def housed(teams: int) -> bool:
        beds = most_pairs(mission, closed, teams)
        return beds is None or beds >= numbers.pairs_planned

    room = last_where(housed, int(LIMITS["staffing.lto_teams"].high))
    most = min(room, len(mission.districts))
    if low >= most:
        return Teams(numbers.pairs_requested, None, spans, proven=True)
    first = max(low + 1, min(most, numbers.lto_teams))
    begun = score(first)
    if begun is None:
        return Teams(numbers.pairs_requested, None, spans)
    # Pairs spread as unevenly over more teams as over these.
    guess = min(most, max(low + 1, ceil(first * begun)))
    found = least(score, low=low, most=most, first=guess, known={first: begun}, around=1)
    proven = found.answer is None and found.finished and not found.stalled
    return Teams(numbers.pairs_requested, found.answer, spans, proven)


def _cancelled(progress: "Progress") -> bool:
    """Ask anew: it changes while a plan is made."""
    return progress.cancelled
