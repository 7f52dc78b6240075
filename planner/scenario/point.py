"""One scenario, planned and judged, as one row of figures."""

from typing import Literal

from planner.domain.base import Frozen
from planner.scenario.column import Column, column, columns_of

PointStatus = Literal["planned", "refused"]


class _Asked(Frozen):
    """What the scenario asks for."""

    name: str = column("", "Name of the scenario.")
    mission: str = column("", "Id of the base mission.")
    input_hash: str = column("", "Hash of the input that was planned, base and changes together.")
    status: PointStatus = column("", "planned, or refused with a reason.")
    reason: str = column("", "Why the scenario cannot be, with the nearest values that can.", "")
    remarks: str = column("", "What is to be known about the scenario.", "")
    seed: int = column("", "Seed of draw, search and simulation.", 1)
    effort_scale: float = column("", "Effort of the search for days; 1 is that of a plan.", 1.0)
    format: str = column("", "EOM, LEOM or EAM.", "")
    lto_teams_asked: int | None = column("LTO teams", "LTO teams asked for.", None)
    stos_requested: int | None = column("STOs", "STOs that the States are asked for.", None)
    delivery_rate: float | None = column("share", "Share of the requested STOs who come.", None)
    delivery_known: bool | None = column("", "Whether the plan is made for those who come.", None)
    stos_delivered: int | None = column("STOs", "STOs who come, before late withdrawals.", None)
    pairs_requested: int | None = column("pairs", "STO pairs asked for.", None)
    pairs_planned: int | None = column(
        "pairs", "STO pairs that the plan is made for: delivered if known, else requested.", None
    )
    pairs_delivered: int | None = column(
        "pairs", "STO pairs that those who come make up, reserves not counted.", None
    )
    late_share: float = column("share", "Chance that an STO withdraws late.", 0.0)
    season: str = column("", "Season of the roads.", "")
    speed_factor: float = column("", "Factor on all speeds.", 1.0)
    mode: str = column("", "mobile, static or mixed.", "")
    dwell_min: int | None = column("min", "Shortest stay of a voting visit.", None)
    max_visits: int | None = column("visits", "Cap of voting visits of a pair.", None)
    count_min: int | None = column("min", "Planned length of a count.", None)
    max_leg_min: int | None = column("min", "Longest leg allowed.", None)
    max_drive_min: int | None = column("min", "Most driving of a pair's day allowed.", None)
    max_duty_min: int | None = column("min", "Longest duty allowed.", None)
    allocation_basis: str = column("", "What STO pairs are shared out by.", "")
    e_day: str = column("", "Election day.", "")
    isolated: str = column("", "Regions cut off on election day.", "")
    closed_towns: str = column("", "Towns without beds.", "")
    joint_pairs: int = column("pairs", "Pairs of the joint mission on election day.", 0)
    noise: str = column("", "Noise of the simulation.", "")
    draws: int = column("draws", "Draws of the simulation; 0: none.", 0)


class _Planned(_Asked):
    """What the plan holds, and what the referee says."""

    hard_findings: int | None = column("findings", "Rules that the plan breaks.", None)
    soft_findings: int | None = column("findings", "Weaknesses that somebody must accept.", None)
    unassigned: int | None = column("records", "What the plan leaves out, with reasons.", None)
    areas: int | None = column("areas", "Areas of responsibility.", None)
    lto_teams: int | None = column("LTO teams", "LTO teams in the plan.", None)
    sto_pairs: int | None = column("pairs", "STO pairs with a place to sleep.", None)
    unnamed_teams: int | None = column("teams", "Teams without names.", None)
    pairs_with_day: int | None = column("pairs", "STO pairs with an election day.", None)
    openings: int | None = column("stations", "Openings planned.", None)
    voting_visits: int | None = column("visits", "Voting visits planned.", None)
    counts: int | None = column("stations", "Counts planned.", None)
    tabulations: int | None = column("visits", "Tabulations planned.", None)
    distinct_stations: int | None = column("stations", "Stations observed in any phase.", None)
    station_visits: int | None = column("visits", "Presences at stations.", None)
    stations: int | None = column("stations", "Stations in the frame.", None)
    districts: int | None = column("districts", "Districts of the mission.", None)
    districts_touched: int | None = column("districts", "Districts with a visited station.", None)
    commissions_touched: int | None = column("commissions", "Commissions reached.", None)
    urban_share_frame: float | None = column("share", "Urban stations in the frame.", None)
    urban_share_visited: float | None = column("share", "Urban stations among the visited.", None)
    special_share_visited: float | None = column("share", "Special ones among the visited.", None)
    span_of_control_max: int | None = column("pairs", "Most STO pairs of one LTO team.", None)
    drive_mean_h: float | None = column("h", "Mean driving of a pair's day.", None)
    drive_max_h: float | None = column("h", "Longest driving of a pair's day.", None)
    duty_mean_h: float | None = column("h", "Mean duty of a pair.", None)
    duty_max_h: float | None = column("h", "Longest duty of a pair.", None)
    distance_total_km: float | None = column("km", "All driving of election day.", None)
    days_value: float | None = column(
        "points", "Value of all days: opening 3, visit 1, count 3, tabulation 1.", None
    )
    days_bound: float | None = column("points", "Most that any days could have.", None)
    vehicle_days: float | None = column("days", "Vehicle days of all teams.", None)
    interpreter_days: float | None = column("days", "Interpreter days of all teams.", None)
    bed_nights: float | None = column("nights", "Bed nights of observers.", None)
    observer_days: float | None = column("days", "Observer days.", None)
    cost: float | None = column("currency", "Cost, as far as unit costs are known.", None)
    currency: str = column("", "Currency of all money.", "")
    cost_missing: str = column("", "Items without a unit cost: the cost is without them.", "")
    cost_illustrative: bool | None = column("", "Whether unit costs are invented.", None)
    budget: float | None = column("currency", "Ceiling of the scenario.", None)
    within_budget: bool | None = column("", "Whether the cost keeps it; empty: unknown.", None)
    joint_visits: int = column("visits", "Visits of joint teams (B).", 0)
    joint_duplicates: int = column("visits", "Those to a station seen by others too (B).", 0)
    joint_distinct_stations: int | None = column(
        "stations", "Stations observed by all together (B).", None
    )


