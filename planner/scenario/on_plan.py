"""A plan that is there already, carried out under a scenario."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.domain.finding import Finding, Severity
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Plan
from planner.errors import InputError, PlannerError
from planner.scenario.check import check
from planner.scenario.document import Scenario
from planner.scenario.forecast import Forecast, forecast
from planner.scenario.numbers import Numbers, delivered_stos

if TYPE_CHECKING:
    from geodata.travel.provider import TravelProvider

PLANNING = (
    "staffing",
    "closed_towns",
    "travel",
    "day",
    "allocation_basis",
    "format",
    "second_round",
    "budget",
    "joint",
)
"""Parts of a scenario that a plan which is there already does not follow."""


@dataclass(frozen=True)
class CarriedOut:
    """A plan under a scenario, with what is to be said about it."""

    numbers: Numbers
    forecast: Forecast
    findings: tuple[Finding, ...]


def carry_out(
    mission: MissionInput,
    plan: Plan,
    scenario: Scenario,
    travel: "TravelProvider",
    draws: int,
) -> CarriedOut:
    """Carry a plan out many times under what a scenario says of delivery, weather and noise.

    The plan stays as it is, so that it cannot know of the delivery, whatever the scenario says.
    Parts of the scenario that need another plan are named and left out.

    Raises
    ------
    InputError
        If the scenario cannot be.
    PlannerError
        ``SC-PLAN``: a plan of another mission. ``SI-…`` if its days cannot be followed.
    """
    if plan.mission != mission.mission.id:
        raise PlannerError(
            "SC-PLAN",
            f"the plan is of mission {plan.mission}, not {mission.mission.id}",
            "name the folder that it was made from",
        )
    delivery = scenario.delivery.model_copy(update={"known": False})
    left: dict[str, Any] = {name: Scenario.model_fields[name].get_default() for name in PLANNING}
    ignored = [name for name in PLANNING if getattr(scenario, name) != left[name]]
    followed = scenario.model_copy(update=left | {"delivery": delivery})
    troubles = check(followed, mission)
    findings = [trouble.finding for trouble in troubles]
    if any(trouble.refused for trouble in troubles):
        raise InputError(
            f"scenario '{scenario.name}' cannot be",
            findings,
            "take the nearest possible values that are named",
        )
    if ignored:
        findings.append(
            Finding(
                code="SC-IGNORED",
                severity=Severity.SOFT,
                subject="scenario",
                message="Parts of the scenario need another plan and are left out.",
                value=", ".join(ignored),
                remedy="Plan the scenario: mission-planner sweep DIR --scenario FILE.",
            )
        )
    pairs = sum(team.kind is Role.STO for team in plan.teams)
    teams = sum(team.kind is Role.LTO for team in plan.teams)
    stos = delivered_stos(followed, mission, 2 * pairs)
    numbers = Numbers(teams, pairs, stos, stos // 2, pairs)
    found = forecast(followed, numbers, mission, plan, travel, draws)
    return CarriedOut(numbers, found, tuple(findings))
