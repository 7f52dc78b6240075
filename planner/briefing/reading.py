"""What is compared: runs with their plans, or points of a sweep; and the mission behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from planner.domain.mission_input import MissionInput
from planner.domain.place import DataStatus
from planner.errors import PlannerError
from planner.export.classification import SYNTHETIC, data_status, restricted_until
from planner.export.view import PlanView
from planner.precision.report import PrecisionReport
from planner.precision.sighting import PHASES
from planner.scenario.point import Point
from planner.scenario.run import ScenarioRun

Found = ScenarioRun | Point
"""A scenario with its plan, or only its row of figures; refused ones are rows."""


@dataclass(frozen=True)
class Compared:
    """Scenarios of one mission, in the order in which they are shown.

    Parameters
    ----------
    mission
        What the scenarios are compared with: the base mission.
    found
        All scenarios; the first one that was planned is the base of all differences.
    question
        What somebody wants to know; empty if nobody put it.
    """

    mission: MissionInput
    found: tuple[Found, ...]
    question: str = ""

    @cached_property
    def runs(self) -> tuple[ScenarioRun, ...]:
        """Scenarios with their plans."""
        return tuple(one for one in self.found if isinstance(one, ScenarioRun))

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """All scenarios as rows, as they were computed."""
        return tuple(one if isinstance(one, Point) else one.point for one in self.found)

    @cached_property
    def planned(self) -> tuple[Point, ...]:
        """Rows of those that were planned, each with the basis of the margin that is shown."""
        return tuple(
            one if isinstance(one, Point) else shown_point(one)
            for one in self.found
            if isinstance(one, ScenarioRun) or one.status == "planned"
        )

    @cached_property
    def refused(self) -> tuple[Point, ...]:
        """Rows of those that cannot be."""
        return tuple(point for point in self.points if point.status == "refused")

    @property
    def name(self) -> str:
        """Name of the mission."""
        return self.mission.mission.name

    @property
    def document(self) -> str:
        """What a page's footer calls this."""
        return "scenarios"

    @cached_property
    def classification(self) -> str:
        """The line about who may read this: till the last election day of all scenarios."""
        days = [run.applied.mission.mission.e_day for run in self.runs]
        return restricted_until(max([self.mission.mission.e_day, *days]))

    @cached_property
    def synthetic(self) -> tuple[str, ...]:
        """What is invented, in words."""
        records = [
            f"{name} ({count[DataStatus.SYNTHETIC]:,} of {count.total():,})"
            for name, count in data_status(self.mission).items()
            if count[DataStatus.SYNTHETIC]
        ]
        known = [
            source.what
            for source in self.mission.mission.sources
            if source.status is DataStatus.SYNTHETIC
        ]
        plans = [part for run in self.runs for part in PlanView(self.mission, run.plan).synthetic]
        return tuple(dict.fromkeys((*records, *known, *plans)))

    @cached_property
    def banner(self) -> str:
        """What stands under every heading."""
        return f"{self.classification} · {SYNTHETIC}" if self.synthetic else self.classification


def compared(
    found: Sequence[Found], mission: MissionInput | None = None, question: str = ""
) -> Compared:
    """Return what is compared.

    Parameters
    ----------
    mission
        The base mission; by default that of the first run, with its scenario's changes.

    Raises
    ------
    PlannerError
        ``BR-EMPTY`` without any scenario that was planned; ``BR-MISSION`` if they are of several
        missions, or are rows without a mission that says what is real.
    """
    if not any(isinstance(one, ScenarioRun) or one.status == "planned" for one in found):
        raise PlannerError(
            "BR-EMPTY",
            f"none of {len(found)} scenarios was planned, so there is nothing to compare",
            "Name at least one scenario that can be planned.",
        )
    runs = [one for one in found if isinstance(one, ScenarioRun)]
    if mission is None and not runs:
        raise PlannerError(
            "BR-MISSION",
            "rows of figures do not say which data are real and until when they are restricted",
            "Give the mission that they were computed for.",
        )
    base = mission or runs[0].applied.mission
    points = [one if isinstance(one, Point) else one.point for one in found]
    ids = sorted({base.mission.id, *(point.mission for point in points)})
    if len(ids) > 1:
        raise PlannerError(
            "BR-MISSION",
            f"the scenarios are of several missions: {', '.join(ids)}",
            "Compare scenarios of one mission.",
        )
    return Compared(base, tuple(found), " ".join(question.split()))


def report_of(run: ScenarioRun) -> PrecisionReport:
    """Return the precision of a run: as expected where days were simulated, else as planned."""
    return run.forecast.expected or run.forecast.planned


def shown_point(run: ScenarioRun) -> Point:
    """Return the row of a run with the basis of the margins that are shown.

    The row itself holds the basis of the plan. What is expected may reach less of the sample, so
    that its margins are indicative where those of the plan are design-based.
    """
    report = report_of(run)
    basis = {f"basis_{phase.value}": report.of(phase).basis.value for phase in PHASES}
    return run.point.model_copy(update=basis)
