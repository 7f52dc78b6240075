"""A dashboard with a login service of our own, and a person's way through it."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from planner.access.config import load_auth
from planner.cli.dashboard import serve_command, serve_environment
from tests.e2e.oidc import CLIENT, SECRET, Service, login_service
from tests.e2e.serving import free_port, serving

CHIEF = "chief@example.org"


@contextmanager
def serving_with_login(
    folder: Path, script: Path | None = None, admins: Sequence[str] = (CHIEF,)
) -> Iterator[tuple[str, Service]]:
    """Serve a mission folder with a login, by the command that people use."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with login_service(f"{address}/oauth2callback") as service:
        auth = folder / "auth.toml"
        auth.write_text(
            f"""[auth]
redirect_uri = "{service.back_to}"
cookie_secret = "{uuid.uuid4().hex}{uuid.uuid4().hex}"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{service.issuer}/.well-known/openid-configuration"
[roles]
admins = [{", ".join(f'"{name}"' for name in admins)}]
""",
            encoding="utf-8",
        )
        auth.chmod(0o600)
        command = serve_command(folder, port, auth=auth)
        if script is not None:
            command[command.index("run") + 1] = str(script)
        with serving(command, port, serve_environment(load_auth(auth))):
            yield address, service


def log_in(page: Any, address: str, email: str, *, verified: bool = True) -> None:
    """Log in as whoever is named."""
    page.goto(address)
    page.get_by_role("button", name="Log in").click()
    page.locator("input[name=email]").fill(email)
    if not verified:
        page.locator("input[name=unverified]").check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{address}/**")
