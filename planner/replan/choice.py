"""Which candidate of a stage is taken: its objective, less the price of what it moves.

One slider for all stages, the *stability* from 0 to 1. A move costs ``s / (1 - s)`` times the
stage's unit: nothing at 0, one unit at 0.5, nine at 0.9, and more than any objective at 1.

The unit is what the thing that moves is worth on average, so that 0.5 means the same everywhere:
a change must bring as much as the thing that it changes. Areas: the free objective for each
district. Allocation: the free objective for each pair. Pairing: the free points for each person
in a team. Sampling: one primary of all (a station more of the right stratum lowers the total
variation by that). Days: the free value for each visit.

Before all that the candidate is better that gives up fewer decisions and leaves fewer pairs at home
on election day, unless the stability is 0.
"""

from dataclasses import dataclass
from typing import Literal

from planner.domain.observer import Role
from planner.domain.plan import Phase, SampleRole, StageName, StageReport
from planner.optimizer.run_stage import Draft, Ran
from planner.replan.moves import WORDS

Label = Literal["free", "kept", "mixed"]
_ROOM = 1e-9
"""Relative difference of two objectives below which they are the same."""


@dataclass(frozen=True)
class Candidate:
    """One way in which a stage can go.

    Parameters
    ----------
    moves
        What it moves, counted by :func:`planner.replan.moves.moves`.
    dropped
        Decisions that it gives up.
    idle
        Pairs that it leaves at home on election day.
    """

    label: Label
    ran: Ran
    moves: int
    dropped: int = 0
    idle: int = 0

    @property
    def faults(self) -> int:
        """What no objective makes up for."""
        return self.dropped + self.idle

    @property
    def gain(self) -> float:
        """The objective, larger is better."""
        report = self.ran.report
        value = 0.0 if report.objective is None else report.objective
        return value if report.sense == "max" else -value


def unit(stage: StageName, free: Ran) -> float:
    """Return what one moving thing of a stage is worth, in the unit of its objective."""
    draft = free.draft
    things = max(1, _things(stage, draft))
    if stage is StageName.SAMPLING:
        return 1.0 / things
    return abs(free.report.objective or 0.0) / things


def _things(stage: StageName, draft: Draft) -> int:
    if stage is StageName.AREAS:
        return sum(len(area.districts) for area in draft.areas)
    if stage is StageName.ALLOCATION:
        return sum(team.kind is Role.STO for team in draft.teams)
    if stage is StageName.PAIRING:
        return sum(len(team.members) for team in draft.teams)
    if stage is StageName.SAMPLING:
        return sum(entry.role is SampleRole.PRIMARY for entry in draft.sample)
    seen = (Phase.OPENING, Phase.VOTING, Phase.COUNTING)
    return sum(stop.phase in seen for day in draft.days for stop in day.stops)


def penalised(gain: float, moved: int, unit_value: float, stability: float) -> float:
    """Return an objective (larger is better) less the price of the moves; stability below 1."""
    return gain - stability / (1.0 - stability) * moved * unit_value


def prefers_kept(kept: Candidate, free: Candidate, unit_value: float, stability: float) -> bool:
    """Tell whether the kept candidate is taken; on a tie it is, if there is any stability."""
    if stability <= 0.0:
        return False
    if kept.faults != free.faults:
        return kept.faults < free.faults
    room = _ROOM * max(1.0, abs(free.gain), abs(kept.gain))
    if stability >= 1.0:
        if kept.moves != free.moves:
            return kept.moves < free.moves
        return kept.gain >= free.gain - room
    mine = penalised(kept.gain, kept.moves, unit_value, stability)
    return mine >= penalised(free.gain, free.moves, unit_value, stability) - room


def told(stage: StageName, candidate: Candidate) -> str:
    """Return a candidate in words: ``9,287 points with 4 people moved``."""
    report = candidate.ran.report
    said = f"{figure(report)} with {candidate.moves:,} {WORDS[stage]} moved"
    if candidate.dropped:
        said += f", {candidate.dropped} decision(s) given up"
    return said + (f", {candidate.idle} pair(s) at home" if candidate.idle else "")


def figure(report: StageReport) -> str:
    """Return the objective of a report with its unit, as short as it can be read."""
    value = report.objective
    if value is None:
        return "nothing to do"
    shown = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.5g}"
    return f"{shown} {report.unit.split(' ', 1)[0].rstrip(',')}"
