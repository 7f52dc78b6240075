"""Clusters of election days searched elsewhere: what is sent, what comes back, and who does it."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from planner.optimizer.days.cluster import Cluster, Route


@dataclass(frozen=True)
class ClusterTask:
    """One cluster to search. Numbers alone: no name of a person or a place travels.

    Parameters
    ----------
    key
        Under which routes and bound are remembered.
    primaries, substitutes
        Station numbers: drawn to be visited or pinned; and those that may replace them.
    bound
        An upper bound on the value.
    seed, scale
        Of the search.
    """

    key: str
    cluster: Cluster
    primaries: list[int]
    substitutes: list[int]
    bound: int
    seed: int
    scale: float


@dataclass(frozen=True)
class ClusterAnswer:
    """Routes as :func:`routes_text` writes them, and the bound; or why there are none.

    Parameters
    ----------
    code, error, remedy
        Empty where there are routes.
    """

    key: str
    routes: str = ""
    bound: int = 0
    code: str = ""
    error: str = ""
    remedy: str = ""


class Elsewhere(Protocol):
    """Searches clusters on other machines.

    Answers come in any order. One without routes was given up there, and is searched here.
    """

    def __call__(
        self, tasks: Sequence[ClusterTask], cancelled: Callable[[], bool]
    ) -> Iterator[ClusterAnswer]:
        """Yield an answer to each task, unless somebody wants to stop."""


def routes_text(routes: Sequence[Route]) -> str:
    """Return routes as JSON."""
    return json.dumps(
        [
            (r.team, _number(r.opening), [int(v) for v in r.visits], _number(r.closing))
            for r in routes
        ]
    )


def routes_of(text: str) -> list[Route]:
    """Return the routes of a text that :func:`routes_text` wrote."""
    return [
        Route(team, opening, tuple(visits), closing)
        for team, opening, visits, closing in json.loads(text)
    ]


def _number(station: int | None) -> int | None:
    return None if station is None else int(station)
