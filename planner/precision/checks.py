"""Checks of values: what was expected and what came."""

import math


def share(name: str, value: float) -> float:
    """Return ``value`` if it lies from 0 to 1.

    Raises
    ------
    ValueError
        Expected a share from 0 to 1.
    """
    if not 0 <= value <= 1:
        raise ValueError(f"Expected {name} from 0 to 1, got {value}.")
    return value


def open_share(name: str, value: float) -> float:
    """Return ``value`` if it lies between 0 and 1, both left out.

    Raises
    ------
    ValueError
        Expected a share between 0 and 1.
    """
    if not 0 < value < 1:
        raise ValueError(f"Expected {name} between 0 and 1, got {value}.")
    return value


def number(name: str, value: float, *, least: float) -> float:
    """Return ``value`` if it is finite and not below ``least``.

    Raises
    ------
    ValueError
        Expected a finite number of at least ``least``.
    """
    if not (math.isfinite(value) and value >= least):
        raise ValueError(f"Expected {name} of {least:g} or more, got {value}.")
    return value


def sample(n: float, population: int | None, *, least: float) -> None:
    """Check a sample size, and that it does not exceed its population.

    Raises
    ------
    ValueError
        Expected n from ``least`` to the population, and a population of 1 or more.
    """
    number("n", n, least=least)
    if population is not None:
        number("population", population, least=1)
        if n > population:
            raise ValueError(f"Expected n up to the population of {population}, got {n}.")
