"""Drawn disruptions of a planned mission: what the field does to a plan in its last week."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta

import numpy as np

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import StationId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Station
from planner.domain.plan import Plan

LATE = 10
CORRECTED = 20
NORTH_DEG_KM = 111.2


@dataclass(frozen=True)
class Disruption:
    """A mission after something has happened, and in words what it was."""

    kind: str
    told: str
    mission: MissionInput


def drawn(mission: MissionInput, plan: Plan, number: int, seed: int = 1) -> list[Disruption]:
    """Draw disruptions, the kinds in turn; the same seed draws the same."""
    kinds = (withdrawn, isolated, corrected, late, withdrawn, barred, corrected, late)
    made = []
    for index in range(number):
        rng = np.random.default_rng([seed, index])
        found = kinds[index % len(kinds)](mission, plan, rng)
        changed = found.mission.model_copy(update={"input_hash": f"disruption-{seed}-{index}"})
        made.append(Disruption(found.kind, found.told, changed))
    return made


def withdrawn(mission: MissionInput, plan: Plan, rng: np.random.Generator) -> Disruption:
    """Let one STO pair withdraw: its people leave the roster, and one pair less is planned."""
    pairs = [team for team in plan.teams if team.kind is Role.STO and team.members]
    team = pairs[int(rng.integers(len(pairs)))]
    staffing = mission.mission.staffing
    staffing = staffing.model_copy(update={"sto_pairs": staffing.sto_pairs - 1})
    changed = mission.model_copy(
        update={
            "mission": mission.mission.model_copy(update={"staffing": staffing}),
            "observers": tuple(o for o in mission.observers if o.id not in team.members),
        }
    )
    return Disruption("pair withdraws", f"{team.id} of {team.area}", changed)


def isolated(mission: MissionInput, _plan: Plan, rng: np.random.Generator) -> Disruption:
    """Strike all stations of a region from the list: its pairs can still go elsewhere."""
    region, gone = _region(mission, rng)
    stations = tuple(station for station in mission.stations if station.id not in gone)
    told = f"{region}, {len(gone)} stations struck"
    return Disruption("region isolated", told, mission.model_copy(update={"stations": stations}))


def barred(mission: MissionInput, _plan: Plan, rng: np.random.Generator) -> Disruption:
    """Bar all stations of a region by decisions: its pairs are there already and stay."""
    region, gone = _region(mission, rng)
    decisions = tuple(
        Decision(kind=DecisionKind.NEVER_STATION, station=station) for station in sorted(gone)
    )
    told = f"{region}, {len(gone)} stations barred"
    update = {"decisions": (*mission.decisions, *decisions)}
    return Disruption("region isolated", told, mission.model_copy(update=update))


def _region(mission: MissionInput, rng: np.random.Generator) -> tuple[str, set[StationId]]:
    region = mission.regions[int(rng.integers(len(mission.regions)))]
    inside = {d.id for d in mission.districts if d.region == region.id}
    return region.name, {s.id for s in mission.stations if s.district in inside}


def corrected(mission: MissionInput, _plan: Plan, rng: np.random.Generator) -> Disruption:
    """Correct the list of stations: closed, moved, with other hours, and new ones."""
    order = rng.permutation(len(mission.stations))[:CORRECTED]
    closed, moved, hours, near = (
        {mission.stations[index].id for index in part.tolist()} for part in np.split(order, 4)
    )
    changes: dict[str, Callable[[Station], Station]] = {
        **dict.fromkeys(moved, lambda station: _shifted(station, rng)),
        **dict.fromkeys(hours, lambda station: _opened(station, rng)),
    }
    stations = []
    for station in mission.stations:
        if station.id in closed:
            continue
        stations.append(changes.get(station.id, _same)(station))
        if station.id in near:
            new = _shifted(station, rng)
            stations.append(new.model_copy(update={"id": StationId(f"{station.id}-new")}))
    told = f"{len(closed)} closed, {len(moved)} moved, {len(hours)} hours, {len(near)} new"
    stations.sort(key=lambda station: station.id)
    update = {"stations": tuple(stations)}
    return Disruption("list corrected", told, mission.model_copy(update=update))


def _same(station: Station) -> Station:
    return station


def _shifted(station: Station, rng: np.random.Generator) -> Station:
    """Move a station by up to 3 km."""
    far = rng.uniform(0.2, 3.0) / NORTH_DEG_KM
    angle = rng.uniform(0.0, 2 * np.pi)
    lat = station.lat + far * np.sin(angle)
    lon = station.lon + far * np.cos(angle) / max(0.1, np.cos(np.radians(station.lat)))
    return station.model_copy(update={"lat": round(float(lat), 6), "lon": round(float(lon), 6)})


def _opened(station: Station, rng: np.random.Generator) -> Station:
    """Let a station open an hour earlier, or close an hour earlier."""
    if rng.random() < 0.5:
        return station.model_copy(update={"opens": time(6)})
    return station.model_copy(update={"closes": time(19)})


def late(mission: MissionInput, _plan: Plan, rng: np.random.Generator) -> Disruption:
    """Let ten STOs arrive after the deployment: they can be in no pair."""
    stos = [o for o in mission.observers if o.role is Role.STO and not o.reserve]
    order = rng.permutation(len(stos))[:LATE].tolist()
    who = {stos[index].id for index in order}
    day = mission.mission.day(mission.mission.calendar.sto_from_day) + timedelta(days=1)
    observers = tuple(
        o.model_copy(update={"available_from": day}) if o.id in who else o
        for o in mission.observers
    )
    told = f"{len(who)} STOs from {day}"
    return Disruption("observers late", told, mission.model_copy(update={"observers": observers}))
