"""Confidence intervals of a proportion that hold for few stations and rare events."""

import math
from typing import NamedTuple

from planner.precision import checks
from planner.precision.margin import critical_value


class Interval(NamedTuple):
    """Lower and upper limit of a share."""

    low: float
    high: float


def wilson(events: float, n: float, *, confidence: float = 0.95) -> Interval:
    """Return the score interval: short, and good on average.

    ``(p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)``. Source: Wilson, JASA 22, 1927,
    209-212.

    Parameters
    ----------
    events, n
        Stations where it was seen, and stations observed; effective numbers need not be whole.
    confidence
        Two-sided.

    Raises
    ------
    ValueError
        Expected n above 0, events from 0 to n, confidence between 0 and 1.
    """
    _check(events, n)
    z = critical_value(confidence)
    p, extra = events / n, z * z / n
    middle = p + extra / 2
    half = z * math.sqrt(p * (1 - p) / n + extra / (4 * n))
    # The limits reach 0 and 1 exactly where nothing or everything was seen; rounding must not.
    low = 0.0 if events == 0 else min(p, (middle - half) / (1 + extra))
    high = 1.0 if events == n else max(p, (middle + half) / (1 + extra))
    return Interval(low, high)


def clopper_pearson(events: float, n: float, *, confidence: float = 0.95) -> Interval:
    """Return the exact interval: never covers less than it says, hence wider.

    Quantiles of beta distributions: ``B(a/2; x, n-x+1)`` and ``B(1-a/2; x+1, n-x)``. Source:
    Clopper and Pearson, Biometrika 26, 1934, 404-413.

    Parameters
    ----------
    events, n, confidence
        As for ``wilson``.

    Raises
    ------
    ValueError
        Expected n above 0, events from 0 to n, confidence between 0 and 1.
    """
    from scipy.stats import beta  # noqa: PLC0415 - heavy import

    _check(events, n)
    tail = (1 - checks.open_share("confidence", confidence)) / 2
    low = 0.0 if events == 0 else float(beta.ppf(tail, events, n - events + 1))
    high = 1.0 if events == n else float(beta.ppf(1 - tail, events + 1, n - events))
    return Interval(low, high)


def _check(events: float, n: float) -> None:
    checks.number("n", n, least=0)
    if n == 0:
        raise ValueError(f"Expected n above 0, got {n}.")
    if not 0 <= events <= n:
        raise ValueError(f"Expected events from 0 to n = {n}, got {events}.")
