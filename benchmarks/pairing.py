"""Pairing and placing jointly: value, bound, gap and time on generated rosters.

    python -m benchmarks.pairing [--peers] [--peer-seconds S] [--largest PEOPLE]

Four kinds of instances:

* ``mission``: a roster of the demo's generator, areas whose regions speak different languages,
  scored as a mission scores;
* ``mission + pins``: the same, with some States kept out of some areas;
* ``one State``: the same, with so many people of one State that not everybody can be paired: the
  teams named are compared with the size of a maximum matching;
* ``noise``: random points for every pair and every kind of person in every area, where nothing is
  alike and ties are rare; harder than any mission.

``--peers`` adds, for up to 300 people and in the same run, networkx (pairs by a maximum-weight
matching on each pair's best area, then an exact placing) and HiGHS on the joint programme.
"""

import argparse
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.circumstances import circumstances, said
from planner.demo.roster import make_roster
from planner.domain.ids import AreaId, Language, State
from planner.domain.policy import PairingPolicy
from planner.objective.pairing import AreaView
from planner.optimizer.pairing.build import Built, build
from planner.optimizer.pairing.construct import place
from planner.optimizer.pairing.exact import columns, solve_exactly
from planner.optimizer.pairing.pins import RolePins
from planner.optimizer.pairing.problem import NEVER, PairingProblem
from planner.optimizer.pairing.solve import Budget, solve

LANGUAGES = ("ru", "de", "fr", "pl", "it", "ro")


def mission(people: int, areas: int, *, pins: bool, one_state: float = 0.0) -> Built:
    """Return a mission-like problem: two to three regions an area, each with two languages.

    Parameters
    ----------
    one_state
        Share of the roster that is made to come from one State.
    """
    rng = np.random.default_rng(people)
    roster = [
        person
        for person in make_roster("KZ", 0, people, 0, 7, LANGUAGES)
        if person.speaks(Language("en"), PairingPolicy().working_level)
    ]
    for index in range(round(one_state * len(roster))):
        roster[index] = roster[index].model_copy(update={"state": State("US")})
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
    return build(roster, views, quota, decided, PairingPolicy())


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


def instances(largest: int) -> Iterator[tuple[str, PairingProblem, Built | None]]:
    """Yield names and problems, small ones first; rosters where not all can be paired with both."""
    for people, areas in ((30, 15), (300, 15), (1_000, 25)):
        if people > largest:
            return
        size = f"{people} x {areas}"
        yield f"mission {size}", mission(people, areas, pins=False).problem, None
        yield f"mission {size} + pins", mission(people, areas, pins=True).problem, None
        for share in (0.6, 0.9):
            built = mission(people, areas, pins=False, one_state=share)
            yield f"one State {share:.0%} {size}", built.problem, built
        yield f"noise {size}, 20 kinds", noise(people, areas, 20), None
        if people == 300:
            yield f"noise {size}, 150 kinds", noise(people, areas, 150), None


def most_pairs(allowed: Any) -> int | None:  # noqa: ANN401 - an array
    """Return the size of a maximum matching by networkx, None where it is absent."""
    try:
        import networkx as nx  # noqa: PLC0415 - a peer
    except ImportError:
        return None
    graph = nx.Graph()
    graph.add_edges_from(zip(*np.nonzero(np.triu(allowed, 1)), strict=True))
    return len(nx.max_weight_matching(graph, maxcardinality=True))


def pair_then_place(problem: PairingProblem) -> int | None:
    """Return the points of networkx' pairs, each weighed by its best area, placed exactly."""
    try:
        import networkx as nx  # noqa: PLC0415 - a peer
    except ImportError:
        return None
    one, other = np.triu_indices(problem.people, 1)
    worth = np.max(
        [problem.points(one, other, np.full(len(one), area)) for area in range(problem.areas)],
        axis=0,
    )
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        zip(one.tolist(), other.tolist(), (worth - worth.min() + 1).tolist(), strict=True)
    )
    pairs = np.array(sorted(nx.max_weight_matching(graph, maxcardinality=True)), dtype=np.int64)
    return problem.value(place(problem, pairs[:, 0].copy(), pairs[:, 1].copy()))


def joint_programme(problem: PairingProblem, seconds: float) -> int | None:
    """Return the points of HiGHS on a variable for every pair in every area."""
    solution, _ = solve_exactly(problem, columns(problem), 10**6, seconds)
    return None if solution is None else problem.value(solution)


def main() -> None:
    """Print a line for every instance."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--peer-seconds", type=float, default=60.0)
    parser.add_argument("--largest", type=int, default=1_000)
    parser.add_argument("--only", default="", help="instances with this in their name")
    asked = parser.parse_args()
    print(said(circumstances("numpy", "scipy", "rustworkx", "networkx")))
    print(
        f"{'instance':<28} {'teams':>5} {'value':>8} {'bound':>8} {'gap':>8} {'wall_s':>7} "
        f"{'cpu_s':>6}  stop"
    )
    for name, problem, built in instances(asked.largest):
        if asked.only not in name:
            continue
        started, spent = time.perf_counter(), time.process_time()
        budget = Budget(1.0, 1, None, lambda: False, lambda _value, _bound: None)
        solved = solve(problem, budget)
        wall_s, cpu_s = time.perf_counter() - started, time.process_time() - spent
        gap = (solved.bound - solved.value) / max(1, abs(solved.bound))
        teams = int(problem.is_team(solved.solution).sum())
        print(
            f"{name:<28} {teams:>5} {solved.value:>8} {solved.bound:>8} {gap:>8.4%} "
            f"{wall_s:>7.2f} {cpu_s:>6.1f}  {solved.stop}",
            flush=True,
        )
        if built is not None:
            peer = most_pairs(built.allowed) if problem.people <= 300 else None
            said_by = "" if peer is None else f", networkx {peer}"
            print(f"    teams named {teams}, most by maximum matching {built.most}{said_by}")
        if asked.peers and problem.people <= 300:
            started = time.perf_counter()
            apart = pair_then_place(problem)
            middle = time.perf_counter()
            joint = joint_programme(problem, asked.peer_seconds)
            print(
                f"    networkx, then placing: {apart} in {middle - started:.1f} s; HiGHS, joint: "
                f"{joint} in {time.perf_counter() - middle:.1f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
