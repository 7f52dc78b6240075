"""People and their roles: of the whole store, given and taken by admins, all of it audited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.access.people import person_name
from planner.store.access import Role, User
from planner.store.context import Context
from planner.store.errors import StoreError, changed_meanwhile, unknown
from planner.store.faults import told
from planner.store.tables import PersonRow

STORE_WIDE = ""
"""The audit's mission for deeds that concern the whole store."""
AUTH_FILE = "auth file"
"""The author of what the auth file says."""


@dataclass(frozen=True)
class Person:
    """Somebody who may log in.

    Attributes
    ----------
    name
        E-mail address in small letters, or ``sub:`` and the login service's own id.
    added_by, at
        Who gave the present role, and when.
    version
        Of the record; a change names the version that its author saw.
    """

    name: str
    role: Role
    added_by: str
    at: datetime
    version: int


@dataclass(frozen=True)
class People:
    """The people of a store.

    A person who was removed keeps a row without a role, so that the auth file's list of first
    admins does not bring back whom an admin has removed.
    """

    context: Context

    def role_of(self, name: str) -> Role | None:
        """Return the role of a person who has logged in, or None without one.

        Asked before there is a user, therefore without one; look anew each time.

        Raises
        ------
        StoreError
            What :func:`planner.store.faults.told` says.
        """
        with told(self.context.path), Session(self.context.engine) as session:
            row = session.get(PersonRow, name)
            return None if row is None or row.role is None else Role(row.role)

    def all(self, user: User) -> tuple[Person, ...]:
        """Return all people with a role by name; takes an admin.

        Raises
        ------
        StoreError
            ``ST-ACCESS``.
        """
        with self.context.reading(user, "see who has a role", Role.ADMIN) as session:
            rows = session.scalars(select(PersonRow).order_by(PersonRow.name))
            return tuple(_record(row) for row in rows if row.role is not None)

    def add(self, user: User, name: str, role: Role) -> Person:
        """Give a person the first role; takes an admin.

        Raises
        ------
        PlannerError
            ``AC-PERSON`` for what is no name of a person.
        StoreError
            ``ST-EXISTS`` if the person has a role, ``ST-ACCESS``.
        """
        name = person_name(name)
        with self.context.writing(user, "give a role", Role.ADMIN) as session:
            row = session.get(PersonRow, name)
            if row is not None and row.role is not None:
                raise StoreError(
                    "ST-EXISTS",
                    f"{name} already has a role: {row.role}.",
                    "Change the role that is there.",
                )
            return self._give(session, user, name, role, "person.add")

    def change(self, user: User, name: str, role: Role, *, expected_version: int) -> Person:
        """Give a person another role; takes an admin.

        Raises
        ------
        StoreError
            ``ST-CHANGED`` if it is not the version that the user saw, ``ST-LAST`` if the store
            would be left without an admin, ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.writing(user, "change a role", Role.ADMIN) as session:
            self._seen(session, name, expected_version)
            if role is not Role.ADMIN:
                _keep_an_admin(session, name)
            return self._give(session, user, name, role, "person.change")

    def remove(self, user: User, name: str, *, expected_version: int) -> None:
        """Take a person's role; takes an admin. The person is out at the next click.

        Raises
        ------
        StoreError
            As for :meth:`change`.
        """
        with self.context.writing(user, "remove a person", Role.ADMIN) as session:
            row = self._seen(session, name, expected_version)
            _keep_an_admin(session, name)
            at = self.context.note(session, user, STORE_WIDE, "person.remove", name, row.role or "")
            row.role, row.added_by, row.at = None, user.name, at

    def seed(self, admins: Iterable[str]) -> tuple[str, ...]:
        """Make the auth file's admins admins, where the store has never heard of them.

        Returns
        -------
        tuple of str
            Those who were added. Roles that stand are left as they are, and whoever was removed
            stays removed.

        Raises
        ------
        PlannerError
            ``AC-PERSON`` for what is no name of a person.
        """
        names = sorted({person_name(name) for name in admins})
        with told(self.context.path), Session(self.context.engine) as session:
            new = [name for name in names if session.get(PersonRow, name) is None]
        if not new:
            return ()
        user = User(AUTH_FILE, Role.ADMIN)
        with self.context.writing(user, "name the first admins", Role.ADMIN) as session:
            new = [name for name in new if session.get(PersonRow, name) is None]
            for name in new:
                self._give(session, user, name, Role.ADMIN, "person.add")
        return tuple(new)

    def _give(self, session: Session, user: User, name: str, role: Role, deed: str) -> Person:
        at = self.context.note(session, user, STORE_WIDE, deed, name, role.value)
        row = session.get(PersonRow, name)
        if row is None:
            row = PersonRow(name=name, role=role.value, added_by=user.name, at=at)
            session.add(row)
        else:
            row.role, row.added_by, row.at = role.value, user.name, at
        session.flush()
        return _record(row)

    def _seen(self, session: Session, name: str, expected_version: int) -> PersonRow:
        row = session.get(PersonRow, name)
        if row is None or row.role is None:
            raise unknown("person with a role", name, "Choose one of the list of people.")
        if row.version != expected_version:
            raise changed_meanwhile("Person", name, expected_version, row.version)
        return row


def _keep_an_admin(session: Session, name: str) -> None:
    admins = set(
        session.scalars(select(PersonRow.name).where(PersonRow.role == Role.ADMIN.value)).all()
    )
    if admins == {name}:
        raise StoreError(
            "ST-LAST",
            f"{name} is the last admin; nobody could give a role any more.",
            "Make somebody else an admin first.",
        )


def _record(row: PersonRow) -> Person:
    return Person(row.name, Role(str(row.role)), row.added_by, row.at, row.version)
