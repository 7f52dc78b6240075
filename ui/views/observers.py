"""Observers: the roster, State quotas, what it can do, who cannot be paired, and new lists."""

from collections.abc import Callable

import streamlit as st

from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.errors import PlannerError
from planner.overview.quota import QuotaTracker, Standing, track_quota
from planner.overview.roster import count_languages, count_role, presence
from planner.store.records import UploadKind
from ui.components.address import in_address
from ui.components.boundary import show_error
from ui.components.links import link
from ui.components.pairing_trouble import pairing_trouble
from ui.components.roster_charts import (
    experience_chart,
    gender_chart,
    language_chart,
    level_words,
    presence_chart,
    purpose_words,
    quota_chart,
    standing_short,
)
from ui.components.roster_editor import roster_editor
from ui.components.upload import PARAMETER, tell_upload, upload_section
from ui.state import Page
from ui.strings import _, n_, word
from ui.written import number, share

ROSTER, QUOTA, FIT, TROUBLE, BRING = "roster", "quota", "fit", "trouble", "bring"
PARTS = (ROSTER, QUOTA, FIT, TROUBLE, BRING)
STATES_DRAWN = 20
LANGUAGES_DRAWN = 14


def show(page: Page) -> None:
    """Draw the view."""
    tell_upload()
    labels = {
        ROSTER: _("Roster"),
        QUOTA: _("State quota"),
        FIT: _("Languages and presence"),
        TROUBLE: _("Cannot be paired"),
        BRING: _("Bring a list in"),
    }
    start = BRING if PARAMETER in st.query_params else ROSTER
    keep = in_address("roster_part", PARTS, start)
    part = st.segmented_control(
        _("Part"),
        PARTS,
        required=True,
        format_func=lambda each: labels[each],
        key="roster_part",
        on_change=keep,
        label_visibility="collapsed",
    )
    if part == BRING:
        upload_section(page, (UploadKind.OBSERVERS,))
    elif part == ROSTER:
        _roster(page)
    elif part == QUOTA:
        _with_mission(page, _quota)
    elif part == FIT:
        _with_mission(page, _fit)
    else:
        _with_mission(page, lambda mission: pairing_trouble(page, mission))


def _with_mission(page: Page, draw: Callable[[MissionInput], None]) -> None:
    try:
        mission = page.loaded.mission_input
    except PlannerError as error:
        st.info(_("This is reckoned once the mission has its stations and can be planned."))
        link("frame", _("Bring in stations and districts"), ":material/where_to_vote:")
        with st.expander(_("What is wrong")):
            show_error(error)
        return
    if not mission.observers:
        st.info(
            _(
                "There is no roster yet. Areas and election days can be planned without one; "
                "pairs then stay unnamed."
            )
        )
        return
    draw(mission)


def _roster(page: Page) -> None:
    try:
        mission = page.loaded.mission_input
    except PlannerError:
        # The roster can be edited before there are stations; counts need the whole mission.
        roster_editor(page)
        return
    if mission.observers:
        columns = st.columns(len(Role) * 3)
        for place, role in enumerate(Role):
            count = count_role(mission, role)
            columns[3 * place].metric(
                _("{role}s ready").format(role=word(role.value)),
                number(count.ready),
                help=_("of {listed} on the list").format(listed=number(count.listed)),
            )
            columns[3 * place + 1].metric(
                _("{role}s needed").format(role=word(role.value)), number(count.needed)
            )
            columns[3 * place + 2].metric(
                _("{role} reserves").format(role=word(role.value)), number(count.reserves)
            )
    else:
        st.info(
            _(
                "There is no roster yet. Bring a list in, or write it here: the last line of the "
                "table takes a new observer."
            )
        )
    roster_editor(page)


def _quota(mission: MissionInput) -> None:
    tracker = track_quota(mission)
    above = [each for each in tracker.states if each.standing is Standing.ABOVE]
    at = [each for each in tracker.states if each.standing is Standing.AT]
    columns = st.columns(4)
    columns[0].metric(_("STOs requested"), number(tracker.requested))
    columns[1].metric(
        _("STOs nominated"),
        number(tracker.nominated),
        help=_("without reserves; {part} of those requested").format(
            part=share(tracker.nominated / tracker.requested if tracker.requested else 0)
        ),
    )
    columns[2].metric(
        _("Most of one State"),
        number(tracker.limit),
        help=_("{part} of the STOs requested (S1)").format(part=share(tracker.share)),
    )
    columns[3].metric(_("States"), number(len(tracker.states)))
    if above:
        st.error(
            n_(
                "■ {n} State is above its quota: {states}.",
                "■ {n} States are above their quota: {states}.",
                len(above),
            ).format(n=number(len(above)), states=", ".join(each.state for each in above))
        )
    if at:
        st.warning(
            n_(
                "▲ {n} State is at its quota, nobody more may be asked for: {states}.",
                "▲ {n} States are at their quota, nobody more may be asked for: {states}.",
                len(at),
            ).format(n=number(len(at)), states=", ".join(each.state for each in at))
        )
    if not above and not at:
        st.success(_("Every State is below its quota."))
    left, right = st.columns([5, 4], gap="medium")
    with left:
        quota_chart(tracker, STATES_DRAWN)
    with right:
        _quota_table(tracker)


def _quota_table(tracker: QuotaTracker) -> None:
    st.dataframe(
        {
            _("State"): [each.state for each in tracker.states],
            _("STOs"): [each.nominated for each in tracker.states],
            _("Share"): [
                round(each.nominated / tracker.requested, 3) if tracker.requested else None
                for each in tracker.states
            ],
            _("Reserves"): [each.reserves for each in tracker.states],
            _("LTOs"): [each.ltos for each in tracker.states],
            _("Quota"): [standing_short(each.standing) for each in tracker.states],
        },
        hide_index=True,
        placeholder="",
        height=480 if len(tracker.states) > 11 else "auto",
        column_config={_("Share"): st.column_config.NumberColumn(format="percent")},
    )


def _fit(mission: MissionInput) -> None:
    keep = in_address("role", tuple(Role), Role.STO.value)
    chosen = st.segmented_control(
        _("Role"),
        [each.value for each in Role],
        required=True,
        format_func=word,
        key="role",
        on_change=keep,
    )
    role = Role(chosen or Role.STO.value)
    count = count_role(mission, role)
    if not count.listed:
        st.info(_("The roster has no {role}s.").format(role=word(role.value)))
        return
    columns = st.columns(4)
    columns[0].metric(_("Ready"), number(count.ready))
    columns[1].metric(_("Needed"), number(count.needed))
    columns[2].metric(_("Barred"), number(count.barred))
    columns[3].metric(_("Reserves"), number(count.reserves))
    left, right = st.columns(2, gap="large")
    languages = count_languages(mission, role)
    with left:
        st.markdown(f"##### {_('Languages')}")
        language_chart(languages, LANGUAGES_DRAWN)
        with st.expander(_("All languages")):
            st.dataframe(
                {
                    _("Language"): [each.language for each in languages],
                    _("For"): [purpose_words(each.purpose) for each in languages],
                    _("Asked for"): [level_words(each) for each in languages],
                    _("At that level"): [each.enough for each in languages],
                    _("Below it"): [each.below for each in languages],
                },
                hide_index=True,
                placeholder="",
            )
    with right:
        st.markdown(f"##### {_('Presence')}")
        presence_chart(presence(mission, role))
        st.markdown(f"##### {_('Experience')}")
        experience_chart(count)
        st.markdown(f"##### {_('Gender')}")
        gender_chart(count)
