"""Mission: what is here, what is real, the calendar, key figures, stages and the verdict."""

import streamlit as st

from planner.domain.place import DataStatus
from planner.export.classification import data_status, long_date
from planner.export.figures import Figure, figures
from ui.components.charts import calendar_chart
from ui.components.findings import findings_table
from ui.components.text import plain
from ui.state import Page, Shown
from ui.strings import _, n_

HEADLINE = ("lto_teams", "sto_teams", "distinct_stations", "openings", "counts", "duty_max_h")


def show(page: Page) -> None:
    """Draw the view."""
    shown = page.shown
    mission = shown.view.mission.mission
    st.markdown(
        f"### {plain(mission.name)}\n"
        + _("Election day {day}, voting {opens} to {closes} local time.").format(
            day=long_date(mission.e_day),
            opens=f"{mission.hours.opens:%H:%M}",
            closes=f"{mission.hours.closes:%H:%M}",
        )
    )
    _verdict(shown)
    found = figures(shown.view.mission, shown.verdict, shown.view.plan.kpis)
    for column, figure in zip(
        st.columns(len(HEADLINE)),
        [each for key in HEADLINE for each in found if each.key == key],
        strict=False,
    ):
        column.metric(figure.label, _value(figure))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(_("Calendar"))
        calendar_chart(mission)
    with right:
        _data(shown)
        _next()
    _details(shown, found)


def _verdict(shown: Shown) -> None:
    hard, soft = len(shown.verdict.hard), len(shown.verdict.soft)
    remarks = n_("{n} remark", "{n} remarks", soft).format(n=soft)
    if shown.verdict.passed:
        st.success(_("The referee passes this plan, with {remarks}.").format(remarks=remarks))
    else:
        faults = n_("{n} broken rule", "{n} broken rules", hard).format(n=hard)
        st.error(
            _("The referee refuses this plan: {faults}, {remarks}. It is not handed out.").format(
                faults=faults, remarks=remarks
            )
        )
    if shown.view.plan.provenance.input_hash != shown.view.mission.input_hash:
        st.warning(_("The mission folder has changed since this plan was made. Plan it again."))


def _data(shown: Shown) -> None:
    st.subheader(_("What is real"))
    st.dataframe(
        [
            {_("Records"): _(name)} | {_(status.value): count[status] for status in DataStatus}
            for name, count in data_status(shown.view.mission).items()
        ],
        hide_index=True,
    )
    if shown.view.synthetic:
        st.warning(_("Synthetic:") + " " + plain("; ".join(shown.view.synthetic)))
    st.caption(_("Travel times:") + " " + plain(shown.view.plan.provenance.travel))


def _next() -> None:
    st.subheader(_("What to do next"))
    st.markdown(
        "\n".join(
            f"{number}. {step}"
            for number, step in enumerate(
                (
                    _("Look at **Areas**: does each LTO team lead a fair share?"),
                    _("Look at **Pairs**: who goes with whom, and are the States in balance?"),
                    _("Walk through a pair's **Election day**."),
                    _("Take the workbook and the maps from **Hand out**."),
                    _("Change a list or decisions.toml, plan again, and reload this page."),
                ),
                start=1,
            )
        )
    )


def _details(shown: Shown, found: tuple[Figure, ...]) -> None:
    tabs = st.tabs(
        [_("Key figures"), _("Stages"), _("Verdict"), _("Left out"), _("Events"), _("Sources")]
    )
    with tabs[0]:
        st.dataframe(
            [
                {_("Figure"): _(f.label), _("Value"): _value(f), _("Remark"): f.remark}
                for f in found
            ],
            hide_index=True,
            column_config={_("Value"): st.column_config.TextColumn(alignment="right")},
        )
    with tabs[1]:
        st.dataframe(
            [
                {
                    _("Stage"): stage.name.value,
                    _("Status"): stage.status.value,
                    _("Objective"): stage.objective,
                    _("Bound"): stage.bound,
                    _("Gap (%)"): None if stage.gap is None else stage.gap * 100,
                    _("Unit"): f"{stage.unit} ({stage.sense})" if stage.unit else "",
                    _("Stopped by"): stage.stop.value.replace("_", " "),
                    _("Note"): stage.note,
                }
                for stage in shown.view.plan.stages
            ],
            hide_index=True,
            column_config={
                _("Objective"): st.column_config.NumberColumn(format="localized"),
                _("Bound"): st.column_config.NumberColumn(format="localized"),
                _("Gap (%)"): st.column_config.NumberColumn(format="%.3f"),
            },
        )
        st.caption(_("The bound says how good any plan could be; the gap, what may be missing."))
    with tabs[2]:
        findings_table(shown.verdict.findings)
    with tabs[3]:
        st.dataframe(
            [
                {
                    _("What"): entry.kind,
                    _("Record"): entry.subject,
                    _("Rule"): entry.code,
                    _("Reason"): entry.reason,
                    _("What would change it"): entry.remedy,
                }
                for entry in shown.view.plan.unassigned
            ],
            hide_index=True,
        )
    with tabs[4]:
        mission = shown.view.mission.mission
        st.dataframe(
            [
                {
                    _("Date"): long_date(mission.day(event.day)),
                    _("Day"): f"E{event.day:+d}" if event.day else "E",
                    _("Local time"): f"{event.at:%H:%M}" if event.at else "",
                    _("Event"): event.label,
                }
                for event in mission.calendar.events
            ],
            hide_index=True,
        )
    with tabs[5]:
        st.dataframe(
            [
                {
                    _("What"): source.what,
                    _("Origin"): source.origin,
                    _("Licence"): source.licence,
                    _("Status"): source.status.value,
                }
                for source in shown.view.mission.mission.sources
            ],
            hide_index=True,
        )


def _value(figure: Figure) -> str:
    if figure.unit == "share":
        return f"{figure.value:.1%}"
    number = f"{figure.value:,.0f}" if figure.value.is_integer() else f"{figure.value:,.1f}"
    return f"{number} {figure.unit}".strip()
