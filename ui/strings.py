"""The interface's words go through gettext; English is the source and needs no catalogue.

The language belongs to one run of one session, never to the process: two people with different
languages share a server. Nothing here knows Streamlit.
"""

import gettext
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

DOMAIN = "mission-planner"
SOURCE = "en"
"""The language in which the texts stand in the program."""
LOCALES = Path(__file__).parent / "locale"
"""Catalogues lie in ``locale/<language>/LC_MESSAGES/mission-planner.mo``; see ``make messages``."""
_present: ContextVar[str | None] = ContextVar("language", default=None)
# A run that draws only a part of a page, or a callback before it, sets no language: ask this.
_ask: list[Callable[[], str | None]] = []


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the codes of all languages that can be shown, English first."""
    found = LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return (SOURCE, *sorted(path.parent.parent.name for path in found))


def known(code: str | None) -> str | None:
    """Return the language of a locale such as ``ru-RU`` or ``ru_RU.UTF-8``; None if we lack it."""
    if not code:
        return None
    language = code.replace("_", "-").split("-")[0].split(".")[0].lower()
    return language if language in languages() else None


def use_language(code: str | None) -> str:
    """Set the language of the present run, and return the one that is used.

    Parameters
    ----------
    code
        A language or locale; English stands in for one that has no catalogue.
    """
    language = known(code) or SOURCE
    _present.set(language)
    return language


def ask_when_unset(ask: Callable[[], str | None]) -> None:
    """Name the function that knows the language of a run that set none (a part of a page)."""
    _ask[:] = [ask]


def present_language() -> str:
    """Return the language of the present run."""
    return _present.get() or next((known(ask()) for ask in _ask), None) or SOURCE


@lru_cache(maxsize=16)
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == SOURCE:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALES, [language], fallback=True)


def _(text: str) -> str:
    """Return ``text`` in the language of the present run, or as it stands."""
    # gettext answers the empty text with the catalogue's header.
    return _catalogue(present_language()).gettext(text) if text else text


def n_(one: str, many: str, count: int) -> str:
    """Return the form of a phrase that fits ``count``, in the language of the present run."""
    return _catalogue(present_language()).ngettext(one, many, count)


def word(value: str) -> str:
    """Return a document's word, such as ``nothing_to_do`` or a phase, as a person reads it."""
    return _(value.replace("_", " "))
