"""Scenarios in words: names of what they change, of figures of points, and values with units."""

from collections.abc import Mapping, Sequence
from typing import Any

from planner.domain.mission_input import MissionInput
from planner.scenario.point import Point
from ui.spoken import yes_or_no
from ui.strings import _, n_, word
from ui.written import amount, number, share

SHARES = {
    "delivery.rate",
    "delivery.late_share",
    "travel.speed_factor",
    "day.static_share",
    "second_round.sto_share",
}
"""Paths that people read in per cent."""
HOURS = {"day.max_duty_min", "day.max_drive_min"}
"""Paths in minutes that people read in hours."""


def preset_name(key: str) -> str:
    """Return a preset's name, which a scenario that begins with it gets."""
    return {
        "as-planned": _("as planned"),
        "delivery-70": _("70 % come"),
        "delivery-80": _("80 % come"),
        "delivery-115": _("115 % come"),
        "delivery-unknown": _("85 % come, unknown to the plan"),
        "late-withdrawals": _("late withdrawals"),
        "50-more-stos": _("50 more STOs"),
        "50-fewer-stos": _("50 fewer STOs"),
        "region-isolated": _("two regions cut off"),
        "airport-closed": _("second town closed"),
        "winter": _("bad winter"),
        "slow-roads": _("slow roads"),
        "dwell-60": _("an hour at each station"),
        "static": _("static pairs"),
        "mixed": _("a quarter static"),
        "fewer-visits": _("six visits a pair"),
        "short-duty": _("18 hours of duty"),
        "by-voters": _("shared out by voters"),
        "square-root": _("shared out by square root"),
        "leom": "LEOM",
        "eam": "EAM",
        "second-round": _("second round"),
        "joint-ieom": _("joint teams (IEOM)"),
    }.get(key, key)


def path_words() -> Mapping[str, str]:
    """Return the names of all that a scenario can change, by dotted path."""
    return {
        "staffing.sto_pairs": _("STO pairs asked for"),
        "staffing.lto_teams": _("LTO teams"),
        "delivery.rate": _("Of the requested STOs come"),
        "delivery.by_state": _("By State"),
        "delivery.known": _("Known when planning"),
        "delivery.late_withdrawals": _("Late withdrawals (STOs)"),
        "delivery.late_share": _("Late withdrawals (share)"),
        "isolated": _("Regions cut off by weather"),
        "closed_towns": _("Towns without beds"),
        "travel.season": _("Season of the roads"),
        "travel.speed_factor": _("Speed"),
        "day.mode": _("Mode of observation"),
        "day.static_share": _("Static pairs"),
        "day.dwell_min": _("Stay at a station (min)"),
        "day.max_visits": _("Most voting visits of a pair"),
        "day.count_min": _("Length of a count (min)"),
        "day.tabulation_min": _("Stay at the commission (min)"),
        "day.max_leg_min": _("Longest leg (min)"),
        "day.max_drive_min": _("Most driving of a pair (h)"),
        "day.max_duty_min": _("Longest duty (h)"),
        "allocation_basis": _("Pairs are shared out by"),
        "format": _("Format"),
        "second_round": _("Second round"),
        "second_round.days_later": _("Days after the first round"),
        "second_round.sto_share": _("Pairs who come again"),
        "joint": _("Pairs of the joint mission (IEOM)"),
        "budget": _("Budget"),
        "noise": _("Election days differ from the plan"),
        "seed": _("Seed"),
    }


def path_label(path: str) -> str:
    """Return the name of a path; of one inside a list or table, that of the whole."""
    words = path_words()
    if path in words:
        return words[path]
    parts = path.split(".")
    for length in range(len(parts) - 1, 0, -1):
        whole = ".".join(parts[:length])
        if whole in words:
            return words[whole]
    return path


