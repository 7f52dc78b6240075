"""Who cannot be paired, who was left over, and why; one of them explained."""

from collections.abc import Sequence

import streamlit as st

from planner.domain.ids import ObserverId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Unassigned
from planner.explain.records import Explanation
from planner.overview.roster import barred
from ui.components.address import in_address
from ui.components.explanation import show_explanation
from ui.components.text import plain
from ui.state import KEPT, Page, Shown
from ui.strings import _, word
from ui.written import number

EXPLAINED = 8 * KEPT
MANY_ROWS = 11


def pairing_trouble(page: Page, mission: MissionInput) -> None:
    """Show who is barred by the rules, who was left over in the plan, and explain anybody."""
    shut_out = barred(mission)
    st.markdown("##### " + _("Barred by a rule ({n})").format(n=number(len(shut_out))))
    if shut_out:
        st.caption(_("As the roster stands now: rules P3, P5 and P6 concern each one alone."))
        _table(mission, shut_out)
    else:
        st.success(_("Nobody is barred: States, accreditation, dates and languages fit."))
    if page.number is None:
        st.info(_("Who is left over is known once there is a plan."))
        return
    known = {entry.subject for entry in shut_out}
    left = [
        entry
        for entry in page.shown.view.plan.unassigned
        if entry.kind == "observer" and entry.subject not in known
    ]
    st.markdown(
        "##### " + _("Left over in plan {plan} ({n})").format(n=number(len(left)), plan=page.number)
    )
    if left:
        _table(page.shown.view.mission, left)
    else:
        st.success(_("Everybody else who may be deployed is in a team."))
    _explain(page, [*(entry.subject for entry in shut_out), *(entry.subject for entry in left)])


def _table(mission: MissionInput, entries: Sequence[Unassigned]) -> None:
    people = [mission.observer_of.get(ObserverId(entry.subject)) for entry in entries]
    st.dataframe(
        {
            _("Observer"): [entry.subject for entry in entries],
            _("Role"): [word(person.role.value) if person else "" for person in people],
            _("State"): [person.state if person else "" for person in people],
            _("Rule"): [entry.code for entry in entries],
            _("Why"): [entry.reason for entry in entries],
            _("What would change it"): [entry.remedy for entry in entries],
        },
        hide_index=True,
        placeholder="",
        height=360 if len(entries) > MANY_ROWS else "auto",
        column_config={
            _("Observer"): st.column_config.TextColumn(width="small"),
            _("Role"): st.column_config.TextColumn(width=60),
            _("State"): st.column_config.TextColumn(width=60),
            _("Rule"): st.column_config.TextColumn(width="small"),
            _("Why"): st.column_config.TextColumn(width="large"),
        },
    )


def _explain(page: Page, first: Sequence[str]) -> None:
    """Let a person choose anybody of the plan's roster, those without a team first."""
    mission = page.shown.view.mission
    known = [str(observer.id) for observer in mission.observers]
    troubled = [subject for subject in dict.fromkeys(first) if subject in mission.observer_of]
    options = list(dict.fromkeys((*troubled, *known)))
    if not options:
        return
    st.markdown(f"##### {_('Explain an observer')}")
    keep = in_address("observer", options, None)
    chosen = st.selectbox(
        _("Observer"),
        options,
        index=None,
        placeholder=_("choose one; those without a team come first"),
        format_func=lambda code: _label(mission, code),
        key="observer",
        on_change=keep,
    )
    if chosen:
        with st.spinner(_("Ways are tried …")):
            found = _explanation(page.shown, page.shown.digest, chosen)
        with st.container(border=True):
            st.caption(
                _("In plan {n}, with the roster of its time.").format(n=plain(str(page.number)))
            )
            show_explanation(page, found)


def _label(mission: MissionInput, code: str) -> str:
    person = mission.observer_of.get(ObserverId(code))
    return f"{code} · {word(person.role.value)} · {person.state}" if person else code


@st.cache_resource(max_entries=EXPLAINED, show_spinner=False)
def _explanation(_shown: Shown, digest: str, observer: str) -> Explanation:  # noqa: ARG001 - the key
    from planner.explain import explain_observer  # noqa: PLC0415 - heavy import

    view = _shown.view
    return explain_observer(view.mission, view.plan, _shown.travel, ObserverId(observer))
