"""The application and its last line of defence: nobody sees a traceback."""

import errno
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
from planner.memory import out_of_memory, require_memory
from planner.own_stdout import own_stdout

_NO_MEMORY = (
    "PL-MEMORY",
    "there is not enough memory for this",
    "plan fewer stations at a time",
)
_NO_MEMORY_BARE = "{}: {}\nWhat to do: {}\n".format(*_NO_MEMORY).encode()
"""Made beforehand: there may be none left to make it."""

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
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 - its callback does all
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Plan the deployment of an election observation mission."""
    require_memory()
    if context.invoked_subcommand != "dashboard":  # its server says where it is
        own_stdout()


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
    except Exception as error:  # noqa: BLE001 - the last line: nobody sees a traceback
        sys.exit(_told(error))


def _told(error: Exception) -> ExitCode:
    """Say in words what went wrong; the trace of what nobody foresaw goes to a log."""
    if out_of_memory(error):
        # What the failed work held is let go before anything is drawn.
        error.__traceback__ = error.__context__ = error.__cause__ = None
        try:
            _say(*_NO_MEMORY)
        except MemoryError:
            os.write(sys.stderr.fileno(), _NO_MEMORY_BARE)
        return ExitCode.NO_PLAN
    if isinstance(error, OSError):
        full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        remedy = "free some space" if full else "check the path"
        _say("PL-FILE", f"{error.filename or 'a file'}: {error.strerror or error}", remedy)
        return ExitCode.BAD_INPUT
    log = _log("".join(traceback.format_exception(error)))
    where = f"please report it with {log}" if log else "please report it; no log could be written"
    _say("PL-BUG", "something went wrong that should not", where)
    return ExitCode.NO_PLAN


def _say(code: str, message: str, remedy: str) -> None:
    show_error(PlannerError(code, message, remedy))


def _log(trace: str) -> Path | None:
    """Write the trace to a file of its own; None where the disk is full too."""
    try:
        handle, name = tempfile.mkstemp(prefix="mission-planner-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8") as log:
            log.write(trace)
    except OSError:
        return None
    return Path(name)
