"""Margin of error of a proportion, and the sample that a margin needs."""

import math
from statistics import NormalDist

from planner.precision import checks


def critical_value(confidence: float = 0.95) -> float:
    """Return the two-sided normal quantile z; 1.959964 for a confidence of 0.95.

    Raises
    ------
    ValueError
        Expected a confidence between 0 and 1.
    """
    return NormalDist().inv_cdf((1 + checks.open_share("confidence", confidence)) / 2)


def margin_of_error(
    n: float,
    population: int | None = None,
    *,
    p: float = 0.5,
    deff: float = 1.0,
    confidence: float = 0.95,
) -> float:
    """Return the half width of the confidence interval of a proportion, as a share.

    ``z sqrt(deff p(1-p)/n (N-n)/(N-1))``. Sources: Cochran, Sampling Techniques, 3rd ed. 1977,
    chapter 3 (finite population); Kish, Survey Sampling, 1965, chapter 8 (design effect).

    Parameters
    ----------
    n
        Stations observed; a mean of simulations need not be whole.
    population
        Stations in the frame; None for a frame without end.
    p
        The proportion; 0.5 is the worst case.
    deff
        Design effect, 1 or more.
    confidence
        Two-sided, e.g. 0.95.

    Raises
    ------
    ValueError
        Expected n above 0 and up to the population, p from 0 to 1, deff of 1 or more.
    """
    checks.sample(n, population, least=0)
    if n == 0:
        raise ValueError(f"Expected n above 0, got {n}.")
    checks.share("p", p)
    checks.number("deff", deff, least=1)
    left = 1.0
    if population is not None:
        # Less than one station on average is no better known for the frame's having an end.
        left = 0.0 if n == population else min(1.0, (population - n) / max(1, population - 1))
    return critical_value(confidence) * math.sqrt(deff * p * (1 - p) / n * left)


def required_n(
    margin: float,
    population: int | None = None,
    *,
    p: float = 0.5,
    deff: float = 1.0,
    confidence: float = 0.95,
) -> float:
    """Return how many stations a margin of error needs; not rounded, the exact inverse.

    ``n0 = deff z² p(1-p) / e²``, ``n = n0 / (1 + (n0-1)/N)``. Source: Cochran 1977, section 4.4.
    The design effect stands within the finite population correction, as in ``margin_of_error``;
    some packages multiply by it afterwards and ask for more.

    Parameters
    ----------
    margin
        Half width as a share, e.g. 0.05 for five points.
    population, p, deff, confidence
        As for ``margin_of_error``.

    Raises
    ------
    ValueError
        Expected a margin between 0 and 1, p from 0 to 1, deff of 1 or more.
    """
    checks.open_share("margin", margin)
    checks.share("p", p)
    checks.number("deff", deff, least=1)
    first = deff * (critical_value(confidence) / margin) ** 2 * p * (1 - p)
    if population is None:
        return first
    checks.number("population", population, least=1)
    return first * population / (population - 1 + first) if first else 0.0
