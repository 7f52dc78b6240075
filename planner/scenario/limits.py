"""What the numbers of a scenario may be; sliders and checks read the same table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """The range of one number.

    Parameters
    ----------
    low, high
        Least and most, both included.
    unit
        In words, e.g. ``pairs``; empty for a share.
    usual
        The range that missions have seen, or None; outside it a scenario gets a remark.
    whole
        Whether only whole numbers are meant.
    """

    low: float
    high: float
    unit: str = ""
    usual: tuple[float, float] | None = None
    whole: bool = False

    def nearest(self, value: float) -> float:
        """Return the number within the range that is nearest to ``value``."""
        return min(max(value, self.low), self.high)


LIMITS: dict[str, Limit] = {
    "staffing.lto_teams": Limit(0, 500, "LTO teams", whole=True),
    "staffing.sto_pairs": Limit(0, 5_000, "STO pairs", whole=True),
    "delivery.rate": Limit(0.0, 1.5, usual=(0.70, 1.15)),
    "delivery.by_state": Limit(0.0, 1.5, usual=(0.70, 1.15)),
    "delivery.late_withdrawals": Limit(0, 10_000, "STOs", whole=True),
    "delivery.late_share": Limit(0.0, 1.0),
    "isolated.from_hour": Limit(-48, 72, "h"),
    "isolated.to_hour": Limit(-48, 72, "h"),
    "travel.speed_factor": Limit(0.1, 2.0),
    "day.static_share": Limit(0.0, 1.0),
    "day.dwell_min": Limit(5, 600, "min", usual=(30, 60), whole=True),
    "day.max_visits": Limit(0, 100, "visits", whole=True),
    "day.count_min": Limit(0, 720, "min", usual=(120, 360), whole=True),
    "day.tabulation_min": Limit(0, 720, "min", whole=True),
    "day.max_leg_min": Limit(5, 600, "min", whole=True),
    "day.max_drive_min": Limit(10, 1_440, "min", whole=True),
    "day.max_duty_min": Limit(60, 2_880, "min", usual=(60, 1_620), whole=True),
    "second_round.days_later": Limit(1, 365, "days", whole=True),
    "second_round.sto_share": Limit(0.0, 1.5),
    "joint.pairs": Limit(0, 1_000, "pairs", whole=True),
    "budget": Limit(0.0, 1e12),
    "seed": Limit(0, 2**31 - 1, whole=True),
}
"""By dotted path in the document. ``usual`` of dwell, count and duty: 30 to 60 minutes, two to six
hours, and the 27 hours of the longest day that was reported (S)."""
