"""From the documents to clusters: which pairs and stations are planned together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

import numpy as np

from geodata.travel.provider import TravelMatrix, TravelProvider
from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, CommissionId, DistrictId, StationId, TeamId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Commission, Station, StationKind, Town
from planner.domain.plan import Phase, SampledStation, SampleRole, Team
from planner.objective.days import PHASE_VALUE
from planner.optimizer.days.cluster import ANY_TEAM, NO_PIN, Cluster, IntArray, Limits
from planner.optimizer.days.hours import Hours
from planner.travel import points_of

PINNED = "pinned"
"""Part of the name of a stratum of stations that no lot has drawn."""
PAIRS_PER_CLUSTER = 12
"""Pairs planned together; measured: larger clusters cost more than they gain."""


@dataclass(frozen=True)
class Scene:
    """A cluster with the records behind its numbers.

    ``places`` and ``travel`` are in one order: hubs, stations, commissions.
    """

    area: AreaId
    hubs: tuple[TownId, ...]
    teams: tuple[Team, ...]
    stations: tuple[Station, ...]
    drawn: tuple[SampledStation | None, ...]
    commissions: tuple[Commission, ...]
    commission_of: tuple[int, ...]
    """Index into ``commissions`` of each station's own, -1 without one."""
    travel: TravelMatrix
    cluster: Cluster
    pins: Mapping[StationId, str]
    """Subject of the decision behind each pinned station."""

    @property
    def name(self) -> str:
        """Area and first hub, for messages."""
        more = f" and {len(self.hubs) - 1} more" if len(self.hubs) > 1 else ""
        return f"{self.area} ({self.hubs[0]}{more})"

    @property
    def primaries(self) -> list[int]:
        """Stations that are drawn to be visited, or pinned."""
        return [
            index
            for index, drawn in enumerate(self.drawn)
            if drawn is None or drawn.role is SampleRole.PRIMARY
        ]

    @property
    def substitutes(self) -> list[int]:
        """Stations that may replace a primary of their stratum, best rank first."""
        found = [
            (drawn.rank, index)
            for index, drawn in enumerate(self.drawn)
            if drawn is not None and drawn.role is SampleRole.SUBSTITUTE
        ]
        return [index for _, index in sorted(found)]


def group_hubs(teams: Sequence[Team]) -> list[tuple[AreaId, tuple[TownId, ...]]]:
    """Group the hubs of each area, up to ``PAIRS_PER_CLUSTER`` pairs; a hub is never split."""
    pairs: dict[tuple[AreaId, TownId], int] = {}
    for team in teams:
        pairs[team.area, team.base_town] = pairs.get((team.area, team.base_town), 0) + 1
    groups: list[tuple[AreaId, list[TownId], int]] = []
    for (area, hub), number in sorted(pairs.items()):
        if groups and groups[-1][0] == area and groups[-1][2] + number <= PAIRS_PER_CLUSTER:
            groups[-1][1].append(hub)
            groups[-1] = (area, groups[-1][1], groups[-1][2] + number)
        else:
            groups.append((area, [hub], number))
    return [(area, tuple(hubs)) for area, hubs, _ in groups]


def build_scene(
    mission: MissionInput,
    travel: TravelProvider,
    area: AreaId,
    hubs: tuple[TownId, ...],
    teams: Sequence[Team],
    sample: Sequence[SampledStation],
) -> Scene:
    """Gather one cluster's records and turn them into arrays.

    Parameters
    ----------
    teams, sample
        Pairs that sleep in ``hubs``, and the stations drawn for them.
    """
    drawn = {entry.station: entry for entry in sample}
    numbers = {team.id: index for index, team in enumerate(teams)}
    pins, never = _pins(mission, numbers, sample)
    ids = sorted(drawn.keys() - never)
    stations = tuple(mission.station_of[station] for station in ids)
    commissions, commission_of = _commissions(mission, stations)
    places: list[Town | Station | Commission] = [
        *(mission.town_of[hub] for hub in hubs),
        *stations,
        *commissions,
    ]
    points = points_of(places)
    matrix = travel.matrix(points, points)
    entries = tuple(drawn.get(station) for station in ids)
    cluster = replace(
        _cluster(mission, hubs, teams, stations, matrix, commission_of, pins), **_strata(entries)
    )
    return Scene(
        area,
        hubs,
        tuple(teams),
        stations,
        entries,
        commissions,
        commission_of,
        matrix,
        cluster,
        {
            decision.station: decision.subject
            for decision in reversed(mission.decisions)
            if decision.station in pins and _is_kept(decision, numbers)
        },
    )


def _is_kept(decision: Decision, teams: Mapping[TeamId, int]) -> bool:
    """Tell whether a visit is one that sampling can have kept: by anybody, or by one of ``teams``.

    Of several decisions on a drawn station the first such one was; those that name a pair which
    does not exist, or works elsewhere, were refused.
    """
    return decision.kind is DecisionKind.VISIT_STATION and (
        decision.team is None or decision.team in teams
    )


def _pins(
    mission: MissionInput, teams: Mapping[TeamId, int], drawn: Iterable[SampledStation]
) -> tuple[dict[StationId, int], set[StationId]]:
    """Return pinned stations with their pair, and the stations that nobody may touch.

    Sampling has judged the decisions; a pin that it kept stands in the sample as such.
    """
    kept = {entry.station for entry in drawn if PINNED in entry.stratum}
    pins: dict[StationId, int] = {}
    never: set[StationId] = set()
    for decision in mission.decisions:
        if decision.station is None:
            continue
        if decision.kind is DecisionKind.NEVER_STATION:
            never.add(decision.station)
        elif decision.station in kept - pins.keys() and _is_kept(decision, teams):
            pins[decision.station] = teams[decision.team] if decision.team else ANY_TEAM
    return pins, never


