"""Texts of the interface that stand in the code: what ``_`` and ``n_`` are called with.

Read from the syntax tree and not by Babel, which before Python 3.12 does not see calls inside
f-strings: the catalogue must not depend on who makes it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CALLS = {"_": 1, "n_": 2}
"""Function, and how many of its arguments are texts."""


@dataclass(frozen=True)
class Text:
    """A text to translate; ``many`` is its plural where the number decides the form.

    Attributes
    ----------
    where
        The file that shows it, from the project's folder.
    """

    one: str
    where: str
    many: str | None = None


def texts_in(path: Path, root: Path) -> Iterator[Text]:
    """Yield the texts of one file in its order.

    Raises
    ------
    ValueError
        For an f-string inside ``_``: it would be filled in before it is looked up.
    """
    where = path.relative_to(root).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        given = node.args[: CALLS.get(node.func.id, 0)]
        if any(_made_up(each) for each in given):
            raise ValueError(
                f"{where}:{node.lineno}: {node.func.id} takes the text before .format(), "
                "not an f-string or a formatted one"
            )
        words = [
            each.value
            for each in given
            if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value
        ]
        if words and len(words) == len(given):
            yield Text(words[0], where, words[1] if len(words) > 1 else None)


def texts_under(folder: Path, root: Path) -> Iterator[Text]:
    """Yield the texts of all Python files under a folder."""
    for path in sorted(folder.rglob("*.py")):
        yield from texts_in(path, root)


def _made_up(node: ast.expr) -> bool:
    """Return whether a text is put together before it reaches the catalogue."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr == "format"
    return isinstance(node, ast.JoinedStr)
