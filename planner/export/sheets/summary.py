"""Sheet "Summary": the verdict, key figures, stages, what is real, and where it all comes from."""

from dataclasses import dataclass

from planner.domain.finding import Severity
from planner.domain.place import DataStatus
from planner.domain.plan import StageReport, StageStatus
from planner.domain.policy import SampleMode
from planner.export.classification import data_status, long_date
from planner.export.figures import Figure, figures
from planner.export.sheets.table import Cell, Kind, Tone, Toned
from planner.export.view import PlanView
from planner.referee import Verdict

WIDTHS = (32.0, 15.0, 15.0, 15.0, 11.0, 11.0, 17.0, 13.0)
"""Of the eight columns of a plan's blocks, in characters."""


@dataclass(frozen=True)
class Block:
    """A small table under a heading. The last cell of a shorter row runs on to the right."""

    heading: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Summary:
    """What the first sheet says: two lines, the verdict, blocks.

    ``widths`` are those of the columns that all blocks share, in characters.
    """

    title: str
    subtitle: str
    verdict: Toned
    blocks: tuple[Block, ...]
    widths: tuple[float, ...] = WIDTHS
    landscape: bool = False


def summary(view: PlanView, verdict: Verdict, digest: str) -> Summary:
    """Return the content of the first sheet.

    Parameters
    ----------
    digest
        SHA-256 of the plan document.
    """
    mission = view.mission.mission
    return Summary(
        title=mission.name,
        subtitle=(
            f"{mission.format} in {mission.country}, election day {long_date(mission.e_day)}, "
            f"voting {mission.hours.opens:%H:%M} to {mission.hours.closes:%H:%M} local time"
        ),
        verdict=_verdict(verdict),
        blocks=(
            _key_figures(view, verdict),
            _stages(view),
            _data(view),
            _provenance(view, digest),
        ),
    )


def _verdict(verdict: Verdict) -> Toned:
    count = {
        severity: sum(finding.severity is severity for finding in verdict.findings)
        for severity in Severity
    }
    rest = f"soft findings: {count[Severity.SOFT]}, remarks: {count[Severity.INFO]}"
    if verdict.passed:
        return Toned(f"The referee passed this plan. Hard findings: 0, {rest}.", Tone.GOOD)
    return Toned(
        "The referee refused this plan: do not use it. "
        f"Hard findings: {count[Severity.HARD]}, {rest}.",
        Tone.RED,
    )


def _key_figures(view: PlanView, verdict: Verdict) -> Block:
    sample = {
        SampleMode.REPRESENTATIVE: "randomised before routing",
        SampleMode.COVERAGE: "not randomised: any precision is indicative",
    }
    return Block(
        "Key figures",
        ("Figure", "Value", "Unit", "Remark"),
        (
            (
                "Sample",
                Toned(view.plan.sample_mode.value, kind=Kind.COUNT),
                None,
                sample[view.plan.sample_mode],
            ),
            *(_figure(figure) for figure in figures(view.mission, verdict, view.plan.kpis)),
        ),
    )


def _figure(figure: Figure) -> tuple[Cell, ...]:
    kind = {"share": Kind.SHARE, "": Kind.NUMBER}.get(figure.unit, Kind.DECIMAL)
    return (
        figure.label,
        Toned(figure.value, kind=kind),
        figure.unit.replace("share", ""),
        figure.remark,
    )


def _stages(view: PlanView) -> Block:
    return Block(
        "Stages of the optimizer",
        ("Stage", "Status", "Objective", "Bound", "Gap", "Stopped by", "Unit, sense", "Time (s)"),
        tuple(row for stage in view.plan.stages for row in _stage(stage)),
    )


def _stage(stage: StageReport) -> list[tuple[Cell, ...]]:
    tone = Tone.AMBER if stage.status is StageStatus.PARTIAL else Tone.PLAIN
    row: tuple[Cell, ...] = (
        stage.name.value,
        Toned(stage.status.value, tone),
        Toned(stage.objective, kind=Kind.NUMBER),
        Toned(stage.bound, kind=Kind.NUMBER),
        Toned(stage.gap, kind=Kind.FINE_SHARE),
        stage.stop.value.replace("_", " "),
        f"{stage.unit}, {stage.sense}",
        Toned(stage.wall_s, kind=Kind.DECIMAL),
    )
    return [row, (None, Toned(stage.note, Tone.MUTED))] if stage.note else [row]


def _data(view: PlanView) -> Block:
    statuses = (DataStatus.OFFICIAL, DataStatus.ESTIMATE, DataStatus.SYNTHETIC, DataStatus.UNKNOWN)
    rows: list[tuple[Cell, ...]] = []
    for name, count in data_status(view.mission).items():
        counts: list[Cell] = [Toned(count[status], kind=Kind.COUNT) for status in statuses]
        if count[DataStatus.SYNTHETIC]:
            counts[2] = Toned(count[DataStatus.SYNTHETIC], Tone.AMBER, Kind.COUNT)
        rows.append((name, *counts))
    if view.synthetic:
        rows.append((Toned("Synthetic", Tone.AMBER), "; ".join(view.synthetic)))
    return Block(
        "What is real",
        ("Records", "Official", "Estimate", "Synthetic", "Unknown"),
        tuple(rows),
    )


def _provenance(view: PlanView, digest: str) -> Block:
    origin = view.plan.provenance
    rows: list[tuple[Cell, ...]] = [
        ("Mission", view.plan.mission),
        ("Plan (SHA-256)", digest),
        ("Input (SHA-256)", origin.input_hash),
        (
            "Seed",
            f"{origin.seed}, "
            + (
                "reproducible: the same input and seed give the same plan"
                if origin.reproducible
                else "stopped by the clock: another run may differ"
            ),
        ),
        ("Travel times", origin.travel),
        ("Versions", ", ".join(f"{k} {v}" for k, v in sorted(origin.versions.items()))),
        *(("Note", note) for note in origin.notes),
    ]
    return Block("Provenance", (), tuple(rows))
