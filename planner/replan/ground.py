"""What re-planning stands on, and what a stage's kept candidate is."""

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.travel.provider import TravelProvider
from planner.domain.decision import Decision
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan, StageName, StopReason
from planner.optimizer.run_stage import Ran
from planner.optimizer.stage import Progress, StageNotes
from planner.replan.inputs import DECISIONS


@dataclass(frozen=True)
class Ground:
    """The new input, the earlier plan and the input that it was made from.

    Parameters
    ----------
    known
        Whether ``earlier_mission`` is known to be what the earlier plan was made from.
    same_travel
        Whether drives take as long as they did then.
    """

    mission: MissionInput
    travel: TravelProvider
    earlier: Plan
    earlier_mission: MissionInput
    progress: Progress
    known: bool
    same_travel: bool


@dataclass(frozen=True)
class Kept:
    """The kept candidate of a stage, or why there is none.

    Parameters
    ----------
    ran
        The earlier solution, changed where it has to be; None if it cannot be kept.
    why
        The reason where ``ran`` is None.
    lost
        What of the earlier solution could not be kept, in words.
    """

    ran: Ran | None
    why: str = ""
    lost: tuple[str, ...] = ()


def refused(why: str) -> Kept:
    """Return that there is no kept candidate, and why."""
    return Kept(None, why)


def dropped(stage: StageName, mission: MissionInput, notes: StageNotes) -> frozenset[str]:
    """Return the subjects of the decisions that a stage has given up."""
    mine = {decision.subject for decision in mission.decisions if decision.kind in DECISIONS[stage]}
    given_up = {entry.subject for entry in notes.unassigned if entry.kind == "decision"}
    return frozenset(mine & given_up)


def kept_decisions(stage: StageName, mission: MissionInput, free: Ran) -> list[Decision]:
    """Return the decisions that the free run of a stage keeps, in their order."""
    gone = dropped(stage, mission, free.notes)
    return [d for d in mission.decisions if d.kind in DECISIONS[stage] and d.subject not in gone]


def stopped(free: Ran) -> StopReason:
    """Return why a kept candidate ended: it closes no gap, but may have been broken off."""
    stop = free.report.stop
    return stop if stop in {StopReason.CANCELLED, StopReason.TIME} else StopReason.ITERATIONS


def some(names: Sequence[str]) -> str:
    """Return the first few names of a list, and how many more there are."""
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
