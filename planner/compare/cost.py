"""What a plan takes in vehicles, interpreters, beds, driving and days, and what a change costs."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from planner.compare.change import PersonChange
from planner.domain.ids import ObserverId, TownId
from planner.domain.mission import Costs
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Plan
from planner.travel import points_of

if TYPE_CHECKING:
    from geodata.travel.provider import TravelProvider

Item = Literal["vehicle_day", "interpreter_day", "bed_night", "observer_day", "km"]
ITEMS: tuple[Item, ...] = ("vehicle_day", "interpreter_day", "bed_night", "observer_day", "km")


@dataclass(frozen=True)
class CostLine:
    """One item in two plans.

    Attributes
    ----------
    item
        Field of ``mission.costs``, which also says the unit: vehicle days, interpreter days, bed
        nights of observers, observer days, kilometres of election day.
    old, new
        Quantities.
    unit_old, unit_new
        Cost of one unit in each plan's own input; None where nobody has entered it.
    """

    item: Item
    old: float
    new: float
    unit_old: float | None
    unit_new: float | None

    @property
    def difference(self) -> float:
        """``new - old``, in units."""
        return self.new - self.old

    @property
    def money(self) -> float | None:
        """What the change costs, or saves if negative; None without both unit costs."""
        if self.unit_old is None or self.unit_new is None:
            return None
        return self.new * self.unit_new - self.old * self.unit_old


@dataclass(frozen=True)
class CostChange:
    """What a change of plan costs.

    Attributes
    ----------
    lines
        One for each item, in the order of the mission file.
    currency
        Of all money; empty if the two inputs name different ones, then no money is told.
    illustrative
        Whether a unit cost is marked as invented.
    """

    lines: tuple[CostLine, ...]
    currency: str
    illustrative: bool

    @property
    def priced(self) -> tuple[CostLine, ...]:
        """The lines whose money is known."""
        return tuple(line for line in self.lines if self.currency and line.money is not None)

    @property
    def money(self) -> float | None:
        """The sum over the priced lines; None if there are none."""
        return sum(line.money or 0.0 for line in self.priced) if self.priced else None


@dataclass(frozen=True)
class Journeys:
    """Who must travel again if people were already where the old plan sent them.

    Attributes
    ----------
    people
        Observers who are in a team in both plans and sleep in another town.
    distance_km, drive_h
        From the old town to the new one, over all these people; people who share a car are
        counted each.
    unknown
        Those of them between whose towns no way is known; they are in ``people`` only.
    """

    people: tuple[ObserverId, ...]
    distance_km: float
    drive_h: float
    unknown: int


def quantities(mission: MissionInput, plan: Plan) -> dict[Item, float]:
    """Return what a plan takes.

    Teams are in the field for the days of the calendar of their role, first and last included, and
    sleep there the nights between; every team member takes one bed. A vehicle and an interpreter
    are counted for a team that the plan gives one. Kilometres are those of election day only: the
    plan knows no other driving.
    """
    calendar = mission.mission.calendar
    nights = {
        Role.LTO: calendar.lto_to_day - calendar.lto_from_day,
        Role.STO: calendar.sto_to_day - calendar.sto_from_day,
    }
    found = dict.fromkeys(ITEMS, 0.0)
    for team in plan.teams:
        days = nights[team.kind] + 1
        # A slot without names will be two people as well.
        people = len(team.members) or 2
        found["vehicle_day"] += days * team.vehicle
        found["interpreter_day"] += days * team.interpreter
        found["bed_night"] += nights[team.kind] * people
        found["observer_day"] += days * people
    for day in plan.days:
        metres = sum(stop.distance_m for stop in day.stops) + day.return_distance_m
        found["km"] += metres / 1000
    return found


def cost_change(
    old_mission: MissionInput, old: Plan, new_mission: MissionInput, new: Plan
) -> CostChange:
    """Return what it costs to go from ``old`` to ``new``, each priced by its own input."""
    before, after = quantities(old_mission, old), quantities(new_mission, new)
    old_costs, new_costs = old_mission.mission.costs, new_mission.mission.costs
    lines = tuple(
        CostLine(item, before[item], after[item], _unit(old_costs, item), _unit(new_costs, item))
        for item in ITEMS
    )
    return CostChange(
        lines,
        currency=new_costs.currency if old_costs.currency == new_costs.currency else "",
        illustrative=old_costs.illustrative or new_costs.illustrative,
    )


def journeys(
    mission: MissionInput, people: tuple[PersonChange, ...], travel: "TravelProvider"
) -> Journeys:
    """Return who sleeps in another town than before, and how far it is.

    Parameters
    ----------
    mission
        The newer input; towns that it does not know are unknown ways.
    people
        Of a :class:`planner.compare.PlanChange`.

    Raises
    ------
    PlannerError
        If the travel provider cannot be reached.
    """
    ways: Counter[tuple[TownId, TownId]] = Counter()
    moved: list[ObserverId] = []
    for person in people:
        if person.old and person.new and person.old.base_town != person.new.base_town:
            moved.append(person.observer)
            ways[person.old.base_town, person.new.base_town] += 1
    towns = mission.town_of
    known = [way for way in sorted(ways) if way[0] in towns and way[1] in towns]
    metres = seconds = lost = 0
    if known:
        legs = travel.legs(
            points_of([towns[start] for start, _ in known]),
            points_of([towns[end] for _, end in known]),
        )
        for way, leg_m, leg_s in zip(
            known, legs.distance_m.tolist(), legs.duration_s.tolist(), strict=True
        ):
            if leg_s < 0:
                lost += ways[way]
                continue
            metres += ways[way] * leg_m
            seconds += ways[way] * leg_s
    lost += sum(count for way, count in ways.items() if way not in known)
    return Journeys(tuple(sorted(moved)), metres / 1000, seconds / 3600, lost)


def _unit(costs: Costs, item: Item) -> float | None:
    value = getattr(costs, item)
    return None if value is None else float(value)
