"""The roster of a scenario: who of the nominated STOs comes where fewer come."""

import hashlib
from collections import defaultdict

from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer, Role
from planner.scenario.document import Scenario
from planner.scenario.numbers import Numbers, nominated


def roster_of(scenario: Scenario, mission: MissionInput, numbers: Numbers) -> tuple[Observer, ...]:
    """Return the observers that a scenario plans with, by id.

    Who stays away is drawn by lot from the seed, one lot a person: with the same seed the roster of
    a smaller number is part of that of a larger one, so that two scenarios differ by the number and
    not by the people. Where a State has a rate of its own, its lots are drawn apart. Nobody is
    invented: a plan for more pairs than the roster fills has slots without names. Reserves stay
    reserves; a mission without LTO teams, or without STO pairs, plans with none.
    """
    changed = (
        scenario.staffing.sto_pairs is not None
        or scenario.second_round is not None
        or (
            scenario.delivery.known
            and (scenario.delivery.rate is not None or bool(scenario.delivery.by_state))
        )
    )
    observers = mission.observers
    if not numbers.lto_teams:
        observers = tuple(o for o in observers if o.role is not Role.LTO)
    if not numbers.pairs_planned:
        return tuple(o for o in observers if o.role is not Role.STO)
    if not changed:
        return observers
    ready = nominated(mission)
    coming = _coming(scenario, ready, 2 * numbers.pairs_planned)
    away = {observer.id for observer in ready} - coming
    return tuple(observer for observer in observers if observer.id not in away)


def _coming(scenario: Scenario, ready: list[Observer], seats: int) -> set[str]:
    """Return who comes: each State by its rate, then by lot down to the seats that are needed."""
    rates = scenario.delivery.by_state if scenario.delivery.known else {}
    of_state: defaultdict[str, list[Observer]] = defaultdict(list)
    for observer in ready:
        of_state[observer.state].append(observer)
    kept: list[Observer] = []
    for state, people in sorted(of_state.items()):
        order = sorted(people, key=lambda observer: _lot(scenario.seed, observer))
        rate = next((rate for name, rate in rates.items() if name == state), 1.0)
        kept += order[: round(rate * len(order))]
    kept.sort(key=lambda observer: _lot(scenario.seed, observer))
    return {observer.id for observer in kept[:seats]}


def _lot(seed: int, observer: Observer) -> bytes:
    # A checksum would not do: those of two seeds differ by the same bits for everybody.
    return hashlib.blake2b(f"{seed}|{observer.id}".encode(), digest_size=16).digest()
