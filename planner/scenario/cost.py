"""What a plan costs, line by line, as far as somebody has entered unit costs."""

from dataclasses import dataclass

from planner.compare.cost import ITEMS, Item, quantities
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Plan


@dataclass(frozen=True)
class CostItem:
    """One item of a plan.

    Parameters
    ----------
    item
        Field of ``mission.costs``; says the unit.
    quantity
        Vehicle days, interpreter days, bed nights, observer days, kilometres of election day.
    unit_cost
        Cost of one, in the mission's currency; None where nobody has entered it.
    """

    item: Item
    quantity: float
    unit_cost: float | None

    @property
    def money(self) -> float | None:
        """What it costs; None without a unit cost."""
        return None if self.unit_cost is None else self.quantity * self.unit_cost


@dataclass(frozen=True)
class PlanCost:
    """What a plan costs.

    Parameters
    ----------
    items
        All items, in the order of the mission file.
    currency
        Of all money.
    illustrative
        Whether the unit costs are marked as invented.
    """

    items: tuple[CostItem, ...]
    currency: str
    illustrative: bool

    @property
    def money(self) -> float | None:
        """The sum over the items with a unit cost; None if there are none."""
        priced = [item.money for item in self.items if item.money is not None]
        return sum(priced) if priced else None

    @property
    def missing(self) -> tuple[Item, ...]:
        """Items without a unit cost: the sum is without them."""
        return tuple(item.item for item in self.items if item.unit_cost is None)


def plan_cost(mission: MissionInput, plan: Plan) -> PlanCost:
    """Return what a plan costs; quantities are those of :mod:`planner.compare.cost`."""
    return _priced(mission, quantities(mission, plan))


def fixed_cost(mission: MissionInput) -> PlanCost:
    """Return what a mission costs before the first STO pair: its LTO teams, without driving."""
    calendar = mission.mission.calendar
    nights = calendar.lto_to_day - calendar.lto_from_day
    teams = mission.teams_wanted(Role.LTO)
    return _priced(
        mission,
        {
            "vehicle_day": float(teams * (nights + 1)),
            "interpreter_day": float(teams * (nights + 1)),
            "bed_night": float(2 * teams * nights),
            "observer_day": float(2 * teams * (nights + 1)),
            "km": 0.0,
        },
    )


def _priced(mission: MissionInput, found: dict[Item, float]) -> PlanCost:
    costs = mission.mission.costs
    items = tuple(CostItem(item, found[item], getattr(costs, item)) for item in ITEMS)
    return PlanCost(items, costs.currency, costs.illustrative)
