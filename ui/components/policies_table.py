"""Allocation policies side by side: pairs of every area under each, and the way to use one."""

from typing import Any

import altair as alt
import streamlit as st

from planner.domain.policy import AllocationBasis
from planner.errors import PlannerError
from planner.export.sheets.areas import span_tone
from planner.store.access import Role
from ui.access import require
from ui.components.area_card import SIGNS
from ui.components.boundary import boundary
from ui.components.draft import clear_draft, draft_text
from ui.components.empty import nothing
from ui.components.palette import BLUE, GREEN, ORANGE, PURPLE, VERMILION
from ui.state import KEPT, Page, Shown
from ui.strings import _
from ui.written import number

COLOURS = (BLUE, ORANGE, GREEN, VERMILION, PURPLE)
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
FIELD = "policy"
ROW_PX = 32
Pairs = dict[AllocationBasis, tuple[int, ...]]


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _compared(_shown: Shown, digest: str) -> Pairs:  # noqa: ARG001 - the key
    from planner.optimizer.allocation import compare_policies  # noqa: PLC0415 - heavy import

    return compare_policies(_shown.view.mission, _shown.view.plan.areas, _shown.travel)


def policies_table(page: Page) -> None:
    """Show what each policy would give every area, and let a planner choose one."""
    shown = page.shown
    pairs = _compared(shown, shown.digest)
    if not any(map(sum, pairs.values())):
        nothing(
            _("The mission places no STO pairs."),
            _("Enter their number in Mission, under staffing."),
        )
        return
    used = shown.view.mission.mission.policies.allocation.basis
    st.caption(
        _(
            "How the STO pairs would be shared out over the areas of this plan, with the same "
            "floors and beds. ● is the policy of this plan; the others show the difference to it. "
            "▲ amber and ■ red: more pairs than one LTO team should lead."
        )
    )
    _table(shown, pairs, used)
    _chart(shown, pairs)
    with st.expander(_("What the policies mean")):
        st.markdown("\n".join(f"- **{basis_words(b)}**: {_meaning(b)}" for b in AllocationBasis))
    _choose(page)


def basis_words(basis: AllocationBasis) -> str:
    """Return a policy in words."""
    words = {
        AllocationBasis.STATIONS: _("By stations"),
        AllocationBasis.VOTERS: _("By voters"),
        AllocationBasis.SQUARE_ROOT: _("Square root"),
        AllocationBasis.EQUAL: _("Equal"),
        AllocationBasis.COST_OPTIMAL: _("Cost-optimal"),
    }
    return words[basis]


def _meaning(basis: AllocationBasis) -> str:
    words = {
        AllocationBasis.STATIONS: _("as many pairs as the area has of the stations."),
        AllocationBasis.VOTERS: _("as many pairs as the area has of the voters."),
        AllocationBasis.SQUARE_ROOT: _(
            "by the root of the stations: small areas get more than their share."
        ),
        AllocationBasis.EQUAL: _("the same number for every area."),
        AllocationBasis.COST_OPTIMAL: _(
            "by stations, and fewer where a visit takes more driving (Neyman with cost)."
        ),
    }
    return words[basis]


def _table(shown: Shown, pairs: Pairs, used: AllocationBasis) -> None:
    view = shown.view
    columns: dict[str, list[str]] = {
        _("Area"): [*(str(area.id) for area in view.plan.areas), _("All")],
        _("Base town"): [*(view.town_name(area.base_town) for area in view.plan.areas), ""],
    }
    for basis in sorted(AllocationBasis, key=lambda one: one is not used):
        title = ("● " if basis is used else "") + basis_words(basis)
        differ = sum(map(abs, map(int.__sub__, pairs[basis], pairs[used]))) // 2
        cells = [
            _cell(shown, count, count - now, led=area.lto_team is not None)
            for area, count, now in zip(view.plan.areas, pairs[basis], pairs[used], strict=True)
        ]
        total = number(sum(pairs[basis]))
        moved = "" if basis is used else " · " + _("{n} move").format(n=differ)
        columns[title] = [*cells, total + moved]
    config = dict.fromkeys(list(columns)[2:], st.column_config.TextColumn(alignment="right"))
    st.dataframe(
        columns,
        hide_index=True,
        placeholder="",
        height=35 * (len(view.plan.areas) + 2) + 3 if len(view.plan.areas) <= 20 else 480,
        column_config=config,
    )


