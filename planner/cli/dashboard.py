"""``mission-planner dashboard``: serves the dashboard of one mission on this machine."""

import importlib.util
import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.show import ERR
from planner.errors import PlannerError

LOOPBACK = ("127.0.0.1", "localhost")
ADDRESS = "127.0.0.1"


def dashboard(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Mission folder.")],
    port: Annotated[int, typer.Option(min=1024, max=65535, help="Port to listen on.")] = 8501,
    address: Annotated[
        str, typer.Option(help="Address to listen on; only this machine, until there is a login.")
    ] = ADDRESS,
) -> None:
    """Show a mission and its plan in the browser, on this machine only. Ctrl-C ends it."""
    command = serve_command(folder, port, address)
    _check_port(port)
    ERR.print(f"The dashboard of {folder} is at http://{ADDRESS}:{port} (Ctrl-C ends it).")
    sys.stderr.flush()
    os.execv(command[0], command)  # noqa: S606 - no shell; the server takes this process's place


def serve_command(folder: Path, port: int, address: str = ADDRESS) -> list[str]:
    """Return the command that serves a mission folder.

    The dashboard is started as a program of its own and not imported: it stands above this floor.

    Raises
    ------
    PlannerError
        ``UI-ADDRESS`` for an address that others could reach, ``UI-FOLDER`` for a folder that
        holds no mission, ``UI-MISSING`` if the dashboard is not installed.
    """
    if address not in LOOPBACK:
        raise PlannerError(
            "UI-ADDRESS",
            f"the dashboard may not listen on {address}: it has no login yet, and whoever can "
            "reach it would see where observers go",
            f"leave --address out; reach it from elsewhere through an SSH tunnel to {ADDRESS}",
        )
    if not (folder / "mission.toml").is_file():
        raise PlannerError(
            "UI-FOLDER",
            f"{folder} holds no mission.toml",
            "name a mission folder, or write one with 'mission-planner demo' or 'new'",
        )
    found = importlib.util.find_spec("ui")
    if found is None or found.origin is None or importlib.util.find_spec("streamlit") is None:
        raise PlannerError(
            "UI-MISSING",
            "the dashboard or Streamlit, which serves it, is not installed",
            "install the project with its locked dependencies: make run",
        )
    options = {
        "server.address": ADDRESS,
        "server.port": str(port),
        "server.headless": "true",
        "server.enableStaticServing": "true",
        "server.maxUploadSize": "25",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
        "runner.magicEnabled": "false",
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    script = str(Path(found.origin).with_name("app.py"))
    start = [sys.executable, "-m", "streamlit", "run", script]
    return [*start, *flags, "--", str(folder.resolve())]


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise PlannerError(
                "UI-PORT",
                f"port {port} of {ADDRESS} cannot be used: {error.strerror or error}",
                "name another one with --port, or end the program that uses it",
            ) from error
