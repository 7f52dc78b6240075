"""What an explanation consists of: rules that bind, remedies, trials; and why a pair is a pair."""

from dataclasses import dataclass
from typing import Literal

from planner.domain.decision import Decision
from planner.domain.ids import AreaId, ObserverId, TeamId

FITS = "fits"
"""Outcome of a trial that worked."""


@dataclass(frozen=True)
class Binding:
    """One rule that stands in the way.

    Parameters
    ----------
    rule
        Stable id: of the rulebook (``D6``), or of a stage (``OP-DAYS-CAP``).
    label
        The rule in words.
    value, limit
        What was found and what is allowed, with units; of the way that came nearest.
    count
        In how many of the ways that were tried it bound.
    """

    rule: str
    label: str
    value: str
    limit: str
    count: int


@dataclass(frozen=True)
class Remedy:
    """Something that would change it.

    Parameters
    ----------
    text
        What to do, in one sentence.
    verified
        True: it was tried by running the planner's own code, and it worked.
    effect
        What the trial showed; empty where nothing was tried.
    decision
        The pin that does it, if one does.
    policy
        Dotted path in the policies and the least value that works, if one does. Where a remedy
        has a pin and a policy, both are needed together.
    also
        Further policies that must change with it.
    """

    text: str
    verified: bool
    effect: str
    decision: Decision | None = None
    policy: tuple[str, float] | None = None
    also: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Trial:
    """One way that was tried.

    Parameters
    ----------
    subject
        Team, observer or station that it was tried with.
    outcome
        :data:`FITS`, or the id of the first rule that it breaks.
    value, limit
        What was found and what is allowed, with units.
    detail
        The trial in words.
    """

    subject: str
    outcome: str
    value: str
    limit: str
    detail: str


@dataclass(frozen=True)
class Explanation:
    """Why something is as it is in a plan, and what would change it.

    Parameters
    ----------
    headline
        The answer in one sentence.
    bindings
        Rules that stand in the way, the one that binds most often first.
    remedies
        Verified ones first.
    trials
        Every way that was tried.
    """

    kind: Literal["station", "observer", "district", "decision"]
    subject: str
    headline: str
    bindings: tuple[Binding, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    trials: tuple[Trial, ...] = ()


@dataclass(frozen=True)
class ScorePart:
    """Points of a pair for one thing, the most there can be, and why it has so many."""

    name: Literal["gender", "experience", "common language", "local language", "restrictions"]
    points: int
    most: int
    detail: str


@dataclass(frozen=True)
class Check:
    """One hard rule on a pair, what was found, and whether the pair keeps it."""

    rule: str
    label: str
    value: str
    limit: str
    kept: bool


@dataclass(frozen=True)
class Alternative:
    """What an exchange of one member would bring.

    Parameters
    ----------
    member, other
        Who would go, and who would come.
    other_team
        Where ``other`` works now; ``member`` would go there. None: ``other`` is in no team.
    gain
        Points of all teams after the exchange less those before it.
    forbidden
        Id of the first rule that the exchange breaks; empty if it may be made.
    detail
        The exchange in words.
    """

    member: ObserverId
    other: ObserverId
    other_team: TeamId | None
    gain: int
    forbidden: str
    detail: str


@dataclass(frozen=True)
class PairReason:
    """Why two observers are one pair.

    Parameters
    ----------
    points, most
        Points of the pair in its area, and the most that any pair could have there.
    parts
        The points by what they are given for.
    rules
        The hard rules that the pair had to keep.
    alternatives
        The best exchanges of either member.
    """

    team: TeamId
    members: tuple[ObserverId, ...]
    area: AreaId
    headline: str
    points: int
    most: int
    parts: tuple[ScorePart, ...]
    rules: tuple[Check, ...]
    alternatives: tuple[Alternative, ...]
