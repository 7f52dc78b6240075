"""The scenario that a person is building: kept in the store with every change."""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from pydantic import ValidationError

from planner.domain.base import Frozen
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.scenario.document import BaseMission, Scenario, SecondRound
from planner.scenario.numbers import numbers_of
from planner.scenario.presets import preset
from ui.components.scenario_words import preset_name
from ui.state import Page
from ui.strings import _

FIELD = "scenario"
PATHS = (
    "staffing.sto_pairs",
    "staffing.lto_teams",
    "delivery.rate",
    "delivery.by_state",
    "delivery.known",
    "delivery.late_withdrawals",
    "delivery.late_share",
    "isolated",
    "closed_towns",
    "travel.season",
    "travel.speed_factor",
    "day.mode",
    "day.static_share",
    "day.dwell_min",
    "day.max_visits",
    "day.count_min",
    "day.tabulation_min",
    "day.max_leg_min",
    "day.max_drive_min",
    "day.max_duty_min",
    "allocation_basis",
    "format",
    "second_round",
    "joint",
    "budget",
    "noise",
    "seed",
)
"""All that a scenario can change, in the order in which it is told."""


class _Kept(Frozen):
    """A draft as it stands in the store."""

    scenario: Scenario = Scenario()
    stored: str = ""
    version: int = 0


@dataclass(frozen=True)
class Work:
    """The scenario at hand.

    Parameters
    ----------
    scenario
        As it is now.
    stored, version
        The saved scenario that it began with, and the version that was seen; empty for a new one.
    """

    scenario: Scenario
    stored: str = ""
    version: int = 0


def work(page: Page) -> Work:
    """Return the scenario that the user is building in this mission."""
    key = _key(page)
    if key not in st.session_state:
        text = page.workspace.store.drafts.all(page.user, page.folder.id).get(FIELD, "")
        st.session_state[key] = _read(text)
    found: Work = st.session_state[key]
    return found


def put(page: Page, new: Work) -> None:
    """Keep the scenario; it outlives a reload and a restart of the server."""
    st.session_state[_key(page)] = new
    kept = _Kept(scenario=new.scenario, stored=new.stored, version=new.version)
    page.workspace.store.drafts.put(page.user, page.folder.id, FIELD, kept.model_dump_json())


def begin(page: Page, scenario: Scenario, stored: str = "", version: int = 0) -> None:
    """Go on with another scenario."""
    put(page, Work(scenario, stored, version))


def begin_preset(page: Page, mission: MissionInput, key: str) -> None:
    """Go on with the scenario of a preset, with texts in the language of the page."""
    chosen = preset(key)
    texts = {
        "name": preset_name(key),
        "question": _(chosen.question),
        "notes": f"({chosen.mark}) {_(chosen.source)}",
    }
    begin(page, chosen.scenario(mission).model_copy(update=texts))


def change(page: Page, path: str, value: Any) -> None:  # noqa: ANN401 - any value of the document
    """Set one value; None stands for the mission's own."""
    now = work(page)
    new = changed(now.scenario, path, value)
    if new.name == Scenario().name and new != Scenario():
        # What differs must not go by the name of what does not.
        new = new.model_copy(update={"name": _("my scenario")})
    put(page, replace(now, scenario=new))


def changed(scenario: Scenario, path: str, value: Any) -> Scenario:  # noqa: ANN401 - as above
    """Return a scenario with another value at a dotted path."""
    document = scenario.model_dump(mode="json")
    *outer, last = path.split(".")
    place: Any = document
    for part in outer:
        if place[part] is None:
            place[part] = SecondRound().model_dump(mode="json")
        place = place[part]
    place[last] = value
    return Scenario.model_validate(document)


def value_of(scenario: Scenario, path: str) -> Any:  # noqa: ANN401 - any value of the document
    """Return the value at a dotted path as JSON holds it; None where nothing is set."""
    found: Any = scenario.model_dump(mode="json")
    for part in path.split("."):
        if found is None:
            return None
        found = found[part]
    return found


def base_of(path: str, mission: MissionInput) -> Any:  # noqa: ANN401 - any value of a mission
    """Return what the mission itself has where a scenario says nothing."""
    known = mission.mission
    plain: dict[str, Any] = {
        "staffing.sto_pairs": numbers_of(Scenario(), mission).pairs_requested,
        "staffing.lto_teams": mission.teams_wanted(Role.LTO),
        "delivery.rate": 1.0,
        "delivery.late_share": 0.0,
        "delivery.late_withdrawals": 0,
        "travel.season": known.policies.travel.season.value,
        "travel.speed_factor": 1.0,
        "allocation_basis": known.policies.allocation.basis.value,
        "format": known.format.value,
    }
    if path in plain:
        return plain[path]
    if path.startswith("second_round."):
        return getattr(SecondRound(), path.rpartition(".")[2])
    section, _dot, name = path.partition(".")
    if section == "day":
        return known.policies.day.model_dump(mode="json")[name]
    return value_of(Scenario(), path)


def changed_paths(scenario: Scenario) -> list[str]:
    """Return the paths at which a scenario differs from the mission as it stands."""
    plain = Scenario()
    return [path for path in PATHS if value_of(scenario, path) != value_of(plain, path)]


def reset(page: Page, path: str) -> None:
    """Take one change back."""
    change(page, path, value_of(Scenario(), path))


def based(scenario: Scenario, mission: MissionInput) -> Scenario:
    """Return the scenario with the mission that it is made for."""
    base = BaseMission(mission=mission.mission.id, input_hash=mission.input_hash)
    return scenario.model_copy(update={"base": base})


def _key(page: Page) -> str:
    return f"scenario-work-{page.folder.id}"


def _read(text: str) -> Work:
    if not text:
        return Work(Scenario())
    try:
        kept = _Kept.model_validate_json(text)
    except ValidationError:
        # A draft of another version of the program: better an empty form than none.
        return Work(Scenario())
    return Work(kept.scenario, kept.stored, kept.version)
