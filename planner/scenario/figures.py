"""The parts of a point: what was asked, what is planned, what is expected."""

from typing import TYPE_CHECKING, Any

from planner.compare.cost import Item
from planner.domain.plan import Phase, Plan, StageName
from planner.referee.verdict import Verdict
from planner.scenario.apply import Applied
from planner.scenario.cost import PlanCost
from planner.scenario.document import Scenario
from planner.scenario.forecast import Forecast, delivery_of
from planner.scenario.joint import JointVisits

if TYPE_CHECKING:
    from planner.precision import PrecisionReport

_COUNTS = {
    "areas": "areas",
    "lto_teams": "lto_teams",
    "sto_pairs": "sto_teams",
    "unnamed_teams": "unnamed_teams",
    "openings": "openings",
    "voting_visits": "voting_visits",
    "counts": "counts",
    "tabulations": "tabulations",
    "distinct_stations": "distinct_stations",
    "station_visits": "station_visits",
    "stations": "stations",
    "districts": "districts",
    "districts_touched": "districts_touched",
    "commissions_touched": "commissions_touched",
    "span_of_control_max": "span_of_control_max",
}
"""Whole numbers of a point by the name of the key figure that the referee recomputes."""
_SHARES = (
    "urban_share_frame",
    "urban_share_visited",
    "special_share_visited",
    "drive_mean_h",
    "drive_max_h",
    "duty_mean_h",
    "duty_max_h",
    "distance_total_km",
)
_QUANTITIES: dict[str, Item] = {
    "vehicle_days": "vehicle_day",
    "interpreter_days": "interpreter_day",
    "bed_nights": "bed_night",
    "observer_days": "observer_day",
}
_PHASES = {
    Phase.OPENING: "openings",
    Phase.VOTING: "voting_visits",
    Phase.COUNTING: "counts",
    Phase.TABULATION: "tabulations",
}
_DIGITS = 6


def asked(scenario: Scenario, applied: Applied, draws: int, scale: float) -> dict[str, Any]:
    """Return what the scenario asks for, with what the mission leaves as it is."""
    known, numbers = applied.mission.mission, applied.numbers
    day = known.policies.day
    delivery = delivery_of(scenario, numbers)
    rate = numbers.stos_delivered / numbers.stos_requested if numbers.stos_requested else None
    given = scenario.delivery
    return {
        "name": scenario.name,
        "mission": known.id,
        "input_hash": applied.mission.input_hash,
        "status": "planned",
        "remarks": " ".join(f"{f.code}: {f.message}" for f in applied.findings),
        "seed": scenario.seed,
        "effort_scale": scale,
        "format": known.format.value,
        "lto_teams_asked": numbers.lto_teams,
        "stos_requested": numbers.stos_requested,
        "delivery_rate": given.rate if given.rate is not None and not given.by_state else rate,
        "delivery_known": given.known,
        "stos_delivered": numbers.stos_delivered,
        "pairs_requested": numbers.pairs_requested,
        "pairs_planned": numbers.pairs_planned,
        "pairs_delivered": numbers.pairs_delivered,
        "late_share": 0.0 if delivery is None else delivery.late_withdrawal,
        "season": known.policies.travel.season.value,
        "speed_factor": 1.0
        if scenario.travel.speed_factor is None
        else scenario.travel.speed_factor,
        "mode": day.mode.value,
        "dwell_min": day.dwell_min,
        "max_visits": day.max_visits,
        "count_min": day.count_min,
        "max_leg_min": day.max_leg_min,
        "max_drive_min": day.max_drive_min,
        "max_duty_min": day.max_duty_min,
        "allocation_basis": known.policies.allocation.basis.value,
        "e_day": known.e_day.isoformat(),
        "isolated": ", ".join(
            f"{one.region} {one.from_hour:g}-{one.to_hour:g} h" for one in scenario.isolated
        ),
        "closed_towns": ", ".join(scenario.closed_towns),
        "joint_pairs": sum(teams.pairs for teams in scenario.joint),
        "noise": scenario.noise,
        "draws": draws,
    }


def planned(
    scenario: Scenario, plan: Plan, verdict: Verdict, cost: PlanCost, joint: JointVisits
) -> dict[str, Any]:
    """Return what the plan holds by the referee's own count, and what it costs."""
    kpis = verdict.kpis
    quantity = {item.item: item.quantity for item in cost.items}
    days = next(report for report in plan.stages if report.name is StageName.DAYS)
    within = None
    if scenario.budget is not None and cost.money is not None:
        over = cost.money > scenario.budget
        # With costs that nobody knows a budget can be broken for sure, but not kept for sure.
        within = False if over else (None if cost.missing else True)
    return {
        **{name: int(kpis[key]) for name, key in _COUNTS.items() if key in kpis},
        **{name: kpis[name] for name in _SHARES if name in kpis},
        **{name: round(quantity[item], _DIGITS) for name, item in _QUANTITIES.items()},
        "hard_findings": len(verdict.hard),
        "soft_findings": len(verdict.soft),
        "unassigned": len(plan.unassigned),
        "pairs_with_day": len(plan.days),
        "days_value": verdict.objectives.get(StageName.DAYS),
        "days_bound": days.bound,
        "cost": None if cost.money is None else round(cost.money, 2),
        "currency": cost.currency,
        "cost_missing": ", ".join(cost.missing),
        "cost_illustrative": cost.illustrative,
        "budget": scenario.budget,
        "within_budget": within,
        "joint_visits": joint.visits,
        "joint_duplicates": joint.duplicates,
        "joint_distinct_stations": joint.distinct_stations,
    }


def expected(found: Forecast) -> dict[str, Any]:
    """Return what the simulation leaves of the plan, and the precision of both."""
    figures: dict[str, Any] = _precision(found.planned, "")
    if found.expected is not None:
        figures |= {
            name: value
            for name, value in _precision(found.expected, "_expected").items()
            if name.startswith("margin")
        }
    if found.execution is None:
        return figures
    summary = found.execution.summary()
    figures |= {"pairs_out_mean": summary.pairs_out.mean, "pairs_out_p5": summary.pairs_out.p5}
    for outcome in summary.phases:
        if outcome.phase in _PHASES:
            name, seen = _PHASES[outcome.phase], outcome.observed
            figures |= {
                f"{name}_mean": seen.mean,
                f"{name}_p5": seen.p5,
                f"{name}_p50": seen.p50,
                f"{name}_p95": seen.p95,
            }
    figures |= {
        "missed_closings_mean": summary.missed_closings.mean,
        "duty_p50_h": summary.duty_h.p50,
        "duty_p95_h": summary.duty_h.p95,
        "longest_duty_p95_h": summary.longest_duty_h.p95,
    }
    return {name: _rounded(value) for name, value in figures.items()}


def _precision(report: "PrecisionReport", ending: str) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for phase in _PHASES:
        estimate = report.of(phase)
        figures[f"margin_{phase.value}{ending}"] = _rounded(estimate.margin)
        figures[f"basis_{phase.value}{ending}"] = estimate.basis.value
        if phase in (Phase.VOTING, Phase.COUNTING):
            figures[f"zero_limit_{phase.value}{ending}"] = _rounded(estimate.zero_limit)
    return figures


def _rounded(value: Any) -> Any:  # noqa: ANN401 - numbers are rounded, the rest passes
    return round(value, _DIGITS) if isinstance(value, float) else value
