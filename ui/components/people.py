"""The panel in which admins give and take roles."""

from collections.abc import Callable

import streamlit as st

from planner.errors import PlannerError
from planner.store.access import Role, User
from planner.store.open import Store
from planner.store.people import Person
from ui.access import login_is_on, require, role_label
from ui.components.boundary import boundary
from ui.components.text import plain
from ui.strings import _

ROLES = tuple(Role)
_SAID = "people_said"


def people_panel(store: Store, user: User) -> None:
    """Show who may log in with which role; add, change and remove.

    Raises
    ------
    StoreError
        ``ST-ACCESS`` if ``user`` is no admin.
    """
    people = {person.name: person for person in store.people.all(user)}
    st.subheader(_("People"))
    _tell()
    if not login_is_on():
        st.info(
            _(
                "There is no login: the dashboard serves this machine only, and whoever uses it "
                "is an admin. Roles count once it is started with an auth file."
            )
        )
    if people:
        _table(list(people.values()))
        _change(store, people)
    _add(store)


def _table(people: list[Person]) -> None:
    st.dataframe(
        [
            {
                _("Person"): person.name,
                _("Role"): role_label(person.role),
                _("Given by"): person.added_by,
                _("Since"): f"{person.at:%d.%m.%Y %H:%M} UTC",
            }
            for person in people
        ],
        hide_index=True,
    )


def _change(store: Store, people: dict[str, Person]) -> None:
    left, right = st.columns(2)
    name = left.selectbox(_("Person"), list(people), key="people_name")
    person = people[name]
    role = right.selectbox(
        _("New role"),
        ROLES,
        index=ROLES.index(person.role),
        format_func=role_label,
        key=f"people_role_{name}_{person.version}",
    )

    # The version goes with the button that was drawn beside it: it is the one the admin saw.
    def change() -> None:
        by = require(Role.ADMIN, "change a role")
        store.people.change(by, name, role, expected_version=person.version)

    def remove() -> None:
        by = require(Role.ADMIN, "remove a person")
        store.people.remove(by, name, expected_version=person.version)

    left.button(
        _("Change role"),
        on_click=_do,
        args=(change, _("{name} is now {role}.").format(name=name, role=role_label(role))),
        disabled=role is person.role,
        key="people_change",
    )
    right.button(
        _("Remove"),
        on_click=_do,
        args=(remove, _("{name} has no role any more.").format(name=name)),
        key="people_remove",
        icon=":material/person_remove:",
    )


def _add(store: Store) -> None:
    with st.form("people_add", clear_on_submit=False):
        left, right = st.columns(2)
        left.text_input(_("E-mail address"), key="people_new", max_chars=200)
        right.selectbox(_("Role"), ROLES, format_func=role_label, key="people_new_role")

        def add() -> None:
            by = require(Role.ADMIN, "give a role")
            store.people.add(
                by, st.session_state["people_new"], st.session_state["people_new_role"]
            )
            st.session_state["people_new"] = ""

        st.form_submit_button(_("Add a person"), on_click=_do, args=(add, _("Added.")))


def _do(deed: Callable[[], None], said: str) -> None:
    """Do it in a callback, and keep what is to be said for the panel's place on the page."""
    try:
        deed()
    except PlannerError as error:
        st.session_state[_SAID] = error
    else:
        st.session_state[_SAID] = said


def _tell() -> None:
    said = st.session_state.pop(_SAID, None)
    if isinstance(said, PlannerError):
        with boundary():
            raise said
    elif isinstance(said, str):
        st.success(plain(said))
