"""Election days cluster by cluster: a cluster that looks the same has the same routes."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import StageName
from planner.optimizer.days.assemble import Scene
from planner.optimizer.days.bound import upper_bound
from planner.optimizer.days.cluster import Route
from planner.optimizer.days.stage import (
    DaysResult,
    SolvedScene,
    collect,
    day_scenes,
    is_static,
    searched,
    solve_days,
    written,
    written_static,
)
from planner.optimizer.days.static import assign_static
from planner.optimizer.run_stage import Draft
from planner.optimizer.stage import Effort, Progress
from planner.remember.cache import Cache
from planner.remember.digest import Digester
from planner.remember.elsewhere import ClusterTask, Elsewhere, routes_of, routes_text

KIND = "clusters"
BOUNDS = "bounds"


@dataclass(frozen=True)
class RememberedDays:
    """Plans election days, and takes the routes of clusters that were planned before.

    Parameters
    ----------
    threads
        Clusters planned at a time; the result does not depend on it.
    elsewhere
        Searches the clusters that nobody remembers on other machines; the result does not depend
        on it either.
    """

    cache: Cache
    digest: Digester
    engines: str
    threads: int = 1
    elsewhere: Elsewhere | None = None

    def __call__(
        self,
        mission: MissionInput,
        travel: TravelProvider,
        draft: Draft,
        effort: Effort,
        progress: Progress,
    ) -> DaysResult:
        """Return the days of all STO pairs; with a clock nothing is remembered."""
        no_pairs = not any(team.kind is Role.STO for team in draft.teams)
        if effort.seconds is not None or no_pairs:
            return solve_days(
                mission, travel, draft.areas, draft.teams, draft.sample, effort, progress
            )
        scenes = day_scenes(mission, travel, draft.areas, draft.teams, draft.sample)
        keys = [self._key(scene) for scene in scenes]
        bounds = [
            0 if is_static(scene) else self._bound(scene, key)
            for scene, key in zip(scenes, keys, strict=True)
        ]
        keys = [self.digest(key, effort.seed, effort.scale) for key in keys]
        if self.elsewhere is not None:
            self._search_elsewhere(self.elsewhere, scenes, keys, bounds, effort, progress)
        total = dict.fromkeys(range(len(scenes)), 0)

        def solve(number: int) -> SolvedScene:
            scene = scenes[number]
            if is_static(scene):
                routes = assign_static(scene.cluster, scene.primaries)
                solved = written_static(mission, scene, routes)
            else:
                routes, bounds[number] = self._searched(
                    scene, keys[number], bounds[number], effort, progress
                )
                solved = written(mission, scene, routes, bounds[number])
            total[number] = solved.value
            progress.report(StageName.DAYS, float(sum(total.values())), float(sum(bounds)))
            return solved

        if self.threads == 1:
            solved = [solve(number) for number in range(len(scenes))]
        else:
            with ThreadPoolExecutor(max_workers=self.threads) as pool:
                solved = list(pool.map(solve, range(len(scenes))))
        return collect(solved, effort, cancelled=progress.cancelled)

    def _search_elsewhere(
        self,
        elsewhere: Elsewhere,
        scenes: Sequence[Scene],
        keys: Sequence[str],
        bounds: Sequence[int],
        effort: Effort,
        progress: Progress,
    ) -> None:
        """Remember what other machines find; what they give up is left to this one."""
        tasks = {}
        for scene, key, bound in zip(scenes, keys, bounds, strict=True):
            if not is_static(scene) and self.cache.get(KIND, key) is None:
                tasks[key] = ClusterTask(
                    key,
                    scene.cluster,
                    scene.primaries,
                    scene.substitutes,
                    bound,
                    effort.seed,
                    effort.scale,
                )
        # Large clusters first, so that none is left over at the end.
        order = sorted(tasks.values(), key=lambda task: (-task.cluster.stations, task.key))
        for answer in elsewhere(order, lambda: progress.cancelled):
            if answer.routes:
                self.cache.put(KIND, answer.key, answer.routes)
                self.cache.put(BOUNDS, answer.key, str(answer.bound))

    def _key(self, scene: Scene) -> str:
        """Return the hash of all numbers of a cluster; names of teams and towns are not among."""
        cluster = scene.cluster
        arrays = {
            name: array for name, array in vars(cluster).items() if isinstance(array, np.ndarray)
        }
        limits = tuple(vars(cluster.limits).values())
        return self.digest(
            (self.engines, cluster.opening_value, cluster.count_value, limits),
            (scene.primaries, scene.substitutes),
            arrays,
        )

    def _bound(self, scene: Scene, key: str) -> int:
        text = self.cache.get(BOUNDS, key)
        if text is not None:
            return int(text)
        bound = upper_bound(scene.cluster)
        self.cache.put(BOUNDS, key, str(bound))
        return bound

    def _searched(
        self, scene: Scene, key: str, bound: int, effort: Effort, progress: Progress
    ) -> tuple[list[Route], int]:
        """Return routes, and the bound by pricing; both depend on the effort."""
        routes, closer = self.cache.get(KIND, key), self.cache.get(BOUNDS, key)
        if routes is not None and closer is not None:
            return routes_of(routes), int(closer)
        found, close, _late = searched(scene, bound, effort, progress)
        if not progress.cancelled:
            self.cache.put(KIND, key, routes_text(found))
            self.cache.put(BOUNDS, key, str(close))
        return found, close
