"""Set packing over known days: its relaxation gives prices, its solution the best combination."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from planner.optimizer.days.bound import HIGHS
from planner.optimizer.days.cluster import Route, idle
from planner.optimizer.days.pool import PIN_WORTH, Column, Pool
from planner.optimizer.days.timetable import Timetable, timetable

FloatArray = npt.NDArray[np.float64]
DRIVING = 0.5
"""Value of all driving that a plan could have: less than one visit."""


@dataclass(frozen=True)
class Prices:
    """Dual prices of a relaxed master: of stations, kinds of pairs and strata, none negative."""

    station: FloatArray
    kind: FloatArray
    stratum: FloatArray

    def mixed(self, other: "Prices", share: float) -> "Prices":
        """Return these prices moved towards others: ``share`` of these, the rest of the others."""
        return Prices(
            share * self.station + (1 - share) * other.station,
            share * self.kind + (1 - share) * other.kind,
            share * self.stratum + (1 - share) * other.stratum,
        )

    def rows(self) -> FloatArray:
        """Return the prices in the order of the rows of ``Pool.matrix``."""
        return np.concatenate([self.station, self.kind, self.stratum])


def relaxed_master(pool: Pool, columns: Sequence[Column]) -> tuple[float, Prices]:
    """Solve the linear relaxation of the set packing over ``columns``.

    Raises
    ------
    RuntimeError
        If the solver fails, which it cannot: no column at all is always feasible.
    """
    stations, kinds = pool.cluster.stations, len(pool.networks)
    if not columns:
        none = np.zeros(len(pool.cluster.stratum_quota))
        return 0.0, Prices(np.zeros(stations), np.zeros(kinds), none)
    worth = np.array([column.worth for column in columns], dtype=np.float64)
    # The stubs of linprog know no sparse matrices.
    matrix: Any = pool.matrix(columns)
    with HIGHS:
        solved = linprog(-worth, A_ub=matrix, b_ub=pool.limits(), bounds=(0, None), method="highs")
    if solved.status != 0:
        msg = f"the relaxed master of {len(columns)} days could not be solved: {solved.message}"
        raise RuntimeError(msg)
    dual = np.maximum(0.0, -np.asarray(solved.ineqlin.marginals))
    return -float(solved.fun or 0.0), Prices(
        dual[:stations], dual[stations : stations + kinds], dual[stations + kinds :]
    )


@dataclass(frozen=True)
class Packed:
    """The best combination of days found; ``proven`` if no other of the same columns is better."""

    routes: tuple[Route, ...]
    proven: bool


def pack(
    pool: Pool,
    columns: Sequence[Column],
    nodes: int | None,
    seconds: float | None,
) -> Packed | None:
    """Choose the best combination of days: pins first, then value, then least driving.

    Parameters
    ----------
    nodes, seconds
        Limits of the branch and bound; None for no limit.
    """
    # The stubs' own type of these options cannot be imported at run time.
    options: Any = {}
    if nodes is not None:
        options["node_limit"] = nodes
    if seconds is not None:
        options["time_limit"] = max(0.05, seconds)
    best = max((c.worth + PIN_WORTH * c.pins for c in columns), default=0)
    # Values are whole numbers and all driving is worth half of one: a plan within less than the
    # other half of the best has the best value.
    options["mip_rel_gap"] = (0.9 - DRIVING) / max(1, best * pool.cluster.teams)
    rest = [column for column in columns if column.elementary]
    while rest:
        gain = np.array([c.worth + PIN_WORTH * c.pins for c in rest], dtype=np.float64)
        # Of plans of the same value the one with the least driving: it leaves most room.
        drive = np.array([c.drive_s for c in rest], dtype=np.float64)
        gain -= drive * (DRIVING / max(1.0, float(drive.max()) * pool.cluster.teams))
        constraints = LinearConstraint(pool.matrix(rest), -np.inf, pool.limits())
        with HIGHS:
            solved = milp(
                -gain,
                constraints=constraints,
                bounds=Bounds(0, 1),
                integrality=np.ones(len(rest), dtype=np.int64),
                options=options,
            )
        if solved.x is None:
            return None
        chosen = [rest[index] for index in np.flatnonzero(np.asarray(solved.x) > 0.5).tolist()]
        # A day may be priced with a start that its timetable does not allow; it leaves the pool.
        wrong = [c for c in chosen if not isinstance(timetable(pool.cluster, c.route), Timetable)]
        if not wrong:
            return Packed(_given(pool, chosen), solved.status == 0)
        rest = [column for column in rest if column not in wrong]
    return None


def _given(pool: Pool, chosen: Sequence[Column]) -> tuple[Route, ...]:
    """Give the days of each kind to its pairs in the order of their number."""
    routes = []
    for kind, network in enumerate(pool.networks):
        days = sorted(
            (column.route for column in chosen if column.kind == kind), key=lambda r: r.stations
        )
        for number, team in enumerate(network.teams):
            if number < len(days):
                day = days[number]
                routes.append(Route(team, day.opening, day.visits, day.closing))
            else:
                routes.append(idle(team))
    return tuple(sorted(routes, key=lambda route: route.team))
