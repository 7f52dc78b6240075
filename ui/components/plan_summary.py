"""A plan in short: the referee's word, headline figures, stages, findings, what is left out."""

import streamlit as st

from planner.export.figures import Figure, figures
from ui.components.findings import findings_table
from ui.state import Shown
from ui.strings import _, n_, word
from ui.written import amount, share

HEADLINE = ("lto_teams", "sto_teams", "distinct_stations", "openings", "counts", "duty_max_h")


def plan_headline(shown: Shown) -> None:
    """Show the referee's word and six figures."""
    verdict = shown.verdict
    remarks = n_("{n} remark", "{n} remarks", len(verdict.soft)).format(n=len(verdict.soft))
    if verdict.passed:
        st.success(
            _("The referee passes this plan, with {remarks}.").format(remarks=remarks),
            icon=":material/verified:",
        )
    else:
        count = len(verdict.hard)
        faults = n_("{n} broken rule", "{n} broken rules", count).format(n=count)
        st.error(
            _("The referee refuses this plan: {faults}, {remarks}. It is not handed out.").format(
                faults=faults, remarks=remarks
            ),
            icon=":material/gavel:",
        )
    found = {figure.key: figure for figure in _figures(shown)}
    chosen = [found[key] for key in HEADLINE if key in found]
    for column, figure in zip(st.columns(max(1, len(chosen))), chosen, strict=False):
        column.metric(_(figure.label), _value(figure))


def plan_details(shown: Shown) -> None:
    """Show figures, stages, findings, what is left out and how travel is reckoned."""
    tabs = st.tabs([_("Key figures"), _("Stages"), _("Verdict"), _("Left out")])
    with tabs[0]:
        found = _figures(shown)
        st.dataframe(
            {
                _("Figure"): [_(figure.label) for figure in found],
                _("Value"): [_value(figure) for figure in found],
                _("Remark"): [figure.remark for figure in found],
            },
            hide_index=True,
            column_config={_("Value"): st.column_config.TextColumn(alignment="right")},
        )
    with tabs[1]:
        _stages(shown)
    with tabs[2]:
        findings_table(shown.verdict.findings)
    with tabs[3]:
        _left_out(shown)
    st.caption(f"{_('Travel times:')} {shown.view.plan.provenance.travel}")


def _figures(shown: Shown) -> tuple[Figure, ...]:
    return figures(shown.view.mission, shown.verdict, shown.view.plan.kpis)


def _stages(shown: Shown) -> None:
    stages = shown.view.plan.stages
    st.dataframe(
        {
            _("Stage"): [word(stage.name.value) for stage in stages],
            _("Status"): [word(stage.status.value) for stage in stages],
            _("Objective"): [stage.objective for stage in stages],
            _("Bound"): [stage.bound for stage in stages],
            _("Gap"): [stage.gap for stage in stages],
            _("Unit"): [_unit(stage.unit, stage.sense) for stage in stages],
            _("Stopped by"): [word(stage.stop.value) for stage in stages],
            _("Note"): [stage.note for stage in stages],
        },
        hide_index=True,
        placeholder="",
        column_config={
            _("Objective"): st.column_config.NumberColumn(format="localized"),
            _("Bound"): st.column_config.NumberColumn(format="localized"),
            _("Gap"): st.column_config.NumberColumn(format="percent"),
        },
    )
    st.caption(_("The bound says how good any plan could be; the gap, what may be missing."))


def _left_out(shown: Shown) -> None:
    entries = shown.view.plan.unassigned
    if not entries:
        st.info(_("Nothing is left out."))
        return
    st.dataframe(
        {
            _("What"): [word(entry.kind) for entry in entries],
            _("Record"): [entry.subject for entry in entries],
            _("Rule"): [entry.code for entry in entries],
            _("Reason"): [entry.reason for entry in entries],
            _("What would change it"): [entry.remedy for entry in entries],
        },
        hide_index=True,
        height=360 if len(entries) > 10 else "auto",
    )


def _value(figure: Figure) -> str:
    if figure.unit == "share":
        return share(figure.value)
    digits = 0 if figure.value.is_integer() else 1
    return amount(figure.value, figure.unit, digits)


def _unit(unit: str, sense: str) -> str:
    if not unit:
        return ""
    return f"{_(unit)} · " + (_("more is better") if sense == "max" else _("less is better"))