class Point(_Planned):
    """One scenario as one row: asked, planned, expected, and how precise it is.

    ``…_mean``, ``…_p5``, ``…_p50`` and ``…_p95`` are over the draws of the simulation. Margins are
    half widths at 95 % confidence and the worst proportion; ``margin_…_expected`` uses what the
    simulation leaves.
    """

    pairs_out_mean: float | None = column("pairs", "Pairs that go out.", None)
    pairs_out_p5: float | None = column("pairs", "Pairs that go out, 5th percentile.", None)
    openings_mean: float | None = column("stations", "Openings observed, mean.", None)
    openings_p5: float | None = column("stations", "Openings observed, 5th percentile.", None)
    openings_p50: float | None = column("stations", "Openings observed, median.", None)
    openings_p95: float | None = column("stations", "Openings observed, 95th percentile.", None)
    voting_visits_mean: float | None = column("visits", "Voting visits made, mean.", None)
    voting_visits_p5: float | None = column("visits", "Voting visits, 5th percentile.", None)
    voting_visits_p50: float | None = column("visits", "Voting visits, median.", None)
    voting_visits_p95: float | None = column("visits", "Voting visits, 95th percentile.", None)
    counts_mean: float | None = column("stations", "Counts observed, mean.", None)
    counts_p5: float | None = column("stations", "Counts observed, 5th percentile.", None)
    counts_p50: float | None = column("stations", "Counts observed, median.", None)
    counts_p95: float | None = column("stations", "Counts observed, 95th percentile.", None)
    tabulations_mean: float | None = column("visits", "Tabulations observed, mean.", None)
    tabulations_p5: float | None = column("visits", "Tabulations, 5th percentile.", None)
    tabulations_p50: float | None = column("visits", "Tabulations, median.", None)
    tabulations_p95: float | None = column("visits", "Tabulations, 95th percentile.", None)
    missed_closings_mean: float | None = column("pairs", "Pairs that miss their closing.", None)
    duty_p50_h: float | None = column("h", "Duty of a pair, median.", None)
    duty_p95_h: float | None = column("h", "Duty of a pair, 95th percentile.", None)
    longest_duty_p95_h: float | None = column("h", "Longest duty of all, 95th percentile.", None)
    margin_opening: float | None = column("share", "Margin of error of openings, planned.", None)
    margin_voting: float | None = column("share", "Margin of error of voting, planned.", None)
    margin_counting: float | None = column("share", "Margin of error of counts, planned.", None)
    margin_tabulation: float | None = column("share", "Margin of error of tabulations.", None)
    margin_opening_expected: float | None = column("share", "Openings, as expected.", None)
    margin_voting_expected: float | None = column("share", "Voting, as expected.", None)
    margin_counting_expected: float | None = column("share", "Counts, as expected.", None)
    margin_tabulation_expected: float | None = column("share", "Tabulations, as expected.", None)
    zero_limit_voting: float | None = column(
        "share", "Most that may be affected if nothing is seen in voting.", None
    )
    zero_limit_counting: float | None = column("share", "The same for counts.", None)
    basis_opening: str = column("", "design-based, indicative or none.", "")
    basis_voting: str = column("", "design-based, indicative or none.", "")
    basis_counting: str = column("", "design-based, indicative or none.", "")
    basis_tabulation: str = column("", "design-based, indicative or none.", "")


COLUMNS: tuple[Column, ...] = columns_of(Point)
"""All columns of a table of points, in their order."""
