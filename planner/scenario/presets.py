"""Scenarios to start from, one for each thing that goes otherwise, with the source of its figures.

S was read in a public source, D is arithmetic from such figures, B is background knowledge: a
default to be changed, never a fact. Sources: ``DOMAIN.md`` of the founding material.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from planner.domain.mission import MissionFormat
from planner.domain.mission_input import MissionInput
from planner.domain.policy import AllocationBasis, ObservationMode, Season
from planner.errors import PlannerError
from planner.scenario.document import (
    DayChange,
    DeliveryChange,
    Isolation,
    JointTeams,
    Scenario,
    SecondRound,
    StaffingChange,
    TravelChange,
)
from planner.scenario.numbers import numbers_of

Mark = Literal["S", "D", "B"]


@dataclass(frozen=True)
class Preset:
    """A scenario to start from.

    Parameters
    ----------
    key
        Short name for the command line.
    question
        What it answers.
    mark
        Where its figures come from: S, D or B.
    source
        In words.
    build
        Makes the scenario for a mission, with its own towns and regions.
    """

    key: str
    question: str
    mark: Mark
    source: str
    build: Callable[[MissionInput], Scenario]

    def scenario(self, mission: MissionInput) -> Scenario:
        """Return the scenario for a mission, with the preset's question as its own."""
        made = self.build(mission)
        note = f"({self.mark}) {self.source}"
        return made.model_copy(update={"name": self.key, "question": self.question, "notes": note})


def _more(pairs: int) -> Callable[[MissionInput], Scenario]:
    def build(mission: MissionInput) -> Scenario:
        now = numbers_of(Scenario(), mission).pairs_requested
        return Scenario(staffing=StaffingChange(sto_pairs=max(0, now + pairs)))

    return build


def _isolated(mission: MissionInput) -> Scenario:
    """Cut off the two regions with most stations outside of the capital's."""
    stations = dict.fromkeys((region.id for region in mission.regions), 0)
    for station in mission.stations:
        stations[mission.district_of[station.district].region] += 1
    capital = mission.mission.capital
    home = None
    if capital is not None and capital in mission.town_of:
        home = mission.district_of[mission.town_of[capital].district].region
    largest = sorted(stations, key=lambda region: (region == home, -stations[region], region))
    # Abai and East Kazakhstan were cut off together on 28 November 2022.
    known = [region for region in stations if region in ("KZ-10", "KZ-63")]
    regions = known if len(known) == 2 else largest[:2]
    return Scenario(
        isolated=tuple(Isolation(region=region, from_hour=6, to_hour=30) for region in regions)
    )


def _airport(mission: MissionInput) -> Scenario:
    """Close the town with most beds that is not the capital."""
    others = [town for town in mission.towns if town.id != mission.mission.capital]
    towns = sorted(others, key=lambda town: (-(town.beds or 0), town.id))
    return Scenario(closed_towns=tuple(town.id for town in towns[:1]))


def _joint(mission: MissionInput) -> Scenario:
    """Send ten joint pairs to the capital, or to the town with most beds."""
    towns = sorted(mission.towns, key=lambda town: (-(town.beds or 0), town.id))
    town = mission.mission.capital or (towns[0].id if towns else None)
    return Scenario(joint=(JointTeams(town=town, pairs=10),) if town else ())


