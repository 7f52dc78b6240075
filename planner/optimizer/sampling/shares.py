"""How many stations of each stratum are drawn at each hub, so that the whole matches the frame."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
LOCAL_WEIGHT = 1e-3
NODES = 2_000


@dataclass(frozen=True)
class Shares:
    """Stations to draw, shape (hubs, strata), and a lower bound on the distance from the frame."""

    number: IntArray
    bound: float


def share_out(
    available: IntArray,
    wanted: IntArray,
    frame: FloatArray,
    capped: npt.NDArray[np.bool_],
    cap: float | None = None,
) -> Shares:
    """Share each hub's stations out over strata so that the total is nearest to the frame.

    A mixed-integer programme: minimise the total variation between all primaries and the frame;
    among equals, stay near what each hub has around it.

    Parameters
    ----------
    available
        Stations within reach, shape (hubs, strata).
    wanted
        Stations to draw, shape (hubs,); cut to what is available.
    frame
        Share of each stratum in the frame, shape (strata,), sum 1.
    capped
        Strata that may not exceed their share of the frame (special stations), shape (strata,).
        The cap gives way where a hub has nothing else, so that it is never left without a sample.
    cap
        Largest share of the capped strata together; their share of the frame by default.
    """
    hubs, strata = available.shape
    wanted = np.minimum(wanted, available.sum(axis=1))
    total = int(wanted.sum())
    if not total:
        return Shares(np.zeros_like(available), 0.0)
    local = available / np.maximum(available.sum(axis=1, keepdims=True), 1) * wanted[:, None]
    cells = hubs * strata
    size = cells + strata + cells
    rows = lil_array((hubs + 2 * strata + 2 * cells, size))
    low = np.full(rows.shape[0], -np.inf)
    high = np.full(rows.shape[0], np.inf)
    for hub in range(hubs):
        rows[hub, hub * strata : (hub + 1) * strata] = 1
        low[hub] = high[hub] = wanted[hub]
    for stratum in range(strata):
        for sign, row in ((1, hubs + stratum), (-1, hubs + strata + stratum)):
            rows[row, stratum:cells:strata] = sign
            rows[row, cells + stratum] = -1
            high[row] = sign * total * frame[stratum]
    for cell in range(cells):
        for sign, row in ((1, hubs + 2 * strata + cell), (-1, hubs + 2 * strata + cells + cell)):
            rows[row, cell] = sign
            rows[row, cells + strata + cell] = -1
            high[row] = sign * local.flat[cell]
    cost = np.concatenate([np.zeros(cells), np.ones(strata), np.full(cells, LOCAL_WEIGHT)])
    upper = np.concatenate([available.ravel(), np.full(strata + cells, np.inf)])
    caps = np.zeros(size)
    others = available[:, ~capped].sum(axis=1)
    forced = np.maximum(wanted - others, 0).sum()
    for index in np.flatnonzero(capped).tolist():
        caps[index:cells:strata] = 1
    most = float(frame[capped].sum()) if cap is None else cap
    allowed = max(float(np.floor(total * most + 1e-9)), float(forced))
    solved = milp(
        cost,
        constraints=[
            LinearConstraint(rows.tocsr(), low, high),
            LinearConstraint(caps[None, :], -np.inf, allowed),
        ],
        bounds=Bounds(np.zeros(size), upper),
        integrality=np.concatenate([np.ones(cells), np.zeros(strata + cells)]),
        options={"node_limit": NODES, "mip_rel_gap": 1e-4},
    )
    if solved.x is None:
        msg = f"{total} stations could not be shared out over strata: {solved.message}"
        raise RuntimeError(msg)
    number = np.rint(solved.x[:cells]).astype(np.int64).reshape(hubs, strata)
    # The local term only adds to the cost, so the programme's bound less its largest possible
    # value is a bound on the variation alone.
    return Shares(number, _variation_bound(available, wanted, frame, capped, allowed, total))


def _variation_bound(
    available: IntArray,
    wanted: IntArray,
    frame: FloatArray,
    capped: npt.NDArray[np.bool_],
    allowed: float,
    total: int,
) -> float:
    """Return a lower bound on the total variation from the strata's own limits.

    Each stratum's total is a whole number between what hubs must take of it (they have nothing
    else) and what they can; half the summed distance from the frame's share is at least this.
    """
    others = available.sum(axis=1, keepdims=True) - available
    least = np.maximum(wanted[:, None] - others, 0).sum(axis=0)
    most = np.minimum(available, wanted[:, None]).sum(axis=0)
    most = np.where(capped, np.minimum(most, np.maximum(allowed, least)), most)
    aim = total * frame
    down = np.clip(np.floor(aim), least, most)
    up = np.clip(np.ceil(aim), least, most)
    nearest = np.minimum(np.abs(down - aim), np.abs(up - aim))
    surplus = np.maximum(least - aim, 0).sum()
    deficit = np.maximum(aim - most, 0).sum()
    return float(max(nearest.sum() / 2, surplus, deficit) / total)
