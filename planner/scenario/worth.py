"""Whether a budget can be judged, and whether it pays for the mission without any STO."""

from collections.abc import Iterator

from planner.domain.mission import Staffing
from planner.domain.mission_input import MissionInput
from planner.scenario.cost import fixed_cost
from planner.scenario.document import Scenario
from planner.scenario.numbers import numbers_of
from planner.scenario.trouble import Trouble, refusal, remark


def check_budget(scenario: Scenario, mission: MissionInput) -> Iterator[Trouble]:
    """Yield what is wrong with the budget; nothing without one."""
    if scenario.budget is None:
        return
    numbers = numbers_of(scenario, mission)
    staffing = Staffing(lto_teams=numbers.lto_teams)
    observers = mission.observers if numbers.lto_teams else ()
    alone = mission.model_copy(
        update={
            "mission": mission.mission.model_copy(update={"staffing": staffing}),
            "observers": observers,
        }
    )
    cost = fixed_cost(alone)
    if cost.money is None:
        yield remark(
            "SC-COSTS",
            "budget",
            "The mission has no unit costs: whether the budget is kept cannot be told.",
            remedy="Enter the unit costs of the mission (costs of mission.toml).",
        )
        return
    if scenario.budget < cost.money:
        yield refusal(
            "SC-BUDGET",
            "budget",
            f"The budget does not pay for the {numbers.lto_teams} LTO teams alone "
            f"({cost.currency}).",
            value=scenario.budget,
            limit=f"at least {cost.money:,.2f} {cost.currency}",
            nearest=round(cost.money + 0.005, 2),
        )
    elif cost.missing:
        yield remark(
            "SC-COSTS",
            "budget",
            f"Costs are without {', '.join(cost.missing)}: nobody has entered a unit cost.",
            remedy="Complete the unit costs of the mission, so that the budget covers them.",
        )
