"""Text from data on its way to typst: it stays text, and it cannot break the page.

Data never becomes source code of typst. The template is a fixed file; everything else reaches it
as one JSON document in ``sys.inputs``, and a string that typst shows by itself is shown as it is:
``#``, ``$``, ``*``, ``_``, ``@``, ``<``, a backslash and quotes are letters like any others.
"""

import json
import re
import unicodedata
from typing import Any

LONGEST_WORD = 18
"""Letters after which a word may break: a name without spaces must not run over its column."""
_BREAK = "\u200b"
_MINUS = ("\u2212", "\u2013\u2060")
"""Our fonts have no minus sign: an en dash looks alike, and a joiner keeps it with its number."""
_KEPT_FORMATS = {"\u200c", "\u200d"}
"""Joiners, which some scripts need. Other signs without a shape can turn the order of a line."""
_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def plain(text: str) -> str:
    """Return a text on one line, without control signs and without signs that turn its order.

    Broken halves of a pair of surrogates, which no font and no JSON can show, become ``U+FFFD``.
    """
    kept = "".join(
        letter
        if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        else letter
        if letter in _KEPT_FORMATS
        else "\ufffd"
        if unicodedata.category(letter) == "Cs"
        else " "
        if unicodedata.category(letter) != "Cf"
        else ""
        for letter in text
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


def breakable(text: str) -> str:
    """Return a text in which long words may break; a mark stays with its letter."""
    return _WORD.sub(lambda found: _broken(found[0]), text)


def _broken(word: str) -> str:
    parts: list[str] = []
    for letter in word:
        fits = parts and (len(parts[-1]) < LONGEST_WORD or unicodedata.combining(letter))
        if fits:
            parts[-1] += letter
        else:
            parts.append(letter)
    return _BREAK.join(parts)


def document(content: Any) -> str:  # noqa: ANN401 - JSON
    """Return content as JSON for typst, every text in it made plain and breakable."""
    return json.dumps(_cleaned(content), ensure_ascii=True, allow_nan=False, sort_keys=True)


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return breakable(plain(value)).replace(*_MINUS)
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    return value
