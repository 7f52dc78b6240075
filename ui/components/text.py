"""Words that come from data, made safe for markdown."""

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
# Escaping does not keep these from becoming links: Streamlit looks for them in the final text.
_LINKS = re.compile(r"https?(?=:)|www(?=\.)", re.IGNORECASE)
_JOINER = "\u2060"
"""Has no width and breaks no line."""


def plain(text: str) -> str:
    """Return ``text`` so that markdown shows it as it stands.

    Every ASCII punctuation mark is escaped: a name must not become a link, an image that calls
    another server, a formula or a coloured directive. Line breaks become spaces.
    """
    unlinked = _LINKS.sub(lambda found: found[0] + _JOINER, " ".join(text.split()))
    return _MARKS.sub(r"\\\1", unlinked)
