"""The referee: judges a plan from documents alone, without any part of the optimizer."""

from planner.referee.documents import check_documents
from planner.referee.referee import check_plan
from planner.referee.verdict import Verdict

__all__ = ["Verdict", "check_documents", "check_plan"]
