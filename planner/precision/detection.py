"""Power: how likely observers see something that is there, and can show how frequent it is."""

import math

from planner.precision import checks
from planner.precision.zero import chance_of_none

_ROUNDING = 1e-9


def affected_stations(prevalence: float, population: int) -> int:
    """Return how many stations of a frame are affected, rounded down but at least 1 if any.

    Raises
    ------
    ValueError
        Expected a prevalence from 0 to 1 and a population of 1 or more.
    """
    checks.share("prevalence", prevalence)
    checks.number("population", population, least=1)
    if not prevalence:
        return 0
    return max(1, int(prevalence * population + _ROUNDING))


def power_to_see(n: float, prevalence: float, population: int | None = None) -> float:
    """Return the probability that at least one of n observed stations is affected.

    ``1 - (1-p)^n`` for a frame without end, hypergeometric for a finite one. Source: Cochran,
    Sampling Techniques, 3rd ed. 1977, chapter 3 (hypergeometric).

    Parameters
    ----------
    n
        Stations observed, or the effective number of them.
    prevalence
        Share of affected stations in the frame.
    population
        Stations in the frame, or None.

    Raises
    ------
    ValueError
        Expected n from 0 to the population and a prevalence from 0 to 1.
    """
    checks.sample(n, population, least=0)
    if population is None:
        return 1 - math.pow(1 - checks.share("prevalence", prevalence), n)
    return 1 - chance_of_none(n, affected_stations(prevalence, population), population)


def power_above(
    n: int,
    prevalence: float,
    threshold: float,
    population: int | None = None,
    *,
    confidence: float = 0.95,
) -> float:
    """Return the probability that n stations show that an event is more frequent than a threshold.

    One-sided exact test: shown where as many affected stations were observed as would have been
    observed with a probability of at most ``1 - confidence`` if the threshold were true. Binomial,
    or hypergeometric for a finite frame. For clustered samples n is the effective number.

    Parameters
    ----------
    n
        Stations observed, whole.
    prevalence
        Share that is really affected.
    threshold
        Share that is to be exceeded.
    population
        Stations in the frame, or None.
    confidence
        One-sided.

    Raises
    ------
    ValueError
        Expected n from 0 to the population, prevalence and threshold from 0 to 1.
    """
    from scipy.stats import binom, hypergeom  # noqa: PLC0415 - heavy import

    checks.sample(n, population, least=0)
    checks.share("prevalence", prevalence)
    checks.share("threshold", threshold)
    checks.open_share("confidence", confidence)
    if population is None:
        return float(binom.sf(binom.ppf(confidence, n, threshold), n, prevalence))
    at_limit = int(threshold * population + _ROUNDING)
    most = hypergeom.ppf(confidence, population, at_limit, n)  # P(X <= most) >= confidence
    return float(hypergeom.sf(most, population, affected_stations(prevalence, population), n))
