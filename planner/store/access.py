"""Who may do what: three roles, checked here for every call of the store."""

from dataclasses import dataclass
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
            ``ST-ACCESS`` if the role is too low.
        """
        if not user.name.strip():
            raise StoreError(
                "ST-NAME", f"Nobody is named who would {action}.", "Log in, or set a user name."
            )
        if _RANK[user.role] < _RANK[role]:
            raise StoreError(
                "ST-ACCESS",
                f"{user.name} is {user.role} and may not {action}; it takes {role}.",
                "Ask an admin of the mission for the role, or ask somebody who has it.",
            )
