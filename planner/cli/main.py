"""The application and its last line of defence: nobody sees a traceback."""

import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import planner
from planner.cli.briefing import brief
from planner.cli.check import check
from planner.cli.dashboard import dashboard
from planner.cli.demo import demo
from planner.cli.exit_code import ExitCode
from planner.cli.export import export
from planner.cli.importing import gazetteer, import_, new, template
from planner.cli.plan import plan
from planner.cli.show import show_error
from planner.cli.simulate import simulate
from planner.cli.sweep import sweep
from planner.cli.target import target
from planner.errors import PlannerError

app = typer.Typer(
    name="mission-planner",
    help="Plan the deployment of an election observation mission.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("demo")(demo)
app.command("new")(new)
app.command("template")(template)
app.command("import")(import_)
app.command("gazetteer")(gazetteer)
app.command("plan")(plan)
app.command("check")(check)
app.command("export")(export)
app.command("simulate")(simulate)
app.command("sweep")(sweep)
app.command("target")(target)
app.command("brief")(brief)
app.command("dashboard")(dashboard)


def _version(*, value: bool) -> None:
    if value:
        typer.echo(f"mission-planner {planner.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Plan the deployment of an election observation mission."""


def main() -> None:
    """Run the command line; every error ends in a message, a remedy and an exit code."""
    try:
        app()
    except PlannerError as error:
        show_error(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        Console(stderr=True).print("Stopped; nothing was changed.")
        sys.exit(ExitCode.NO_PLAN)
    except MemoryError:
        _say("PL-MEMORY", "there is not enough memory for this", "plan fewer stations at a time")
        sys.exit(ExitCode.NO_PLAN)
    except OSError as error:
        _say(
            "PL-FILE", f"{error.filename or 'a file'}: {error.strerror or error}", "check the path"
        )
        sys.exit(ExitCode.BAD_INPUT)
    except Exception:  # noqa: BLE001 - the last line: the trace goes to a log, never to the user
        log = _log(traceback.format_exc())
        _say("PL-BUG", "something went wrong that should not", f"please report it with {log}")
        sys.exit(ExitCode.NO_PLAN)


def _say(code: str, message: str, remedy: str) -> None:
    show_error(PlannerError(code, message, remedy))


def _log(trace: str) -> Path:
    handle, name = tempfile.mkstemp(prefix="mission-planner-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        log.write(trace)
    return Path(name)
