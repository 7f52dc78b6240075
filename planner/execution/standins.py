"""Stand-ins: who fills the gap that a missing observer leaves.

People are bits of whole numbers here: a set of people is one number, and who fits whom is one
``&``. One thousand draws with a hundred gaps each are a matter of a tenth of a second.
"""

from dataclasses import dataclass

import numpy as np

from planner.domain.decision import DecisionKind
from planner.domain.ids import AreaId, ObserverId, State
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer, Role
from planner.execution.arrays import BoolArray
from planner.execution.seats import Seats


@dataclass(frozen=True)
class _Person:
    """A reserve, or one more of the State of a seat, or who sits there."""

    observer: ObserverId | None
    state: State | None


class StandIns:
    """Fills gaps greedily, by the rules that concern two people and their area.

    First every pair that misses one member, in plan order, gets the first reserve who fits; then
    surplus observers. Then, if wanted, halves that remain are joined: the first in plan order is
    completed by the next half of its area who fits, else by the next half of all. Last, pairs that
    miss both members are filled from the reserves that are left. Who fits: another State (P2), not
    of the host country (P3), accredited and present (P5), speaks the working language (P6), no
    decision against the two (P7) or against the State or the person in this area (P8, A4).

    Parameters
    ----------
    mission
        With the reserves of its roster.
    seats
        Of the pairs.
    """

    def __init__(self, mission: MissionInput, seats: Seats) -> None:
        self.reserves = _reserves(mission)
        self._seats = seats
        self._never = _never_pairs(mission)
        self._barred = _barred_states(mission)
        self._tied = _tied_people(mission)
        sitting = [_Person(*each) for each in zip(seats.observers, seats.states, strict=True)]
        self._people = [
            *(_Person(each.id, each.state) for each in self.reserves),
            *(_Person(None, state) for state in seats.states),
        ]
        self._sitting = sitting
        self._welcome: dict[AreaId | None, int] = {}
        self._seat_welcome: dict[AreaId | None, int] = {}
        self._pool_for = [self._partners(each, self._people) for each in sitting]
        self._seats_for = [self._partners(each, sitting) for each in sitting]
        self._among: dict[int, int] = {}
        self._of_area: dict[AreaId | None, int] = {}
        for pair, area in enumerate(seats.areas):
            self._of_area[area] = self._of_area.get(area, 0) | 3 << 2 * pair
            if area not in self._welcome:
                self._welcome[area] = self._allowed(area, self._people)
                self._seat_welcome[area] = self._allowed(area, sitting)

    def fill(
        self, complete: BoolArray, pairs: BoolArray, stands: BoolArray, spare: BoolArray, join: bool
    ) -> None:
        """Fill one draw; marks in ``complete`` the pairs that go out after all.

        Parameters
        ----------
        complete, pairs
            Pairs that are complete, shape (pairs,), and members who are there, shape (pairs, 2).
        stands, spare
            Reserves who are there, and seats of whose State one more has come.
        join
            Whether halves are joined.
        """
        pool = _bits(np.concatenate([stands, spare]))
        missing = np.flatnonzero(~complete).tolist()
        lone = [(pair, 2 * pair + int(pairs[pair, 1])) for pair in missing if pairs[pair].any()]
        left = []
        for pair, seat in lone:
            found = pool & self._pool_for[seat] & self._welcome[self._seats.areas[pair]]
            if found:
                complete[pair] = True
                pool &= ~(found & -found)
            else:
                left.append((pair, seat))
        if join:
            self._join(complete, left)
        for pair in missing:
            if not pool:
                break
            if not pairs[pair].any():
                pool, complete[pair] = self._both(pool, self._seats.areas[pair])

    def _join(self, complete: BoolArray, halves: list[tuple[int, int]]) -> None:
        waiting = sum(1 << seat for _, seat in halves)
        for pair, seat in halves:
            if not waiting >> seat & 1:
                continue
            waiting &= ~(1 << seat)
            area = self._seats.areas[pair]
            found = waiting & self._seats_for[seat] & self._seat_welcome[area]
            found = found & self._of_area[area] or found
            if found:
                complete[pair] = True
                waiting &= ~(found & -found)

    def _both(self, pool: int, area: AreaId | None) -> tuple[int, bool]:
        """Return the pool without two who make a pair for ``area``, and whether there are any."""
        welcome = pool & self._welcome[area]
        first = welcome
        while first:
            one = first & -first
            number = one.bit_length() - 1
            if number not in self._among:
                self._among[number] = self._partners(self._people[number], self._people)
            found = welcome & self._among[number] & ~one
            if found:
                return pool & ~(one | (found & -found)), True
            first &= ~one
        return pool, False

    def _partners(self, person: _Person, others: list[_Person]) -> int:
        """Return those who may be one pair with ``person``: another State, no decision against."""
        return sum(
            1 << number
            for number, other in enumerate(others)
            if (person.state is None or person.state != other.state)
            and frozenset((person.observer, other.observer)) not in self._never
        )

    def _allowed(self, area: AreaId | None, people: list[_Person]) -> int:
        """Return those who may work in ``area``."""
        return sum(
            1 << number
            for number, person in enumerate(people)
            if (person.state, area) not in self._barred
            and self._tied.get(person.observer, area) == area
        )


def _bits(flags: BoolArray) -> int:
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def _reserves(mission: MissionInput) -> tuple[Observer, ...]:
    """Return the STOs in reserve who may be called up (P3, P5, P6), by id."""
    calendar, pairing = mission.mission.calendar, mission.mission.policies.pairing
    first, last = (mission.mission.day(n) for n in (calendar.sto_from_day, calendar.sto_to_day))
    return tuple(
        observer
        for observer in sorted(mission.observers, key=lambda each: each.id)
        if observer.role is Role.STO
        and observer.reserve
        and observer.accredited
        and observer.state != mission.mission.country
        and observer.present(first, last)
        and observer.speaks(pairing.working_language, pairing.working_level)
    )


def _never_pairs(mission: MissionInput) -> set[frozenset[ObserverId | None]]:
    return {
        frozenset(decision.observers)
        for decision in mission.decisions
        if decision.kind is DecisionKind.NEVER_PAIR
    }


def _barred_states(mission: MissionInput) -> set[tuple[State | None, AreaId | None]]:
    return {
        (decision.state, decision.area)
        for decision in mission.decisions
        if decision.kind is DecisionKind.NEVER_STATE_AREA
    }


def _tied_people(mission: MissionInput) -> dict[ObserverId | None, AreaId | None]:
    return {
        decision.observers[0]: decision.area
        for decision in mission.decisions
        if decision.kind is DecisionKind.OBSERVER_AREA
    }
