"""What every stage takes and gives: effort in, a report with an honest bound out."""

from dataclasses import dataclass
from typing import Literal, Protocol

from planner.domain.finding import Finding
from planner.domain.plan import StageName, StageReport, StageStatus, StopReason, Unassigned

NOT_RUN_CODE = "OP-NOT-RUN"
"""Code of a decision that waits for a stage which was not run: neither kept nor impossible."""


class Progress(Protocol):
    """Who watches a stage, and who may stop it."""

    def report(self, stage: StageName, incumbent: float | None, bound: float | None) -> None:
        """Tell the best objective and the best bound so far."""

    @property
    def cancelled(self) -> bool:
        """True once the user wants the best plan so far."""


class Silent:
    """Watches nothing and never cancels."""

    cancelled = False

    def report(self, stage: StageName, incumbent: float | None, bound: float | None) -> None:
        """Ignore the report."""


@dataclass(frozen=True)
class Effort:
    """How hard to try.

    Parameters
    ----------
    seed
        Seed of all randomness.
    seconds
        Wall-clock limit of the stage in seconds, or None: the stage stops by iterations or by a
        proven gap only, so that the same input and seed give the same plan.
    scale
        Multiplies iteration limits; 1.0 is made for the founding mission in under 90 s.
    """

    seed: int = 1
    seconds: float | None = None
    scale: float = 1.0


@dataclass(frozen=True)
class StageNotes:
    """What a stage says beside its solution."""

    findings: tuple[Finding, ...] = ()
    unassigned: tuple[Unassigned, ...] = ()


def gap(objective: float, bound: float) -> float:
    """Return ``|bound - objective| / max(|bound|, |objective|)``, 0 when both are 0."""
    scale = max(abs(objective), abs(bound))
    return 0.0 if scale == 0 else abs(bound - objective) / scale


def report(  # noqa: PLR0913 - a report is made of these parts
    name: StageName,
    *,
    sense: Literal["min", "max"],
    unit: str,
    objective: float,
    bound: float | None,
    stop: StopReason,
    seed: int,
    partial: bool = False,
    note: str = "",
) -> StageReport:
    """Build a stage's report; the status follows from the gap and from ``partial``.

    Raises
    ------
    ValueError
        If the objective is better than the bound: one of them is then wrong.
    """
    slack = 1e-6 * max(1.0, abs(objective))
    if bound is not None:
        beyond = objective - bound if sense == "max" else bound - objective
        if beyond > slack:
            msg = f"{name}: objective {objective} is better than its bound {bound}"
            raise ValueError(msg)
        if beyond > 0:
            bound = objective
    closed = bound is not None and gap(objective, bound) <= 1e-9
    status = (
        StageStatus.PARTIAL if partial else StageStatus.OPTIMAL if closed else StageStatus.FEASIBLE
    )
    return StageReport(
        name=name,
        status=status,
        sense=sense,
        unit=unit,
        objective=objective,
        bound=bound,
        gap=None if bound is None else gap(objective, bound),
        stop=StopReason.PROVEN if closed and not partial else stop,
        seed=seed,
        note=note,
    )


def skipped(
    name: StageName, sense: Literal["min", "max"], unit: str, seed: int, note: str
) -> StageReport:
    """Build the report of a stage that has nothing to do; ``note`` says why."""
    return StageReport(
        name=name,
        status=StageStatus.SKIPPED,
        sense=sense,
        unit=unit,
        objective=None,
        bound=None,
        gap=None,
        stop=StopReason.NOTHING_TO_DO,
        seed=seed,
        note=note,
    )
