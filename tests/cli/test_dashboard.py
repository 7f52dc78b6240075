"""The command that serves the dashboard, without serving it."""

import socket
from pathlib import Path

import pytest

from planner.cli.dashboard import dashboard, serve_command
from planner.errors import PlannerError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mission.toml").touch()
    return tmp_path


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.1", ""])  # noqa: S104 - refused
def test_other_addresses_are_refused(folder: Path, address: str) -> None:
    with pytest.raises(PlannerError) as caught:
        serve_command(folder, 8501, address)
    assert caught.value.code == "UI-ADDRESS"


def test_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(PlannerError) as caught:
        serve_command(tmp_path, 8501)
    assert caught.value.code == "UI-FOLDER"


def test_folder_of_missions_and_an_empty_one_are_served(tmp_path: Path) -> None:
    assert serve_command(tmp_path, 8501)[-1] == str(tmp_path)
    (tmp_path / "kz").mkdir()
    (tmp_path / "kz" / "mission.toml").touch()
    assert serve_command(tmp_path, 8501)[-1] == str(tmp_path)


def test_served_on_loopback_and_without_statistics(folder: Path) -> None:
    command = list(serve_command(folder, 9000, "localhost"))
    assert command[command.index("--server.address") + 1] == "127.0.0.1"
    assert command[command.index("--browser.gatherUsageStats") + 1] == "false"
    assert command[-1] == str(folder)
    assert Path(command[4]).is_file()


def test_busy_port_is_told(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PlannerError) as caught:
            dashboard(folder, taken.getsockname()[1])
    assert caught.value.code == "UI-PORT"


def test_serves_in_its_own_place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda _path, command: called.append(list(command)))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    dashboard(folder, port)
    assert str(port) in called[0]
