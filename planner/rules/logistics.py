"""Logistics: what every team needs (D8)."""

from collections.abc import Iterator

from planner.domain.finding import Severity
from planner.rules.case import Case
from planner.rules.rule import RULES, Fault


@RULES.rule(
    "D8",
    "Vehicle and interpreter for every team",
    Severity.HARD,
    "DOMAIN.md §2, composition of a pair (B): Kazakhstan 2022 had 165 of each",
)
def vehicle_and_interpreter(case: Case) -> Iterator[Fault]:
    """Find LTO and STO teams without a vehicle with driver or an interpreter."""
    for team in case.teams:
        missing = [
            name
            for name, there in (("vehicle", team.vehicle), ("interpreter", team.interpreter))
            if not there
        ]
        if missing:
            yield Fault(
                team.id,
                "The team lacks what it cannot work without.",
                f"no {' and no '.join(missing)}",
                "1 vehicle with driver and 1 interpreter",
                "Hire them, or take the team out of the plan.",
            )
