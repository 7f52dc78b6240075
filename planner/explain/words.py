"""Labels of rules and stages, and how values are written in explanations."""

from collections.abc import Iterable

from planner.errors import PlannerError
from planner.explain.records import Binding, Remedy
from planner.rules.book import RULES

STAGE_LABELS = {
    "OP-DAYS-CAP": "Most voting visits of a pair",
    "OP-DAYS-STATIC": "A static pair stays at one station",
    "OP-DAYS-PIN": "A pinned station must fit into a day",
    "OP-DAYS-TEAM": "A pair without an election day",
    "OP-SAMPLE": "Stations are drawn by lot",
    "OP-SAMPLE-ORDER": "Stations are taken by priority",
    "OP-SAMPLE-SUBSTITUTE": "A substitute only replaces a station of its stratum",
    "OP-SAMPLE-PIN": "A pinned station must lie within reach of a pair of its area",
    "OP-ALLOC-REACH": "Stations within reach of a town where pairs sleep",
    "OP-ALLOC-NONE": "STO pairs work in the area",
    "OP-ALLOC-PIN": "A pair sleeps in a town of its area with beds",
    "OP-AREA-PIN": "Areas are contiguous, each with one base town",
    "OP-AREA-PARTS": "Parts of the country need a team each",
    "OP-PAIR-PIN": "Pins on observers must agree",
    "OP-PAIR-SLOTS": "Team slots of the plan",
    "OP-PAIR-RESERVE": "Reserves stand by",
    "OP-FRAME": "Stations in the frame",
}
"""What the stages of the optimizer ask for beside the rulebook, in words."""


def label(rule: str) -> str:
    """Return a rule in words: that of the rulebook, or what a stage asks for."""
    known = RULES.rules.get(rule)
    return known.label if known else STAGE_LABELS.get(rule, rule)


def binding(rule: str, value: str, limit: str, count: int = 1) -> Binding:
    """Return a binding with the label of its rule."""
    return Binding(rule, label(rule), value, limit, count)


def ranked(remedies: Iterable[Remedy]) -> tuple[Remedy, ...]:
    """Return remedies, each once, those that were tried first; else in their order."""
    return tuple(sorted(dict.fromkeys(remedies), key=lambda remedy: not remedy.verified))


def unknown(kind: str, name: str) -> PlannerError:
    """Return the error for a subject that the mission or the plan does not have."""
    return PlannerError(
        "WHY-SUBJECT",
        f"there is no {kind} {name} to explain",
        f"Name a {kind} of this mission and plan.",
    )


def signed_minutes(seconds: float) -> str:
    """Return a change of driving in words, e.g. ``12 min more driving``."""
    minutes = round(seconds / 60)
    if not minutes:
        return "no more driving"
    return f"{abs(minutes)} min {'more' if minutes > 0 else 'less'} driving"


def times(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun, e.g. ``3 days``."""
    return f"{number} {one if number == 1 else many or one + 's'}"
