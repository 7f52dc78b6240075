"""The referee's own rules, about the document rather than the deployment."""

from planner.rules.rule import Rulebook

RECORDS = Rulebook()
"""Rules on references, times, links and claims; complete once ``planner.referee.referee`` is
imported."""

SOURCE = "DESIGN.md, referee: recomputes the whole plan from documents alone"
"""Where the rules of this book come from."""
