"""Why a target is not reached, with the nearest value that is; and remarks on one that is."""

from collections.abc import Iterator, Sequence

from planner.domain.finding import Finding, Severity
from planner.domain.mission_input import MissionInput
from planner.rules.text import percent
from planner.scenario.bounds import Bounds
from planner.scenario.found import Inverse, Tried
from planner.scenario.measure import Measure
from planner.scenario.span import Teams


def shown_value(measure: Measure, value: float | None) -> str:
    """Return a value of a measure as a person writes it, e.g. ``±3.4 points``."""
    if value is None:
        return "nothing"
    if measure.name.startswith("margin"):
        return f"±{100 * value:.2f} points"
    if measure.unit == "share":
        return percent(value)
    if measure.name == "cost":
        return f"{value:,.0f} {measure.unit}"
    return f"{value:,.10g} {measure.unit}".rstrip()


def shown_staffing(tried: Tried) -> str:
    """Return pairs and LTO teams in words."""
    return f"{tried.pairs:,} pairs and {tried.lto_teams:,} LTO teams"


def nearest(tried: Sequence[Tried]) -> Tried | None:
    """Return the plan that comes nearest: its limits kept if any plan keeps them."""
    kept = [one for one in tried if all(measure.met for measure in one.limits)]
    return min(kept or tried, key=lambda one: (one.score, one.pairs), default=None)


def why_not(
    inverse: Inverse, bounds: Bounds, span: Teams | None, *, stalled: bool, cancelled: bool
) -> tuple[Finding, ...]:
    """Return a finding for every part of the target that was not reached, the reason with it."""
    if inverse.status == "met":
        return ()
    severity = Severity.HARD if inverse.status == "unreachable" else Severity.SOFT
    if span is not None and span.answer is None:
        return (_span(inverse, span, severity),)
    near = inverse.answer or nearest(inverse.tried)
    if near is None:
        return (
            _finding(
                severity,
                "target",
                "The search ended before the first plan was made.",
                remedy="allow at least one plan",
            ),
        )
    reason = _reason(inverse, bounds, stalled=stalled, cancelled=cancelled)
    missed = [measure for measure in near.measures if not measure.met]
    if not missed:
        return (
            _finding(
                severity,
                "target",
                f"{reason} {shown_staffing(near)} are enough; fewer may be.",
                remedy="allow more plans",
            ),
        )
    return tuple(
        _finding(
            severity,
            measure.name,
            _said(near, measure, reason),
            value=shown_value(measure, measure.value),
            limit=("at least " if measure.least else "at most ")
            + shown_value(measure, measure.limit),
            remedy=f"nearest possible value: {shown_value(measure, measure.value)} "
            f"with {shown_staffing(near)}",
        )
        for measure in missed
    )


def _reason(inverse: Inverse, bounds: Bounds, *, stalled: bool, cancelled: bool) -> str:
    if cancelled:
        return "The search was cancelled."
    enough = [one for one in inverse.tried if one.score <= 1]
    if enough:
        least = min(enough, key=lambda one: one.pairs)
        broken = ", ".join(
            f"{m.name} is {shown_value(m, m.value)}, at most {shown_value(m, m.limit)} is wanted"
            for m in least.limits
            if not m.met
        )
        if broken:
            return f"The goals take {shown_staffing(least)}; then {broken}."
    if bounds.impossible:
        return (
            f"Even a simple random sample needs more than {bounds.most:,} pairs, and "
            f"{bounds.why_most}."
        )
    if stalled:
        return "More pairs hardly change it."
    if inverse.status == "unreachable":
        return f"Not reached with up to {bounds.most:,} pairs, and {bounds.why_most}."
    return f"The {inverse.plans} plans that were allowed did not settle it."


def _said(near: Tried, measure: Measure, reason: str) -> str:
    if measure in near.limits:
        return f"{measure.name} is beyond what is wanted even so."
    if not measure.why:
        return reason
    told = "The margin is" if measure.name.startswith("margin") else "The basis:"
    return f"{reason} {told} {measure.why}."


def _span(inverse: Inverse, span: Teams, severity: Severity) -> Finding:
    limit = inverse.target.span or 0.0
    if not span.spans:
        message, near = "There are not enough districts, or beds, for so many LTO teams.", ""
    else:
        teams, most = min(span.spans.items(), key=lambda one: (one[1], one[0]))
        message = f"No number of LTO teams keeps the span of control with {span.pairs:,} pairs."
        near = f"nearest possible value: {most} pairs with {teams} LTO teams"
    return _finding(
        severity,
        "span",
        message,
        value=", ".join(f"{n} teams: {most}" for n, most in sorted(span.spans.items())),
        limit=f"at most {limit:g} pairs",
        remedy=near or "allow a wider span, or fewer pairs",
    )


def remarks(inverse: Inverse, mission: MissionInput) -> Iterator[Finding]:
    """Yield what the reader of an answer should know."""
    if inverse.spots:
        spot = max(inverse.spots, key=lambda s: abs(s.value_more - s.value_fewer))
        yield Finding(
            code="SC-ROUGH",
            severity=Severity.INFO,
            subject=spot.measure,
            message=f"Places where more pairs gave a worse value: {len(inverse.spots)}. Draw and "
            "search differ a little from one number of pairs to the next.",
            value=f"{spot.value_more:.5g} with {spot.more} pairs",
            limit=f"{spot.value_fewer:.5g} with {spot.fewer}",
            remedy=""
            if inverse.safe_pairs is None
            else f"From {inverse.safe_pairs} pairs on every plan that was tried is enough.",
        )
    answer = inverse.answer
    if answer is None or inverse.target.span is not None:
        return
    amber = mission.mission.policies.areas.span_amber
    most = answer.point.span_of_control_max
    if most is not None and most > amber:
        yield Finding(
            code="SC-SPAN",
            severity=Severity.INFO,
            subject="span",
            message=f"The {answer.lto_teams} LTO teams of the scenario have up to {most} pairs "
            "each to care for.",
            value=f"{most} pairs",
            limit=f"amber above {amber:g} pairs",
            remedy="Name a span as part of the target, and LTO teams are searched for as well.",
        )


def _finding(
    severity: Severity,
    subject: str,
    message: str,
    *,
    value: str = "",
    limit: str = "",
    remedy: str = "",
) -> Finding:
    return Finding(
        code="SC-TARGET",
        severity=severity,
        subject=subject,
        message=message,
        value=value,
        limit=limit,
        remedy=remedy,
    )
