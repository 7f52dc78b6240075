"""Whether a figure that changed is better or worse: what a mission wants of it."""

from collections.abc import Mapping
from typing import Literal

Better = Literal["better", "worse", ""]

MORE = frozenset(
    {
        "observers_deployed",
        "mixed_gender_share",
        "station_visits",
        "distinct_stations",
        "openings",
        "voting_visits",
        "closings",
        "counts",
        "tabulations",
        "districts_touched",
        "commissions_touched",
    }
)
"""Figures of which more is better."""
LESS = frozenset(
    {
        "unnamed_teams",
        "span_of_control_max",
        "drive_mean_h",
        "drive_max_h",
        "longest_leg_min",
        "duty_mean_h",
        "duty_max_h",
        "distance_total_km",
        "unassigned",
        "hard_findings",
        "soft_findings",
    }
)
"""Figures of which less is better; driving and duty because people do them."""
LIKE_THE_FRAME = {
    "urban_share_visited": "urban_share_frame",
    "special_share_visited": "special_share_frame",
}
"""Figures that are better the nearer they are to another one (S2, S3)."""
_SAME = 1e-9


def judge(name: str, old: Mapping[str, float], new: Mapping[str, float]) -> Better:
    """Return whether figure ``name`` became better or worse; empty if neither can be said.

    Parameters
    ----------
    old, new
        All key figures of the two plans, by name.
    """
    before, after = old.get(name), new.get(name)
    if before is None or after is None or abs(after - before) <= _SAME:
        return ""
    frame = LIKE_THE_FRAME.get(name)
    if frame is not None:
        if frame not in old or frame not in new:
            return ""
        gain = abs(before - old[frame]) - abs(after - new[frame])
    elif name in MORE:
        gain = after - before
    elif name in LESS:
        gain = before - after
    else:
        return ""
    if abs(gain) <= _SAME:
        return ""
    return "better" if gain > 0 else "worse"
