"""Sheet "Assumptions": every changed field with its source mark, and what all figures rest on."""

from collections.abc import Iterator

from planner.briefing.changes import AS_IT_IS, MARKS, changes
from planner.briefing.reading import Compared, report_of
from planner.briefing.words import item_word, listed, number, percent
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Table, Tone, Toned
from planner.precision.report import NOTES
from planner.scenario.point import COLUMNS as POINT_COLUMNS
from planner.scenario.point import Point
from planner.scenario.run import ScenarioRun

COLUMNS = (
    Column("Scenario", 32, Kind.LONG_TEXT),
    Column("Assumption", 40, Kind.LONG_TEXT),
    Column("Value", 40, Kind.LONG_TEXT),
    Column("In the mission", 26, Kind.LONG_TEXT),
    Column("Mark", 12, Kind.CODE),
    Column("Source", 60, Kind.LONG_TEXT),
    Column("Field", 26),
)
ALL = "all scenarios"
_ASKED = ("effort_scale", "draws", "hard_findings")
"""Columns of a point: the first two are figures of the run, the last one begins the results."""


def assumptions_sheet(compared: Compared) -> Sheet:
    """Return what each scenario changes, then what all of them assume."""
    rows: list[tuple[Cell, ...]] = []
    groups: list[int] = []
    base = compared.planned[0]
    for index, found in enumerate(compared.found):
        made = (
            _of_run(compared, found) if isinstance(found, ScenarioRun) else _of_point(base, found)
        )
        for row in made:
            rows.append(row)
            groups.append(index)
    for row in _shared(compared):
        rows.append(row)
        groups.append(len(compared.found))
    marks = "; ".join(f"{mark}: {told}" for mark, told in MARKS.items() if mark)
    return Sheet(
        name="Assumptions",
        title="Assumptions",
        intro=f"{marks}; entered: {MARKS['']}.",
        table=Table(COLUMNS, tuple(rows), tuple(groups)),
    )


def _of_run(compared: Compared, run: ScenarioRun) -> Iterator[tuple[Cell, ...]]:
    name, found = run.scenario.name, changes(run.scenario, compared.mission)
    if not found:
        yield (name, AS_IT_IS, None, None, None, None, None)
    for one in found:
        mark = Toned(one.mark or "entered", Tone.PLAIN if one.mark else Tone.MUTED)
        yield (name, one.label, one.value, one.base, mark, one.source or MARKS[""], one.path)
    for finding in run.applied.findings:
        yield (
            name,
            Toned(finding.message, Tone.AMBER),
            finding.value,
            finding.limit,
            finding.code,
            finding.remedy,
            finding.subject,
        )


def _of_point(base: Point, point: Point) -> Iterator[tuple[Cell, ...]]:
    """Yield what is asked otherwise than in the first scenario, where only its row is known."""
    names = [column.name for column in POINT_COLUMNS]
    asked = names[names.index("seed") : names.index(_ASKED[-1])]
    found = [
        name
        for name in asked
        if name not in _ASKED
        and getattr(point, name) != getattr(base, name)
        and getattr(point, name) not in (None, "")
    ]
    if point.status != "planned":
        return
    if not found:
        yield (point.name, AS_IT_IS if point is base else f"as in {base.name}", *(None,) * 5)
    for name in found:
        meaning = next(column.meaning for column in POINT_COLUMNS if column.name == name)
        yield (
            point.name,
            meaning,
            str(getattr(point, name)),
            str(getattr(base, name)),
            Toned("entered", Tone.MUTED),
            f"as asked for in the sweep; beside it the value in {base.name}",
            name,
        )


def _shared(compared: Compared) -> Iterator[tuple[Cell, ...]]:
    planned = compared.planned
    draws = sorted({point.draws for point in planned})
    efforts = sorted({point.effort_scale for point in planned})
    yield _row("Simulated election days", _ends(draws), "B", "presets of planner.execution")
    yield _row("Effort of the search for days", _ends(efforts), "", "1 is that of a plan")
    for run in compared.runs[:1]:
        assumed = report_of(run).assumptions
        yield _row("Confidence", percent(assumed.confidence), "B", "a convention")
        yield _row("Proportion that margins are for", percent(assumed.p), "B", "the worst case")
        yield _row(
            f"Likeness of stations of one {assumed.cluster} (intraclass correlation)",
            f"{assumed.intraclass:g}",
            "B",
            NOTES[0],
        )
        for note in NOTES[1:]:
            yield _row(note, "", "", "")
        yield _row("Travel times", run.plan.provenance.travel, "", "policy of the mission")
    yield from _unit_costs(compared)


def _unit_costs(compared: Compared) -> Iterator[tuple[Cell, ...]]:
    costs = compared.mission.mission.costs
    invented = "invented for illustration" if costs.illustrative else "mission file"
    missing = []
    for item in ("vehicle_day", "interpreter_day", "bed_night", "observer_day", "km"):
        value = getattr(costs, item)
        if value is None:
            missing.append(item_word(item))
            continue
        text = f"{number(value, 2)} {costs.currency}"
        yield _row(f"Unit cost of {item_word(item)}", text, "", invented)
    if missing:
        told = f"No unit cost is entered for {listed(missing)}"
        yield (ALL, Toned(told, Tone.AMBER), "sums are without them", *(None,) * 4)


def _row(what: str, value: str, mark: str, source: str) -> tuple[Cell, ...]:
    return (ALL, what, value or None, None, mark or None, source or None, None)


def _ends(values: list[int] | list[float]) -> str:
    low, high = f"{values[0]:,g}", f"{values[-1]:,g}"
    return low if low == high else f"{low} to {high}"
