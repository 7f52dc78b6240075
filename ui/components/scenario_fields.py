"""Widgets of a scenario: each shows what the scenario has, or what the mission itself has."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from planner.domain.mission_input import MissionInput
from planner.scenario.document import Scenario
from ui.components.scenario_draft import base_of, change, value_of, work
from ui.components.scenario_words import path_label
from ui.state import Page
from ui.strings import _


@dataclass(frozen=True)
class Form:
    """What all widgets of the form share: page, mission and the scenario as it is now."""

    page: Page
    mission: MissionInput
    scenario: Scenario

    @property
    def disabled(self) -> bool:
        """Whether the user may only look."""
        return not self.page.may_plan

    def key(self, name: str) -> str:
        """Return the key of a widget."""
        return f"scn-{self.page.folder.id}-{name}"

    def now(self, path: str) -> Any:  # noqa: ANN401 - any value of the document
        """Return the scenario's value, or the mission's own."""
        value = value_of(self.scenario, path)
        return base_of(path, self.mission) if value is None else value

    def keep(self, path: str, value: Any) -> None:  # noqa: ANN401 - as above
        """Set a value; the mission's own is no change."""
        own = value == base_of(path, self.mission) and value_of(Scenario(), path) is None
        change(self.page, path, None if own else value)


def slider(
    form: Form,
    path: str,
    ends: tuple[int, int],
    step: int = 1,
    *,
    unit: str = "",
    scale: float = 1,
    help_: str | None = None,
) -> None:
    """Draw a slider.

    Parameters
    ----------
    ends
        In what is shown; wider where the value itself lies outside.
    unit
        Behind the number, e.g. ``%``.
    scale
        What is shown is the value times this: 100 for a share in per cent.
    """
    key = form.key(path)
    shown = round(form.now(path) * scale)
    st.session_state[key] = shown
    whole = value_of(form.scenario, path)

    def moved() -> None:
        value = st.session_state[key] / scale
        form.keep(path, int(value) if scale == 1 or isinstance(whole, int) else round(value, 4))

    st.slider(
        path_label(path),
        min(ends[0], shown),
        max(ends[1], shown),
        step=step,
        key=key,
        format=f"%d {unit}".replace("%d %", "%d %%").strip(),
        on_change=moved,
        disabled=form.disabled,
        help=help_,
    )


def hours(form: Form, path: str, ends: tuple[float, float]) -> None:
    """Draw a slider in half hours for a value in minutes."""
    key = form.key(path)
    shown = round(form.now(path) / 60, 2)
    st.session_state[key] = shown

    def moved() -> None:
        form.keep(path, round(st.session_state[key] * 60))

    st.slider(
        path_label(path),
        float(min(ends[0], shown)),
        float(max(ends[1], shown)),
        step=0.5,
        key=key,
        format="%.1f h",
        on_change=moved,
        disabled=form.disabled,
    )


def count(form: Form, path: str, *, empty: bool = False, help_: str | None = None) -> None:
    """Draw a field for a whole number; ``empty``: it may have none."""
    key = form.key(path)
    value = form.now(path)
    st.session_state[key] = None if value is None else int(value)

    def typed() -> None:
        found = st.session_state[key]
        form.keep(path, None if found is None else int(found))

    st.number_input(
        path_label(path),
        value=None if empty else "min",
        min_value=None,
        step=1,
        key=key,
        on_change=typed,
        disabled=form.disabled,
        help=help_,
    )


def choice(form: Form, path: str, options: Mapping[str, str], help_: str | None = None) -> None:
    """Draw a choice of one value; ``options`` are labels by value."""
    key = form.key(path)
    st.session_state[key] = form.now(path)

    def chosen() -> None:
        form.keep(path, st.session_state[key])

    st.selectbox(
        path_label(path),
        list(options),
        format_func=lambda value: options.get(value, value),
        key=key,
        on_change=chosen,
        disabled=form.disabled,
        help=help_,
    )


def several(
    form: Form,
    path: str,
    options: Mapping[str, str],
    now: Sequence[str],
    keep: Callable[[list[str]], Any],
    help_: str | None = None,
) -> None:
    """Draw a choice of several records.

    Parameters
    ----------
    now
        Those that are chosen.
    keep
        Makes the value of the scenario from those that are chosen.
    """
    key = form.key(path)
    known = {**options, **{each: each for each in now if each not in options}}
    st.session_state[key] = list(now)

    def chosen() -> None:
        change(form.page, path, keep(list(st.session_state[key])))

    st.multiselect(
        path_label(path),
        list(known),
        format_func=lambda value: known[value],
        key=key,
        on_change=chosen,
        disabled=form.disabled,
        help=help_,
        placeholder=_("choose"),
    )


def present(form: Form) -> Scenario:
    """Return the scenario as it is at this very moment, for callbacks."""
    return work(form.page).scenario
