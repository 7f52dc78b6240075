"""The interface's words go through gettext; English is the source and needs no catalogue."""

import gettext
from pathlib import Path

DOMAIN = "mission-planner"
LOCALES = Path(__file__).parent / "locale"
"""Catalogues lie in ``locale/<language>/LC_MESSAGES/mission-planner.mo``; none is shipped yet."""
_catalogue = gettext.translation(DOMAIN, LOCALES, fallback=True)


def _(text: str) -> str:
    """Return ``text`` in the language of the environment, or as it stands."""
    return _catalogue.gettext(text)


def n_(one: str, many: str, count: int) -> str:
    """Return the form of a phrase that fits ``count``, in the language of the environment."""
    return _catalogue.ngettext(one, many, count)
