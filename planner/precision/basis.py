"""Is a margin design-based? Only where the lot, and not the road, chose what is observed."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.plan import Phase
from planner.domain.policy import SampleMode
from planner.precision.estimate import Basis
from planner.precision.sighting import Sighting
from planner.rules.text import percent

LEAST_REPRESENTED = 0.80
"""Covered times reached: below this share a margin is only indicative (B). The mark is that of
the US Office of Management and Budget, Standards and Guidelines for Statistical Surveys, 2006,
section 3.2, for response alone: below 80 %, non-response bias has to be looked into."""
_ROUNDING = 1e-9
_CHOSEN = "the road, not the lot, chose in which of the drawn stations"


@dataclass(frozen=True)
class Drawn:
    """What the lot drew in a domain.

    Attributes
    ----------
    primaries
        Number of primaries with a known probability.
    covered
        Share of the frame that had a chance, 0 to 1.
    """

    primaries: int
    covered: float


def reached_share(seen: Sequence[Sighting], drawn: Drawn) -> float | None:
    """Return the share of drawn primaries that are observed; None where none was drawn.

    A substitute does not count: it stands for a drawn station that was not reached.
    """
    if not drawn.primaries:
        return None
    return min(1.0, sum(place.chance for place in seen if place.primary) / drawn.primaries)


def basis_of(
    phase: Phase, mode: SampleMode, seen: Sequence[Sighting], frame_n: int, drawn: Drawn
) -> tuple[Basis, str]:
    """Return what a margin rests on, and why it is not, or not wholly, design-based.

    Design-based needs mode representative, every observed station drawn with a known
    probability, and at least 80 % of the frame represented, that is, given a chance by the lot
    and not left out by the day. What the days leave out is non-response, and not at random: it
    is what lies far from the rest.
    """
    without_lot = _settled(phase, seen, frame_n) or _not_drawn(phase, mode, seen)
    if without_lot:
        return without_lot
    reached = reached_share(seen, drawn) or 0.0
    represented = drawn.covered * reached
    limits = _limits(phase, seen, drawn, reached)
    if represented < LEAST_REPRESENTED - _ROUNDING:
        return Basis.INDICATIVE, (
            f"{limits}; {percent(represented)} of the frame is represented, "
            f"less than {percent(LEAST_REPRESENTED)}"
        )
    return Basis.DESIGN, f"for the part represented: {limits}" if limits else ""


def _settled(phase: Phase, seen: Sequence[Sighting], frame_n: int) -> tuple[Basis, str] | None:
    """Answer where nothing, or everything, is observed."""
    things = "commissions" if phase is Phase.TABULATION else "stations"
    n = sum(place.chance for place in seen)
    if not frame_n:
        return Basis.NONE, f"there are no {things} here"
    if not n:
        return Basis.NONE, f"no {things} are observed in this phase"
    if n >= frame_n - _ROUNDING:
        return Basis.DESIGN, f"all {frame_n} {things} are observed: nothing is left to chance"
    return None


def _not_drawn(
    phase: Phase, mode: SampleMode, seen: Sequence[Sighting]
) -> tuple[Basis, str] | None:
    """Answer where the lot had no part in what is observed, or its part is not known."""
    if phase is Phase.TABULATION:
        return Basis.INDICATIVE, "commissions are not drawn: they follow from where pairs count"
    if mode is SampleMode.COVERAGE:
        return Basis.INDICATIVE, "nothing was randomised: priorities chose the stations"
    unknown = sum(place.probability is None for place in seen if place.chance)
    if unknown:
        return Basis.INDICATIVE, (
            f"{unknown} of {_places(seen)} observed stations had no known probability: "
            "pinned, not drawn, or drawn beside static pairs"
        )
    return None


def _limits(phase: Phase, seen: Sequence[Sighting], drawn: Drawn, reached: float) -> str:
    said = []
    if drawn.covered < 1 - _ROUNDING:
        said.append(f"the lot gave {percent(drawn.covered)} of the stations a chance")
    if reached < 1 - _ROUNDING:
        said.append(
            f"{percent(1 - reached)} of {drawn.primaries} drawn are not observed in this phase"
        )
        if phase is not Phase.VOTING:
            said.append(f"{_CHOSEN} the {phase} is observed")
    substitutes = sum(not place.primary for place in seen if place.chance)
    if substitutes:
        said.append(f"substitutes among the {_places(seen)} observed: {substitutes}")
    return "; ".join(said)


def _places(seen: Sequence[Sighting]) -> int:
    return sum(place.chance > 0 for place in seen)
