"""``mission-planner export``: workbook and maps of a checked plan."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.exit_code import ExitCode
from planner.cli.show import ERR, show_findings


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Mission folder.")],
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="Plan document.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write to.")],
    kinds: Annotated[
        str, typer.Option("--as", help="Formats by comma: xlsx, gpkg, kml, gpx, json.")
    ] = "xlsx",
) -> None:
    """Write a plan's workbook and maps. A plan that the referee refuses is not exported."""
    from planner.export.document import load_plan  # noqa: PLC0415 - heavy import
    from planner.export.registry import export_plan  # noqa: PLC0415 - heavy import
    from planner.intake.folder import load_mission  # noqa: PLC0415 - heavy import
    from planner.intake.polygons import load_polygons  # noqa: PLC0415 - heavy import
    from planner.referee import check_plan  # noqa: PLC0415 - heavy import
    from planner.travel import make_provider  # noqa: PLC0415 - heavy import

    mission = load_mission(folder).mission_input
    document = load_plan(plan)
    verdict = check_plan(mission, document, make_provider(mission))
    if not verdict.passed:
        show_findings(verdict.hard)
        ERR.print("The referee refuses this plan, so nothing was exported.")
        raise typer.Exit(ExitCode.FINDINGS)
    wanted = [kind.strip() for kind in kinds.split(",") if kind.strip()]
    polygons = load_polygons(folder)
    for path in export_plan(mission, document, verdict, output, wanted, polygons=polygons):
        ERR.print(f"wrote {path}")
