"""From observers, slots and pins of one role to the arrays of the joint problem."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import rustworkx as rx

from planner.domain.ids import AreaId
from planner.domain.observer import Experience, Gender, Observer
from planner.domain.policy import PairingPolicy
from planner.objective.pairing import (
    COMMON_LANGUAGE_POINTS,
    EXPERIENCE_TENTHS,
    UNKNOWN_GENDER_TENTHS,
    AreaView,
    area_points,
    avoids_long_drives,
    language_tenths,
)
from planner.optimizer.pairing.pins import RolePins
from planner.optimizer.pairing.problem import NEVER, Bools, Ints, PairingProblem


@dataclass(frozen=True, eq=False)
class Built:
    """The arrays and what their indices mean.

    Parameters
    ----------
    problem
        People are ``observers`` in their order (then the empty chair), areas are ``areas``.
    allowed
        Shape (observers, observers): whether two of them may be a pair somewhere.
    most
        Number of pairs that the observers can form at most, slots aside.
    """

    problem: PairingProblem
    observers: tuple[Observer, ...]
    areas: tuple[AreaId, ...]
    allowed: Bools
    most: int


def build(
    observers: Sequence[Observer],
    views: Mapping[AreaId, AreaView],
    quota: Mapping[AreaId, int],
    pins: RolePins,
    policy: PairingPolicy,
) -> Built:
    """Build the problem of one role.

    Parameters
    ----------
    observers
        Everybody who may be deployed (P3, P5, P6 hold), by id.
    quota
        Slots of each area; areas without slots are left out.
    """
    areas = tuple(area for area in views if quota.get(area))
    traits, people = _traits(observers, areas, views, pins, policy)
    points, possible = _placed(people, areas, views, pins, policy)
    allowed = _allowed(observers, pins)
    if observers:
        somewhere: Bools = np.asarray(possible.any(axis=2))
        allowed &= somewhere[np.ix_(traits, traits)]
    most = _most(allowed)
    slots = np.array([quota[area] for area in areas], dtype=np.int64)
    together = _together(observers, policy)
    spread = int(np.abs(together).max(initial=0)) + int(np.abs(points).max(initial=0))
    penalty = 1 + 2 * spread * (len(observers) // 2 + 1)
    # A pin weighs more than all teams together.
    costly = penalty * (len(observers) // 2 + 1)
    must = np.array([costly * _must(person, pins) for person in people], dtype=np.int64)
    placed = np.where(possible, points, NEVER)
    together = np.where(allowed, together, NEVER)
    if len(observers) % 2:
        together = np.pad(together, (0, 1), constant_values=NEVER)
        placed = np.pad(placed, ((0, 1), (0, 1), (0, 0)), constant_values=NEVER)
        must = np.append(must, 0)
        traits = np.append(traits, len(people))
    benched = -(must[:, None] + must[None, :])
    problem = PairingProblem(
        together, traits, placed, benched, slots, min(most, int(slots.sum())), penalty
    )
    return Built(problem, tuple(observers), areas, allowed, most)


def _traits(
    observers: Sequence[Observer],
    areas: Sequence[AreaId],
    views: Mapping[AreaId, AreaView],
    pins: RolePins,
    policy: PairingPolicy,
) -> tuple[Ints, list[Observer]]:
    """Return everybody's trait, and one observer of each trait to stand for it."""
    regions = sorted({languages for area in areas for _, languages in views[area].speakers})
    number: dict[tuple[object, ...], int] = {}
    people: list[Observer] = []
    traits = np.zeros(len(observers), dtype=np.int64)
    for index, observer in enumerate(observers):
        trait = (
            tuple(language_tenths(observer, languages, policy) for languages in regions),
            avoids_long_drives(observer),
            pins.kept_from(observer),
            pins.area_of.get(observer.id),
            _must(observer, pins),
        )
        if trait not in number:
            number[trait] = len(people)
            people.append(observer)
        traits[index] = number[trait]
    return traits, people


def _must(observer: Observer, pins: RolePins) -> bool:
    return observer.id in pins.area_of or observer.id in pins.mate_of


def _placed(
    people: Sequence[Observer],
    areas: Sequence[AreaId],
    views: Mapping[AreaId, AreaView],
    pins: RolePins,
    policy: PairingPolicy,
) -> tuple[Ints, Bools]:
    """Return points of any two traits in any area, and whether they may work there."""
    points = np.zeros((len(people), len(people), len(areas)), dtype=np.int64)
    possible = np.zeros(points.shape, dtype=bool)
    open_to = [[pins.may_work(person, area) for area in areas] for person in people]
    for i, first in enumerate(people):
        for j, second in enumerate(people[: i + 1]):
            for k, area in enumerate(areas):
                points[i, j, k] = points[j, i, k] = area_points(first, second, views[area], policy)
                possible[i, j, k] = possible[j, i, k] = open_to[i][k] and open_to[j][k]
    return points, possible


def _allowed(observers: Sequence[Observer], pins: RolePins) -> Bools:
    """Return who may be paired with whom, areas aside (P2, P7)."""
    state = np.array([observer.state for observer in observers])
    allowed: Bools = state[:, None] != state[None, :]
    at = {observer.id: index for index, observer in enumerate(observers)}
    for pair in pins.never:
        if all(name in at for name in pair):
            one, other = (at[name] for name in sorted(pair))
            allowed[one, other] = allowed[other, one] = False
    for name, mate in pins.mate_of.items():
        kept = allowed[at[name], at[mate]]
        allowed[at[name], :] = allowed[:, at[name]] = False
        allowed[at[name], at[mate]] = allowed[at[mate], at[name]] = kept
    return allowed


def _together(observers: Sequence[Observer], policy: PairingPolicy) -> Ints:
    """Return ``together_points`` of all pairs at once; a test holds the two against each other."""
    count = len(observers)
    gender = np.array([-1 if o.gender is None else list(Gender).index(o.gender) for o in observers])
    unknown = (gender[:, None] < 0) | (gender[None, :] < 0)
    mixed = np.where(gender[:, None] != gender[None, :], policy.mixed_gender_weight, 0)
    points = np.where(unknown, policy.mixed_gender_weight * UNKNOWN_GENDER_TENTHS // 10, mixed)
    bands = list(Experience)
    table = np.array([[EXPERIENCE_TENTHS[frozenset({a, b})] for b in bands] for a in bands])
    band = np.array([bands.index(o.experience) for o in observers], dtype=np.int64)
    points = points + policy.experience_mix_weight * table[band[:, None], band[None, :]] // 10
    best = np.zeros((count, count), dtype=np.int64)
    for language in sorted({skill.language for o in observers for skill in o.languages}):
        levels = [observer.level(language) for observer in observers]
        rank = np.array([0 if level is None else level.rank for level in levels], dtype=np.int64)
        best = np.maximum(best, np.minimum(rank[:, None], rank[None, :]))
    above = np.clip(best - policy.working_level.rank, 0, 4)
    result: Ints = (points + COMMON_LANGUAGE_POINTS * above).astype(np.int64)
    return result


def _most(allowed: Bools) -> int:
    """Return the size of a maximum matching."""
    graph: rx.PyGraph[int | None, int | None] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(allowed)))
    one, other = np.nonzero(np.triu(allowed, 1))
    graph.extend_from_edge_list(list(zip(one.tolist(), other.tolist(), strict=True)))
    return len(rx.max_weight_matching(graph, max_cardinality=True))
