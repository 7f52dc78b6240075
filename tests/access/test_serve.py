"""The command that serves the dashboard: where it listens, and what protects it there."""

import os
import stat
from pathlib import Path

import pytest

from planner.access.config import AUTH_VARIABLE, USER_VARIABLE, load_auth
from planner.cli.dashboard import dashboard, serve_command, serve_environment
from planner.errors import InputError, PlannerError
from tests.access.test_config import auth_file

EVERYWHERE = "0.0.0.0"  # noqa: S104 - what is tested


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mission.toml").touch()
    return tmp_path


def _values(command: list[str], option: str) -> list[str]:
    return [command[n + 1] for n, part in enumerate(command) if part == f"--{option}"]


@pytest.mark.parametrize("address", [EVERYWHERE, "::", "192.0.2.1", "", "127.0.0.2"])
def test_nothing_but_loopback_without_a_login(folder: Path, address: str) -> None:
    with pytest.raises(PlannerError) as caught:
        serve_command(folder, 8501, address)
    assert caught.value.code == "UI-ADDRESS"
    assert "--auth" in caught.value.remedy


def test_elsewhere_with_a_login(folder: Path) -> None:
    auth = auth_file(folder)
    command = serve_command(folder, 8501, EVERYWHERE, auth=auth)
    assert _values(command, "server.address") == [EVERYWHERE]
    assert _values(command, "server.allowedHosts") == ["plan.example.org"]
    assert _values(command, "client.allowedOrigins") == ["https://plan.example.org"]
    assert _values(command, "secrets.files") == [str(auth)]


def test_no_secret_stands_in_the_command_or_the_environment(folder: Path) -> None:
    auth = auth_file(folder)
    told = " ".join(serve_command(folder, 8501, EVERYWHERE, auth=auth))
    told += str(serve_environment(load_auth(auth)))
    assert "hush" not in told
    assert "0123456789" not in told


def test_incomplete_login_is_refused(folder: Path) -> None:
    auth = auth_file(folder, client_secret=None)
    with pytest.raises(InputError):
        serve_command(folder, 8501, EVERYWHERE, auth=auth)


@pytest.mark.parametrize("address", ["", "everywhere", "0.0.0.0:80"])
def test_what_is_no_address_is_refused(folder: Path, address: str) -> None:
    with pytest.raises(PlannerError) as caught:
        serve_command(folder, 8501, address, auth=auth_file(folder))
    assert caught.value.code == "UI-ADDRESS"


@pytest.mark.parametrize("absent", ["authlib", "httpx"])
def test_login_that_is_not_installed_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, absent: str
) -> None:
    import importlib.util  # noqa: PLC0415 - the one thing that is replaced

    real = importlib.util.find_spec
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name: None if name == absent else real(name)
    )
    with pytest.raises(PlannerError) as caught:
        serve_command(folder, 8501, auth=auth_file(folder))
    assert caught.value.code == "UI-MISSING"
    assert absent in caught.value.message
    assert serve_command(folder, 8501)


def test_protections_do_not_depend_on_other_settings(folder: Path) -> None:
    command = serve_command(folder, 8501)
    for option, value in {
        "server.enableCORS": "true",
        "server.enableXsrfProtection": "true",
        "server.enableAgentApi": "false",
        "server.trustedUserHeaders": "{}",
        "client.showErrorDetails": "none",
        "global.developmentMode": "false",
        "client.allowedOrigins": "http://127.0.0.1:8501",
    }.items():
        assert _values(command, option) == [value]
    assert _values(command, "server.allowedHosts") == ["127.0.0.1", "localhost"]
    assert _values(command, "secrets.files") == []


def test_half_a_certificate_is_refused(folder: Path) -> None:
    certificate = folder / "cert.pem"
    certificate.touch()
    for key in (None, folder / "absent.pem"):
        with pytest.raises(PlannerError) as caught:
            serve_command(folder, 8501, certificate=certificate, key=key)
        assert caught.value.code == "UI-TLS"
    command = serve_command(folder, 8501, certificate=certificate, key=certificate)
    assert _values(command, "server.sslCertFile") == [str(certificate)]


@pytest.mark.parametrize("with_login", [True, False])
def test_dashboard_knows_of_the_login_only_if_there_is_one(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    with_login: bool,
) -> None:
    auth = auth_file(folder)
    auth.chmod(stat.S_IRUSR | stat.S_IWUSR | stat.S_IROTH)
    monkeypatch.setenv(AUTH_VARIABLE, "left over")
    monkeypatch.setenv(USER_VARIABLE, "left over")
    monkeypatch.setattr("planner.cli.dashboard._check_port", lambda _port, _address: None)
    monkeypatch.setattr("os.execv", lambda _path, _command: None)
    dashboard(folder, 8501, auth=auth if with_login else None, user="Ada")
    assert os.environ.get(AUTH_VARIABLE) == (str(auth) if with_login else None)
    assert os.environ[USER_VARIABLE] == "Ada"
    told = capsys.readouterr().err
    assert ("AC-MODE" in told) is with_login
    assert ("plain HTTP" in told) is with_login
