"""Nothing was seen: how frequent it could be all the same."""

import math

from planner.precision import checks


def rule_of_three(n: float) -> float:
    """Return ``3 / n``, the rough upper limit at 95 % when none of n stations shows an event.

    Source: Hanley and Lippman-Hand, JAMA 249, 1983, 1743-1745. At most 1.

    Raises
    ------
    ValueError
        Expected n above 0.
    """
    return min(1.0, 3 / _above_zero(n))


def zero_limit(n: float, *, confidence: float = 0.95) -> float:
    """Return the exact upper limit when none of n stations shows an event, ``1 - a^(1/n)``.

    The greatest prevalence that still hides from n stations with probability ``a = 1 -
    confidence`` (one-sided). Source: Hanley and Lippman-Hand 1983.

    Raises
    ------
    ValueError
        Expected n above 0 and a confidence between 0 and 1.
    """
    tail = 1 - checks.open_share("confidence", confidence)
    return -math.expm1(math.log(tail) / _above_zero(n))


def zero_limit_finite(n: float, population: int, *, confidence: float = 0.95) -> float:
    """Return the exact upper limit in a frame with an end, as a share of the frame.

    ``D/N`` for the greatest number D of affected stations of which n drawn without replacement
    hit none with a probability of at least ``1 - confidence``. 0 where every station was seen.

    Parameters
    ----------
    n
        Stations observed, or the effective number of them.
    population
        Stations in the frame.
    confidence
        One-sided.

    Raises
    ------
    ValueError
        Expected n above 0 and up to the population, confidence between 0 and 1.
    """
    _above_zero(n)
    checks.sample(n, population, least=0)
    tail = 1 - checks.open_share("confidence", confidence)
    hidden, affected = 1.0, 0
    while affected < population:
        hidden *= max(0.0, population - affected - n) / (population - affected)
        if hidden < tail:
            break
        affected += 1
    return affected / population


def chance_of_none(n: float, affected: int, population: int) -> float:
    """Return how likely n stations drawn without replacement hit none of the affected ones.

    Hypergeometric, ``Π (N-n-i)/(N-i)`` over ``i < affected``; n need not be whole.

    Raises
    ------
    ValueError
        Expected n and affected from 0 to the population.
    """
    checks.sample(n, population, least=0)
    if not 0 <= affected <= population:
        raise ValueError(f"Expected affected from 0 to {population}, got {affected}.")
    if n > population - affected:
        return 0.0
    return math.exp(math.fsum(math.log1p(-n / (population - i)) for i in range(affected)))


def _above_zero(n: float) -> float:
    if not (math.isfinite(n) and n > 0):
        raise ValueError(f"Expected n above 0, got {n}.")
    return n
