"""The dashboard's router: ``streamlit run ui/app.py -- HOME``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ui.access import current_user
from ui.components.boundary import boundary
from ui.components.empty import no_plan
from ui.components.links import remember
from ui.components.sidebar import sidebar
from ui.components.status import plan_status
from ui.components.text import plain
from ui.language import choose_language, settle_language
from ui.restricted import banner_words
from ui.state import Page, home_of_command_line, workspace
from ui.strings import _
from ui.views import (
    areas,
    compare,
    election_day,
    frame,
    hand_out,
    history,
    mission,
    observers,
    pairs,
    plan,
    scenarios,
)

# Our own file: Streamlit would fetch a named icon for the browser's tab from a third party.
ICON = str(Path(__file__).parent / "static" / "icon.svg")


@dataclass(frozen=True)
class View:
    """One view of the dashboard.

    Attributes
    ----------
    section
        Heading of the navigation that it stands under.
    needs_plan
        Whether there is nothing to show before the first plan.
    """

    title: str
    icon: str
    section: str
    show: Callable[[Page], None]
    needs_plan: bool = True


def views() -> Mapping[str, View]:
    """Return the views by the last part of their address, in the order of the work."""
    prepare, look, use = _("Prepare"), _("Plan"), _("Use")
    return {
        "mission": View(_("Mission"), ":material/flag:", prepare, mission.show, needs_plan=False),
        "frame": View(
            _("Frame"), ":material/where_to_vote:", prepare, frame.show, needs_plan=False
        ),
        "observers": View(
            _("Observers"), ":material/badge:", prepare, observers.show, needs_plan=False
        ),
        "plan": View(_("Plan"), ":material/play_circle:", look, plan.show, needs_plan=False),
        "areas": View(_("Areas"), ":material/map:", look, areas.show),
        "pairs": View(_("Pairs"), ":material/group:", look, pairs.show),
        "election_day": View(_("Election day"), ":material/schedule:", look, election_day.show),
        "scenarios": View(
            _("Scenarios"), ":material/science:", use, scenarios.show, needs_plan=False
        ),
        "compare": View(_("Compare"), ":material/compare_arrows:", use, compare.show),
        "hand_out": View(_("Hand out"), ":material/download:", use, hand_out.show),
        "history": View(_("History"), ":material/history:", use, history.show, needs_plan=False),
    }


def render(name: str, page: Page) -> None:
    """Draw one view, or say why it cannot be drawn and what to do."""
    view = views()[name]
    with boundary():
        if page.number is None and view.needs_plan:
            st.title(view.title)
            no_plan(page)
            return
        if page.number is not None:
            st.caption(plain(banner_words(page.shown.view)))
        st.title(view.title)
        if view.needs_plan:
            plan_status(page)
        view.show(page)


def main() -> None:
    """Draw the page that the address names."""
    settle_language()
    st.set_page_config(page_title=_("Mission planner"), page_icon=ICON, layout="wide")
    with boundary():
        place = st.sidebar.container()
        choose_language(place)
        space = workspace(home_of_command_line())
        user = current_user(space.store)
        page_of = sidebar(space, user)
        pages = {
            path: st.Page(_page(path, page_of), title=view.title, icon=view.icon, url_path=path)
            for path, view in views().items()
        }
        remember(pages)
        first = next(iter(views()))
        # The bare address shows the first view, which keeps an address of its own as well.
        home = st.Page(
            _page(first, page_of), title=_("Mission planner"), default=True, visibility="hidden"
        )
        sections: dict[str, list[st.Page]] = {}
        for path, view in views().items():
            sections.setdefault(view.section, []).append(pages[path])
        st.navigation({"": [home], **sections}, expanded=True).run()


def _page(name: str, page_of: Callable[[], Page | None]) -> Callable[[], None]:
    def draw() -> None:
        page = page_of()
        if page is not None:
            render(name, page)

    return draw


if __name__ == "__main__":
    main()
