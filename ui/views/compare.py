"""Compare: two revisions side by side."""

import streamlit as st

from ui.components.text import plain
from ui.state import Page
from ui.strings import _


def show(page: Page) -> None:
    """Draw the view."""
    if page.head is None or page.head < 2:
        st.info(_("There is only one revision yet."))
        return
    change = page.workspace.store.revisions.compare(
        page.user, page.folder.id, page.head - 1, page.head
    )
    st.markdown(plain(change.summary()))
