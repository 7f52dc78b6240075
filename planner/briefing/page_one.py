"""First page of a briefing: question, answer, figures side by side, chart."""

from collections.abc import Callable
from typing import Any

from planner.briefing.answer import answer, basis, margin, question_of
from planner.briefing.changes import AS_IT_IS, changed
from planner.briefing.difference import OBSERVED, difference, expected
from planner.briefing.reading import Compared
from planner.briefing.words import NOTHING, listed, number, percent, points, short, signed
from planner.scenario.point import Point
from planner.scenario.run import ScenarioRun

NAME = 56
"""Letters of a scenario's name in a table."""
_REASON, _WHAT = 230, 90
_FEW = 4
"""Scenarios beside which there is room for more figures."""
_TITLES = {
    "openings": "Openings",
    "voting_visits": "Voting visits",
    "counts": "Counts",
    "tabulations": "Tabulations",
}


def letter(index: int) -> str:
    """Return how a scenario is called in tables and chart: A, B, C and so on."""
    return chr(ord("A") + index)


def page_one(compared: Compared) -> dict[str, Any]:
    """Return the content of the first page."""
    planned = compared.planned
    questions = [run.scenario.question for run in compared.runs]
    return {
        "question": short(compared.question or question_of(planned, questions), 220),
        "answer": list(answer(planned)),
        "warning": _warning(planned),
        "simulated": all(point.draws for point in planned),
        "rows": [
            _row(planned[0], point, index) | {"what": _what(run, compared)}
            for index, (point, run) in enumerate(zip(planned, compared.runs, strict=True))
        ],
        "panels": [_panel(planned, name) for name in OBSERVED],
        "load": _load(planned) if len(planned) <= _FEW else [],
        "priced": any(point.cost is not None for point in planned),
        "refused": [
            {"name": short(point.name, NAME), "reason": short(point.reason, _REASON)}
            for point in compared.refused
        ],
    }


def _warning(planned: tuple[Point, ...]) -> str:
    """Say which plans the referee refuses: their figures must not be used."""
    broken = [letter(index) for index, point in enumerate(planned) if point.hard_findings]
    if not broken:
        return ""
    plans = "the plan" if len(broken) == 1 else "the plans"
    return f"The referee refuses {plans} of {listed(broken)}: do not use these figures."


def _row(base: Point, point: Point, index: int) -> dict[str, Any]:
    return {
        "letter": letter(index),
        "name": short(point.name, NAME),
        "pairs": number(point.sto_pairs),
        "observed": [_observed(base, point, name) for name in OBSERVED[:3]],
        "margins": [
            {"value": points(margin(point, phase)), "basis": basis(point, phase)}
            for phase in ("voting", "counting")
        ],
        "cost": NOTHING if point.cost is None else f"{number(point.cost)} {point.currency}",
        "verdict": f"{point.hard_findings} hard" if point.hard_findings else "passed",
        "passed": not point.hard_findings,
    }


def _what(run: ScenarioRun, compared: Compared) -> str:
    told = [f"{one.label}: {one.value}" for one in changed(run.scenario, compared.mission)]
    return short("; ".join(told) or AS_IT_IS, _WHAT)


def _observed(base: Point, point: Point, name: str) -> dict[str, Any]:
    found = None if point is base else difference(base, point, name)
    return {
        "value": number(expected(point, name).value),
        "change": "" if found is None else signed(found.change),
        "within": bool(found and found.within),
    }


def _load(planned: tuple[Point, ...]) -> list[dict[str, Any]]:
    """Return further figures where there is room for them."""
    lines: tuple[tuple[str, Callable[[Point], str]], ...] = (
        ("Districts with a visit", lambda p: _of(p.districts_touched, p.districts)),
        ("Urban share of visited stations", lambda p: percent(p.urban_share_visited, 1)),
        ("Urban share of all stations", lambda p: percent(p.urban_share_frame, 1)),
        ("Most STO pairs of one LTO team", lambda p: number(p.span_of_control_max)),
        ("Driving of a pair, mean (h)", lambda p: number(p.drive_mean_h, 1)),
        ("Longest duty, planned (h)", lambda p: number(p.duty_max_h, 1)),
        ("Longest duty, 95th percentile (h)", lambda p: number(p.longest_duty_p95_h, 1)),
        ("Pairs that miss their closing, mean", lambda p: number(p.missed_closings_mean, 1)),
    )
    return [{"what": what, "values": [read(point) for point in planned]} for what, read in lines]


def _of(part: int | None, whole: int | None) -> str:
    return f"{number(part)} of {number(whole)}"


def _panel(planned: tuple[Point, ...], name: str) -> dict[str, Any]:
    """Return one part of the chart: a bar for the mean, a line from P5 to P95, a mark as planned.

    Numbers are shares of the longest bar, 0 to 1.
    """
    found = [expected(point, name) for point in planned]
    ends = [value for one in found for value in (one.planned, one.value, one.p95) if value]
    longest = max(ends, default=0.0)

    def share(value: float | None) -> float | None:
        return None if value is None or not longest else round(value / longest, 5)

    return {
        "title": _TITLES[name],
        "bars": [
            {
                "letter": letter(index),
                "value": share(one.value) or 0.0,
                "p5": share(one.p5),
                "p95": share(one.p95),
                "planned": share(one.planned),
                "label": number(one.value),
            }
            for index, one in enumerate(found)
        ],
    }
