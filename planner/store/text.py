"""Texts that people type: bounded, and free of what a database or a terminal stumbles over."""

from planner.store.errors import StoreError

MAX_NAME = 200
"""Characters of a name: of a mission, a person, a file."""
MAX_REASON = 2_000
"""Characters of a reason or message."""


def clean(text: str, what: str, most: int) -> str:
    """Return ``text`` without outer space.

    Nothing is escaped here: who shows a text escapes it for the place where it is shown.

    Raises
    ------
    StoreError
        ``ST-TEXT`` if it is empty, longer than ``most``, or holds control characters other than
        line breaks and tabs, or half a surrogate pair.
    """
    found = text.strip()
    if not found:
        raise StoreError("ST-TEXT", f"The {what} is empty.", f"Give a {what} in a few words.")
    if len(found) > most:
        raise StoreError(
            "ST-TEXT",
            f"The {what} has {len(found):,} characters, at most {most:,} are kept.",
            "Shorten it.",
        )
    bad = sorted({c for c in found if (c < " " and c not in "\n\t\r") or "\ud800" <= c <= "\udfff"})
    if bad:
        raise StoreError(
            "ST-TEXT",
            f"The {what} holds control characters: {', '.join(f'U+{ord(c):04X}' for c in bad)}.",
            "Type it again as plain text.",
        )
    return found
