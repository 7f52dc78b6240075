"""Joint teams on election day: how many stations they visit, and how many of them twice."""

import zlib
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.ids import StationId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Station, Town
from planner.scenario.document import JointTeams, Scenario
from planner.travel import points_of

CHOICES = 10
"""A joint team goes on to one of so many nearest stations, by lot (B)."""
MOST_STATIONS = 300
"""Stations around a town that its teams choose from."""


@dataclass(frozen=True)
class JointVisits:
    """What joint teams add.

    Parameters
    ----------
    pairs, visits
        Joint pairs, and the visits that they make.
    duplicates
        Visits to a station that an STO pair or another joint pair observes as well.
    distinct_stations
        Stations observed by the mission and the joint teams together.
    """

    pairs: int
    visits: int
    duplicates: int
    distinct_stations: int


def joint_visits(
    scenario: Scenario,
    mission: MissionInput,
    travel: TravelProvider,
    observed: Collection[StationId],
) -> JointVisits:
    """Let joint teams drive from station to station while voting lasts.

    They stay as long as the mission's own pairs do and keep the same limits of legs, of the
    day's driving and of visits, but choose their stations by lot among the nearest, without asking
    anybody. One day by the scenario's seed; an estimate (B), not a plan.

    Parameters
    ----------
    observed
        Stations that the mission's own pairs observe.
    """
    seen = set(observed)
    visits = duplicates = 0
    for teams in scenario.joint:
        around = _Around(mission, travel, mission.town_of[teams.town])
        for number in range(teams.pairs):
            for station in around.day(_generator(scenario, teams, number)):
                visits += 1
                duplicates += station in seen
                seen.add(station)
    pairs = sum(teams.pairs for teams in scenario.joint)
    return JointVisits(pairs, visits, duplicates, len(seen))


def _generator(scenario: Scenario, teams: JointTeams, number: int) -> np.random.Generator:
    key = zlib.crc32(f"joint|{teams.town}|{number}".encode())
    return np.random.default_rng([scenario.seed, key])


class _Around:
    """The stations within reach of a town, with all drives between them."""

    def __init__(self, mission: MissionInput, travel: TravelProvider, town: Town) -> None:
        self.mission = mission
        day = mission.mission.policies.day
        self.limit_s, self.drive_s = 60 * day.max_leg_min, 60 * day.max_drive_min
        self.stay_s = 60 * (day.dwell_min + day.visit_buffer_min)
        there = travel.matrix(points_of([town]), points_of(mission.stations)).duration_s[0]
        order = np.argsort(np.where(there < 0, np.iinfo(there.dtype).max, there), kind="stable")
        near = [int(i) for i in order[:MOST_STATIONS] if 0 <= there[i] <= self.limit_s]
        self.stations: list[Station] = [mission.stations[i] for i in near]
        self.from_town = there[near].astype(np.int64)
        points = points_of(self.stations)
        self.between = (
            travel.matrix(points, points).duration_s if near else np.zeros((0, 0), dtype=np.int64)
        )

    def day(self, rng: np.random.Generator) -> list[StationId]:
        """Return the stations of one team's day, in their order."""
        visited: list[int] = []
        most = self.mission.mission.policies.day.max_visits
        clock = driven = 0
        while True:
            legs = self.between[visited[-1]] if visited else self.from_town
            ready = [
                (int(legs[i]), i)
                for i in range(len(self.stations))
                if i not in visited
                and self._fits(int(legs[i]), i, clock, driven, first=not visited)
            ]
            if not ready or len(visited) >= most:
                return [self.stations[i].id for i in visited]
            leg, chosen = sorted(ready)[int(rng.integers(min(CHOICES, len(ready))))]
            opens_s, _ = self._hours_s(self.stations[chosen])
            # The first drive ends when voting opens.
            clock = (opens_s if not visited else clock + leg) + self.stay_s
            driven += leg
            visited.append(chosen)

    def _fits(self, leg: int, station: int, clock: int, driven: int, *, first: bool) -> bool:
        opens_s, closes_s = self._hours_s(self.stations[station])
        arrive = opens_s if first else clock + leg
        back = int(self.from_town[station])
        return (
            0 <= leg <= self.limit_s
            and driven + leg + back <= self.drive_s
            and opens_s <= arrive
            and arrive + self.stay_s <= closes_s
        )

    def _hours_s(self, station: Station) -> tuple[int, int]:
        """Return opening and closing in seconds of the day, on the station's own clock."""
        hours = self.mission.mission.hours
        opens, closes = station.opens or hours.opens, station.closes or hours.closes
        return 60 * (60 * opens.hour + opens.minute), 60 * (60 * closes.hour + closes.minute)