def value_words(path: str, value: Any, mission: MissionInput) -> str:  # noqa: ANN401 - any field
    """Return a value of a scenario as a person reads it."""
    if value is None or value in ([], {}):
        return _("none")
    if isinstance(value, bool):
        return yes_or_no(value)
    if path in SHARES or path.startswith("delivery.by_state."):
        return share(float(value), 0)
    if path in HOURS:
        return amount(float(value) / 60, "h", 0 if float(value) % 60 == 0 else 1)
    if isinstance(value, int | float):
        return number(value, 0 if float(value).is_integer() else 1)
    return _structure(path, value, mission)


def _structure(path: str, value: Any, mission: MissionInput) -> str:  # noqa: ANN401 - any field
    if path == "delivery.by_state":
        return ", ".join(f"{state} {share(rate, 0)}" for state, rate in value.items())
    if path == "isolated":
        return ", ".join(
            _("{region} {first} to {last} h").format(
                region=region_name(one["region"], mission),
                first=number(one["from_hour"]),
                last=number(one["to_hour"]),
            )
            for one in value
        )
    if path == "closed_towns":
        return ", ".join(town_name(town, mission) for town in value)
    if path == "joint":
        return ", ".join(
            f"{town_name(one['town'], mission)} {number(one['pairs'])}" for one in value
        )
    if path == "second_round":
        return _("{days} days later, {part} of the pairs").format(
            days=value["days_later"], part=share(value["sto_share"], 0)
        )
    return word(str(value))


def region_name(region: str, mission: MissionInput) -> str:
    """Return a region's name; its id where the mission has none of it."""
    found = mission.region_of.get(region)  # type: ignore[call-overload]  # ids are texts
    return found.name if found else region


def town_name(town: str, mission: MissionInput) -> str:
    """Return a town's name; its id where the mission has none of it."""
    found = mission.town_of.get(town)  # type: ignore[call-overload]  # ids are texts
    return found.name if found else town


def column_words() -> Mapping[str, str]:
    """Return the names of figures of a point, by column."""
    return {
        "lto_teams_asked": _("LTO teams asked for"),
        "stos_requested": _("STOs asked for"),
        "pairs_requested": _("STO pairs asked for"),
        "pairs_delivered": _("STO pairs that come"),
        "pairs_planned": _("STO pairs planned"),
        "delivery_rate": _("STOs who come"),
        "late_share": _("STOs who withdraw late"),
        "openings": _("Openings"),
        "voting_visits": _("Voting visits"),
        "counts": _("Counts"),
        "tabulations": _("Tabulations"),
        "distinct_stations": _("Distinct stations"),
        "districts_touched": _("Districts touched"),
        "commissions_touched": _("Commissions reached"),
        "urban_share_visited": _("Urban share of visited stations"),
        "special_share_visited": _("Special stations among the visited"),
        "span_of_control_max": _("Most pairs of one LTO team"),
        "drive_mean_h": _("Mean driving (h)"),
        "duty_mean_h": _("Mean duty (h)"),
        "duty_max_h": _("Longest duty (h)"),
        "distance_total_km": _("Kilometres on election day"),
        "unassigned": _("Left out, with reasons"),
        "hard_findings": _("Broken rules (hard)"),
        "soft_findings": _("Remarks (soft)"),
        "pairs_out_mean": _("Pairs that go out (expected)"),
        "openings_mean": _("Openings (expected)"),
        "voting_visits_mean": _("Voting visits (expected)"),
        "counts_mean": _("Counts (expected)"),
        "tabulations_mean": _("Tabulations (expected)"),
        "missed_closings_mean": _("Pairs that miss their closing (expected)"),
        "duty_p95_h": _("Duty, 95th percentile (h)"),
        "longest_duty_p95_h": _("Longest duty of all, 95th percentile (h)"),
        "joint_visits": _("Visits of joint teams"),
        "joint_duplicates": _("of them where others are too"),
        "joint_distinct_stations": _("Distinct stations, all together"),
        "vehicle_days": _("Vehicle days"),
        "interpreter_days": _("Interpreter days"),
        "bed_nights": _("Bed nights"),
        "observer_days": _("Observer days"),
        "cost": _("Cost"),
        "days_value": _("Value of election day (points)"),
        "margin_voting": _("Margin, voting (points)"),
        "margin_counting": _("Margin, counts (points)"),
        "margin_voting_expected": _("Margin, voting, expected (points)"),
        "margin_counting_expected": _("Margin, counts, expected (points)"),
    }


