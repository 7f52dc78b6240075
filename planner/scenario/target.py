"""What an inverse plan is to reach: margins, basis, coverage, budget, and how surely."""

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field

from planner.domain.base import Frozen
from planner.domain.mission import MissionFormat
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Phase
from planner.errors import InputError
from planner.scenario.cost import fixed_cost
from planner.scenario.document import Scenario
from planner.scenario.trouble import Trouble, refusal

Level = Literal["planned", "expected", "p5"]
"""``planned``: everything goes as planned. ``expected``: the mean of simulated election days.
``p5``: what nineteen of twenty simulated election days reach."""
LEAST_MARGIN, MOST_MARGIN = 0.0005, 0.5
LEAST_CONFIDENCE, MOST_CONFIDENCE = 0.5, 0.999
MOST_PAIRS = 5_000


class Target(Frozen):
    """What a number of STO pairs is wanted for.

    Numbers are not bounded here, so that :func:`refuse_impossible` can answer all of them at once
    with the nearest that can be.

    Attributes
    ----------
    margins
        Widest margin of error by phase, as a share: 0.03 is three points. Opening, voting,
        counting or tabulation.
    design_based
        Whether these margins must be design-based; an indicative one does not count then.
    regions
        Whether observers must be seen in every region that has stations.
    districts
        Least share of the districts that must be touched; None: any.
    span
        Most STO pairs of one LTO team; then the LTO teams are searched for as well. None: they
        stay as the scenario has them.
    budget
        Most money, in the currency of the mission's costs.
    most_pairs
        More pairs than this nobody can get; None: as many as there are beds for.
    confidence
        Two-sided, of the margins.
    level
        How surely.
    """

    margins: dict[Phase, float] = Field(default_factory=dict)
    design_based: bool = False
    regions: bool = False
    districts: float | None = None
    span: float | None = None
    budget: float | None = None
    most_pairs: int | None = None
    confidence: float = 0.95
    level: Level = "expected"


def refuse_impossible(target: Target, scenario: Scenario, mission: MissionInput) -> None:
    """Refuse a target that means nothing, whatever the staffing.

    Raises
    ------
    InputError
        With one finding for each value, and the nearest that can be.
    """
    troubles = troubles_of(target, scenario, mission)
    if troubles:
        raise refused(troubles)


def refused(troubles: Sequence[Trouble]) -> InputError:
    """Return what to say of a target with these troubles."""
    return InputError(
        f"the target cannot be: {len(troubles)} value(s) must change first",
        [trouble.finding for trouble in troubles],
        "take the nearest possible values that are named",
    )


def troubles_of(target: Target, scenario: Scenario, mission: MissionInput) -> list[Trouble]:
    """Return every value that means nothing, whatever the staffing, and the nearest that can be."""
    return [*_empty(target), *_ranges(target), *_mission(target, scenario, mission)]


def _empty(target: Target) -> Iterator[Trouble]:
    if not target.margins and not target.regions and target.districts is None:
        yield refusal(
            "SC-TARGET",
            "target",
            "The target names nothing that more pairs could reach.",
            value="nothing",
            limit="a margin, every region, or a share of the districts",
            nearest="a margin of 0.05 for voting",
        )
    if target.design_based and not target.margins:
        yield refusal(
            "SC-TARGET",
            "design_based",
            "A basis is one of margins, and there are none.",
            value=True,
            limit="at least one margin",
            nearest=None,
        )


def _ranges(target: Target) -> Iterator[Trouble]:
    for phase, margin in target.margins.items():
        if phase is Phase.CLOSING:
            yield refusal(
                "SC-TARGET",
                f"margins.{phase}",
                "A closing is watched where its count is: name the margin of counting.",
                value=margin,
                limit="opening, voting, counting or tabulation",
                nearest=None,
            )
        else:
            yield from _within(
                f"margins.{phase}", margin, LEAST_MARGIN, MOST_MARGIN, "as a share: 0.05 is five"
            )
    if target.districts is not None:
        yield from _within("districts", target.districts, 0.0, 1.0, "share of the districts")
    if target.span is not None:
        yield from _within("span", target.span, 1.0, float(MOST_PAIRS), "pairs of one LTO team")
    if target.most_pairs is not None:
        yield from _within("most_pairs", target.most_pairs, 1, MOST_PAIRS, "STO pairs")
    if target.budget is not None:
        yield from _within("budget", target.budget, 0.0, 1e12, "in the mission's currency")
    yield from _within(
        "confidence", target.confidence, LEAST_CONFIDENCE, MOST_CONFIDENCE, "of the margins"
    )


def _within(path: str, value: float, low: float, high: float, meaning: str) -> Iterator[Trouble]:
    if low <= value <= high:
        return
    nearest = high if value > high else low
    yield refusal(
        "SC-TARGET",
        path,
        f"{path} is out of its range.",
        value=value,
        limit=f"{low:g} to {high:g}, {meaning}",
        nearest=nearest,
    )


def _mission(target: Target, scenario: Scenario, mission: MissionInput) -> Iterator[Trouble]:
    kind = scenario.format or mission.mission.format
    if kind is not MissionFormat.EOM:
        yield refusal(
            "SC-FORMAT",
            "format",
            f"An {kind.value} has no STOs: no number of pairs reaches anything.",
            value=kind.value,
            limit=MissionFormat.EOM.value,
            nearest=MissionFormat.EOM.value,
        )
    if target.budget is not None and fixed_cost(mission).money is None:
        yield refusal(
            "SC-COSTS",
            "budget",
            "The mission has no unit costs: whether a budget is kept cannot be told. Enter them "
            "under costs of mission.toml, or",
            value=target.budget,
            limit="at least one unit cost",
            nearest=None,
        )
