"""Clusters made up for tests: points on a plane, one hour of driving for 44 km."""

import numpy as np

from planner.optimizer.days.cluster import NO_PIN, Cluster, Limits

HOUR = 3600
OPENS = 24 * HOUR + 7 * HOUR
CLOSES = OPENS + 13 * HOUR


def cluster(
    hubs: list[tuple[float, float]],
    stations: list[tuple[float, float]],
    teams: list[int],
    *,
    max_visits: int = 10,
    max_drive_s: int = 4 * HOUR,
    max_leg_s: int = HOUR,
    max_duty_s: int = 24 * HOUR,
    stay_s: int = 35 * 60,
    commissions: bool = False,
) -> Cluster:
    """Return a cluster; coordinates in km, teams by the number of their hub."""
    points = np.array([*hubs, *stations], dtype=float).reshape(-1, 2)
    km = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    drive = np.ceil(km / 44 * HOUR).astype(np.int64)
    n, m = len(stations), len(hubs)

    def full(value: int) -> np.ndarray:
        return np.full(n, value, dtype=np.int64)

    home = np.where(drive[m:, :m] <= max_leg_s, drive[m:, :m], -1)
    return Cluster(
        drive_s=drive,
        team_hub=np.array(teams, dtype=np.int64),
        stay_s=full(stay_s),
        visit_from_s=full(OPENS),
        visit_to_s=full(CLOSES),
        open_arrive_s=full(OPENS - 45 * 60),
        open_leave_s=full(OPENS + 30 * 60),
        close_arrive_s=full(CLOSES - 30 * 60),
        count_from_s=full(CLOSES),
        count_to_s=full(CLOSES + 3 * HOUR),
        tail_drive_s=home,
        tail_s=np.where(home >= 0, home + (HOUR if commissions else 0), -1),
        tail_value=((home >= 0) & commissions).astype(np.int64),
        may_open=np.ones(n, dtype=bool),
        may_close=(home >= 0).any(axis=1),
        may_visit=np.ones(n, dtype=bool),
        visit_value=full(1),
        opening_value=3,
        count_value=3,
        pinned_team=full(NO_PIN),
        stratum=np.zeros(n, dtype=np.int64),
        stratum_quota=np.array([n], dtype=np.int64),
        limits=Limits(max_visits, max_leg_s, max_drive_s, max_duty_s),
    )
