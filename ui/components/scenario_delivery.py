"""The form of a scenario: how many of the requested STOs come."""

import streamlit as st

from planner.domain.ids import State
from planner.scenario.numbers import nominated
from ui.components.scenario_draft import change
from ui.components.scenario_fields import Form, count, present, several, slider
from ui.components.scenario_words import path_label
from ui.strings import _


def delivery(form: Form) -> None:
    """Draw rates, what the plan knows of them, and late withdrawals."""
    slider(
        form,
        "delivery.rate",
        (50, 130),
        unit="%",
        scale=100,
        help_=_("Missions have got 70 to 115 % of what they requested."),
    )
    _known(form)
    states = sorted({str(observer.state) for observer in nominated(form.mission)})
    rates = form.scenario.delivery.by_state
    if states:
        usual = 1.0 if form.scenario.delivery.rate is None else form.scenario.delivery.rate
        several(
            form,
            "delivery.by_state",
            {state: state for state in states},
            list(rates),
            lambda chosen: {
                state: present(form).delivery.by_state.get(State(state), usual) for state in chosen
            },
            _("States with a rate of their own; the others follow the rate above."),
        )
        for state, rate in rates.items():
            _state(form, str(state), rate)
    else:
        st.caption(_("Rates by State need a roster."))
    left, right = st.columns(2)
    with left:
        slider(
            form,
            "delivery.late_share",
            (0, 30),
            unit="%",
            scale=100,
            help_=_("After accreditation has closed: only accredited reserves replace them."),
        )
    with right:
        count(form, "delivery.late_withdrawals")


def _known(form: Form) -> None:
    key = form.key("delivery.known")
    words = {
        True: _("yes: the plan is made for those who come"),
        False: _("no: the plan is made for all, and some are missing on the day"),
    }
    st.session_state[key] = form.scenario.delivery.known

    def chosen() -> None:
        change(form.page, "delivery.known", bool(st.session_state[key]))

    st.selectbox(
        path_label("delivery.known"),
        list(words),
        format_func=lambda value: words[value],
        key=key,
        on_change=chosen,
        disabled=form.disabled,
    )


def _state(form: Form, state: str, rate: float) -> None:
    key = form.key(f"state-{state}")
    st.session_state[key] = round(100 * rate)

    def moved() -> None:
        rates = dict(present(form).delivery.by_state)
        change(form.page, "delivery.by_state", rates | {state: st.session_state[key] / 100})

    st.slider(
        _("{state}: come").format(state=state),
        0,
        max(130, round(100 * rate)),
        key=key,
        format="%d %%",
        on_change=moved,
        disabled=form.disabled,
    )
