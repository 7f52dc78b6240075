"""Second page of a briefing: precision, cost, assumptions, what is real, verdict, provenance."""

from collections import Counter
from datetime import datetime
from typing import Any

from planner.briefing.changes import AS_IT_IS, MARKS, changed
from planner.briefing.page_one import NAME, letter
from planner.briefing.reading import Compared, report_of
from planner.briefing.words import (
    NOTHING,
    item_word,
    listed,
    number,
    percent,
    plural,
    points,
    short,
)
from planner.domain.place import DataStatus
from planner.export.classification import data_status
from planner.export.document import plan_hash
from planner.precision.estimate import Basis, Estimate
from planner.precision.sighting import PHASES
from planner.rules.book import RULES
from planner.scenario.run import ScenarioRun

_CHANGES = 4
"""Changes of a scenario that are written out; the workbook has all."""
_VALUE, _WHY, _SOURCE = 90, 300, 160
_STATUSES = (DataStatus.OFFICIAL, DataStatus.ESTIMATE, DataStatus.SYNTHETIC, DataStatus.UNKNOWN)
_HASH = 12


def page_two(compared: Compared, at: datetime) -> dict[str, Any]:
    """Return the content of the second page.

    Parameters
    ----------
    at
        When the briefing is made.
    """
    runs = compared.runs
    versions = runs[0].plan.provenance.versions
    return {
        "precision": [_precision(run, index) for index, run in enumerate(runs)],
        "why": [_why(estimate) for estimate in _estimates(runs[0])],
        "cost": _cost(runs),
        "changes": [_changes(run, index, compared) for index, run in enumerate(runs)],
        "general": _general(runs),
        "real": _real(compared),
        "verdicts": [_verdict(run, index) for index, run in enumerate(runs)],
        "marks": "; ".join(f"{mark or 'entered'}: {told}" for mark, told in MARKS.items() if mark),
        "made": f"{at:%Y-%m-%d %H:%M} {at.tzname() or ''}".strip(),
        "versions": ", ".join(f"{name} {version}" for name, version in sorted(versions.items())),
    }


def _estimates(run: ScenarioRun) -> tuple[Estimate, ...]:
    report = report_of(run)
    return tuple(report.of(phase) for phase in PHASES)


def _precision(run: ScenarioRun, index: int) -> dict[str, Any]:
    return {
        "letter": letter(index),
        "cells": [
            {
                "margin": points(estimate.margin),
                "n": f"{number(estimate.n)} of {number(estimate.frame_n)}",
                "basis": NOTHING if estimate.basis is Basis.NONE else estimate.basis.value,
            }
            for estimate in _estimates(run)
        ],
    }


def _why(estimate: Estimate) -> dict[str, str]:
    told = estimate.why or "the lot chose the stations, and nearly all of them are observed"
    return {
        "phase": estimate.phase.value.capitalize(),
        "basis": estimate.basis.value,
        "why": short(told, _WHY),
    }


def _cost(runs: tuple[ScenarioRun, ...]) -> dict[str, Any]:
    items = [item.item for item in runs[0].cost.items]
    missing = sorted({item for run in runs for item in run.cost.missing}, key=items.index)
    currencies = list(dict.fromkeys(run.cost.currency for run in runs))
    return {
        "letters": [letter(index) for index in range(len(runs))],
        "rows": [
            {
                "item": item_word(name)[:1].upper() + item_word(name)[1:],
                "unit": number(runs[0].cost.items[place].unit_cost, 2),
                "quantities": [number(run.cost.items[place].quantity) for run in runs],
            }
            for place, name in enumerate(items)
        ],
        "currency": " / ".join(currencies),
        "sums": [number(run.cost.money) for run in runs],
        "missing": ""
        if not missing
        else f"No unit cost is entered for {listed([item_word(item) for item in missing])}: "
        + ("the sum is without them." if len(missing) < len(items) else "there is no sum."),
        "invented": any(run.cost.illustrative for run in runs),
    }


def _changes(run: ScenarioRun, index: int, compared: Compared) -> dict[str, Any]:
    found = changed(run.scenario, compared.mission)
    told = [
        {
            "label": change.label,
            "value": short(change.value, _VALUE),
            "base": short(change.base, 30),
            "mark": change.mark or "entered",
        }
        for change in found[:_CHANGES]
    ]
    sources = dict.fromkeys(change.source for change in found if change.source)
    return {
        "letter": letter(index),
        "name": short(run.scenario.name, NAME),
        "told": told,
        "more": max(0, len(found) - _CHANGES),
        "source": short(" ".join(sources), _SOURCE),
        "nothing": AS_IT_IS if not found else "",
    }


def _general(runs: tuple[ScenarioRun, ...]) -> list[str]:
    first, assumed = runs[0].point, report_of(runs[0]).assumptions
    draws = sorted({run.point.draws for run in runs})
    seeds = sorted({run.scenario.seed for run in runs})
    noises = dict.fromkeys(run.scenario.noise for run in runs)
    simulated = (
        f"Expected: mean of {_range(draws)} simulated election days, noise "
        f"{listed(list(noises))} (B). A difference is within the uncertainty if it is smaller "
        "than two independent election days may differ, by their ranges from P5 to P95."
        if draws[-1]
        else "No election day was simulated: figures are those of the plans."
    )
    planned = (
        f"Each scenario is one plan (seed {_range(seeds)}, search effort "
        f"{first.effort_scale:g}): what the search leaves to chance is in no range."
    )
    margins = (
        f"Margins: {percent(assumed.confidence)} confidence, worst proportion "
        f"{percent(assumed.p)}, stations of one {assumed.cluster} alike by "
        f"{assumed.intraclass:g} (B, measured nowhere)."
    )
    return [
        simulated,
        planned,
        margins,
        f"Travel times: {short(runs[0].plan.provenance.travel, 170)}.",
    ]


def _range(values: list[int]) -> str:
    return f"{values[0]:,}" if values[0] == values[-1] else f"{values[0]:,} to {values[-1]:,}"


def _real(compared: Compared) -> dict[str, Any]:
    rows = [
        {
            "what": name,
            "counts": [number(count[status]) if count[status] else "" for status in _STATUSES],
        }
        for name, count in data_status(compared.mission).items()
    ]
    sources = compared.mission.mission.sources
    told = {
        status.value: short("; ".join(s.what for s in sources if s.status is status), 260)
        for status in (DataStatus.OFFICIAL, DataStatus.ESTIMATE, DataStatus.SYNTHETIC)
    }
    roster = len(compared.mission.observers)
    return {
        "statuses": [status.value.capitalize() for status in _STATUSES],
        "rows": rows,
        "sources": [{"status": key, "what": value} for key, value in told.items() if value],
        "roster": plural(roster, "person", "people") + " in the roster" if roster else "No roster",
    }


def _verdict(run: ScenarioRun, index: int) -> dict[str, Any]:
    found = run.verdict
    labels = {rule.id: rule.label for rule in RULES}
    worst = found.hard or found.soft
    common = Counter(finding.code for finding in worst).most_common(2)
    kinds = listed([f"{labels.get(code, 'rule')} ({code}) {count:,}" for code, count in common])
    return {
        "letter": letter(index),
        "passed": found.passed,
        "word": "passed" if found.passed else "refused",
        "counts": f"{len(found.hard):,} hard, {len(found.soft):,} soft",
        "kinds": kinds or "nothing to remark",
        "input": run.point.input_hash[:_HASH],
        "plan": plan_hash(run.plan)[:_HASH],
        "seed": str(run.scenario.seed),
    }
