"""The auth file: what is let through, and that all that is wrong is told at once."""

from pathlib import Path

import pytest

from planner.access.config import is_loopback, load_auth
from planner.errors import InputError, PlannerError

GOOD = {
    "redirect_uri": '"https://plan.example.org/oauth2callback"',
    "cookie_secret": '"0123456789abcdefghijklmnopqrstuvwxyz"',
    "client_id": '"planner"',
    "client_secret": '"hush-hush"',
    "server_metadata_url": '"https://id.example.org/.well-known/openid-configuration"',
}
ROLES = '[roles]\nadmins = ["Chief@example.org"]\n'


def auth_file(folder: Path, roles: str = ROLES, /, **changed: str | None) -> Path:
    keys = {key: value for key, value in (GOOD | changed).items() if value is not None}
    text = "[auth]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items()) + roles
    path = folder / "auth.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


def _codes(path: Path, base: str = "") -> set[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        load_auth(path, base)
    return {(finding.code, finding.column) for finding in caught.value.findings}


def test_complete_file_is_read_and_keeps_its_secrets(tmp_path: Path) -> None:
    found = load_auth(auth_file(tmp_path))
    assert found.host == "plan.example.org"
    assert found.origin == "https://plan.example.org"
    assert found.admins == ("chief@example.org",)
    assert found.findings == ()
    assert "hush" not in repr(found)
    assert "0123456789" not in repr(found)


def test_base_path_is_part_of_the_way_back(tmp_path: Path) -> None:
    path = auth_file(tmp_path, redirect_uri='"https://plan.example.org/eom/oauth2callback"')
    assert load_auth(path, "/eom/").host == "plan.example.org"
    assert _codes(path) == {("AC-ADDRESS", "redirect_uri")}
    assert _codes(auth_file(tmp_path), "eom") == {("AC-ADDRESS", "redirect_uri")}


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("redirect_uri", '"http://plan.example.org/oauth2callback"', "AC-ADDRESS"),
        ("redirect_uri", '"https://plan.example.org/"', "AC-ADDRESS"),
        ("redirect_uri", '"https://plan.example.org/oauth2callback?a=1"', "AC-ADDRESS"),
        ("redirect_uri", '"https://a:{port}/oauth2callback"', "AC-ADDRESS"),
        ("redirect_uri", '"https://me:pw@plan.example.org/oauth2callback"', "AC-ADDRESS"),
        ("redirect_uri", '"http://localhost.example.org/oauth2callback"', "AC-ADDRESS"),
        ("redirect_uri", "7", "AC-KEY"),
        ("cookie_secret", '"0123456789abcdefghijklmnopqrstu"', "AC-SECRET"),
        ("cookie_secret", f'"{"x" * 64}"', "AC-SECRET"),
        ("client_id", '" "', "AC-KEY"),
        ("client_secret", None, "AC-KEY"),
        ("server_metadata_url", '"http://id.example.org/x"', "AC-ADDRESS"),
        ("client_kwargs", '"scope"', "AC-KEY"),
    ],
)
def test_each_fault_is_told(tmp_path: Path, key: str, value: str | None, code: str) -> None:
    assert _codes(auth_file(tmp_path, **{key: value})) == {(code, key)}


@pytest.mark.parametrize(
    ("key", "value"), [("expose_tokens", '"id"'), ("other", "{ client_id = 'x' }")]
)
def test_second_service_and_tokens_are_refused(tmp_path: Path, key: str, value: str) -> None:
    assert _codes(auth_file(tmp_path, **{key: value})) == {("AC-KEY", f"auth.{key}")}


@pytest.mark.parametrize("roles", ["[roles]\nadmins = []\n", '[roles]\nadmins = ["chief", 7]\n'])
def test_admins_are_named(tmp_path: Path, roles: str) -> None:
    assert ("AC-ADMINS", "admins") in _codes(auth_file(tmp_path, roles))


def test_all_faults_are_told_at_once_and_no_secret_with_them(tmp_path: Path) -> None:
    wrong = {"redirect_uri": '"x"', "cookie_secret": '"short-secret"', "client_id": None}
    path = auth_file(tmp_path, "", **wrong)
    assert _codes(path) == {
        ("AC-KEY", "[roles]"),
        ("AC-KEY", "client_id"),
        ("AC-ADDRESS", "redirect_uri"),
        ("AC-SECRET", "cookie_secret"),
    }
    with pytest.raises(InputError) as caught:
        load_auth(path)
    assert "short-secret" not in str(caught.value.findings)


@pytest.mark.parametrize("text", ["", "[auth]\n", "top = 1\n"])
def test_empty_file_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "auth.toml"
    path.write_text(text, encoding="utf-8")
    assert ("AC-KEY", "[auth]") in _codes(path)


def test_file_that_is_no_toml_is_told_without_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "auth.toml"
    path.write_text('[auth]\nclient_secret = "hush\n', encoding="utf-8")
    for wrong in (path, tmp_path / "absent.toml", tmp_path):
        with pytest.raises(PlannerError) as caught:
            load_auth(wrong)
        assert caught.value.code == "AC-FILE"
        assert "hush" not in caught.value.message


def test_file_that_others_can_read_is_a_weakness(tmp_path: Path) -> None:
    path = auth_file(tmp_path)
    path.chmod(0o644)
    assert [finding.code for finding in load_auth(path).findings] == ["AC-MODE"]


def test_loopback_may_do_without_https(tmp_path: Path) -> None:
    home = "http://127.0.0.1:9000"
    found = load_auth(
        auth_file(
            tmp_path, redirect_uri=f'"{home}/oauth2callback"', server_metadata_url=f'"{home}/x"'
        )
    )
    assert (found.host, found.origin) == ("127.0.0.1", home)


@pytest.mark.parametrize(
    ("host", "own"),
    [
        *((host, True) for host in ("127.0.0.1", "localhost", "::1", "127.9.9.9")),
        *((host, False) for host in ("", "::", "192.0.2.1", "localhost.example.org")),
    ],
)
def test_loopback_is_known(host: str, own: bool) -> None:
    assert is_loopback(host) is own
