"""The least change of a day's limit that lets a station in, found and checked by trying."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, isinf

from planner.explain.area_days import AreaDays
from planner.explain.insertion import Attempt, fitting, single_bar
from planner.explain.limits import HIGHEST, PATH_OF, Bar
from planner.explain.variant import policy_value

Retry = Callable[[Bar, float], tuple[AreaDays, list[Attempt]]]
"""Rebuilds the days with one limit changed and tries the station again."""


@dataclass(frozen=True, eq=False)
class Raised:
    """A limit's least value that works, and the best attempt under it with its days."""

    bar: Bar
    path: str
    value: int
    days: AreaDays
    attempt: Attempt


def least_raise(
    days: AreaDays, attempts: Sequence[Attempt], bar: Bar, retry: Retry
) -> Raised | None:
    """Return the least value of a limit with which some attempt fits, or None.

    None also where an attempt fits as the limits are: nothing is to be raised then.

    The attempts say what they need; the value is then tried, and the one below it as well. Where
    the two do not agree (a wider leg may send a pair past its commission, which takes time), the
    least value is looked for by halving.
    """
    needs = [a.measure.found[bar] for a in single_bar(attempts, bar) if a.measure is not None]
    if bar not in PATH_OF or not needs or isinf(min(needs)) or fitting(attempts):
        return None
    path = PATH_OF[bar]
    now = int(policy_value(days.mission, path))
    need = ceil(min(needs)) if bar is Bar.VISITS else ceil(min(needs) / 60)
    if not now < need <= HIGHEST[bar]:
        return None
    known: dict[int, Raised | None] = {now: None}

    def works(value: int) -> bool:
        if value not in known:
            trial, again = retry(bar, value)
            best = next(iter(fitting(again)), None)
            known[value] = None if best is None else Raised(bar, path, value, trial, best)
        return known[value] is not None

    if works(need) and not works(need - 1):
        return known[need]
    high = need if works(need) else HIGHEST[bar]
    if not works(high):
        return None
    low = now
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle, high)
    return known[high]


def needs_of(attempt: Attempt) -> dict[Bar, int] | None:
    """Return what every limit that an attempt breaks would have to be, or None if one is fixed."""
    if attempt.measure is None:
        return None
    needs = {}
    for bar in attempt.broken:
        found = attempt.measure.found[bar]
        if bar not in PATH_OF or isinf(found):
            return None
        needs[bar] = ceil(found) if bar is Bar.VISITS else ceil(found / 60)
        if needs[bar] > HIGHEST[bar]:
            return None
    return needs
