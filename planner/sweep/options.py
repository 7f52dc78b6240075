"""What a person types for a sweep: ranges of numbers, axes, engines."""

import os
from typing import TYPE_CHECKING, Any

from planner.errors import PlannerError
from planner.sweep.design import Axis

if TYPE_CHECKING:
    from planner.sweep.engine import Engine

MOST_PROCESSES = 256


def stos_axis(text: str) -> Axis:
    """Return the axis of STO pairs for numbers of STOs, e.g. ``100:400:50`` or ``100,200``.

    Raises
    ------
    PlannerError
        ``SW-RANGE``, or ``SW-STOS`` for an odd number: STOs work in pairs.
    """
    numbers = whole_numbers(text, "--stos")
    odd = next((number for number in numbers if number % 2), None)
    if odd is not None:
        raise PlannerError(
            "SW-STOS",
            f"{odd} STOs make no pairs: one stays alone",
            f"nearest possible values: {odd - 1} and {odd + 1}",
        )
    return Axis(path="staffing.sto_pairs", values=tuple(number // 2 for number in numbers))


def whole_numbers(text: str, option: str) -> tuple[int, ...]:
    """Return the numbers of ``first:last:step`` (last included) or of a list by comma.

    Raises
    ------
    PlannerError
        ``SW-RANGE`` if it is neither.
    """
    try:
        if ":" in text:
            parts = [int(part) for part in text.split(":")]
            first, last, step = (*parts, 1)[:3]
            if len(parts) > 3 or step < 1 or last < first:
                raise ValueError  # noqa: TRY301 - one way out for all that is no range
            return tuple(range(first, last + 1, step))
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise PlannerError(
            "SW-RANGE",
            f"{option} is '{text}'",
            "write first:last:step, e.g. 100:400:50, or numbers by comma",
        ) from None


def numbers(text: str, option: str) -> tuple[float, ...]:
    """Return the numbers of a list by comma.

    Raises
    ------
    PlannerError
        ``SW-RANGE`` if one is none.
    """
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise PlannerError(
            "SW-RANGE", f"{option} is '{text}'", "write numbers by comma, e.g. 0.7,0.85,1"
        ) from None


def axis_of(text: str) -> Axis:
    """Return the axis of ``PATH=VALUE,VALUE`` or ``PATH=LOW..HIGH`` (random designs).

    Raises
    ------
    PlannerError
        ``SW-AXIS`` if it is neither.
    """
    path, _, values = text.partition("=")
    if not path.strip() or not values.strip():
        raise PlannerError(
            "SW-AXIS",
            f"--axis is '{text}'",
            "write PATH=VALUE,VALUE, e.g. day.dwell_min=30,60, or PATH=LOW..HIGH",
        )
    low, dots, high = values.partition("..")
    if dots:
        first, last = numbers(low, "--axis"), numbers(high, "--axis")
        return Axis(path=path.strip(), low=first[0], high=last[0])
    return Axis(path=path.strip(), values=tuple(_plain(part) for part in values.split(",")))


def _plain(text: str) -> Any:  # noqa: ANN401 - any value of the document
    text = text.strip()
    words = {"true": True, "false": False}
    if text.lower() in words:
        return words[text.lower()]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def engine_of(name: str, processes: int | None, scheduler: str = "") -> "Engine":
    """Return an engine by name: ``in-process``, ``process`` or ``dask``.

    Parameters
    ----------
    scheduler
        Address of the Dask scheduler, for ``dask`` and nothing else.

    Raises
    ------
    PlannerError
        ``SW-ENGINE``: there is none of this name, not so many processes, or a scheduler is named
        for another engine, or none for ``dask``.
    """
    if (name == "dask") is not bool(scheduler):
        raise PlannerError(
            "SW-ENGINE",
            f"the engine is {name} and the scheduler '{scheduler}'",
            "name both, --engine dask --scheduler ADDRESS, or neither",
        )
    if name == "in-process":
        from planner.sweep.engine import InProcess  # noqa: PLC0415 - only where wanted

        return InProcess(threads=min(processes or os.cpu_count() or 1, MOST_PROCESSES))
    if name == "process":
        from planner.sweep.process_engine import ProcessPool  # noqa: PLC0415 - only where wanted

        number = processes or os.cpu_count() or 1
        if not 1 <= number <= MOST_PROCESSES:
            raise PlannerError(
                "SW-ENGINE",
                f"{number} processes are asked for",
                f"nearest possible value: {min(max(number, 1), MOST_PROCESSES)}",
            )
        return ProcessPool(number)
    if name == "dask":
        from planner.sweep.dask_engine import DaskCluster  # noqa: PLC0415 - only where wanted

        return DaskCluster(scheduler)
    raise PlannerError(
        "SW-ENGINE", f"there is no engine '{name}'", "use in-process, process or dask"
    )
