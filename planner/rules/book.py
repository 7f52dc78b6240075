"""The whole rulebook: importing this module enters every rule."""

from planner.rules import (
    areas,
    areas_quality,
    days_drive,
    days_phases,
    days_places,
    logistics,
    pairs,
    people,
    pins,
    sample,
)
from planner.rules.case import Case
from planner.rules.rule import RULES, Fault, Rule, Rulebook

CHAPTERS = (
    pairs,
    people,
    pins,
    areas,
    areas_quality,
    days_places,
    days_phases,
    days_drive,
    logistics,
    sample,
)
"""The modules that hold the rules."""

__all__ = ["CHAPTERS", "RULES", "Case", "Fault", "Rule", "Rulebook"]
