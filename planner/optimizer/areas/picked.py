"""The best partition into areas that were listed: an exact programme over the cheapest of them.

The tolled programme is so close that a few thousand areas of the least excess often hold a better
solution than any search from area to area met.
"""

from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from planner.optimizer.areas.listing import Listed, Offer
from planner.optimizer.areas.problem import AreasProblem, Bools, Ints
from planner.optimizer.areas.triples import holding

_NODES = 50


def picked(
    problem: AreasProblem, listed: Listed, offer: Offer, most: int, seconds: float | None
) -> Ints | None:
    """Return the best solution over the areas of the least excess, or None.

    Parameters
    ----------
    problem
        The problem.
    listed
        Areas.
    offer
        Prices that tell their excess, and triples that make the programme close.
    most
        Areas that may take part.
    seconds
        Wall-clock limit, or None.

    Returns
    -------
    Ints
        Shape (districts,): the base of each district.
    """
    order = np.sort(np.argsort(offer.excess(listed), kind="stable")[:most])
    members, cost, base = listed.members[order], listed.cost[order], listed.base[order]
    cover = sparse.csr_array(members.T, dtype=np.float64)
    opened = sparse.csr_array(np.ones((1, len(order))))
    rules = [LinearConstraint(cover, 1, 1), LinearConstraint(opened, problem.areas, problem.areas)]
    if len(offer.tolls.triples):
        held = sparse.csr_array(holding(members, offer.tolls.triples), dtype=np.float64)
        rules.append(LinearConstraint(held, -np.inf, 1))
    # Its presolve compares all areas with one another, which takes longer than the programme.
    options: dict[str, Any] = {"node_limit": _NODES, "presolve": False, "mip_rel_gap": 1e-4}
    if seconds is not None:
        options["time_limit"] = max(0.1, seconds)
    given: Any = options
    found = milp(
        cost,
        integrality=np.ones(len(order), dtype=np.int64),
        bounds=Bounds(0, 1),
        constraints=rules,
        options=given,
    )
    if found.x is None:
        return None
    return partition(problem, members[found.x > 0.5], base[found.x > 0.5])


def partition(problem: AreasProblem, members: Bools, base: Ints) -> Ints | None:
    """Return the base of each district, or None where these are not areas of all districts.

    Parameters
    ----------
    problem
        Says how many areas are wanted.
    members
        Shape (areas, districts).
    base
        Shape (areas,).
    """
    if len(base) != problem.areas or not (members.sum(axis=0) == 1).all():
        return None
    owner: Ints = base[members.argmax(axis=0)]
    return owner
