"""Sheet "Precision": what each scenario can say, by phase, in the country and in each region."""

from collections.abc import Iterator

from planner.briefing.reading import Compared
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Table, Tone, Toned
from planner.precision.estimate import Basis, Estimate
from planner.precision.report import NOTES
from planner.precision.sighting import PHASES
from planner.scenario.point import Point
from planner.scenario.run import ScenarioRun

COLUMNS = (
    Column("Scenario", 30, Kind.LONG_TEXT),
    Column("Phase", 12),
    Column("Where", 24),
    Column("To be observed", 11, Kind.COUNT),
    Column("Observed, planned", 11, Kind.COUNT),
    Column("Margin, planned (±)", 11, Kind.SHARE),
    Column("Observed, expected", 11, Kind.DECIMAL),
    Column("Margin, expected (±)", 11, Kind.SHARE),
    Column("Basis", 14, Kind.CODE),
    Column("Design effect", 10, Kind.NUMBER),
    Column("At most, if nothing is seen", 12, Kind.SHARE),
    Column("Chance to see what 5 % have", 12, Kind.SHARE),
    Column("Why", 70, Kind.LONG_TEXT),
)
_RARE = 0.05
_TONES = {Basis.DESIGN: Tone.GOOD, Basis.INDICATIVE: Tone.AMBER, Basis.NONE: Tone.MUTED}


def precision_sheet(compared: Compared) -> Sheet:
    """Return margins of error by scenario, phase and place.

    Scenarios of which only the row of figures is known have the country alone.
    """
    rows: list[tuple[Cell, ...]] = []
    groups: list[int] = []
    for number, found in enumerate(compared.found):
        made = _of_run(compared, found) if isinstance(found, ScenarioRun) else _of_point(found)
        for row in made:
            rows.append(row)
            groups.append(number)
    return Sheet(
        name="Precision",
        title="Precision by phase and region",
        intro=(
            "Half width at 95 % confidence and the worst proportion. Design-based: the lot chose "
            "the stations; indicative: the figure of a random sample of this size. " + NOTES[0]
        ),
        table=Table(COLUMNS, tuple(rows), tuple(groups)),
        key_columns=3,
    )


def _of_run(compared: Compared, run: ScenarioRun) -> Iterator[tuple[Cell, ...]]:
    names: dict[str, str] = {region.id: region.name for region in compared.mission.regions}
    planned, expected = run.forecast.planned, run.forecast.expected
    for phase in PHASES:
        for estimate in planned.estimates:
            if estimate.phase is not phase or estimate.kind == "stratum":
                continue
            shown = estimate
            if expected is not None:
                shown = expected.of(phase, estimate.kind, estimate.domain)
            whole = estimate.kind == "all"
            where = "whole country" if whole else names.get(estimate.domain, estimate.domain)
            yield (
                run.scenario.name,
                phase.value,
                Toned(where, Tone.STRONG if whole else Tone.PLAIN),
                *_figures(estimate, shown, simulated=expected is not None),
            )


def _figures(planned: Estimate, shown: Estimate, *, simulated: bool) -> tuple[Cell, ...]:
    return (
        planned.frame_n,
        planned.n,
        planned.margin,
        shown.n if simulated else None,
        shown.margin if simulated else None,
        Toned(shown.basis.value, _TONES[shown.basis]),
        shown.deff,
        shown.zero_limit,
        shown.detection.get(_RARE),
        shown.why,
    )


def _of_point(point: Point) -> Iterator[tuple[Cell, ...]]:
    if point.status != "planned":
        return
    numbers = {
        "opening": (point.openings, point.openings_mean),
        "voting": (point.voting_visits, point.voting_visits_mean),
        "counting": (point.counts, point.counts_mean),
    }
    for phase in PHASES:
        name = phase.value
        planned, expected = numbers.get(name, (None, None))
        basis = Basis(getattr(point, f"basis_{name}") or Basis.NONE)
        yield (
            point.name,
            name,
            Toned("whole country", Tone.STRONG),
            point.stations if name in numbers else None,
            planned,
            getattr(point, f"margin_{name}"),
            expected,
            getattr(point, f"margin_{name}_expected"),
            Toned(basis.value, _TONES[basis]),
            None,
            getattr(point, f"zero_limit_{name}", None),
            None,
            "the row of a sweep: run the scenario by itself for its reasons",
        )
