"""Which rules a change would break or mend, as a table with signs."""

from collections.abc import Sequence

import streamlit as st

from planner.domain.finding import Severity
from planner.whatif.rule_changes import RuleChange
from ui.strings import _


def show_rule_changes(changes: Sequence[RuleChange]) -> None:
    """Say which rules would be broken, by values and limits, or that all are kept."""
    broken = [each for each in changes if each.broken and each.severity is Severity.HARD]
    if broken:
        st.error(
            _("■ It would break a rule that every plan has to keep: {rules}.").format(
                rules=", ".join(f"{each.rule} ({_(each.label)})" for each in broken)
            )
        )
    elif not changes:
        st.caption(_("✓ No rule is broken by it."))
        return
    st.dataframe(
        {
            _("Effect"): [_effect(each) for each in changes],
            _("Rule"): [each.rule for each in changes],
            _("What it asks"): [_(each.label) for each in changes],
            _("Record"): [each.subject for each in changes],
            _("Now"): [each.before or _("kept") for each in changes],
            _("Then"): [each.after or _("kept") for each in changes],
            _("Allowed"): [each.limit for each in changes],
        },
        hide_index=True,
        placeholder="",
        column_config={
            _("Effect"): st.column_config.TextColumn(width=110),
            _("Rule"): st.column_config.TextColumn(width=60),
        },
    )


def _effect(change: RuleChange) -> str:
    if change.mended:
        return "✓ " + _("mended")
    if not change.broken:
        return "· " + _("changed")
    if change.severity is Severity.HARD:
        return "■ " + _("broken")
    return ("▲ " + _("worse")) if change.severity is Severity.SOFT else "· " + _("to know")
