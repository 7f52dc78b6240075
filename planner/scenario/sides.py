"""Points side by side: which figures, and which of two values is better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.compare.meaning import Better, judge
from planner.scenario.point import COLUMNS, Point

GROUPS: Mapping[str, tuple[str, ...]] = {
    "asked": (
        "lto_teams_asked",
        "stos_requested",
        "pairs_requested",
        "pairs_delivered",
        "pairs_planned",
        "delivery_rate",
        "late_share",
    ),
    "planned": (
        "openings",
        "voting_visits",
        "counts",
        "tabulations",
        "distinct_stations",
        "districts_touched",
        "commissions_touched",
        "urban_share_visited",
        "special_share_visited",
        "span_of_control_max",
        "drive_mean_h",
        "duty_mean_h",
        "duty_max_h",
        "distance_total_km",
        "unassigned",
        "hard_findings",
        "soft_findings",
    ),
    "expected": (
        "pairs_out_mean",
        "openings_mean",
        "voting_visits_mean",
        "counts_mean",
        "tabulations_mean",
        "missed_closings_mean",
        "duty_p95_h",
        "longest_duty_p95_h",
    ),
    "joint": ("joint_visits", "joint_duplicates", "joint_distinct_stations"),
    "cost": (
        "vehicle_days",
        "interpreter_days",
        "bed_nights",
        "observer_days",
        "distance_total_km",
        "cost",
    ),
}
"""Columns of a point that are compared, by heading."""
MARGINS = (
    ("opening", "openings"),
    ("voting", "voting_visits"),
    ("counting", "counts"),
    ("tabulation", "tabulations"),
)
"""Phases as margins and as totals are named after them."""
_MORE = frozenset(
    f"{phase}_{part}"
    for phase in ("pairs_out", *(total for _, total in MARGINS))
    for part in ("mean", "p5", "p50", "p95")
)
_LESS = frozenset(
    {
        "cost",
        "missed_closings_mean",
        "duty_p50_h",
        "duty_p95_h",
        "longest_duty_p95_h",
        "zero_limit_voting",
        "zero_limit_counting",
        *(f"margin_{phase}{end}" for phase, _ in MARGINS for end in ("", "_expected")),
    }
)
_SAME = 1e-9
_UNITS = {column.name: column.unit for column in COLUMNS}


@dataclass(frozen=True)
class Side:
    """One figure of several points.

    Parameters
    ----------
    name, unit
        Column of a point; the unit ``share`` is from 0 to 1.
    values
        One for each point; None where it is not known.
    better
        Whether each point is better or worse than the first; empty where neither can be said.
    """

    name: str
    unit: str
    values: tuple[float | None, ...]
    better: tuple[Better, ...]

    @property
    def differences(self) -> tuple[float | None, ...]:
        """Each value less the first."""
        first = self.values[0]
        return tuple(
            None if first is None or value is None else value - first for value in self.values
        )


def sides(points: Sequence[Point], names: Sequence[str]) -> tuple[Side, ...]:
    """Return figures of points beside each other; those that no point has are left out.

    Parameters
    ----------
    points
        At least one; the first is what the others are compared with.
    names
        Columns that hold numbers.
    """
    figures = [_figures(point) for point in points]
    found = []
    for name in names:
        values = tuple(one.get(name) for one in figures)
        if all(value is None for value in values):
            continue
        better = tuple(judged(name, figures[0], one) for one in figures)
        found.append(Side(name, _UNITS[name], values, better))
    return tuple(found)


def judged(name: str, old: Mapping[str, float], new: Mapping[str, float]) -> Better:
    """Return whether a column of a point became better or worse.

    Parameters
    ----------
    old, new
        All numbers of the two points.
    """
    if name not in _MORE and name not in _LESS:
        return judge(name, old, new)
    before, after = old.get(name), new.get(name)
    if before is None or after is None or abs(after - before) <= _SAME:
        return ""
    return "better" if (after > before) is (name in _MORE) else "worse"


def unbeaten(prices: Sequence[Sequence[float]]) -> frozenset[int]:
    """Return the numbers of the records that no other one beats.

    One is beaten by another that is nowhere worse and somewhere better.

    Parameters
    ----------
    prices
        Of each record the figures of which less is better, in one order.
    """
    return frozenset(
        number
        for number, price in enumerate(prices)
        if not any(
            tuple(other) != tuple(price) and all(a <= b for a, b in zip(other, price, strict=True))
            for other in prices
        )
    )


def over_seeds(points: Sequence[Point], names: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """Return the mean of some columns over the seeds of each scenario, by its name.

    Points that lack one of the columns, or were refused, are left out.
    """
    found: dict[str, list[tuple[float, ...]]] = {}
    for point in points:
        figures = _figures(point)
        if point.status == "planned" and all(name in figures for name in names):
            found.setdefault(point.name, []).append(tuple(figures[name] for name in names))
    return {
        name: tuple(sum(column) / len(rows) for column in zip(*rows, strict=True))
        for name, rows in found.items()
    }


def _figures(point: Point) -> dict[str, float]:
    return {
        name: float(value)
        for name, value in point.model_dump().items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
