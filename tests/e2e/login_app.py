"""A dashboard of two pages with the real guards, for the tests of the login.

Its store is the file that the command line names.
"""

import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from planner.store.access import User
from planner.store.open import Store, open_store
from ui.access import account, current_user
from ui.components.boundary import boundary
from ui.components.people import people_panel

MISSION = "M"


@st.cache_resource
def opened(path: Path) -> Store:
    return open_store(path, clock=lambda: datetime.now(UTC), new_id=lambda: uuid.uuid4().hex)


def overview(user: User, store: Store) -> None:
    st.title("Where observers go")

    # With the user of the page that was drawn before: what a view may do without thinking.
    def deed() -> None:
        with boundary():
            store.drafts.put(user, MISSION, "note", "typed")

    st.button("Save", on_click=deed)
    for draft in store.drafts.all(user, MISSION).values():
        st.markdown(f"saved: {draft}")


def people(user: User, store: Store) -> None:
    st.title("Who may see it")
    with boundary():
        people_panel(store, user)


def main() -> None:
    store = opened(Path(sys.argv[1]) / "store.sqlite")
    user = current_user(store)
    with st.sidebar:
        account(user)
    st.navigation(
        [
            st.Page(lambda: overview(user, store), title="Overview", url_path="overview"),
            st.Page(lambda: people(user, store), title="People", url_path="people"),
        ]
    ).run()


main()
