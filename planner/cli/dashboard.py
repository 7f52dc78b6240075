"""``mission-planner dashboard``: serves the dashboard of one mission.

On this machine it needs no login. On any other address it is not served without one.
"""

import importlib.util
import ipaddress
import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from planner.access.config import AUTH_VARIABLE, USER_VARIABLE, AuthFile, is_loopback, load_auth
from planner.cli.show import ERR, show_findings
from planner.errors import PlannerError
from planner.settings import map_style

LOOPBACK = ("127.0.0.1", "localhost")
ADDRESS = "127.0.0.1"
UPLOAD_MB = 25


def dashboard(  # noqa: PLR0913, PLR0917 - the options of one command
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Mission folder, or a folder of them.")
    ],
    port: Annotated[int, typer.Option(min=1024, max=65535, help="Port to listen on.")] = 8501,
    address: Annotated[
        str, typer.Option(help="Address to listen on; any but this machine's own needs --auth.")
    ] = ADDRESS,
    auth: Annotated[
        Path | None, typer.Option(envvar=AUTH_VARIABLE, help="Auth file (TOML): sets the login up.")
    ] = None,
    user: Annotated[
        str, typer.Option(envvar=USER_VARIABLE, help="Your name in the history, without a login.")
    ] = "",
    base_url_path: Annotated[
        str, typer.Option(help="Path of the dashboard behind a proxy, e.g. eom.")
    ] = "",
    certificate: Annotated[
        Path | None, typer.Option(help="Certificate (PEM), to speak HTTPS without a proxy.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="Private key of the certificate (PEM).")] = None,
    background: Annotated[
        str,
        typer.Option(
            "--map-style",
            help="MapLibre style behind the maps. Whoever serves it sees where you look; none by "
            "default.",
        ),
    ] = "",
    attribution: Annotated[
        str, typer.Option("--map-attribution", help="Whom that map credits.")
    ] = "",
) -> None:
    """Show a mission and its plan in the browser; on this machine unless there is a login."""
    style = map_style(background, attribution)
    command = serve_command(
        folder,
        port,
        address,
        auth=auth,
        base_url_path=base_url_path,
        certificate=certificate,
        key=key,
    )
    _check_port(port, command[command.index("--server.address") + 1])
    found = None if auth is None else load_auth(auth, base_url_path)
    _announce(folder, port, base_url_path, found, certificate)
    os.environ.update(serve_environment(found, user) | (style.environment() if style else {}))
    if found is None:
        os.environ.pop(AUTH_VARIABLE, None)
    os.execv(command[0], command)  # noqa: S606 - no shell; the server takes this process's place


def serve_command(
    folder: Path,
    port: int,
    address: str = ADDRESS,
    *,
    auth: Path | None = None,
    base_url_path: str = "",
    certificate: Path | None = None,
    key: Path | None = None,
) -> list[str]:
    """Return the command that serves a mission folder.

    The dashboard is started as a program of its own and not imported: it stands above this floor.
    It needs :func:`serve_environment` too. No secret stands in the command, which other accounts
    of the machine can read.

    Raises
    ------
    PlannerError
        ``UI-ADDRESS`` for an address that others could reach while there is no login, or for what
        is no address; ``UI-FOLDER`` for a folder that holds no mission, ``UI-MISSING`` if the
        dashboard or its login is not installed, ``UI-TLS`` for half a certificate; ``AC-FILE`` and
        ``IN-INPUT`` from :func:`planner.access.config.load_auth`.
    """
    _check_address(address, with_login=auth is not None)
    found = None if auth is None else load_auth(auth, base_url_path)
    _check_folder(folder)
    options = {
        "server.address": ADDRESS if address in LOOPBACK else address,
        "server.port": str(port),
        "server.headless": "true",
        "server.enableStaticServing": "true",
        "server.maxUploadSize": str(UPLOAD_MB),
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
        "runner.magicEnabled": "false",
        # A calm blue that colour-blind people see too, instead of a red that looks like an alarm.
        "theme.light.primaryColor": "#0072B2",
        "theme.dark.primaryColor": "#56B4E9",
        **_guards(found, base_url_path, f"http://{ADDRESS}:{port}"),
        **_tls(certificate, key),
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    for host in LOOPBACK if found is None or is_loopback(found.host) else (found.host,):
        flags += ["--server.allowedHosts", host]
    start = [sys.executable, "-m", "streamlit", "run", _script(with_login=auth is not None)]
    return [*start, *flags, "--", str(folder.resolve())]


def _check_folder(folder: Path) -> None:
    """Refuse a folder that is no mission, holds none and has other things in it: a slip."""
    known = ("mission.toml", "*/mission.toml", ".planner")
    if folder.is_dir() and (
        any(next(folder.glob(pattern), None) for pattern in known)
        or next(folder.iterdir(), None) is None
    ):
        return
    raise PlannerError(
        "UI-FOLDER",
        f"{folder} holds no mission.toml, nor do the folders in it",
        "name a mission folder or a folder of them, or write one with 'mission-planner demo' or "
        "'new'; an empty folder starts a new collection of missions",
    )


def serve_environment(auth: AuthFile | None, user: str = "") -> dict[str, str]:
    """Return the variables that tell the dashboard who its people are."""
    found = {} if auth is None else {AUTH_VARIABLE: str(auth.path)}
    return found | ({USER_VARIABLE: user} if user.strip() else {})


def _guards(auth: AuthFile | None, base_url_path: str, local: str) -> dict[str, str]:
    """Return Streamlit's protections, all named, so that no other settings file weakens them."""
    guards = {
        "server.enableCORS": "true",
        "server.enableXsrfProtection": "true",
        "server.enableAgentApi": "false",
        # Headers could name anybody.
        "server.trustedUserHeaders": "{}",
        # Else pages of Streamlit's own cloud could steer the dashboard in a frame.
        "client.allowedOrigins": local if auth is None else auth.origin,
        "global.developmentMode": "false",
    }
    if base_url_path:
        guards["server.baseUrlPath"] = base_url_path.strip("/")
    if auth is not None:
        guards["secrets.files"] = str(auth.path)
        # Named, so that Streamlit does not ask a third party for this machine's address.
        guards["browser.serverAddress"] = auth.host
    return guards


def _tls(certificate: Path | None, key: Path | None) -> dict[str, str]:
    if certificate is None and key is None:
        return {}
    if certificate is None or key is None or not (certificate.is_file() and key.is_file()):
        raise PlannerError(
            "UI-TLS",
            "HTTPS takes a certificate and its key, and both files must be there",
            "name both with --certificate and --key, or leave both out",
        )
    return {
        "server.sslCertFile": str(certificate.resolve()),
        "server.sslKeyFile": str(key.resolve()),
    }


def _script(*, with_login: bool) -> str:
    found = importlib.util.find_spec("ui")
    if found is None or found.origin is None or importlib.util.find_spec("streamlit") is None:
        raise PlannerError(
            "UI-MISSING",
            "the dashboard or Streamlit, which serves it, is not installed",
            "install the project with its locked dependencies: make run",
        )
    absent = [name for name in ("authlib", "httpx") if importlib.util.find_spec(name) is None]
    if with_login and absent:
        raise PlannerError(
            "UI-MISSING",
            f"the login needs {' and '.join(absent)}, not installed here",
            "install the extra 'login': pip install 'mission-planner[login]'",
        )
    return str(Path(found.origin).with_name("app.py"))


def _check_address(address: str, *, with_login: bool) -> None:
    if address in LOOPBACK:
        return
    if not with_login:
        raise PlannerError(
            "UI-ADDRESS",
            f"the dashboard may not listen on {address or 'an empty address'} without a login: "
            "whoever can reach it would see where observers go",
            "set a login up with --auth FILE (README, 'Login'); or leave --address out and reach "
            f"it from elsewhere through an SSH tunnel to {ADDRESS}",
        )
    try:
        ipaddress.ip_address(address)
    except ValueError as error:
        raise PlannerError(
            "UI-ADDRESS",
            f"{address or 'an empty text'} is no address to listen on",
            "name an IP address of this machine, or 0.0.0.0 for all of them",
        ) from error


def _announce(
    folder: Path, port: int, base_url_path: str, auth: AuthFile | None, certificate: Path | None
) -> None:
    base = base_url_path.strip("/")
    if auth is None:
        scheme = "https" if certificate else "http"
        place = f"{scheme}://{ADDRESS}:{port}/{base}".rstrip("/")
    else:
        place = f"{auth.origin}/{base}".rstrip("/")
        show_findings(auth.findings)
        if certificate is None and not is_loopback(auth.host):
            ERR.print(
                f"Port {port} itself speaks plain HTTP: only the proxy that speaks HTTPS for "
                f"{auth.host} should reach it."
            )
    ERR.print(f"The dashboard of {folder} is at {place} (Ctrl-C ends it).")
    sys.stderr.flush()


def _check_port(port: int, address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise PlannerError(
                "UI-PORT",
                f"port {port} of {address} cannot be used: {error.strerror or error}",
                "name another one with --port, or end the program that uses it",
            ) from error
