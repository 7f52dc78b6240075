"""Empty states: what is missing, and the command that brings it."""

import shlex
from pathlib import Path

import streamlit as st

from ui.strings import _


def no_plan(folder: Path) -> None:
    """Say that the mission has no plan yet, and how to make one."""
    st.info(_("This mission has no plan yet. Make one, then reload this page:"))
    st.code(f"mission-planner plan {shlex.quote(str(folder))}", language="sh")
    st.caption(
        _(
            "The plan is written to plan.json in the mission folder. Before planning, bring your "
            "lists in with `mission-planner import`."
        )
    )


def nothing(what: str, remedy: str) -> None:
    """Say that a part of the plan is empty, and what would fill it."""
    st.info(f"{what} {remedy}")
