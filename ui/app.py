"""The dashboard's router: ``streamlit run ui/app.py -- MISSION_FOLDER``."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui.components.boundary import boundary
from ui.components.empty import no_plan
from ui.components.text import plain
from ui.state import Shown, folder_of_command_line, shown
from ui.strings import _
from ui.views import areas, election_day, hand_out, mission, pairs

View = Callable[[Shown], None]
# Our own file: Streamlit would fetch a named icon for the browser's tab from a third party.
ICON = str(Path(__file__).parent / "static" / "icon.svg")


def views() -> dict[str, tuple[str, str, View]]:
    """Return title, icon and function of each view by the last part of its address."""
    return {
        "mission": (_("Mission"), ":material/flag:", mission.show),
        "areas": (_("Areas"), ":material/map:", areas.show),
        "pairs": (_("Pairs"), ":material/group:", pairs.show),
        "election_day": (_("Election day"), ":material/schedule:", election_day.show),
        "hand_out": (_("Hand out"), ":material/download:", hand_out.show),
    }


def render(title: str, view: View, folder: Path | None = None) -> None:
    """Draw one view, or say why it cannot be drawn and what to do."""
    with boundary():
        content = shown(folder or folder_of_command_line())
        if content is None:
            st.title(title)
            no_plan(folder or folder_of_command_line())
            return
        st.caption(plain(content.view.banner))
        st.title(title)
        view(content)


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title=_("Mission planner"), page_icon=ICON, layout="wide")
    pages = [
        st.Page(_page(title, view), title=title, icon=icon, url_path=path, default=not number)
        for number, (path, (title, icon, view)) in enumerate(views().items())
    ]
    st.navigation(pages, position="top").run()


def _page(title: str, view: View) -> Callable[[], None]:
    def page() -> None:
        render(title, view)

    return page


if __name__ == "__main__":
    main()
