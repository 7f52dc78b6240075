"""What a scenario changes: every field with its value, what it was, and where it comes from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from planner.domain.ids import RegionId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.scenario.document import Scenario
from planner.scenario.limits import LIMITS

LABELS: Mapping[str, str] = {
    "staffing.lto_teams": "LTO teams",
    "staffing.sto_pairs": "STO pairs asked for",
    "delivery.rate": "Share of the requested STOs who come",
    "delivery.by_state": "Share who come, by State",
    "delivery.known": "The plan knows who comes",
    "delivery.late_withdrawals": "Withdrawals after accreditation has closed",
    "delivery.late_share": "Share who withdraw after accreditation has closed",
    "isolated": "Regions cut off on election day",
    "closed_towns": "Towns without beds",
    "travel.season": "Season of the roads",
    "travel.speed_factor": "Factor on all speeds",
    "day.mode": "Mode of observation",
    "day.static_share": "Share of static pairs",
    "day.dwell_min": "Shortest stay of a voting visit",
    "day.max_visits": "Most voting visits of a pair",
    "day.count_min": "Planned length of a count",
    "day.tabulation_min": "Planned stay at the commission",
    "day.max_leg_min": "Longest leg allowed",
    "day.max_drive_min": "Most driving of a pair's day",
    "day.max_duty_min": "Longest duty allowed",
    "allocation_basis": "STO pairs are shared out by",
    "format": "Format of the mission",
    "second_round.days_later": "Second round after",
    "second_round.sto_share": "Share of the first round's pairs who come again",
    "joint": "Pairs of the joint mission (IEOM)",
    "budget": "Budget ceiling",
    "seed": "Seed of draw, search and simulation",
    "noise": "How much election day differs from the plan",
}
"""Every field that changes a mission, by its dotted path in the document."""
MARKS: Mapping[str, str] = {
    "S": "read in a public source",
    "D": "arithmetic from figures of public sources",
    "B": "background knowledge, a default to be changed",
    "": "entered for this scenario; no source is given",
}
"""Where a value comes from."""
AS_IT_IS = "the mission as it is"
_NOT_CHANGES = {"schema_version", "name", "question", "notes", "base"}
_UNITS = {"days_later": "days", "budget": ""}
_SOURCE = re.compile(r"\(([SDB])\)\s*(.*)", re.DOTALL)


@dataclass(frozen=True)
class Change:
    """One field that a scenario changes.

    Parameters
    ----------
    path
        In the document.
    label
        In words.
    value, base
        With units; ``base`` is what the mission has, empty where it has nothing of the kind.
    mark, source
        S, D or B, and in words; no mark where somebody entered the value.
    """

    path: str
    label: str
    value: str
    base: str
    mark: str
    source: str


def changes(scenario: Scenario, mission: MissionInput) -> tuple[Change, ...]:
    """Return all that a scenario changes, in the order of the document.

    Parameters
    ----------
    mission
        The mission that it is compared with; names of regions and towns are its.
    """
    mark, source = source_of(scenario)
    return tuple(
        Change(
            path,
            LABELS.get(path, path.replace("_", " ").replace(".", ": ")),
            _shown(path, value, mission),
            _base(path, mission),
            "B" if path == "noise" else mark,
            "Presets of election-day noise." if path == "noise" else source,
        )
        for path, value in _fields(scenario)
    )


def changed(scenario: Scenario, mission: MissionInput) -> tuple[Change, ...]:
    """Return what a scenario changes, without fields set to what the mission has anyway."""
    return tuple(one for one in changes(scenario, mission) if one.value != one.base)


def source_of(scenario: Scenario) -> tuple[str, str]:
    """Return mark and source of a scenario's values: the notes of a preset begin with them."""
    found = _SOURCE.match(scenario.notes)
    return (found[1], found[2].strip()) if found else ("", "")


def _fields(scenario: Scenario) -> Iterator[tuple[str, Any]]:
    plain = Scenario()
    for name in Scenario.model_fields:
        value, default = getattr(scenario, name), getattr(plain, name)
        if name in _NOT_CHANGES or value == default:
            continue
        inner = type(value).model_fields if hasattr(type(value), "model_fields") else {}
        if not inner:
            yield name, value
            continue
        for part in inner:
            found = getattr(value, part)
            if default is None or found != getattr(default, part):
                yield f"{name}.{part}", found


def _shown(path: str, value: Any, mission: MissionInput) -> str:  # noqa: ANN401 - any field
    if path == "isolated":
        return "; ".join(
            f"{_region(mission, one.region)}, {_hour(one.from_hour)} to {_hour(one.to_hour)}"
            for one in value
        )
    if path == "closed_towns":
        return ", ".join(_town(mission, town) for town in value)
    if path == "joint":
        return "; ".join(f"{one.pairs:,} in {_town(mission, one.town)}" for one in value)
    if path == "delivery.by_state":
        return ", ".join(f"{state} {_percent(rate)}" for state, rate in sorted(value.items()))
    return _plain(path, value, mission)


def _plain(path: str, value: Any, mission: MissionInput) -> str:  # noqa: ANN401 - any field
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, int | float):
        return str(value).replace("_", " ")
    last = path.rpartition(".")[2]
    if last in {"rate", "static_share", "late_share", "sto_share"}:
        return _percent(value)
    if path == "budget":
        return f"{value:,.10g} {mission.mission.costs.currency}"
    unit = _UNITS.get(last, LIMITS[path].unit if path in LIMITS else "")
    if last in {"lto_teams", "sto_pairs"}:
        unit = ""
    return f"{value:,.10g} {unit}".rstrip()


def _base(path: str, mission: MissionInput) -> str:
    known = mission.mission
    outer, _, last = path.rpartition(".")
    if outer == "staffing":
        role = Role.LTO if last == "lto_teams" else Role.STO
        return _plain(path, mission.teams_wanted(role), mission)
    if outer == "day":
        return _plain(path, getattr(known.policies.day, last), mission)
    values: Mapping[str, Any] = {
        "delivery.rate": 1.0,
        "delivery.known": True,
        "delivery.late_withdrawals": 0,
        "delivery.late_share": 0.0,
        "travel.season": known.policies.travel.season.value,
        "travel.speed_factor": 1.0,
        "allocation_basis": known.policies.allocation.basis.value,
        "format": known.format.value,
        "seed": Scenario().seed,
        "noise": Scenario().noise,
    }
    return _plain(path, values[path], mission) if path in values else "none"


def _percent(share: float) -> str:
    return f"{100 * share:.10g} %"


def _hour(hour: float) -> str:
    """Return an hour of election day on the wall: ``06:00``, ``06:00 on E+1``."""
    day, rest = divmod(hour, 24)
    minutes = round(60 * rest)
    told = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return told if not day else f"{told} on E{int(day):+d}"


def _region(mission: MissionInput, region: RegionId) -> str:
    known = mission.region_of.get(region)
    return known.name if known else region


def _town(mission: MissionInput, town: TownId) -> str:
    known = mission.town_of.get(town)
    return known.name if known else town
