"""Words that come from data, made safe for markdown."""

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Return ``text`` so that markdown shows it as it stands.

    Every ASCII punctuation mark is escaped: a name must not become a link, an image that calls
    another server, a formula or a coloured directive. Line breaks become spaces.
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
