"""Contiguity: what hangs together among chosen districts."""

from collections.abc import Iterable, Sequence

Neighbours = Sequence[Sequence[int]]


def reach(neighbours: Neighbours, start: int, within: set[int]) -> set[int]:
    """Return what can be reached from ``start`` without leaving ``within``."""
    seen = {start}
    stack = [start]
    while stack:
        for other in neighbours[stack.pop()]:
            if other in within and other not in seen:
                seen.add(other)
                stack.append(other)
    return seen


def components(neighbours: Neighbours, within: Iterable[int]) -> list[set[int]]:
    """Return the connected components of ``within``, by their smallest member."""
    left = set(within)
    found = []
    for start in sorted(left):
        if start in left:
            part = reach(neighbours, start, left)
            left -= part
            found.append(part)
    return found


def is_connected(neighbours: Neighbours, within: set[int]) -> bool:
    """Tell whether ``within`` hangs together; nothing at all does."""
    return not within or len(reach(neighbours, next(iter(within)), within)) == len(within)


def border(neighbours: Neighbours, within: set[int]) -> set[int]:
    """Return the outside neighbours of ``within``."""
    return {other for one in within for other in neighbours[one]} - within


def shortest_path(
    neighbours: Neighbours, sources: Iterable[int], targets: set[int], allowed: set[int]
) -> list[int] | None:
    """Return a path of fewest steps from a source to a target through ``allowed``.

    Both ends are included; None where there is none. Ties go to the smallest numbers.
    """
    parent: dict[int, int | None] = dict.fromkeys(sorted(sources))
    queue = list(parent)
    for one in queue:
        if one in targets:
            path = [one]
            while (before := parent[path[-1]]) is not None:
                path.append(before)
            return path[::-1]
        for other in neighbours[one]:
            if other not in parent and (other in allowed or other in targets):
                parent[other] = one
                queue.append(other)
    return None
