"""Where memory has run out there may be none left to say so nicely; it is said all the same."""

from importlib import import_module

import pytest

from planner.cli.exit_code import ExitCode


@pytest.mark.parametrize("starved", [False, True])
def test_it_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *, starved: bool
) -> None:
    def full(*_words: object) -> None:
        raise MemoryError

    line = import_module("planner.cli.main")  # the package has a function of this name
    monkeypatch.setattr(line, "app", full)
    if starved:
        monkeypatch.setattr(line, "show_error", full)
    with pytest.raises(SystemExit) as ended:
        line.main()
    assert ended.value.code == ExitCode.NO_PLAN
    said = capfd.readouterr().err
    assert "PL-MEMORY" in said
    assert "What to do: plan fewer stations" in said
