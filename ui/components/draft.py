"""Text fields whose content outlives a reload, a lost line and a restart of the server."""

import streamlit as st

from ui.state import Page

MAX_REASON = 2_000


def draft_text(page: Page, field: str, label: str, *, placeholder: str = "") -> str:
    """Draw a text area that is kept in the store while it is being written.

    Parameters
    ----------
    field
        Names the field within the mission; one draft each for every person.
    """
    key = f"draft-{page.folder.id}-{field}"
    if key not in st.session_state:
        drafts = page.workspace.store.drafts.all(page.user, page.folder.id)
        st.session_state[key] = drafts.get(field, "")

    def keep() -> None:
        # The browser may still send a field that was cleared in the same moment.
        if key not in st.session_state:
            return
        page.workspace.store.drafts.put(
            page.user, page.folder.id, field, str(st.session_state[key] or "")
        )

    text = st.text_area(
        label,
        key=key,
        height=68,
        max_chars=MAX_REASON,
        placeholder=placeholder,
        on_change=keep,
        disabled=not page.may_plan,
    )
    return (text or "").strip()


def clear_draft(page: Page, field: str) -> None:
    """Forget a draft that was sent."""
    page.workspace.store.drafts.clear(page.user, page.folder.id, field)
    st.session_state.pop(f"draft-{page.folder.id}-{field}", None)
