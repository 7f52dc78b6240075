"""Coverage in numbers: strata, distances, districts and commissions; what nobody visits first."""

from typing import Any

import streamlit as st

from planner.coverage import BandCover, Coverage, Gap, StratumCover, coverage
from planner.domain.policy import SampleMode
from ui.components.links import link
from ui.state import KEPT, Page, Shown
from ui.strings import _
from ui.written import number, unit_words

HEIGHT_PX = 420
UNCOVERED, THIN = "■ ", "▲ "


def coverage_part(page: Page) -> None:
    """Draw what is covered of the frame, and why not more."""
    shown = page.shown
    found = _coverage(shown, shown.digest)
    if not found.strata:
        st.info(_("This mission has no polling stations."))
        link("frame", _("Bring in stations and districts"), ":material/where_to_vote:")
        return
    _figures(found)
    st.subheader(_("Strata"))
    st.caption(
        _(
            "Stations by region and kind. ■ nobody goes there; ▲ less than half of the visits that "
            "its share of the frame would give."
        )
        + (
            " " + _("Nothing was randomised in this plan: shares are indicative.")
            if shown.view.plan.sample_mode is SampleMode.COVERAGE
            else ""
        )
    )
    _strata(shown, found)
    st.subheader(_("By distance to the nearest town"))
    _bands(found.bands)
    st.subheader(_("Districts without a visit"))
    _districts(shown, found)
    st.subheader(_("Commissions"))
    st.caption(
        _(
            "■ nobody goes there nor to one of its stations (S4); ▲ stations are visited, but "
            "nobody watches the tabulation."
        )
    )
    _commissions(shown, found)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _coverage(_shown: Shown, digest: str) -> Coverage:  # noqa: ARG001 - the key
    return coverage(_shown.view.mission, _shown.view.plan)


def _figures(found: Coverage) -> None:
    values = (
        (_("Strata without a visit"), sum(not s.visited for s in found.strata), len(found.strata)),
        (
            _("Districts without a visit"),
            sum(not d.visited for d in found.districts),
            len(found.districts),
        ),
        (
            _("Commissions untouched"),
            sum(not c.touched for c in found.commissions),
            len(found.commissions),
        ),
        (
            _("Commissions without tabulation"),
            sum(not c.tabulated_by for c in found.commissions),
            len(found.commissions),
        ),
    )
    for column, (label, count, total) in zip(st.columns(len(values)), values, strict=True):
        column.metric(label, _("{n} of {total}").format(n=number(count), total=number(total)))


def gap_words(gap: Gap | None) -> str:
    """Return why nobody goes somewhere, in words; empty where somebody does."""
    if gap is None:
        return ""
    return {
        Gap.NO_AREA: _("its districts are in no area"),
        Gap.NO_PAIR: _("no STO pair works in its area"),
        Gap.NOT_DRAWN: _("none of its stations is in the sample"),
        Gap.BEYOND_REACH: _("not in the sample: too far from where pairs sleep"),
        Gap.NO_ROOM: _("in the sample, but no day has room"),
    }[gap]


def _strata(shown: Shown, found: Coverage) -> None:
    regions = shown.view.mission.region_of
    _table(
        {
            _("Region"): [_mark(s) + regions[s.region].name for s in found.strata],
            _("Stratum"): [_(s.stratum) for s in found.strata],
            **_numbers(found.strata),
            _("Why"): [gap_words(s.gap) for s in found.strata],
        }
    )


def _mark(stratum: StratumCover) -> str:
    if not stratum.visited:
        return UNCOVERED
    return THIN if stratum.thin else ""


def _bands(bands: tuple[BandCover, ...]) -> None:
    if not bands:
        st.info(_("Without base towns no distance is known."))
        return
    _table(
        {
            _("Distance"): [band.band.replace("km", unit_words("km")) for band in bands],
            **_numbers(bands),
        }
    )


def _numbers(groups: tuple[StratumCover, ...] | tuple[BandCover, ...]) -> dict[str, list[Any]]:
    return {
        _("In the frame"): [each.frame for each in groups],
        _("Drawn"): [each.drawn for each in groups],
        _("Visited"): [each.visited for each in groups],
        _("Share of frame"): [100 * each.frame_share for each in groups],
        _("Share of visits"): [100 * each.visited_share for each in groups],
    }


def _districts(shown: Shown, found: Coverage) -> None:
    missed = [d for d in found.districts if not d.visited]
    if not missed:
        st.success(_("Every district with stations is visited."))
        return
    view = shown.view
    _table(
        {
            _("District"): [UNCOVERED + view.district_name(d.district) for d in missed],
            _("Id"): [str(d.district) for d in missed],
            _("Region"): [view.region_name(d.district) for d in missed],
            _("Area"): [d.area for d in missed],
            _("Stations"): [d.frame for d in missed],
            _("Drawn"): [d.drawn for d in missed],
            _("Why"): [gap_words(d.gap) for d in missed],
            _("What the plan says"): [d.note for d in missed],
        }
    )


def _commissions(shown: Shown, found: Coverage) -> None:
    if not found.commissions:
        st.info(_("This mission has no commissions."))
        return
    view = shown.view
    names = view.mission.commission_of
    _table(
        {
            _("Commission"): [
                ("" if c.tabulated_by else THIN if c.touched else UNCOVERED)
                + names[c.commission].name
                for c in found.commissions
            ],
            _("Id"): [str(c.commission) for c in found.commissions],
            _("District"): [view.district_name(c.district) for c in found.commissions],
            _("Stations"): [c.stations for c in found.commissions],
            _("Visited"): [c.visited for c in found.commissions],
            _("Tabulation watched by"): [", ".join(c.tabulated_by) for c in found.commissions],
        }
    )


def _table(columns: dict[str, list[Any]]) -> None:
    rows = len(next(iter(columns.values())))
    st.dataframe(
        columns,
        hide_index=True,
        placeholder="",
        height=HEIGHT_PX if rows > 11 else "auto",
        column_config={
            **{
                name: st.column_config.NumberColumn(format="%.1f%%")
                for name in (_("Share of frame"), _("Share of visits"))
            },
            **{
                name: st.column_config.TextColumn(width="large")
                for name in (_("What the plan says"),)
            },
            **{
                name: st.column_config.NumberColumn(format="localized")
                for name in (_("In the frame"), _("Drawn"), _("Visited"), _("Stations"))
            },
        },
    )
