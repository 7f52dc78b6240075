"""Who may do what: three roles, checked here for every call of the store."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from planner.store.errors import StoreError


class Role(StrEnum):
    """Roles, each with the rights of those before it."""

    VIEWER = "viewer"
    PLANNER = "planner"
    ADMIN = "admin"


_RANK = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True)
class User:
    """A person whose identity somebody else has established (login, or the local machine)."""

    name: str
    role: Role

    def present_role(self) -> Role | None:
        """Return the role that counts at this moment; None if there is none any more."""
        return self.role


@dataclass(frozen=True)
class LoggedIn(User):
    """A person who has logged in; ``role`` is what it was then, and for show only.

    A page keeps its user for a while, and a callback runs before the page is drawn anew. The role
    that counts is therefore read for each deed.

    Attributes
    ----------
    role_now
        Gives the role of a name, e.g. :meth:`planner.store.people.People.role_of`.
    """

    role_now: Callable[[str], Role | None] = field(repr=False, compare=False)

    def present_role(self) -> Role | None:
        """Return the role that the person has at this moment."""
        return self.role_now(self.name)


@dataclass(frozen=True)
class Access:
    """Lets a user through, or says which role it takes.

    One object for the whole store, so that a stricter house can pass in its own.
    """

    def require(self, user: User, role: Role, action: str) -> None:
        """Return if ``user`` has ``role`` or more.

        Parameters
        ----------
        user
            Who asks.
        role
            The least role that may.
        action
            The thing asked for, in words for the message, e.g. ``save a plan``.

        Raises
        ------
        StoreError
            ``ST-NAME`` if the user has no name, because every record names its author;
            ``ST-ACCESS`` if the role is too low, or was taken meanwhile.
        """
        if not user.name.strip():
            raise StoreError(
                "ST-NAME", f"Nobody is named who would {action}.", "Log in, or set a user name."
            )
        present = user.present_role()
        if present is None or _RANK[present] < _RANK[role]:
            raise StoreError(
                "ST-ACCESS",
                f"{user.name} is {present or 'without a role'} and may not {action}; "
                f"it takes {role}.",
                "Ask an admin of the mission for the role, or ask somebody who has it.",
            )