def phase_words() -> Mapping[str, str]:
    """Return the names of the phases whose totals a point has, by the total's column."""
    return {
        "openings": _("Openings"),
        "voting_visits": _("Voting visits"),
        "counts": _("Counts"),
        "tabulations": _("Tabulations"),
    }


def basis_words(basis: str) -> str:
    """Return what a margin rests on; never left unsaid."""
    return {
        "design-based": _("design-based"),
        "indicative": _("indicative"),
        "none": _("nothing to estimate from"),
        "": _("not assessed"),
    }.get(basis, basis)


def margin_words(margin: float | None, basis: str) -> str:
    """Return a margin of error with its basis."""
    if margin is None:
        return basis_words(basis)
    return _("±{n} points ({basis})").format(n=number(100 * margin, 1), basis=basis_words(basis))


def figure_words(name: str, unit: str, value: float | None) -> str:
    """Return a figure of a point; a dash where it is not known."""
    if value is None:
        return "-"
    if name.startswith("margin"):
        return "±" + number(100 * value, 1)
    if unit == "share":
        return share(value)
    digits = 0 if float(value).is_integer() or abs(value) >= 1000 else 1
    return number(value, digits)


def difference_words(name: str, unit: str, difference: float | None) -> str:
    """Return a difference with its sign; nothing where there is none to tell."""
    if difference is None:
        return ""
    sign = "+" if difference > 0 else ""
    if abs(difference) < 1e-9:
        return "0"
    if name.startswith("margin") or unit == "share":
        return _("{n} points").format(n=sign + number(100 * difference, 1))
    digits = 0 if float(difference).is_integer() or abs(difference) >= 10 else 2
    told = number(difference, digits)
    return sign + told if any(digit in told for digit in "123456789") else "0"


def plans_words(count: int) -> str:
    """Return a number of plans in words."""
    return n_("{n} plan", "{n} plans", count).format(n=number(count))


def point_name(point: Point, *, seeds: bool = False) -> str:
    """Return a point's name; those of a grid are spoken, as ``100 STOs, 80% come``.

    Parameters
    ----------
    seeds
        Whether the seed is told.
    """
    base, _colon, grid = point.name.rpartition(": ")
    parts = [_axis_words(*part.split(" ", 1)) for part in grid.split(", ") if " " in part]
    spoken = [part for part in parts if part]
    name = point.name
    if base and spoken and len(spoken) == len(grid.split(", ")):
        name = f"{base}: {', '.join(spoken)}"
    return f"{name} · {_('seed')} {point.seed}" if seeds else name


def names_apart(points: Sequence[Point]) -> list[str]:
    """Return names of the points of one table; what all begin with is left out."""
    seeds = len({point.seed for point in points}) > 1
    names = [point_name(point, seeds=seeds) for point in points]
    begins = {name.partition(": ")[0] for name in names}
    if len(names) > 1 and len(begins) == 1 and all(": " in name for name in names):
        return [name.partition(": ")[2] for name in names]
    return names


def _axis_words(name: str, value: str) -> str:
    try:
        if name == "sto_pairs":
            return _("{n} STOs").format(n=number(2 * int(value)))
        if name == "rate":
            return _("{share} come").format(share=share(float(value), 0))
    except ValueError:
        return ""
    return f"{name.replace('_', ' ')} {value}" if name.isidentifier() else ""


def is_invented(point: Point) -> bool:
    """Whether the cost of a point rests on unit costs that are marked as invented."""
    return bool(point.cost_illustrative) and point.cost is not None
