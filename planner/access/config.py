"""The auth file: how people log in, and who the first admins are.

A TOML file with two tables. ``[auth]`` is what Streamlit hands to the login service (OpenID
Connect), ``[roles]`` names the first admins; all other roles are given in the dashboard.
"""

import ipaddress
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from planner.access.people import person_name
from planner.domain.finding import Finding, Severity, hard
from planner.errors import InputError, PlannerError

AUTH_VARIABLE = "MISSION_PLANNER_AUTH"
"""Names the auth file to the dashboard; there is a login if and only if it is set."""
USER_VARIABLE = "MISSION_PLANNER_USER"
"""The name of the person at this machine, where there is no login."""
CALLBACK = "/oauth2callback"
"""Where Streamlit takes people back from the login service."""
MIN_SECRET = 32
"""Characters of the secret that signs the cookie of a person who has logged in."""
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
ALLOWED = (*NEEDED, "client_kwargs")
"""Not ``expose_tokens``, and no second login service: names of two could be the same."""
REMEDY = "mend the auth file; README, 'Login', shows a whole one"


@dataclass(frozen=True)
class AuthFile:
    """An auth file that is complete. Secrets stay in the file.

    Attributes
    ----------
    path
        The file, absolute.
    host
        The name in the dashboard's own address, without port, e.g. ``plan.example.org``.
    origin
        Scheme, host and port of that address, as a browser sends them.
    admins
        Names of the first admins, at least one.
    findings
        What is weak but not wrong (``AC-MODE``).
    """

    path: Path
    host: str
    origin: str
    admins: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def load_auth(path: Path, base_url_path: str = "") -> AuthFile:
    """Read and check an auth file.

    Parameters
    ----------
    path
        The TOML file.
    base_url_path
        The path under which the dashboard is served; part of the address that people come back to.

    Raises
    ------
    PlannerError
        ``AC-FILE`` if it cannot be read or is no TOML.
    InputError
        With **all** that is wrong: ``AC-KEY`` for what is missing, empty or unknown, ``AC-SECRET``,
        ``AC-ADDRESS``, ``AC-ADMINS``.
    """
    tables = _read(path)
    auth, roles = _table(tables, "auth"), _table(tables, "roles")
    findings = [
        *_keys(path, tables, auth, roles),
        *_secret(path, auth),
        *_redirect(path, auth, base_url_path),
        *_metadata(path, auth),
        *_admins(path, roles),
    ]
    if hard(findings):
        raise InputError(f"{path} sets no login up that is safe", findings, REMEDY)
    address = urlsplit(str(auth["redirect_uri"]))
    admins = sorted({person_name(str(name)) for name in _listed(roles)})
    return AuthFile(
        path.resolve(),
        address.hostname or "",
        f"{address.scheme}://{address.netloc}",
        tuple(admins),
        tuple(_mode(path)),
    )


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise PlannerError("AC-FILE", f"{path} cannot be read: {what}", REMEDY) from error
    except tomllib.TOMLDecodeError as error:
        # Without the parser's words: they can quote the line, and the line can be a secret.
        raise PlannerError("AC-FILE", f"{path} is no TOML file", REMEDY) from error


def _table(tables: dict[str, object], name: str) -> dict[str, object]:
    found = tables.get(name)
    return found if isinstance(found, dict) else {}


def _listed(roles: dict[str, object]) -> list[object]:
    found = roles.get("admins")
    return found if isinstance(found, list) else []


def _wrong(path: Path, code: str, column: str, message: str, limit: str = "") -> Finding:
    """Return a finding; never with the value, which may be a secret and goes to a terminal."""
    return Finding(
        code=code,
        severity=Severity.HARD,
        subject=column,
        message=message,
        limit=limit,
        remedy=limit,
        file=path.name,
        column=column,
    )


