"""What observation of one phase can say about one part of the country."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from planner.domain.plan import Phase
from planner.precision.detection import affected_stations, power_to_see
from planner.precision.effect import effective_n
from planner.precision.margin import margin_of_error
from planner.precision.zero import zero_limit_finite

DomainKind = Literal["all", "region", "stratum"]
Cluster = Literal["hub", "pair"]
ALL = "all"


class Basis(StrEnum):
    """What a margin of error rests on."""

    DESIGN = "design-based"
    """The lot chose the stations: the margin may be stated as one."""
    INDICATIVE = "indicative"
    """The figure is that of a random sample of this size; this one is none, or not quite one."""
    NONE = "none"
    """Nothing is observed, or there is nothing to observe."""


@dataclass(frozen=True)
class Assumptions:
    """What the figures assume.

    Attributes
    ----------
    p
        The proportion that margins are computed for; 0.5 is the worst case.
    confidence
        Two-sided for margins, one-sided for the zero limit.
    intraclass
        How alike the stations of a cluster are, 0 to 1. Background knowledge (B), measured
        nowhere: shown as an assumption wherever a margin is shown.
    cluster
        What counts as a cluster: all observed stations around one hub, or those of one pair's day.
    prevalence
        Shares of affected stations whose detection is asked for.
    """

    p: float
    confidence: float
    intraclass: float
    cluster: Cluster
    prevalence: tuple[float, ...]


@dataclass(frozen=True)
class Estimate:
    """Precision of one phase in one domain.

    Attributes
    ----------
    phase
        Opening, voting, counting or tabulation.
    kind, domain
        The whole country (``all``), the id of a region, or the name of a stratum.
    n, frame_n
        Observed, and there to be observed: stations, or commissions for tabulation. n may be a
        mean of simulations.
    cluster_deff, weight_deff, deff
        Design effects of clusters and of unequal chances, and their product (Gabler, Häder and
        Lahiri, Survey Methodology 25, 1999, 105-106).
    n_effective
        ``n / deff``.
    margin
        Half width at ``p`` and ``confidence`` as a share; None where nothing is observed.
    basis, why
        Whether the margin is design-based, and what keeps it from being so, or limits it.
    zero_limit
        Upper limit of what may be affected (share of the frame) if nothing is seen; None where
        nothing is observed.
    detection
        For every prevalence the probability to see at least one affected station.
    drawn
        Stations that the lot drew as primaries here (number).
    reached
        Share of the drawn primaries that are observed in this phase; None where none was drawn.
    covered
        Share of the frame that the lot gave a chance, ``Σ(1/π)/N`` over the primaries: exact for
        the country, an estimate for regions.
    """

    phase: Phase
    kind: DomainKind
    domain: str
    n: float
    frame_n: int
    cluster_deff: float
    weight_deff: float
    deff: float
    n_effective: float
    margin: float | None
    basis: Basis
    why: str
    zero_limit: float | None
    detection: Mapping[float, float]
    drawn: int = 0
    reached: float | None = None
    covered: float = 0.0


@dataclass(frozen=True)
class Figures:
    """The numbers that follow from sizes and design effect alone."""

    n_effective: float
    margin: float | None
    zero_limit: float | None
    detection: Mapping[float, float]


def figures(n: float, frame_n: int, deff: float, assumed: Assumptions) -> Figures:
    """Return margin, zero limit and detection power for a number of observed stations.

    Limits and power use the effective number; an observed frame leaves nothing open. A margin
    is never wider than the way from ``p`` to the end of the scale.

    Parameters
    ----------
    n, frame_n
        Observed, and in the frame.
    deff
        Design effect, 1 or more.

    Raises
    ------
    ValueError
        Expected n from 0 to the frame and deff of 1 or more.
    """
    seen = float(n) if n == frame_n else effective_n(n, deff)
    if n == 0 or frame_n == 0:
        return Figures(0.0, None, None, dict.fromkeys(assumed.prevalence, 0.0))
    margin = margin_of_error(n, frame_n, p=assumed.p, deff=deff, confidence=assumed.confidence)
    return Figures(
        effective_n(n, deff),
        min(margin, max(assumed.p, 1 - assumed.p)),
        zero_limit_finite(seen, frame_n, confidence=assumed.confidence),
        {
            share: power_to_see(seen, share, frame_n) if affected_stations(share, frame_n) else 0.0
            for share in assumed.prevalence
        },
    )
