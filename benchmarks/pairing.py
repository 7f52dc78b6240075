"""Pairing and placing jointly: value, bound, gap and time on generated rosters.

Run ``python benchmarks/pairing.py``. Three kinds of instances:

* ``mission``: a roster of the demo's generator, areas whose regions speak different languages,
  scored as a mission scores;
* ``mission + pins``: the same, with some States kept out of some areas;
* ``noise``: random points for every pair and every kind of person in every area, where nothing is
  alike and ties are rare; harder than any mission.
"""

import time
from collections.abc import Iterator

import numpy as np

from planner.demo.roster import make_roster
from planner.domain.ids import AreaId, Language, State
from planner.domain.policy import PairingPolicy
from planner.objective.pairing import AreaView
from planner.optimizer.pairing.build import build
from planner.optimizer.pairing.pins import RolePins
from planner.optimizer.pairing.problem import NEVER, PairingProblem
from planner.optimizer.pairing.solve import Budget, solve

LANGUAGES = ("ru", "de", "fr", "pl", "it", "ro")


def mission(people: int, areas: int, *, pins: bool) -> PairingProblem:
    """Return a mission-like problem: two to three regions an area, each with two languages."""
    rng = np.random.default_rng(people)
    roster = [
        person
        for person in make_roster("KZ", 0, people, 0, 7, LANGUAGES)
        if person.speaks(Language("en"), PairingPolicy().working_level)
    ]
    views = {}
    for number in range(areas):
        speakers = tuple(
            (int(rng.integers(50, 600)), tuple(map(Language, rng.permutation(LANGUAGES)[:2])))
            for _ in range(int(rng.integers(1, 4)))
        )
        views[AreaId(f"A{number + 1:02d}")] = AreaView(speakers, long_drives=bool(number % 3 == 0))
    decided = RolePins()
    if pins:
        decided.never_area = {
            (State(state), area)
            for state, area in zip(("US", "DE", "RU", "GB", "PL", "FR"), views, strict=False)
        }
    quota = dict.fromkeys(views, people // 2 // areas)
    for area in list(views)[: people // 2 - sum(quota.values())]:
        quota[area] += 1
    return build(roster, views, quota, decided, PairingPolicy()).problem


def noise(people: int, areas: int, kinds: int) -> PairingProblem:
    """Return a problem of random points: 0-99 for pairs, 0-59 for places, 40 States."""
    rng = np.random.default_rng(people + kinds)
    together = np.triu(rng.integers(0, 100, (people, people)), 1)
    together += together.T
    state = rng.integers(0, 40, people)
    together[state[:, None] == state[None, :]] = NEVER
    placed = rng.integers(0, 60, (kinds, kinds, areas))
    placed = np.maximum(placed, placed.transpose(1, 0, 2))
    quota = np.full(areas, people // 2 // areas)
    quota[: people // 2 - int(quota.sum())] += 1
    bench = np.zeros((kinds, kinds), dtype=np.int64)
    trait = rng.integers(0, kinds, people)
    return PairingProblem(together, trait, placed, bench, quota, people // 2, 10**6)


def instances() -> Iterator[tuple[str, PairingProblem]]:
    """Yield names and problems, small ones first."""
    for people, areas in ((30, 15), (300, 15), (1_000, 25)):
        size = f"{people} x {areas}"
        yield f"mission {size}", mission(people, areas, pins=False)
        yield f"mission {size} + pins", mission(people, areas, pins=True)
        yield f"noise {size}, 20 kinds", noise(people, areas, 20)
    yield "noise 300 x 15, 150 kinds", noise(300, 15, 150)


def main() -> None:
    """Print a line for every instance."""
    print(f"{'instance':<28} {'teams':>5} {'value':>7} {'bound':>7} {'gap':>8} {'wall_s':>7}  stop")
    for name, problem in instances():
        started = time.perf_counter()
        budget = Budget(1.0, 1, None, lambda: False, lambda _value, _bound: None)
        solved = solve(problem, budget)
        wall_s = time.perf_counter() - started
        gap = (solved.bound - solved.value) / abs(solved.bound)
        teams = int(problem.is_team(solved.solution).sum())
        print(
            f"{name:<28} {teams:>5} {solved.value:>7} {solved.bound:>7} {gap:>8.4%} "
            f"{wall_s:>7.2f}  {solved.stop}"
        )


if __name__ == "__main__":
    main()