def _commissions(
    mission: MissionInput, stations: Iterable[Station]
) -> tuple[tuple[Commission, ...], tuple[int, ...]]:
    """Each station's own commission, else the first of its district, else none."""
    by_district: dict[DistrictId, CommissionId] = {}
    for commission in reversed(mission.commissions):
        by_district[commission.district] = commission.id
    wanted = [station.commission or by_district.get(station.district) for station in stations]
    used = sorted({commission for commission in wanted if commission is not None})
    number = {commission: index for index, commission in enumerate(used)}
    return (
        tuple(mission.commission_of[commission] for commission in used),
        tuple(-1 if commission is None else number[commission] for commission in wanted),
    )


class _Strata(TypedDict):
    stratum: IntArray
    stratum_quota: IntArray


def _strata(entries: Sequence[SampledStation | None]) -> _Strata:
    """Return the strata by number; each may be visited as often as it has primaries."""
    names = ["" if entry is None else entry.stratum for entry in entries]
    number = {name: index for index, name in enumerate(sorted(set(names)))}
    quota = np.zeros(len(number), dtype=np.int64)
    for name, entry in zip(names, entries, strict=True):
        quota[number[name]] += entry is None or entry.role is SampleRole.PRIMARY
    return _Strata(
        stratum=np.array([number[name] for name in names], dtype=np.int64), stratum_quota=quota
    )


def _cluster(
    mission: MissionInput,
    hubs: Sequence[TownId],
    teams: Sequence[Team],
    stations: Sequence[Station],
    matrix: TravelMatrix,
    commission_of: Sequence[int],
    pins: Mapping[StationId, int],
) -> Cluster:
    day = mission.mission.policies.day
    hours = Hours(mission)
    windows = np.array([hours.window_s(station) for station in stations], dtype=np.int64)
    opens, closes = windows.reshape(-1, 2).T
    ordinary = np.array([station.kind is StationKind.ORDINARY for station in stations], dtype=bool)
    known = len(hubs) + len(stations)
    limits = Limits(
        day.max_visits, day.max_leg_min * 60, day.max_drive_min * 60, day.max_duty_min * 60
    )
    tail_drive, tail, value = _tails(
        matrix.duration_s, len(hubs), commission_of, limits, day.tabulation_min * 60
    )
    before = (day.arrive_before_opening_max_min + day.arrive_before_opening_min) * 30
    return Cluster(
        drive_s=matrix.duration_s[:known, :known],
        team_hub=np.array([hubs.index(team.base_town) for team in teams], dtype=np.int64),
        stay_s=np.full(len(stations), (day.dwell_min + day.visit_buffer_min) * 60, dtype=np.int64),
        visit_from_s=opens,
        visit_to_s=closes,
        open_arrive_s=opens - before,
        open_leave_s=opens + day.stay_after_opening_min * 60,
        close_arrive_s=closes - day.arrive_before_closing_min * 60,
        count_from_s=closes,
        count_to_s=closes + day.count_min * 60,
        tail_drive_s=tail_drive,
        tail_s=tail,
        tail_value=value,
        may_open=ordinary & (closes > opens),
        may_close=ordinary & (closes > opens) & (tail >= 0).any(axis=1),
        may_visit=closes - opens >= (day.dwell_min + day.visit_buffer_min) * 60,
        visit_value=np.full(len(stations), PHASE_VALUE[Phase.VOTING], dtype=np.int64),
        opening_value=PHASE_VALUE[Phase.OPENING],
        count_value=PHASE_VALUE[Phase.COUNTING],
        pinned_team=np.array(
            [pins.get(station.id, NO_PIN) for station in stations], dtype=np.int64
        ),
        stratum=np.zeros(len(stations), dtype=np.int64),
        stratum_quota=np.array([len(stations)], dtype=np.int64),
        limits=limits,
    )


def _tails(
    duration_s: IntArray, hubs: int, commission_of: Sequence[int], limits: Limits, stay_s: int
) -> tuple[IntArray, IntArray, IntArray]:
    """Ways home after the count: driving, time and value, shape (stations, hubs).

    The commission is passed where both of its legs are allowed; else the pair drives straight
    home; -1 where that leg is not allowed either.
    """
    stations = len(commission_of)
    allowed = (duration_s >= 0) & (duration_s <= limits.max_leg_s)
    home = np.where(allowed, duration_s, -1)[hubs : hubs + stations, :hubs]
    drive, time = home.copy(), home.copy()
    value = np.zeros_like(home)
    own = np.array(commission_of, dtype=np.int64)
    with_own = np.flatnonzero(own >= 0)
    if stay_s and len(with_own):
        commission = hubs + stations + own[with_own]
        there = duration_s[hubs + with_own, commission][:, None]
        back = duration_s[commission, :hubs]
        passes = allowed[hubs + with_own, commission][:, None] & allowed[commission, :hubs]
        drive[with_own] = np.where(passes, there + back, home[with_own])
        time[with_own] = np.where(passes, there + back + stay_s, home[with_own])
        value[with_own] = np.where(passes, PHASE_VALUE[Phase.TABULATION], 0)
    return drive, time, value
