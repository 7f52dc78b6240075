"""Which tests share a process when several run side by side, and which files begin."""

from collections.abc import Iterable

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

PLANNED = "founding_folder"
BROWSER = "tests/e2e/"
"""All of it is one piece: two browsers that draw maps in software are too much for two cores."""


def piece(nodeid: str) -> str:
    """Return what a test is done together with: its file, or the whole of the browser tests."""
    return BROWSER if nodeid.startswith(BROWSER) else nodeid.split("::", 1)[0]


def longest_first(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Return browser tests before others with whole missions, and what fills the gaps at the end.

    The founding mission is planned for the first process that asks; whoever asks in that time
    waits. So the others that need it come late among the long ones.
    """
    items = list(items)
    slow = {piece(each.nodeid) for each in items if each.get_closest_marker("slow") is not None}
    lend = {piece(each.nodeid) for each in items if PLANNED in getattr(each, "fixturenames", ())}

    def place(item: pytest.Item) -> tuple[bool, bool, bool]:
        name = piece(item.nodeid)
        return name != BROWSER, name not in slow, name in lend

    return sorted(items, key=place)


class Pieces(LoadScopeScheduling):
    """Hands out whole pieces in their order.

    Marks of xdist for groups are not used: under pytest 9.2 its 3.8 does not see them.
    """

    def _split_scope(self, nodeid: str) -> str:
        return piece(nodeid)
