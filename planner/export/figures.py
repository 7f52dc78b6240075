"""Key figures as the referee recomputed them, in the field's words and with their units."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from planner.domain.mission_input import MissionInput
from planner.referee import Verdict

Unit = Literal["", "share", "min", "h", "km"]
_KNOWN: Mapping[str, tuple[str, Unit]] = {
    "areas": ("Areas of responsibility", ""),
    "lto_teams": ("LTO teams", ""),
    "sto_teams": ("STO pairs", ""),
    "unnamed_teams": ("Teams without names yet", ""),
    "observers_deployed": ("Observers in teams", ""),
    "span_of_control_max": ("Largest span of control", ""),
    "mixed_gender_share": ("Pairs of mixed gender", "share"),
    "station_visits": ("Station visits", ""),
    "distinct_stations": ("Different stations", ""),
    "openings": ("Openings", ""),
    "voting_visits": ("Voting visits", ""),
    "closings": ("Closings", ""),
    "counts": ("Counts", ""),
    "tabulations": ("Tabulations", ""),
    "urban_share_visited": ("Urban share of visited stations", "share"),
    "special_share_visited": ("Special share of visited stations", "share"),
    "districts_touched": ("Districts with a visit", ""),
    "commissions_touched": ("Commissions touched", ""),
    "drive_mean_h": ("Driving of a pair, mean", "h"),
    "drive_max_h": ("Driving of a pair, longest", "h"),
    "longest_leg_min": ("Longest single drive", "min"),
    "duty_mean_h": ("Duty of a pair, mean", "h"),
    "duty_max_h": ("Duty of a pair, longest", "h"),
    "distance_total_km": ("Driving of all pairs", "km"),
    "unassigned": ("Left out, with reasons", ""),
}
"""Label and unit of the figures that are always there, in the order in which they are shown."""
_REMARKED = {"stations", "districts", "commissions", "urban_share_frame", "special_share_frame"}
"""Figures that stand beside another one, as its remark."""
_UNITS: Mapping[str, Unit] = {"share": "share", "min": "min", "h": "h", "km": "km"}
_WORDS = {"lto": "LTO", "sto": "STO", "ltos": "LTOs", "stos": "STOs"}


@dataclass(frozen=True)
class Figure:
    """One key figure. ``unit`` is empty for plain numbers; a share lies between 0 and 1."""

    key: str
    label: str
    value: float
    unit: Unit = ""
    remark: str = ""


def figures(
    mission: MissionInput, verdict: Verdict, claimed: Mapping[str, float]
) -> tuple[Figure, ...]:
    """Return the referee's figures, then those that only the plan claims.

    Parameters
    ----------
    claimed
        The plan's own figures; shown, and marked, where the referee recomputed none.
    """
    computed = verdict.kpis
    shown = [key for key in _KNOWN if key in computed]
    others = sorted(key for key in computed if key not in _KNOWN and key not in _REMARKED)
    remarks = _remarks(mission, computed)
    own = (_figure(key, computed[key], remarks.get(key, "")) for key in (*shown, *others))
    told = (
        _figure(key, value, "as the planning claims")
        for key, value in sorted(claimed.items())
        if key not in computed
    )
    return (*own, *told)


def _figure(key: str, value: float, remark: str) -> Figure:
    if key in _KNOWN:
        label, unit = _KNOWN[key]
        return Figure(key, label, value, unit, remark)
    words = [word for word in key.split("_") if word]
    unit = next((_UNITS[word] for word in reversed(words) if word in _UNITS), "")
    spoken = [_WORDS.get(word, word) for word in words if word == "share" or word not in _UNITS]
    text = " ".join(spoken)
    return Figure(key, text[:1].upper() + text[1:], value, unit, remark)


def _remarks(mission: MissionInput, computed: Mapping[str, float]) -> dict[str, str]:
    policies, staffing = mission.mission.policies, mission.mission.staffing
    tolerance = policies.sample.balance_tolerance * 100
    span = policies.areas
    remarks = {
        "distinct_stations": f"of {len(mission.stations):,} in the frame",
        "districts_touched": f"of {len(mission.districts):,}",
        "commissions_touched": f"of {len(mission.commissions):,}",
        "longest_leg_min": f"limit {policies.day.max_leg_min} min",
        "drive_max_h": f"limit {policies.day.max_drive_min / 60:g} h",
        "duty_max_h": f"limit {policies.day.max_duty_min / 60:g} h",
        "span_of_control_max": f"amber above {span.span_amber:g}, red above {span.span_red:g}",
    }
    for key, asked in (("lto_teams", staffing.lto_teams), ("sto_teams", staffing.sto_pairs)):
        if asked:
            remarks[key] = f"{asked:,} asked for"
    if "urban_share_frame" in computed:
        frame = computed["urban_share_frame"]
        remarks["urban_share_visited"] = f"frame {frame:.1%}, tolerance {tolerance:g} points"
    if "special_share_frame" in computed:
        remarks["special_share_visited"] = f"frame {computed['special_share_frame']:.1%}"
    return remarks
