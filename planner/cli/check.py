"""``mission-planner check``: the referee's verdict on a plan."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.exit_code import ExitCode
from planner.cli.show import ERR, show_findings


def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Mission folder.")],
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="Plan document.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the verdict as JSON to standard output.")
    ] = False,
) -> None:
    """Judge a plan from the documents alone. Exit codes: 0 no hard finding, 1 hard findings."""
    from planner.referee import check_documents  # noqa: PLC0415 - heavy import

    verdict = check_documents(folder, plan)
    show_findings(verdict.findings)
    ERR.print(
        f"{'Passed' if verdict.passed else 'Refused'}: {len(verdict.hard)} hard, "
        f"{len(verdict.soft)} soft findings"
    )
    if as_json:
        typer.echo(verdict.model_dump_json(indent=1))
    raise typer.Exit(ExitCode.FINE if verdict.passed else ExitCode.FINDINGS)
