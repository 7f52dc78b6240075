"""A plan with everything that is needed to look at it: its own input, verdict and outlines."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner.domain.ids import DistrictId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.referee import Verdict

if TYPE_CHECKING:
    from geodata.travel.provider import TravelProvider

Polygons = Mapping[DistrictId, object]


@dataclass(frozen=True, eq=False)
class Content:
    """A plan as it was made: judged against the input of its own time, not against today's.

    Attributes
    ----------
    mission
        The input that the plan was made from.
    travel
        Its travel times.
    polygons
        Shapely geometries in longitude and latitude (degrees) by district.
    plan_hash
        SHA-256 of the canonical document; everything here follows from it and the input.
    """

    mission: MissionInput
    plan: Plan
    verdict: Verdict
    travel: "TravelProvider"
    polygons: Polygons
    plan_hash: str


def read_content(folder: Path, plan: Plan, plan_hash: str) -> Content:
    """Read the input in ``folder`` and let the referee judge the plan.

    Raises
    ------
    InputError
        If the folder cannot be read; carries all findings.
    """
    from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import
    from planner.intake.polygons import load_polygons  # noqa: PLC0415 - heavy import
    from planner.referee import check_plan  # noqa: PLC0415 - heavy import
    from planner.travel import make_provider  # noqa: PLC0415 - heavy import

    mission = load_mission(folder).mission_input
    travel = make_provider(mission)
    verdict = check_plan(mission, plan, travel)
    return Content(mission, plan, verdict, travel, load_polygons(folder), plan_hash)
