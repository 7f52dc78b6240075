"""Design effects: what clusters and unequal chances cost against a simple random sample."""

import math
from collections.abc import Iterable, Sequence

from planner.precision import checks


def cluster_size(sizes: Iterable[float]) -> float:
    """Return the size of a cluster as a station sees it, ``b' = Σb²/Σb``.

    Equal to the mean for clusters of one size, above it otherwise. Source: Lynn and Gabler, Survey
    Methodology 31, 2005, 101-104.

    Raises
    ------
    ValueError
        Expected at least one size, and no size below 1.
    """
    known = [checks.number("cluster size", size, least=1) for size in sizes]
    if not known:
        raise ValueError("Expected at least one cluster, got none.")
    return math.fsum(size * size for size in known) / math.fsum(known)


def expected_cluster_size(chances: Iterable[Sequence[float]]) -> float:
    """Return the size of a cluster as a station sees it, where stations are seen by chance.

    ``E[Σb²] / E[Σb]`` with ``E[b²] = (Σc)² + Σc(1-c)``: whether one station is reached is taken
    as independent of the others. With chances of 1 it is ``cluster_size``.

    Parameters
    ----------
    chances
        For every cluster the chances of its stations to be observed.

    Raises
    ------
    ValueError
        Expected chances from 0 to 1, and at least one above 0.
    """
    mean = square = 0.0
    for cluster in chances:
        size = math.fsum(checks.share("chance", chance) for chance in cluster)
        mean += size
        square += size * size + math.fsum(chance * (1 - chance) for chance in cluster)
    if not mean:
        raise ValueError("Expected at least one chance above 0, got none.")
    return max(1.0, square / mean)


def cluster_effect(size: float, intraclass: float) -> float:
    """Return the design effect of clusters, ``1 + (b-1) rho``.

    Source: Kish, Survey Sampling, 1965, chapter 5; for unequal sizes ``size`` is
    ``cluster_size``.

    Parameters
    ----------
    size
        Stations observed in a cluster, 1 or more.
    intraclass
        How alike stations of a cluster are, 0 to 1.

    Raises
    ------
    ValueError
        Expected a size of 1 or more and an intraclass correlation from 0 to 1.
    """
    checks.number("cluster size", size, least=1)
    return 1 + (size - 1) * checks.share("intraclass correlation", intraclass)


def weighting_effect(weights: Iterable[float], counts: Iterable[float] | None = None) -> float:
    """Return the design effect of unequal weights, ``n Σw² / (Σw)²``; 1 where all are equal.

    Source: Kish, Survey Sampling, 1965, chapter 11; Journal of Official Statistics 8, 1992,
    183-200. It holds where weights have nothing to do with what is measured.

    Parameters
    ----------
    weights
        One over the inclusion probability of every observed station.
    counts
        How often each weight counts, e.g. the chance that the station is observed; None: once.

    Raises
    ------
    ValueError
        Expected weights above 0, as many counts of 0 or more, and not all of them 0.
    """
    known = [checks.number("weight", weight, least=0) for weight in weights]
    if 0 in known:
        raise ValueError("Expected weights above 0, got 0.")
    often = [1.0] * len(known) if counts is None else list(counts)
    if len(often) != len(known):
        raise ValueError(f"Expected {len(known)} counts, got {len(often)}.")
    n = math.fsum(checks.number("count", count, least=0) for count in often)
    if not n:
        raise ValueError("Expected at least one weight that counts, got none.")
    both = list(zip(known, often, strict=True))
    total = math.fsum(weight * count for weight, count in both)
    squares = math.fsum(weight * weight * count for weight, count in both)
    return max(1.0, n * squares / (total * total))


def effective_n(n: float, deff: float) -> float:
    """Return the simple random sample that says as much, ``n / deff``.

    Raises
    ------
    ValueError
        Expected n of 0 or more and deff of 1 or more.
    """
    return checks.number("n", n, least=0) / checks.number("deff", deff, least=1)