def _keys(
    path: Path, tables: dict[str, object], auth: dict[str, object], roles: dict[str, object]
) -> list[Finding]:
    allowed = ("auth", "roles")
    found = [
        _wrong(path, "AC-KEY", f"[{name}]", f"the table [{name}] is missing", f"add [{name}]")
        for name in allowed
        if not _table(tables, name)
    ]
    strange = [name for name in tables if name not in allowed]
    strange += [f"auth.{key}" for key in auth if key not in ALLOWED]
    strange += [f"roles.{key}" for key in roles if key != "admins"]
    found += [
        _wrong(path, "AC-KEY", name, f"{name} is not known here", "take it out") for name in strange
    ]
    for key in NEEDED if auth else ():
        value = auth.get(key)
        if not isinstance(value, str) or not value.strip():
            found.append(_wrong(path, "AC-KEY", key, f"{key} is missing or empty", f"set {key}"))
    if not isinstance(auth.get("client_kwargs", {}), dict):
        found.append(
            _wrong(path, "AC-KEY", "client_kwargs", "client_kwargs is no table", "make it a table")
        )
    return found


def _secret(path: Path, auth: dict[str, object]) -> list[Finding]:
    secret = auth.get("cookie_secret")
    if not isinstance(secret, str) or not secret.strip():
        return []
    if len(secret) >= MIN_SECRET and len(set(secret)) > MIN_SECRET // 4:
        return []
    limit = f"{MIN_SECRET} random characters or more, e.g. from: openssl rand -base64 48"
    return [_wrong(path, "AC-SECRET", "cookie_secret", "cookie_secret can be guessed", limit)]


def _redirect(path: Path, auth: dict[str, object], base_url_path: str) -> list[Finding]:
    text = auth.get("redirect_uri")
    if not isinstance(text, str) or not text.strip():
        return []
    address = _address(text)
    base = base_url_path.strip("/")
    wanted = f"/{base}{CALLBACK}" if base else CALLBACK
    limit = f"https://YOUR-HOST{wanted} (http only for localhost)"
    if address is None or not _safe(address):
        what = "redirect_uri is no https address"
    elif address.path != wanted or address.query or address.fragment:
        what = f"redirect_uri does not end with {wanted}"
    else:
        return []
    return [_wrong(path, "AC-ADDRESS", "redirect_uri", what, limit)]


def _metadata(path: Path, auth: dict[str, object]) -> list[Finding]:
    text = auth.get("server_metadata_url")
    if not isinstance(text, str) or not text.strip():
        return []
    address = _address(text)
    if address is not None and _safe(address):
        return []
    what = "server_metadata_url is no https address"
    limit = "https://LOGIN-SERVICE/.well-known/openid-configuration"
    return [_wrong(path, "AC-ADDRESS", "server_metadata_url", what, limit)]


def _admins(path: Path, roles: dict[str, object]) -> list[Finding]:
    limit = 'admins = ["name@example.org"]'
    listed = _listed(roles)
    if roles and not listed:
        return [_wrong(path, "AC-ADMINS", "admins", "nobody is named as an admin", limit)]
    found = []
    for number, name in enumerate(listed, start=1):
        try:
            person_name(name if isinstance(name, str) else "")
        except PlannerError:
            what = f"admin {number} is no e-mail address"
            found.append(_wrong(path, "AC-ADMINS", "admins", what, limit))
    return found


def _mode(path: Path) -> list[Finding]:
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & (stat.S_IRGRP | stat.S_IROTH):
        return []
    return [
        Finding(
            code="AC-MODE",
            severity=Severity.SOFT,
            subject=path.name,
            message="other accounts of this machine can read the secrets in it",
            value=f"{mode:04o}",
            limit="0600",
            remedy=f"chmod 600 {path.name}",
            file=path.name,
        )
    ]


def _address(text: str) -> SplitResult | None:
    try:
        found = urlsplit(text)
        _ = found.port  # a port that is no number is told only here
    except ValueError:
        return None
    return found if found.hostname and found.username is None else None


def _safe(address: SplitResult) -> bool:
    return address.scheme == "https" or (
        address.scheme == "http" and is_loopback(address.hostname or "")
    )


def is_loopback(host: str) -> bool:
    """Return whether a host name or address can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
