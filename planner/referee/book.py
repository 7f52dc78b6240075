"""The referee's own rules, about the document rather than the deployment."""

from planner.rules.rule import Rulebook

RECORDS = Rulebook()
"""Rules on references, times, links and claims; complete once ``planner.referee.referee`` is
imported."""

SOURCE = "Issue 2, item 7: the referee recomputes everything from documents"
"""Where the rules of this book come from."""