def _cell(shown: Shown, count: int, change: int, *, led: bool) -> str:
    sign = SIGNS.get(span_tone(shown.view.mission, count), "") if led else ""
    return sign + number(count) + (f" ({change:+d})" if change else "")


def _chart(shown: Shown, pairs: Pairs) -> None:
    rows: list[dict[str, Any]] = [
        {
            "area": f"{area.id} {shown.view.town_name(area.base_town)}",
            "pairs": count,
            "policy": basis_words(basis),
        }
        for basis, counts in pairs.items()
        for area, count in zip(shown.view.plan.areas, counts, strict=True)
    ]
    order = [basis_words(basis) for basis in AllocationBasis]
    base = alt.Chart(alt.Data(values=rows)).encode(  # type: ignore[no-untyped-call]
        y=alt.Y(
            "area:N",
            title=None,
            axis=alt.Axis(labelLimit=220, labelOverlap=False, labelFlush=False),
            scale=alt.Scale(paddingInner=0.4),
        ),
    )
    spans = base.mark_rule(color="#999999").encode(
        x=alt.X("min(pairs):Q", title=_("STO pairs")), x2="max(pairs):Q"
    )
    marks = base.mark_point(size=45, filled=True, opacity=0.9).encode(
        x=alt.X("pairs:Q", title=_("STO pairs")),
        color=alt.Color(
            "policy:N",
            title=None,
            sort=order,
            scale=alt.Scale(domain=order, range=list(COLOURS)),
            legend=alt.Legend(orient="top"),
        ),
        # Marks of equal numbers lie beside each other, not on top of each other.
        yOffset=alt.YOffset("policy:N", sort=order),
        shape=alt.Shape("policy:N", sort=order, scale=alt.Scale(domain=order, range=list(SHAPES))),
        tooltip=[
            alt.Tooltip("area:N", title=_("Area")),
            alt.Tooltip("policy:N", title=_("Policy")),
            alt.Tooltip("pairs:Q", title=_("STO pairs")),
        ],
    )
    st.altair_chart(
        (spans + marks).properties(height=ROW_PX * len(shown.view.plan.areas) + 70),
        width="stretch",
        alt=_("STO pairs of each area under five allocation policies; the table says the same."),
    )


def _choose(page: Page) -> None:
    if not page.may_plan:
        return
    with boundary():
        present = page.loaded.mission_input.mission.policies.allocation.basis
        # What was seen is remembered with the button, so that a save meets a change since then.
        seen = page.workspace.digest(page.folder)
        with st.container(border=True):
            st.markdown(
                _("The next plan shares pairs out: **{policy}**.").format(
                    policy=basis_words(present).lower()
                )
            )
            others = [basis for basis in AllocationBasis if basis is not present]
            chosen = st.selectbox(
                _("Use another policy"),
                others,
                index=None,
                placeholder=_("Choose a policy"),
                format_func=basis_words,
                key="policy-chosen",
            )
            reason = draft_text(
                page, FIELD, _("Reason"), placeholder=_("so that others understand it")
            )
            st.button(
                _("Use this policy"),
                type="primary",
                key="policy-use",
                disabled=not (chosen and reason),
                on_click=_use,
                args=(page, chosen, seen),
                help=_("It is written into the mission and holds for the next plan."),
            )


def _use(page: Page, basis: AllocationBasis, seen: str) -> None:
    with boundary():
        user = require(Role.PLANNER, "change the allocation policy")
        reason = str(st.session_state.get(f"draft-{page.folder.id}-{FIELD}") or "").strip()
        if not reason:
            raise PlannerError("UI-REASON", _("a change needs a reason"), _("write why"))
        mission = page.workspace.load(page.folder).mission_input.mission
        allocation = mission.policies.allocation.model_copy(update={"basis": basis})
        policies = mission.policies.model_copy(update={"allocation": allocation})
        page.workspace.save_mission(
            user,
            page.folder,
            mission.model_copy(update={"policies": policies}),
            seen=seen,
            reason=_("allocation policy {policy}: {reason}").format(
                policy=basis_words(basis).lower(), reason=reason
            ),
        )
        clear_draft(page, FIELD)
        st.session_state["policy-chosen"] = None
        st.toast(_("Saved. Plan again to see its effect."), icon=":material/save:")
