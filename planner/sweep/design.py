"""Which scenarios a sweep runs: a full grid, or a random design, over fields of a scenario."""

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from planner.domain.base import Frozen
from planner.errors import InputError, PlannerError
from planner.intake.records import faults
from planner.scenario.document import Scenario, SecondRound

MOST_POINTS = 10_000


class Axis(Frozen):
    """One field of a scenario with the values that it takes.

    Attributes
    ----------
    path
        Dotted path in the document, e.g. ``staffing.sto_pairs`` or ``delivery.rate``.
    values
        Values of a grid, in order.
    low, high
        Ends of a random design, both included; whole numbers where both are.
    """

    path: str
    values: tuple[Any, ...] = ()
    low: float | None = None
    high: float | None = None


class Design(Frozen):
    """The scenarios of a sweep.

    Attributes
    ----------
    base
        The scenario that the others change.
    axes
        What is changed.
    also
        Further scenarios, run as they stand beside the grid, so that several can be compared.
    seeds
        Each combination is run once for each. All points of one seed share their luck in draw and
        simulation (common random numbers), so that they differ by what they change.
    samples
        0: the full grid of all values. Otherwise so many points of a Latin hypercube.
    sample_seed
        Seed of the hypercube.
    """

    base: Scenario = Scenario()
    axes: tuple[Axis, ...] = ()
    also: tuple[Scenario, ...] = ()
    seeds: tuple[int, ...] = (1,)
    samples: int = 0
    sample_seed: int = 1


def scenarios(design: Design) -> tuple[Scenario, ...]:
    """Return all scenarios of a design: combinations in the order of the axes, then seeds.

    Those that are run beside the grid come last.

    Raises
    ------
    InputError
        If a path or a value does not fit the document; carries a finding for each.
    PlannerError
        ``SW-DESIGN``: no values, no seeds, or more than ``MOST_POINTS`` points.
    """
    combinations = _sampled(design) if design.samples else _grid(design)
    number = (len(combinations) + len(design.also)) * len(design.seeds)
    if not number or number > MOST_POINTS:
        raise PlannerError(
            "SW-DESIGN",
            f"the sweep has {number:,} points; 1 to {MOST_POINTS:,} are possible",
            "Give every axis a value, or take fewer values or a random design.",
        )
    grid = [changed(design.base, values, seed=s) for values in combinations for s in design.seeds]
    beside = [changed(other, {}, seed=seed) for other in design.also for seed in design.seeds]
    return (*grid, *beside)


def changed(base: Scenario, values: Mapping[str, Any], *, seed: int) -> Scenario:
    """Return a scenario with other values at dotted paths, named after them.

    Raises
    ------
    InputError
        If a path or a value does not fit the document.
    """
    document = base.model_dump(mode="json")
    for path, value in values.items():
        *outer, last = path.split(".")
        place: Any = document
        for part in outer:
            place = _inner(place, part, path)
        if not isinstance(place, dict) or (last not in place and outer[-1:] != ["by_state"]):
            raise _unknown(path)
        place[last] = value
    document["seed"] = seed
    if values:
        said = ", ".join(f"{path.split('.')[-1]} {value}" for path, value in values.items())
        document["name"] = f"{base.name}: {said}"[:200]
    try:
        return Scenario.model_validate(document)
    except ValidationError as error:
        findings = faults(error, subject="scenario", file="")
        raise InputError(
            "a scenario of the sweep cannot be read", findings, "correct the values named"
        ) from error


def _inner(place: Any, part: str, path: str) -> Any:  # noqa: ANN401 - JSON
    if isinstance(place, list) and part.isdigit() and int(part) < len(place):
        return place[int(part)]
    if not isinstance(place, dict) or part not in place:
        raise _unknown(path)
    if place[part] is None and part == "second_round":
        place[part] = SecondRound().model_dump(mode="json")
    return place[part]


def _unknown(path: str) -> PlannerError:
    return PlannerError(
        "SW-AXIS",
        f"a scenario has no field {path}",
        "Use a dotted path of the document, e.g. staffing.sto_pairs, delivery.rate, day.dwell_min.",
    )


def _grid(design: Design) -> list[dict[str, Any]]:
    paths = [axis.path for axis in design.axes]
    return [
        dict(zip(paths, combination, strict=True))
        for combination in itertools.product(*(_values(axis) for axis in design.axes))
    ]


def _values(axis: Axis) -> Sequence[Any]:
    if axis.values:
        return axis.values
    raise PlannerError(
        "SW-AXIS", f"axis {axis.path} has no values", "Name its values, or take a random design."
    )


def _sampled(design: Design) -> list[dict[str, Any]]:
    """Return a Latin hypercube: each axis is cut into as many parts as there are points."""
    from scipy.stats import qmc  # noqa: PLC0415 - heavy import

    if not 0 < design.samples <= MOST_POINTS or not design.axes:
        raise PlannerError(
            "SW-DESIGN",
            f"a random design of {design.samples} points over {len(design.axes)} axes",
            f"Ask for 1 to {MOST_POINTS:,} points over at least one axis.",
        )
    sampler = qmc.LatinHypercube(d=len(design.axes), rng=design.sample_seed)
    unit = sampler.random(design.samples)
    return [
        {
            axis.path: _at(axis, float(share))
            for axis, share in zip(design.axes, row.tolist(), strict=True)
        }
        for row in unit
    ]


def _at(axis: Axis, share: float) -> Any:  # noqa: ANN401 - any value of the document
    if axis.values:
        return axis.values[min(len(axis.values) - 1, int(share * len(axis.values)))]
    if axis.low is None or axis.high is None or not axis.low <= axis.high:
        raise PlannerError(
            "SW-AXIS", f"axis {axis.path} has no range", "Give it values, or low and high."
        )
    if float(axis.low).is_integer() and float(axis.high).is_integer():
        low, high = int(axis.low), int(axis.high)
        return min(high, low + math.floor(share * (high - low + 1)))
    return round(axis.low + share * (axis.high - axis.low), 6)
