"""What is to be run: the scenario at hand, saved ones beside it, or a grid of STOs and delivery."""

import os
from typing import Literal

import streamlit as st

from planner.domain.mission_input import MissionInput
from planner.errors import PlannerError
from planner.scenario.document import Scenario
from planner.scenario.numbers import numbers_of
from planner.store.access import Role
from planner.store.scenarios import StoredScenario
from planner.sweep.design import Axis, Design
from planner.sweep.run import DRAWS, SCALE
from planner.workspace.simulation import MOST_TITLE, SimulationRequest
from ui.access import require
from ui.components.boundary import show_error
from ui.components.links import go
from ui.components.scenario_draft import based
from ui.components.scenario_saved import plain_scenario
from ui.components.scenario_words import plans_words
from ui.state import Page
from ui.strings import _
from ui.written import share

RATES = (0.70, 0.80, 0.85, 0.90, 1.00, 1.15)
MOST_SEEDS, MOST_PROCESSES = 5, 8
_Kind = Literal["one", "grid"]


def run_box(
    page: Page,
    mission: MissionInput,
    scenario: Scenario,
    stored: tuple[StoredScenario, ...],
    *,
    possible: bool,
) -> None:
    """Draw what to run, and the button.

    Parameters
    ----------
    possible
        Whether the scenario at hand can be planned.
    """
    if not page.may_plan:
        st.caption(_("Only a planner may run scenarios."))
        return
    with st.container(border=True):
        st.markdown(f"##### {_('Run')}")
        kinds: dict[_Kind, str] = {
            "one": _("This scenario, and others beside it"),
            "grid": _("A grid of STOs and delivery"),
        }
        kind = st.radio(
            _("What to run"),
            list(kinds),
            format_func=lambda name: kinds[name],
            key="scn-kind",
            label_visibility="collapsed",
            persist_state="session",
        )
        own = based(scenario, mission)
        design = _beside(own, stored) if kind == "one" else _grid(own, mission)
        seeds, draws, scale, processes = _more(several=kind == "grid")
        count = 0
        if design is not None:
            design = design.model_copy(
                update={"seeds": tuple(scenario.seed + n for n in range(seeds))}
            )
            count = _size(design)
        st.caption(
            _(
                "{plans}, each in full and judged by the referee. The first takes about as long as "
                "a plan, later ones less: what does not change is remembered."
            ).format(plans=plans_words(count))
        )
        if st.button(
            _("Run"),
            key="scn-run",
            type="primary",
            icon=":material/play_arrow:",
            disabled=not possible or not count,
            help=None if possible else _("The scenario cannot be: see above."),
        ):
            _start(
                page,
                SimulationRequest(
                    title=_title(own, grid=kind == "grid"),
                    design=design,
                    scale=scale,
                    draws=draws,
                    processes=processes,
                ),
            )


def _start(page: Page, request: SimulationRequest) -> None:
    try:
        user = require(Role.PLANNER, "run scenarios")
        run = page.workspace.simulate(user, page.folder, request)
    except PlannerError as error:
        show_error(error)
        return
    go("scenarios", run=run.id, part="results")


def _title(scenario: Scenario, *, grid: bool) -> str:
    words = scenario.question or scenario.name
    return (f"{words} ({_('grid')})" if grid else words)[:MOST_TITLE]


def _size(design: Design) -> int:
    grid = 1
    for axis in design.axes:
        grid *= len(axis.values)
    return (grid + len(design.also)) * len(design.seeds)


def _beside(own: Scenario, stored: tuple[StoredScenario, ...]) -> Design:
    others = {one.id: one.scenario for one in stored}
    plain = plain_scenario()
    chosen = st.multiselect(
        _("Saved scenarios beside it"),
        list(others),
        format_func=lambda name: others[name].name if name in others else name,
        key="scn-beside",
        disabled=not others,
        placeholder=_("choose") if others else _("none saved yet"),
    )
    differs = own.model_copy(update={"base": None, "name": plain.name}) != plain
    with_plain = st.checkbox(
        _("The mission as planned, to compare with"),
        value=True,
        key="scn-with-plain",
        persist_state="session",
    )
    beside = tuple(others[name] for name in chosen if name in others)
    if with_plain and differs:
        # The first is what the others are compared with.
        return Design(base=plain, also=(own, *beside))
    return Design(base=own, also=beside)


def _grid(own: Scenario, mission: MissionInput) -> Design | None:
    asked = numbers_of(own, mission).pairs_requested
    # Around what is asked for: 100 to 400 STOs for 150 pairs.
    low, high = max(4, 10 * round(asked / 15)), max(20, 10 * round(asked * 4 / 15))
    columns = st.columns(3)
    first = columns[0].number_input(_("STOs from"), 0, 10_000, low, step=10, key="scn-grid-from")
    last = columns[1].number_input(_("to"), 0, 10_000, high, step=10, key="scn-grid-to")
    step = columns[2].number_input(_("step"), 2, 1_000, 50, step=10, key="scn-grid-step")
    rates = st.multiselect(
        _("Delivery"),
        list(RATES),
        default=[1.0],
        format_func=lambda rate: share(rate, 0),
        key="scn-grid-rates",
        placeholder=_("choose"),
    )
    values = tuple(range(int(first) // 2, int(last) // 2 + 1, max(1, int(step) // 2)))
    if not values or not rates:
        st.warning(_("A grid needs numbers from low to high, and at least one rate of delivery."))
        return None
    return Design(
        base=own,
        axes=(
            Axis(path="staffing.sto_pairs", values=values),
            Axis(path="delivery.rate", values=tuple(sorted(rates))),
        ),
    )


def _more(*, several: bool) -> tuple[int, int, float, int]:
    """Draw what is rarely changed; return seeds, draws, effort and processes."""
    with st.expander(_("More")):
        seeds = st.slider(
            _("Seeds"),
            1,
            MOST_SEEDS,
            2 if several else 1,
            key=f"scn-seeds-{several}",
            help=_(
                "Each scenario is planned once a seed. Two or more tell how much of a difference "
                "is luck of the draw."
            ),
        )
        draws = st.select_slider(
            _("Simulated election days"), [0, 100, DRAWS, 1000, 5000], DRAWS, key="scn-draws"
        )
        efforts = {0.25: _("quick"), SCALE: _("usual"), 1.0: _("as for a plan")}
        scale = st.select_slider(
            _("Effort of the search"),
            list(efforts),
            SCALE,
            format_func=lambda value: efforts[value],
            key="scn-scale",
            help=_("The usual effort loses at most 0.3 % of the value of election day."),
        )
        cores = min(MOST_PROCESSES, os.cpu_count() or 1)
        processes = st.slider(_("Plans at a time"), 1, max(2, cores), cores, key="scn-processes")
    return int(seeds), int(draws), float(scale), int(processes)
