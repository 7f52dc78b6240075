"""From a mission and a scenario to the mission that is planned."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.domain.finding import Finding
from planner.domain.mission import Calendar, Mission, MissionFormat, Staffing
from planner.domain.mission_input import MissionInput
from planner.domain.place import Town
from planner.domain.policy import Policies, SpeedBand
from planner.errors import InputError
from planner.scenario.check import check
from planner.scenario.document import Scenario
from planner.scenario.numbers import Numbers, numbers_of
from planner.scenario.roster import roster_of

_FASTEST_KM_H = 200.0


@dataclass(frozen=True)
class Applied:
    """A scenario that can be planned.

    Parameters
    ----------
    mission
        The mission with all changes that a plan knows of. Its hash is that of the base where
        nothing has changed.
    findings
        Remarks on the scenario, for the reader.
    numbers
        Teams and pairs asked for, planned and delivered.
    """

    mission: MissionInput
    findings: tuple[Finding, ...]
    numbers: Numbers


def apply(scenario: Scenario, mission: MissionInput) -> Applied:
    """Return the mission of a scenario, and what is to be said about it.

    Isolated regions, a delivery that the plan does not know of, late withdrawals and joint teams
    change nothing here: they show when the plan is carried out.

    Parameters
    ----------
    mission
        The base; it stays as it is.

    Raises
    ------
    InputError
        If the scenario cannot be: one finding ``SC-…`` for each value, all at once, with the
        nearest possible value as its remedy.
    """
    troubles = check(scenario, mission)
    refused = [trouble.finding for trouble in troubles if trouble.refused]
    findings = tuple(trouble.finding for trouble in troubles)
    if refused:
        raise InputError(
            f"scenario '{scenario.name}' cannot be: {len(refused)} value(s) must change first",
            findings,
            "take the nearest possible values that are named",
        )
    numbers = numbers_of(scenario, mission)
    changed = mission.model_copy(
        update={
            "mission": _mission(scenario, mission.mission, numbers),
            "towns": _towns(scenario, mission.towns),
            "observers": roster_of(scenario, mission, numbers),
        }
    )
    if _parts(changed) != _parts(mission):
        changed = changed.model_copy(update={"input_hash": _hash(mission.input_hash, changed)})
    else:
        changed = mission
    return Applied(changed, findings, numbers)


def _mission(scenario: Scenario, known: Mission, numbers: Numbers) -> Mission:
    kind = scenario.format or known.format
    staffing = _staffing(scenario, known, numbers)
    update: dict[str, Any] = {
        "format": kind,
        "staffing": staffing,
        "policies": _policies(scenario, known.policies),
    }
    if scenario.second_round is not None:
        later = scenario.second_round.days_later
        update |= {
            "e_day": known.day(later),
            "calendar": _stay_on(known.calendar, later),
        }
    return known.model_copy(update=update)


def _staffing(scenario: Scenario, known: Mission, numbers: Numbers) -> Staffing:
    """Return the numbers to plan; where nothing changes them a roster goes on deciding."""
    kind = scenario.format or known.format
    asked, teams, pairs = scenario.staffing, known.staffing.lto_teams, known.staffing.sto_pairs
    if asked.lto_teams is not None or kind is not known.format:
        teams = numbers.lto_teams
    if kind is not MissionFormat.EOM:
        pairs = 0
    elif (
        asked.sto_pairs is not None
        or scenario.second_round is not None
        or kind is not known.format
        or numbers.pairs_planned != numbers.pairs_requested
    ):
        pairs = numbers.pairs_planned
    return Staffing(lto_teams=teams, sto_pairs=pairs)


def _stay_on(calendar: Calendar, days_later: int) -> Calendar:
    """LTO teams stay from the first round on; all other days count from the new election day."""
    return calendar.model_copy(update={"lto_from_day": calendar.lto_from_day - days_later})


def _policies(scenario: Scenario, known: Policies) -> Policies:
    day = {name: value for name, value in scenario.day.model_dump().items() if value is not None}
    travel: dict[str, Any] = {}
    if scenario.travel.season is not None:
        travel["season"] = scenario.travel.season
    if scenario.travel.speed_factor is not None:
        travel["speed_bands"] = tuple(
            _faster(band, scenario.travel.speed_factor) for band in known.travel.speed_bands
        )
    basis = scenario.allocation_basis
    changes: Mapping[str, Any] = {
        "day": known.day.model_copy(update=day) if day else known.day,
        "travel": known.travel.model_copy(update=travel) if travel else known.travel,
        "allocation": known.allocation.model_copy(update={"basis": basis})
        if basis is not None
        else known.allocation,
    }
    return known.model_copy(update=changes)


def _faster(band: SpeedBand, factor: float) -> SpeedBand:
    return band.model_copy(update={"speed_km_h": min(_FASTEST_KM_H, band.speed_km_h * factor)})


def _towns(scenario: Scenario, towns: tuple[Town, ...]) -> tuple[Town, ...]:
    closed = set(scenario.closed_towns)
    if not closed:
        return towns
    return tuple(
        town.model_copy(update={"beds": 0}) if town.id in closed else town for town in towns
    )


def _parts(mission: MissionInput) -> tuple[object, ...]:
    return mission.mission, mission.towns, mission.observers


def _hash(base: str, changed: MissionInput) -> str:
    digest = hashlib.sha256(base.encode())
    digest.update(changed.mission.model_dump_json().encode())
    for record in (*changed.towns, *changed.observers):
        digest.update(record.model_dump_json().encode())
    return digest.hexdigest()
