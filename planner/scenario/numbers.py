"""How many teams a scenario asks for, plans with, and sees arrive."""

from collections import Counter
from dataclasses import dataclass

from planner.domain.mission import MissionFormat
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer, Role
from planner.scenario.document import Scenario


@dataclass(frozen=True)
class Numbers:
    """Numbers of a scenario; they are never the same thing under two names.

    Parameters
    ----------
    lto_teams
        LTO teams.
    pairs_requested
        STO pairs that the mission asks the States for.
    stos_delivered
        STOs who come, before late withdrawals.
    pairs_delivered
        Pairs that these can make up.
    pairs_planned
        Pairs that the plan is made for: those delivered where that is known, else those requested.
    """

    lto_teams: int
    pairs_requested: int
    stos_delivered: int
    pairs_delivered: int
    pairs_planned: int

    @property
    def stos_requested(self) -> int:
        """Two for each pair requested."""
        return 2 * self.pairs_requested


def numbers_of(scenario: Scenario, mission: MissionInput) -> Numbers:
    """Return the numbers of a scenario whose values are within their limits.

    300 STOs requested at a delivery of 0.85 are 255 who come, and these are 127 pairs. Where single
    States differ, the others follow the overall rate; the share of a State is that of the roster.
    """
    kind = scenario.format or mission.mission.format
    staffing = scenario.staffing
    ltos = mission.teams_wanted(Role.LTO) if staffing.lto_teams is None else staffing.lto_teams
    if kind is MissionFormat.EAM:
        ltos = 0
    if kind is not MissionFormat.EOM:
        return Numbers(ltos, 0, 0, 0, 0)
    pairs = staffing.sto_pairs
    if pairs is None:
        pairs = mission.teams_wanted(Role.STO)
        if scenario.second_round is not None:
            pairs = int(pairs * scenario.second_round.sto_share)
    stos = delivered_stos(scenario, mission, 2 * pairs)
    planned = stos // 2 if scenario.delivery.known else pairs
    return Numbers(ltos, pairs, stos, stos // 2, planned)


def delivered_stos(scenario: Scenario, mission: MissionInput, requested: int) -> int:
    """Return how many of the requested STOs come, rounded down."""
    delivery = scenario.delivery
    overall = 1.0 if delivery.rate is None else delivery.rate
    states = Counter(observer.state for observer in nominated(mission))
    total = states.total()
    if not delivery.by_state or not total:
        # 0.85 * 300 is 254.99999999999997.
        return int(requested * overall + 1e-9)
    mean = sum(n * delivery.by_state.get(state, overall) for state, n in states.items()) / total
    return int(requested * mean + 1e-9)


def nominated(mission: MissionInput) -> list[Observer]:
    """Return the STOs of the roster who are to be deployed: accredited, no reserve, no national."""
    return [
        observer
        for observer in mission.observers
        if observer.role is Role.STO
        and observer.accredited
        and not observer.reserve
        and observer.state != mission.mission.country
    ]
