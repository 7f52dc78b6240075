"""The form of a scenario: presets, and all that can go otherwise, by sliders and choices."""

import streamlit as st

from planner.domain.mission import MissionFormat
from planner.domain.mission_input import MissionInput
from planner.domain.policy import AllocationBasis, ObservationMode
from planner.scenario.document import Scenario, SecondRound
from planner.scenario.numbers import numbers_of
from planner.scenario.presets import PRESETS
from ui.components.scenario_delivery import delivery
from ui.components.scenario_draft import begin_preset, change
from ui.components.scenario_fields import Form, choice, count, hours, several, slider
from ui.components.scenario_roads import roads
from ui.components.scenario_words import path_label
from ui.components.text import plain
from ui.state import Page
from ui.strings import _, word

NOISES = ("zero", "calm", "usual", "winter")


def builder(page: Page, mission: MissionInput, scenario: Scenario) -> None:
    """Draw the form for the scenario at hand."""
    form = Form(page, mission, scenario)
    if page.may_plan:
        _presets(page, mission)
    tabs = st.tabs(
        [_("Staff"), _("Delivery"), _("Election day"), _("Roads and weather"), _("Policy, money")]
    )
    with tabs[0]:
        _staff(form)
    with tabs[1]:
        delivery(form)
    with tabs[2]:
        _day(form)
    with tabs[3]:
        roads(form)
    with tabs[4]:
        _policy(form)


def mark_words(mark: str) -> str:
    """Return what a source mark says: S, D or B."""
    return {
        "S": _("from a public source"),
        "D": _("from arithmetic on public figures"),
        "B": _("a default, not a fact: change it"),
    }[mark]


def _presets(page: Page, mission: MissionInput) -> None:
    known = {each.key: each for each in PRESETS}
    key = f"scn-preset-{page.folder.id}"

    def take() -> None:
        chosen = st.session_state[key]
        if chosen:
            begin_preset(page, mission, chosen)

    chosen = st.selectbox(
        _("Start from a question"),
        list(known),
        index=None,
        format_func=lambda name: _(known[name].question),
        placeholder=_("choose one, then change what you like"),
        key=key,
        on_change=take,
    )
    if chosen:
        one = known[chosen]
        st.caption(
            _("Figures: {mark}. {source}").format(
                mark=mark_words(one.mark), source=plain(_(one.source))
            )
        )


def _staff(form: Form) -> None:
    numbers = numbers_of(Scenario(), form.mission)
    slider(
        form,
        "staffing.sto_pairs",
        (0, max(100, 3 * numbers.pairs_requested)),
        help_=_("STOs work in pairs: 150 pairs are 300 STOs."),
    )
    slider(form, "staffing.lto_teams", (0, max(10, 3 * numbers.lto_teams)))
    left, right = st.columns(2)
    with left:
        choice(form, "format", {each.value: each.value for each in MissionFormat})
    with right:
        _second_round(form)
    if form.scenario.second_round is not None:
        left, right = st.columns(2)
        with left:
            slider(form, "second_round.days_later", (1, 60))
        with right:
            slider(form, "second_round.sto_share", (0, 100), 1, unit="%", scale=100)
    towns = {str(town.id): town.name for town in form.mission.towns}
    before = {str(one.town): one.pairs for one in form.scenario.joint}
    several(
        form,
        "joint",
        towns,
        list(before),
        lambda chosen: [{"town": town, "pairs": before.get(town, 10)} for town in chosen],
        _("On election day only: they visit stations of their own choice, also those of others."),
    )
    for place, one in enumerate(form.scenario.joint):
        _entry(form, "joint", place, "pairs", towns.get(str(one.town), str(one.town)))


def _second_round(form: Form) -> None:
    key = form.key("second")
    st.session_state[key] = form.scenario.second_round is not None

    def switched() -> None:
        on = st.session_state[key]
        change(form.page, "second_round", SecondRound().model_dump() if on else None)

    st.toggle(
        path_label("second_round"),
        key=key,
        on_change=switched,
        disabled=form.disabled,
        help=_("Election day moves, LTO teams stay on, fewer STOs come."),
    )


def _entry(form: Form, path: str, place: int, name: str, label: str) -> None:
    """Draw the number of one entry of a list."""
    key = form.key(f"{path}-{label}-{name}")
    entries = [each.model_dump(mode="json") for each in getattr(form.scenario, path)]
    st.session_state[key] = int(entries[place][name])

    def typed() -> None:
        entries[place][name] = int(st.session_state[key] or 0)
        change(form.page, path, entries)

    st.number_input(
        _("{town}: pairs").format(town=label),
        step=1,
        key=key,
        on_change=typed,
        disabled=form.disabled,
    )


def _day(form: Form) -> None:
    left, right = st.columns(2)
    with left:
        slider(form, "day.dwell_min", (10, 120), 5, unit="min")
        slider(form, "day.max_visits", (0, 20))
        slider(form, "day.count_min", (0, 480), 15, unit="min")
        slider(form, "day.tabulation_min", (0, 240), 15, unit="min")
    with right:
        hours(form, "day.max_duty_min", (8, 36))
        hours(form, "day.max_drive_min", (0.5, 12))
        slider(form, "day.max_leg_min", (10, 240), 5, unit="min")
        choice(form, "day.mode", {each.value: word(each.value) for each in ObservationMode})
    slider(
        form,
        "day.static_share",
        (0, 100),
        unit="%",
        scale=100,
        help_=_("Means something in mode mixed only."),
    )


def _policy(form: Form) -> None:
    left, right = st.columns(2)
    with left:
        choice(form, "allocation_basis", {each.value: word(each.value) for each in AllocationBasis})
        count(
            form,
            "budget",
            empty=True,
            help_=_("Ceiling in {currency}; empty: none.").format(
                currency=form.mission.mission.costs.currency
            ),
        )
    with right:
        choice(form, "noise", {name: noise_words(name) for name in NOISES})
        count(
            form,
            "seed",
            help_=_("Scenarios with the same seed share their luck, so that they can be compared."),
        )


def noise_words(name: str) -> str:
    """Return how much election day differs from the plan."""
    return {
        "zero": _("not at all"),
        "calm": _("little"),
        "usual": _("as usual"),
        "winter": _("as in a bad winter"),
    }.get(name, name)
