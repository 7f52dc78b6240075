"""Days of one kind of pair by their price: labels extended stop by stop, all of a layer at once.

A label is the begin of a day: where it stands, what it has collected, driving, clock, visits and
the stations that it may not see again. One label makes another superfluous if it stands at the
same place with at least its reward and no more of anything else (Feillet et al., "An exact
algorithm for the elementary shortest path problem with resource constraints", Networks 44, 2004).
With neighbourhoods (``near``) a label only remembers stations near all later ones, so days may
repeat a far station and the best of them is an upper bound (Baldacci et al., "New route
relaxation and pricing strategies for the vehicle routing problem", Operations Research 59, 2011).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.optimizer.days.cluster import BoolArray, IntArray
from planner.optimizer.days.completion import Completion
from planner.optimizer.days.network import NEVER, VISIT, Network

FloatArray = npt.NDArray[np.float64]
MaskArray = npt.NDArray[np.uint64]
BLOCK, BLOCKS = 64, 3
"""Labels compared with all later ones at once; those beyond the last block replace no others."""
CHUNK = 150_000
"""Most extensions held at once."""
EPSILON = 1e-6
SPARE = 3
"""Times the width that labels are compared with each other."""


@dataclass(frozen=True)
class Pricing:
    """How the labels of a call are treated.

    Parameters
    ----------
    width
        Most labels kept of a layer; those with the best prospects stay.
    keep
        Most days returned.
    memory
        Words of the stations that a label keeps remembering at each node, shape (nodes, words).
    every
        Keep every day better than the threshold, not one for each place and its use of resources:
        then only a label with the very same stations makes another superfluous.
    by_worth
        Days are compared by their worth without prices; the prices then only serve the bound on
        the rest. Right for a pair that is alone, and only with labels that forget nothing.
    stopped
        Asked between layers whether to give up.
    """

    width: int
    keep: int
    memory: MaskArray
    every: bool
    by_worth: bool
    stopped: Callable[[], bool]


@dataclass(frozen=True)
class Priced:
    """Days as paths of nodes, best first, with their rewards.

    ``exact`` tells that no label was left out for lack of room: then no day is better than
    ``best`` (or the threshold, where nothing was found).
    """

    paths: tuple[tuple[int, ...], ...]
    rewards: FloatArray
    best: float
    exact: bool


@dataclass
class _Layer:
    node: IntArray
    reward: FloatArray
    worth: FloatArray
    drive: IntArray
    ready: IntArray
    depart: IntArray
    visits: IntArray
    mask: MaskArray
    parent: IntArray

    def take(self, index: IntArray | BoolArray) -> "_Layer":
        return _Layer(*(part[index] for part in vars(self).values()))


def bits(stations: IntArray, number: int) -> MaskArray:
    """Return one word mask for each of ``stations``, shape (len(stations), words)."""
    words = max(1, -(-number // 64))
    masks = np.zeros((len(stations), words), dtype=np.uint64)
    masks[np.arange(len(stations)), stations // 64] = np.uint64(1) << (stations % 64).astype(
        np.uint64
    )
    return masks


def whole_memory(network: Network) -> MaskArray:
    """Return the memory of labels that forget no station."""
    words = max(1, -(-network.stations // 64))
    return np.full((network.nodes, words), ~np.uint64(0))


def near_memory(network: Network, size: int) -> MaskArray:
    """Return the memory of labels that remember the ``size`` nearest stations of each node."""
    own = bits(network.station, network.stations)
    memory = own.copy()
    around = np.minimum(network.leg_s, network.leg_s.T)
    near = np.argsort(around, axis=1, kind="stable")[:, :size]
    for column in near.T:
        there = around[np.arange(len(near)), column] < NEVER
        memory[there] |= own[column[there]]
    return memory


def price(
    network: Network,
    reward: FloatArray,
    completion: Completion,
    threshold: float,
    how: Pricing,
) -> Priced:
    """Return days whose reward exceeds a threshold.

    Parameters
    ----------
    reward
        Worth of each node less its price, shape (nodes,).
    completion
        Bound on the rest of a day for these rewards.
    """
    own = bits(network.station, network.stations)
    layer = _first(network, reward, own)
    layers: list[_Layer] = []
    done: list[tuple[FloatArray, IntArray, IntArray]] = []
    exact = True
    while len(layer.node):
        promise = layer.reward + _prospect(completion, layer)
        layer = layer.take(promise > threshold + EPSILON)
        layer, cut = _kept(network, layer, completion, how)
        exact &= not cut
        if how.stopped():
            exact = False
        layers.append(layer)
        ends = _ends(network, layer) & (layer.reward > threshold + EPSILON)
        index = np.flatnonzero(ends)
        gain = layer.worth if how.by_worth else layer.reward
        if not how.every and len(index) > how.keep:
            index = index[np.argsort(-gain[index], kind="stable")[: how.keep]]
        done.append((gain[index], np.full(len(index), len(layers) - 1), index))
        if not exact and how.stopped():
            break
        layer = _extended(network, layer, reward, own, how, completion, threshold)
    return _collected(layers, done, how, exact=exact)


def _first(network: Network, reward: FloatArray, own: MaskArray) -> _Layer:
    limits = network.limits
    node = np.flatnonzero(network.first_s <= min(limits.max_drive_s, int(NEVER) - 1))
    visits = (network.role[node] == VISIT).astype(np.int64)
    node, visits = node[visits <= limits.max_visits], visits[visits <= limits.max_visits]
    return _Layer(
        node=node,
        reward=reward[node],
        worth=network.worth[node],
        drive=network.first_s[node],
        ready=network.early_s[node] + network.stay_s[node],
        depart=network.depart_s[node],
        visits=visits,
        mask=own[node],
        parent=np.full(len(node), -1),
    )


def _prospect(completion: Completion, layer: _Layer) -> FloatArray:
    """Bound the rest of each label; one that begins with a forbidden station does not count."""
    best, leads, other = completion.rest(layer.node, layer.drive, layer.ready, layer.visits)
    rows = np.flatnonzero(leads >= 0)
    if not len(rows):
        return best
    bit = (leads[rows] % 64).astype(np.uint64)
    seen = (layer.mask[rows, leads[rows] // 64] >> bit) & np.uint64(1)
    result = best.copy()
    back = rows[seen == 1]
    result[back] = other[back]
    return result


def _ends(network: Network, layer: _Layer) -> BoolArray:
    """Tell which labels can go home."""
    limits = network.limits
    last = network.last_s[layer.node]
    home = (last < NEVER) & (last >= 0)
    home &= layer.drive + network.last_drive_s[layer.node] <= limits.max_drive_s
    return home & (layer.ready + np.where(home, last, 0) - layer.depart <= limits.max_duty_s)


def _extended(
    network: Network,
    layer: _Layer,
    reward: FloatArray,
    own: MaskArray,
    how: Pricing,
    completion: Completion,
    threshold: float,
) -> _Layer:
    """Return the labels one stop further, without those that cannot pass the threshold."""
    to, begins = network.arcs
    degree = begins[layer.node + 1] - begins[layer.node]
    total = np.cumsum(degree)
    parts = []
    start = 0
    while start < len(layer.node):
        base = total[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(total, base + CHUNK)))
        rows = np.repeat(np.arange(start, stop), degree[start:stop])
        offset = np.arange(len(rows)) - np.repeat(
            total[start:stop] - degree[start:stop] - base, degree[start:stop]
        )
        nodes = to[begins[layer.node[rows]] + offset]
        part = _grown(network, layer, rows, nodes, reward, own, how)
        promise = part.reward + _prospect(completion, part)
        parts.append(part.take(promise > threshold + EPSILON))
        start = stop
        if how.stopped():
            break
    if not parts:
        return layer.take(np.zeros(0, dtype=np.int64))
    return _Layer(
        *(np.concatenate(some) for some in zip(*(vars(p).values() for p in parts), strict=True))
    )


def _grown(
    network: Network,
    layer: _Layer,
    rows: IntArray,
    nodes: IntArray,
    reward: FloatArray,
    own: MaskArray,
    how: Pricing,
) -> _Layer:
    limits = network.limits
    leg = network.leg_s[layer.node[rows], nodes]
    drive = layer.drive[rows] + leg
    begin = np.maximum(network.early_s[nodes], layer.ready[rows] + leg)
    visits = layer.visits[rows] + (network.role[nodes] == VISIT)
    fits = (drive <= limits.max_drive_s) & (begin <= network.late_s[nodes])
    fits &= visits <= limits.max_visits
    rows, nodes, drive, begin, visits = (part[fits] for part in (rows, nodes, drive, begin, visits))
    seen = layer.mask[rows] & own[nodes]
    fresh = ~seen.any(axis=1)
    rows, nodes, drive, begin, visits = (
        part[fresh] for part in (rows, nodes, drive, begin, visits)
    )
    return _Layer(
        node=nodes,
        reward=layer.reward[rows] + reward[nodes],
        worth=layer.worth[rows] + network.worth[nodes],
        drive=drive,
        ready=begin + network.stay_s[nodes],
        depart=layer.depart[rows],
        visits=visits,
        mask=(layer.mask[rows] & how.memory[nodes]) | own[nodes],
        parent=rows,
    )


def _kept(
    network: Network, layer: _Layer, completion: Completion, how: Pricing
) -> tuple[_Layer, bool]:
    """Leave out superfluous labels, then those beyond the width; True if any of the latter."""
    if not len(layer.node):
        return layer, False
    cut = False
    # Far more labels than can stay are first cut by their prospects: comparing costs most.
    if len(layer.node) > SPARE * how.width:
        layer = _widest(layer, completion, SPARE * how.width)
        cut = True
    layer = layer.take(_useful(network, layer, how))
    if len(layer.node) > how.width:
        layer = _widest(layer, completion, how.width)
        cut = True
    return layer, cut


def _widest(layer: _Layer, completion: Completion, width: int) -> _Layer:
    promise = layer.reward + _prospect(completion, layer)
    return layer.take(np.sort(np.argsort(-promise, kind="stable")[:width]))


def _useful(network: Network, layer: _Layer, how: Pricing) -> IntArray:
    """Return the labels that no other makes superfluous, in their order by node and reward."""
    used = [layer.drive]
    if network.caps_time or network.caps_duty:
        used.append(layer.ready)
    if network.caps_duty:
        used.append(-layer.depart)
    if network.caps_visits:
        used.append(layer.visits)
    use = np.stack(used, axis=1)
    keys = [layer.drive + layer.ready, -(layer.worth if how.by_worth else layer.reward)]
    if how.every:
        keys += list(layer.mask.T)
    order = np.lexsort([*keys, layer.node])
    node, use, mask = layer.node[order], use[order], layer.mask[order]
    if how.every:
        new = (node[1:] != node[:-1]) | (mask[1:] != mask[:-1]).any(axis=1)
    else:
        new = node[1:] != node[:-1]
    begins = np.concatenate([[0], np.flatnonzero(new) + 1, [len(node)]])
    alive = np.ones(len(node), dtype=bool)
    for group in np.flatnonzero(np.diff(begins) > 1):
        if how.stopped():
            break
        first, end = begins[group], begins[group + 1]
        _thin(alive[first:end], use[first:end], mask[first:end])
    kept: IntArray = order[alive]
    return kept


def _thin(alive: BoolArray, use: IntArray, mask: MaskArray) -> None:
    """Clear ``alive`` for labels of one place that an earlier, so better paid, one replaces."""
    for start in range(0, min(len(alive), BLOCKS * BLOCK), BLOCK):
        block = start + np.flatnonzero(alive[start : start + BLOCK])
        later = start + np.flatnonzero(alive[start:])
        if not len(block) or len(later) < 2:
            continue
        worse: BoolArray = block[:, None] < later[None, :]
        for column in use.T:
            worse &= column[block][:, None] <= column[later][None, :]
        for word in mask.T:
            worse &= (word[block][:, None] & ~word[later][None, :]) == 0
        # A label that is itself replaced still replaces others: what replaces it does so too.
        alive[later[worse.any(axis=0)]] = False


def _collected(
    layers: list[_Layer],
    done: list[tuple[FloatArray, IntArray, IntArray]],
    how: Pricing,
    *,
    exact: bool,
) -> Priced:
    rewards = np.concatenate([part[0] for part in done]) if done else np.zeros(0)
    if not len(rewards):
        return Priced((), rewards, 0.0, exact)
    number = np.concatenate([part[1] for part in done])
    index = np.concatenate([part[2] for part in done])
    order = np.argsort(-rewards, kind="stable")
    if not how.every:
        order = order[: how.keep]
    paths = []
    for row in order.tolist():
        level, at = int(number[row]), int(index[row])
        path = []
        while level >= 0:
            path.append(int(layers[level].node[at]))
            at = int(layers[level].parent[at])
            level -= 1
        paths.append(tuple(reversed(path)))
    return Priced(tuple(paths), rewards[order], float(rewards[order[0]]), exact)
