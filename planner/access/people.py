"""Names of people: one spelling for each, whatever a login service or a colleague types."""

import string
from collections.abc import Mapping

from planner.errors import PlannerError

SUBJECT = "sub:"
"""Begins the name of a person whose login service tells no e-mail address."""
MAX_NAME = 200
"""Characters of a name."""
# Only A to Z: with Unicode's rules the Kelvin sign becomes a k, and a stranger a colleague.
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_TRUE = (True, "true")


def person_name(text: str) -> str:
    """Return the name under which a person is kept: an e-mail address in small letters.

    A name that begins with ``sub:`` is kept letter for letter, because login services tell large
    from small letters in it.

    Raises
    ------
    PlannerError
        ``AC-PERSON`` if it is neither, longer than 200 characters, or holds blanks or characters
        that cannot be seen.
    """
    name = text.strip()
    subject = name.startswith(SUBJECT)
    parts = [name.removeprefix(SUBJECT)] if subject else name.split("@")
    shaped = all(parts) and len(parts) == (1 if subject else 2)
    if not shaped or len(name) > MAX_NAME or not name.isprintable() or " " in name:
        shown = name[:60].encode("unicode_escape").decode()
        raise PlannerError(
            "AC-PERSON",
            f"{shown!r} is no e-mail address and no {SUBJECT} name",
            "type the address that the person logs in with, e.g. name@example.org",
        )
    return name if subject else name.translate(_LOWER)


def person_of(claims: Mapping[str, object]) -> str:
    """Return the name of the person whom a login service vouches for.

    Parameters
    ----------
    claims
        Of the identity token, e.g. ``email``, ``email_verified`` and ``sub``.

    Raises
    ------
    PlannerError
        ``AC-EMAIL`` if the service says that the address is not verified: anybody could have
        typed it. ``AC-PERSON`` if it names nobody.
    """
    email = claims.get("email")
    if isinstance(email, str) and email.strip():
        if claims.get("email_verified", True) not in _TRUE:
            raise PlannerError(
                "AC-EMAIL",
                f"the login service has not verified the address {email.strip()[:MAX_NAME]}",
                "confirm the address with the login service, then log in again",
            )
        return person_name(email)
    subject = claims.get("sub")
    return person_name(f"{SUBJECT}{subject}" if isinstance(subject, str) else "")