PRESETS: tuple[Preset, ...] = (
    Preset(
        "as-planned",
        "What does the mission observe as it is planned?",
        "B",
        "The mission itself on a usual election day.",
        lambda _: Scenario(),
    ),
    Preset(
        "delivery-70",
        "What if only 70 % of the requested STOs come, and it is known when planning?",
        "D",
        "Missions have got 70 to 115 % of what they requested.",
        lambda _: Scenario(delivery=DeliveryChange(rate=0.70)),
    ),
    Preset(
        "delivery-80",
        "What if only 80 % of the requested STOs come, and it is known when planning?",
        "D",
        "Missions have got 70 to 115 % of what they requested.",
        lambda _: Scenario(delivery=DeliveryChange(rate=0.80)),
    ),
    Preset(
        "delivery-115",
        "What would 15 % more STOs than requested add?",
        "D",
        "Missions have got 70 to 115 % of what they requested.",
        lambda _: Scenario(delivery=DeliveryChange(rate=1.15)),
    ),
    Preset(
        "delivery-unknown",
        "What if 85 % come and the plan was made for all?",
        "D",
        "Missions have got 70 to 115 % of what they requested.",
        lambda _: Scenario(delivery=DeliveryChange(rate=0.85, known=False)),
    ),
    Preset(
        "late-withdrawals",
        "What if one STO of twenty withdraws after accreditation has closed?",
        "B",
        "Accreditation closes at E-6, 18:00 (S); only accredited reserves replace. The share is "
        "background knowledge.",
        lambda _: Scenario(delivery=DeliveryChange(late_share=0.05)),
    ),
    Preset(
        "50-more-stos",
        "What would 50 more STOs buy?",
        "B",
        "25 pairs more than are asked for now.",
        _more(25),
    ),
    Preset(
        "50-fewer-stos",
        "What would 50 fewer STOs cost?",
        "B",
        "25 pairs fewer than are asked for now.",
        _more(-25),
    ),
    Preset(
        "region-isolated",
        "What if snow closes all roads of two regions from early morning to the day after?",
        "S",
        "On 28 November 2022 traffic was limited on all national roads of Abai and East "
        "Kazakhstan. Hours are background knowledge.",
        _isolated,
    ),
    Preset(
        "airport-closed",
        "What if the second town of the mission cannot be reached?",
        "B",
        "The town with most beds beside the capital has none.",
        _airport,
    ),
    Preset(
        "winter",
        "What if roads are those of a bad winter?",
        "B",
        "Winter speeds of the mission, and a winter's noise.",
        lambda _: Scenario(travel=TravelChange(season=Season.WINTER), noise="winter"),
    ),
    Preset(
        "slow-roads",
        "What if all driving is a fifth slower?",
        "B",
        "Speed times 0.8.",
        lambda _: Scenario(travel=TravelChange(speed_factor=0.8)),
    ),
    Preset(
        "dwell-60",
        "What if pairs stay an hour at each station?",
        "S",
        "Guidance asks for at least 30 minutes; a second source asks for an hour.",
        lambda _: Scenario(day=DayChange(dwell_min=60)),
    ),
    Preset(
        "static",
        "What if all pairs stay at one station for the day?",
        "S",
        "Static observation is one of the modes in use.",
        lambda _: Scenario(day=DayChange(mode=ObservationMode.STATIC)),
    ),
    Preset(
        "mixed",
        "What if a quarter of the pairs stays at one station?",
        "B",
        "The share is background knowledge.",
        lambda _: Scenario(day=DayChange(mode=ObservationMode.MIXED, static_share=0.25)),
    ),
    Preset(
        "fewer-visits",
        "What if pairs visit at most six stations beside opening and closing?",
        "B",
        "Pairs visit about ten stations on average (S).",
        lambda _: Scenario(day=DayChange(max_visits=6)),
    ),
    Preset(
        "short-duty",
        "What if no pair is on duty for more than 18 hours?",
        "B",
        "Real days ran to 27 hours (S).",
        lambda _: Scenario(day=DayChange(max_duty_min=18 * 60)),
    ),
    Preset(
        "by-voters",
        "What if pairs are shared out by voters?",
        "B",
        "The basis is a choice of policy.",
        lambda _: Scenario(allocation_basis=AllocationBasis.VOTERS),
    ),
    Preset(
        "square-root",
        "What if small areas get more than their share (square root)?",
        "B",
        "The basis is a choice of policy.",
        lambda _: Scenario(allocation_basis=AllocationBasis.SQUARE_ROOT),
    ),
    Preset(
        "leom",
        "What if the mission is a limited one, without STOs?",
        "S",
        "LEOM: LTOs, no STOs.",
        lambda _: Scenario(format=MissionFormat.LEOM),
    ),
    Preset(
        "eam",
        "What if only an assessment mission is sent?",
        "S",
        "EAM: a small team of experts.",
        lambda _: Scenario(format=MissionFormat.EAM),
    ),
    Preset(
        "second-round",
        "What does a second round two weeks later take?",
        "B",
        "Second rounds extend the calendar (S); that two thirds of the pairs come again is "
        "background knowledge.",
        lambda _: Scenario(second_round=SecondRound()),
    ),
    Preset(
        "joint-ieom",
        "What do ten parliamentary pairs in the capital add?",
        "B",
        "IEOM teams visit stations on election day, duplicates are possible (S); the number is "
        "background knowledge.",
        _joint,
    ),
)


def preset(key: str) -> Preset:
    """Return a preset by its key.

    Raises
    ------
    PlannerError
        ``SC-PRESET``: there is none of this name; the message names those there are.
    """
    for one in PRESETS:
        if one.key == key:
            return one
    raise PlannerError(
        "SC-PRESET",
        f"there is no preset '{key}'",
        f"Use one of {', '.join(one.key for one in PRESETS)}.",
    )
