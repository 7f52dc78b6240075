"""One cluster solved: routes, the most that any routes could be worth, and why the search ended.

First the search (:mod:`search`), which keeps the routes it meets. Where its value leaves a gap to
the bound, days are priced (:mod:`generate`): that lowers the bound and finds days that the search
has not met. A set packing puts the best combination together (:mod:`master`). Where the gap is
then small, all days that could still matter are listed, and the packing over them is the proof.
With time left, the search goes on with other seeds, anew and from the best routes.

Under a clock two things come in between: where driving can bind, walks (:mod:`walks`) bring a
bound and prices in a moment, from which pricing starts; and where pricing does not come near a
proof it gives its time back to the search. Other cores search beside (:mod:`beside`).
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.optimizer.days import shares
from planner.optimizer.days.anew import one_anew
from planner.optimizer.days.beside import Beside, Over
from planner.optimizer.days.bound import upper_bound
from planner.optimizer.days.cluster import NO_PIN, Cluster, Route, value
from planner.optimizer.days.generate import (
    EPSILON,
    KEEP,
    SMOOTHING,
    Effortful,
    Generated,
    Generator,
    all_days,
    promising,
    unpriced,
)
from planner.optimizer.days.harvest import CLOCKED_MOST, MOST, Harvest
from planner.optimizer.days.insertion import complete_phases, insert_all
from planner.optimizer.days.master import pack
from planner.optimizer.days.network import Network, networks
from planner.optimizer.days.pool import Pool
from planner.optimizer.days.search import HISTORY, LOOSE, STRICT, search
from planner.optimizer.days.stop import SearchStop
from planner.optimizer.days.tighten import FEWEST_ROUNDS, WIDTH, WORK, rounds_of
from planner.optimizer.days.timetable import Timetable, timetable
from planner.optimizer.days.walks import Walks, walks_pay
from planner.optimizer.stage import Effort, Progress

ITERATIONS = 3_000
PATIENCE, AGAIN_PATIENCE = 1_000, 300
COLUMNS, CLOCKED_COLUMNS, NODES = 1_000, 4_000, 20
"""Days in one packing without and with a clock, and its nodes without one."""
ALL_WIDTHS = (1_000, 4_000, 16_000, 64_000, 256_000)
"""Labels a layer when all days are listed; one pair alone tries them in turn."""
LISTED = 2
"""Which of these widths several pairs begin and end with."""
OTHERS = 4
"""Other solutions handed on from each search."""


@dataclass(frozen=True)
class Solved:
    """Routes in the order of their teams, an upper bound on the value, and how the search ended.

    Parameters
    ----------
    others
        Other good routes, each set for all pairs: those of the searches' best solutions.
    late
        Whether a deadline ended the search.
    """

    routes: tuple[Route, ...]
    others: tuple[tuple[Route, ...], ...]
    value: int
    bound: int
    late: bool


def solve_cluster(
    cluster: Cluster,
    effort: Effort,
    progress: Progress,
    deadline_s: float | None = None,
    bound: int | None = None,
    cores: int = 1,
) -> Solved:
    """Search the routes of a cluster's pairs.

    Parameters
    ----------
    effort
        Its seed and scale; its seconds are for the whole stage and not read here.
    deadline_s
        Reading of the monotonic clock, or None for a search that no clock may end.
    bound
        An upper bound that is already known.
    cores
        Threads that search and price at a time; without a deadline there is one.
    """
    known = upper_bound(cluster) if bound is None else bound
    solver = _Solver(cluster, effort, progress, deadline_s, known)
    others = cores - 1 if deadline_s is not None and cluster.teams and cluster.stations else 0
    with Beside([solver.job(number) for number in range(others)]) as beside:
        return solver.run(beside)


class _Solver:
    """The state of one cluster's search."""

    def __init__(
        self,
        cluster: Cluster,
        effort: Effort,
        progress: Progress,
        deadline_s: float | None,
        bound: int,
    ) -> None:
        self.cluster = cluster
        self.effort = effort
        self.progress = progress
        self.deadline_s = deadline_s
        self.begun_s = 0.0 if deadline_s is None else time.monotonic()
        self.bound = bound
        self.late = self.led_nowhere = False
        self.first_iterations = 0
        self.routes: list[Route] = []
        self.others: list[list[Route]] = []
        self.nimble = deadline_s is not None and not any(way.caps_drive for way in self.networks)
        self.may_walk = deadline_s is not None and walks_pay(self.networks)
        # Where there is time for many rounds, tables of rests for each round bound closer.
        self.walks = self.may_walk and self._rounds() < shares.MANY_ROUNDS
        self.first_share = shares.WALKED_FIRST_SHARE if self.walks else shares.FIRST_SHARE
        self.pins = np.flatnonzero(cluster.pinned_team != NO_PIN)

    @cached_property
    def networks(self) -> list[Network]:
        """Days of the pairs as paths; a search that meets its bound at once needs none."""
        cluster = self.cluster
        return networks(cluster) if cluster.teams and cluster.stations else []

    @property
    def value(self) -> int:
        """Value of the best routes."""
        return sum(value(self.cluster, route) for route in self.routes)

    @property
    def closed(self) -> bool:
        """Whether nothing can be better: the bound is met, with all pins."""
        return self.value >= self.bound and self._pinned(self.routes) == len(self.pins)

    def job(self, number: int) -> Callable[[Over], list[Route]]:
        """Return a search for a core that would be idle."""

        def run(over: Over) -> list[Route]:
            harvest = self._harvest()
            stop = self._stop(shares.PATIENT_SHARE, patient=True)
            stop.over = over
            seed = self.effort.seed + (1 + number) * shares.BESIDE_SEED
            found = search(
                self.cluster,
                stop,
                self.bound,
                seed,
                harvest,
                most_penalty=LOOSE,
                history=shares.BESIDE_HISTORY,
                nimble=self.nimble,
            )
            return [*found, *harvest.routes]

        return run

    def run(self, beside: Beside) -> Solved:
        """Search, price, pack, and go on while there is time."""
        harvest = self._harvest()
        # Without pricing to come the first search is the long one.
        long = self.deadline_s is not None and not self._pays()
        share, history = self.first_share, HISTORY
        if long:
            share, history = shares.HALF_SHARE, shares.UNPRICED_HISTORY
        if long and self.nimble:
            share, history = shares.ANEW_SHARES[0], shares.BESIDE_HISTORY
        stop = self._stop(share, patient=long)
        strictness = STRICT if self.deadline_s is None else LOOSE
        self.routes = search(
            self.cluster,
            stop,
            self.bound,
            self.effort.seed,
            harvest,
            most_penalty=strictness,
            history=history,
            nimble=self.nimble,
        )
        self.first_iterations = stop.done
        if self.bound <= (1 + shares.NEAR) * self.value:
            self.may_walk = self.walks = False
        self.others = harvest.plans[:OTHERS]
        if not self.closed and self.cluster.teams and self.cluster.stations:
            walked = self._walk()
            self._improve(harvest, beside, *walked)
            if not self.closed:
                self._fill_up()
        bound = max(self.bound, self.value)
        others = tuple(tuple(plan) for plan in self.others)
        return Solved(tuple(self.routes), others, self.value, bound, self.late)

    def _harvest(self) -> Harvest:
        many = self.deadline_s is not None and not self._pays()
        return Harvest(CLOCKED_MOST if many else MOST)

    def _walk(self) -> tuple[Generated | None, Walks | None]:
        """Lower the bound by walks, and return it with them; nothing where they do not pay."""
        if self.deadline_s is None or not self.may_walk:
            return None, None
        end = min(
            self.deadline_s,
            time.monotonic() + shares.WALKED_SHARE * (self.deadline_s - self.begun_s),
        )
        walks = Walks(self.cluster, self.networks)

        def over() -> bool:
            return self.progress.cancelled or time.monotonic() >= end

        generated = walks.lowest(self.value, shares.WALK_STEPS, over)
        if generated.bound >= self.bound + 1:
            # Prices that bound worse than none lead pricing nowhere: searching gets its time.
            self.walks, self.led_nowhere = False, True
            return None, None
        self._lower(generated.bound)
        return generated, walks

    def _improve(
        self,
        harvest: Harvest,
        beside: Beside,
        walked: Generated | None,
        walks: Walks | None,
    ) -> None:
        pool = Pool(self.cluster, self.networks)
        pool.add(self.routes)
        pool.add(harvest.routes)
        if walks is not None:
            pool.add(walks.days)
        generated = walked or unpriced(pool)
        pays = self._pays()
        if pays:
            generated = self._generate(pool, self._rounds(), walked, walks)
            self._pack(pool, generated)
            if not self.closed:
                self._finish(pool, generated)
        if self.closed:
            return
        if self.deadline_s is None:
            # At the least this shortens the routes, which leaves room for substitutes.
            self._search(1, self.routes, 1.0)
            return
        self._search_on(pool, generated, beside, pays=pays)

    def _search_on(self, pool: Pool, generated: Generated, beside: Beside, *, pays: bool) -> None:
        """Search while there is time: patiently, then from the best routes and anew in turn."""
        turn = 1
        # One pair alone has been listed by labels already, if it was priced.
        anew = self.nimble and not (pays and self.cluster.teams == 1)
        share = shares.ANEW_SHARES[0] if anew else shares.PATIENT_SHARE
        if not pays and not self.nimble:
            history = self._patience() if self.led_nowhere else shares.BESIDE_HISTORY
            pool.add(self._search(turn, None, shares.LONG_SHARE, history))
        if pays and not generated.converged:
            # Nothing but searching helps, and a patient search finds most in the end.
            pool.add(self._search(turn, None, share, self._patience()))
        self._pack(pool, generated)
        if anew:
            self._anew(shares.ANEW_SHARES[1])
            pool.add(self.routes)
        turn = self._again(pool, generated, turn, shares.PATIENT_SHARE)
        met = beside.ended()
        for routes in met:
            pool.add(routes)
            self._take(routes[: self.cluster.teams])
        if met and not self.closed:
            self._pack(pool, generated)
        self._again(pool, generated, turn, shares.LAST_SHARE)

    def _anew(self, share: float) -> None:
        """Plan one pair after the other anew from what the others leave, while that helps."""
        if len(self.pins) or self._short_strata():
            return
        before = -1
        while self.value > before and not self.closed:
            before = self.value
            for team in range(self.cluster.teams):
                if self._stopped(share):
                    return
                until = self._until(share)
                self._take(one_anew(self.cluster, self.routes, team, shares.ANEW_WIDTH, until))

    def _again(self, pool: Pool, generated: Generated, turn: int, share: float) -> int:
        """Search from the best routes and anew in turn, until a share of the time is over."""
        while not self.closed and not self._stopped(share):
            start = self.routes if turn % 2 else None
            met = self._search(turn, start, share)
            if pool.add(met):
                self._pack(pool, generated)
            turn += 1
        return turn

    def _patience(self) -> int:
        """Return the length of the late acceptance that a patient search has iterations for."""
        if self.deadline_s is None:
            return HISTORY
        left = (self.deadline_s - time.monotonic()) / (self.deadline_s - self.begun_s)
        per = shares.PER_NIMBLE_HISTORY if self.nimble else shares.PER_HISTORY
        iterations = self.first_iterations * left / self.first_share
        return int(np.clip(iterations / per, HISTORY + 1, shares.LONG_HISTORY))

    def _search(
        self, turn: int, start: Sequence[Route] | None, share: float, history: int = HISTORY
    ) -> list[Route]:
        """Search once more, keep what is better, and return all good routes that were met."""
        harvest = self._harvest()
        stop = self._stop(share, AGAIN_PATIENCE, patient=history > HISTORY)
        seed = self.effort.seed + turn
        found = search(
            self.cluster, stop, self.bound, seed, harvest, start, LOOSE, history, nimble=self.nimble
        )
        self._take(found)
        self.others += harvest.plans[:OTHERS]
        return [*found, *harvest.routes]

    def _pays(self) -> bool:
        """Tell whether there is effort for enough rounds of pricing."""
        if self.walks or self.led_nowhere:
            return self.walks
        fewest = FEWEST_ROUNDS if self.deadline_s is None else shares.FEWEST_CLOCKED
        return self._rounds() >= fewest

    def _rounds(self) -> int:
        """Return how many rounds of pricing there is effort for."""
        work = WORK * self.effort.scale
        if self.deadline_s is not None:
            work = shares.WORK_PER_S * shares.PRICED_SHARE * (self.deadline_s - self.begun_s)
        return rounds_of(work, self.networks)

    def _generate(
        self, pool: Pool, rounds: int, walked: Generated | None, walks: Walks | None
    ) -> Generated:
        clocked = self.deadline_s is not None
        generator = Generator(pool, self.value)
        if walks is not None and self.walks:
            generator = Generator(pool, self.value, walked, walks.rests)

        def stopped() -> bool:
            far = self.deadline_s is not None and self._far(generator.bound)
            return self._stopped(
                shares.DOUBT_SHARE if far else self.first_share + shares.PRICED_SHARE
            )

        how = Effortful(
            10_000 if clocked else rounds,
            max(ALL_WIDTHS) if clocked else int(WIDTH * max(1.0, self.effort.scale)),
            stopped,
            *((shares.WALKED_KEEP, shares.WALKED_SMOOTHING) if self.walks else (KEEP, SMOOTHING)),
        )
        generated = generator.run(how)
        self._lower(generated.bound)
        return generated

    def _finish(self, pool: Pool, generated: Generated) -> None:
        """List all days that could matter, wider and wider, until they prove the best plan."""
        alone = self.cluster.teams == 1
        clocked = self.deadline_s is not None
        if self._pinned(self.routes) < len(self.pins) or not (generated.converged or alone):
            return
        share = shares.LISTED_SHARE if alone and not generated.converged else 1.0
        widths = ALL_WIDTHS if alone and clocked else ALL_WIDTHS[LISTED:][:1]
        far = alone and self._far(generated.bound)
        if far:
            # No proof, but few labels also find good days, and soon.
            share, widths = shares.FAR_LISTED_SHARE, ALL_WIDTHS[:2]
        for width in widths:
            before = self.value
            listed = all_days(pool, generated, self.value, width, self._until(share))
            proven = self._pack(pool, generated)
            if listed and proven:
                self.bound = min(self.bound, self.value)
            in_vain = far and self.value == before
            if self.closed or self._stopped(share) or not alone or in_vain:
                return

    def _pack(self, pool: Pool, generated: Generated) -> bool:
        """Take the best combination of known days; True if that is proven."""
        pins = self._pinned(self.routes) < len(self.pins)
        incumbent = -1 if pins else self.value
        most = COLUMNS if self.deadline_s is None else CLOCKED_COLUMNS
        columns, all_in = promising(pool, unpriced(pool) if pins else generated, incumbent, most)
        if not columns:
            return all_in
        seconds = None
        if self.deadline_s is not None:
            share = shares.PACKED_SHARE if self._pays() else shares.ALONE_SHARE
            seconds = share * (self.deadline_s - time.monotonic())
        packed = pack(pool, columns, None if self.deadline_s is not None else NODES, seconds)
        if packed is None:
            return False
        self._take(packed.routes)
        return packed.proven and all_in

    def _fill_up(self) -> None:
        """Insert what fits but was left out, where no stratum can be seen too often by that."""
        cluster = self.cluster
        some = np.flatnonzero(cluster.may_open | cluster.may_close | cluster.may_visit)
        if self._short_strata():
            return
        routes = complete_phases(cluster, self.routes, some.tolist())
        seen = {station for route in routes for station in route.stations}
        for station in some.tolist():
            if station not in seen and not self._stopped(1.0):
                routes, _ = insert_all(cluster, routes, [station])
        self._take(routes)

    def _short_strata(self) -> bool:
        """Tell whether some stratum has more stations than may be seen of it."""
        cluster = self.cluster
        some = np.flatnonzero(cluster.may_open | cluster.may_close | cluster.may_visit)
        number = np.bincount(cluster.stratum[some], minlength=len(cluster.stratum_quota))
        return bool((number > cluster.stratum_quota).any())

    def _take(self, routes: Sequence[Route]) -> None:
        """Keep routes that are better than those at hand, or as good with less driving."""
        if self._rank(routes) > self._rank(self.routes):
            self.routes = list(routes)

    def _rank(self, routes: Sequence[Route]) -> tuple[int, int, int]:
        tables = [timetable(self.cluster, route) for route in routes]
        drive = sum(table.drive_s for table in tables if isinstance(table, Timetable))
        worth = sum(value(self.cluster, route) for route in routes)
        return self._pinned(routes), worth, -drive

    def _far(self, bound: float) -> bool:
        """Tell whether a bound is so far off that no proof will come of it."""
        return (
            bound > (1 + (shares.FAR_ALONE if self.cluster.teams == 1 else shares.FAR)) * self.value
        )

    def _lower(self, bound: float) -> None:
        if math.isfinite(bound):
            self.bound = min(self.bound, int(np.floor(bound + EPSILON)))

    def _pinned(self, routes: Sequence[Route]) -> int:
        seen = {station for route in routes for station in route.stations}
        return sum(int(station) in seen for station in self.pins)

    def _stop(self, share: float, patience: int = PATIENCE, *, patient: bool = False) -> SearchStop:
        """Return when a search ends: iterations without a clock, a share of the time with one.

        A search that improves nothing for long gives its time to the next one.
        """
        scale = self.effort.scale
        if self.deadline_s is None:
            return SearchStop(int(ITERATIONS * scale), int(patience * scale), self.progress)
        end = self.begun_s + share * (self.deadline_s - self.begun_s)
        most = int(shares.CLOCKED * ITERATIONS * scale)
        patience = shares.NIMBLE_PATIENCE if self.nimble else shares.CLOCKED_PATIENCE
        rest = most if patient else int(patience * scale)
        return SearchStop(most, rest, self.progress, end)

    def _until(self, share: float) -> Callable[[], bool]:
        return lambda: self._stopped(share)

    def _stopped(self, share: float) -> bool:
        """Tell whether a share of the time is over, or the user wants to stop."""
        if self.progress.cancelled:
            return True
        if self.deadline_s is None:
            return False
        end = self.begun_s + share * (self.deadline_s - self.begun_s)
        over = time.monotonic() >= end
        self.late |= over and share == 1.0
        return over
