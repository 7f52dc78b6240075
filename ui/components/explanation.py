"""An explanation: the answer, the rules that bind, what would change it, and what was tried."""

import streamlit as st

from planner.explain.records import FITS, Binding, Explanation, Remedy, Trial
from ui.components.decide import decide
from ui.components.links import link
from ui.components.text import plain
from ui.field_labels import label
from ui.state import Page
from ui.strings import _, n_

HEIGHT_PX = 320
MANY_ROWS = 8


def show_explanation(page: Page, explanation: Explanation) -> None:
    """Draw an explanation; a remedy that is a decision can be settled on the spot.

    Parameters
    ----------
    page
        Decisions are saved in its mission, if its user may plan.
    explanation
        What :mod:`planner.explain` found out.
    """
    st.markdown(f"**{plain(explanation.headline)}**")
    if explanation.bindings:
        st.markdown(f"##### {_('What stands in the way')}")
        _bindings(explanation.bindings)
    if explanation.remedies:
        st.markdown(f"##### {_('What would change it')}")
        for number, remedy in enumerate(explanation.remedies):
            name = f"explain-{explanation.kind}-{explanation.subject}-{number}"
            _remedy(page, remedy, name[:180])
    if explanation.trials:
        count = len(explanation.trials)
        label = n_("{n} way was tried", "{n} ways were tried", count).format(n=count)
        with st.expander(label):
            _trials(explanation.trials)


def _bindings(bindings: tuple[Binding, ...]) -> None:
    st.dataframe(
        {
            _("Rule"): [each.rule for each in bindings],
            _("What it asks"): [_(each.label) for each in bindings],
            _("Found"): [each.value for each in bindings],
            _("Allowed"): [each.limit for each in bindings],
            _("Ways"): [each.count for each in bindings],
        },
        hide_index=True,
        placeholder="",
        height=HEIGHT_PX if len(bindings) > MANY_ROWS else "auto",
        column_config={
            _("Rule"): st.column_config.TextColumn(width=185),
            _("What it asks"): st.column_config.TextColumn(width=230),
            _("Ways"): st.column_config.NumberColumn(
                width=60, help=_("In how many of the ways that were tried it stood in the way")
            ),
        },
    )


def _remedy(page: Page, remedy: Remedy, name: str) -> None:
    with st.container(border=True):
        if remedy.verified:
            st.badge(_("tried: it works"), icon=":material/check:", color="green")
        else:
            st.badge(_("not tried"), icon=":material/help:", color="gray")
        st.markdown(plain(remedy.text))
        if remedy.effect:
            st.caption(plain(remedy.effect))
        policies = (*((remedy.policy,) if remedy.policy else ()), *remedy.also)
        if policies:
            values = ", ".join(
                f"{label(path.rpartition('.')[2])} = {value:g}" for path, value in policies
            )
            st.markdown(_("Policy to set: {values}").format(values=plain(values)))
            link("mission", _("Change the policies"), ":material/tune:")
        if remedy.decision is not None:
            with st.expander(_("Make it a decision"), icon=":material/push_pin:"):
                decide(page, name, [remedy.decision], plain(remedy.decision.subject))


def _trials(trials: tuple[Trial, ...]) -> None:
    st.dataframe(
        {
            _("With"): [each.subject for each in trials],
            _("Outcome"): [
                _("✓ fits") if each.outcome == FITS else f"✗ {each.outcome}" for each in trials
            ],
            _("Found"): [each.value for each in trials],
            _("Allowed"): [each.limit for each in trials],
            _("In words"): [each.detail for each in trials],
        },
        hide_index=True,
        placeholder="",
        height=HEIGHT_PX if len(trials) > MANY_ROWS else "auto",
        column_config={
            _("With"): st.column_config.TextColumn(width="small"),
            _("Outcome"): st.column_config.TextColumn(width="small"),
            _("In words"): st.column_config.TextColumn(width="large"),
        },
    )
