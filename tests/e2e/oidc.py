"""A login service of our own on loopback: OpenID Connect with codes, PKCE and signed tokens.

It believes whatever address is typed into its form; everything else is as strict as a real one.
"""

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "mission-planner", "a secret of the client"
KEPT = ("client_id", "redirect_uri", "state", "nonce", "code_challenge")


@dataclass
class Service:
    """The service's key, what it has promised, and the one address it sends people back to."""

    back_to: str
    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    logged_out: int = 0

    def document(self) -> dict[str, object]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/logout",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def form(self, asked: dict[str, str]) -> str:
        hidden = "".join(
            f'<input type="hidden" name="{name}" value="{html.escape(asked.get(name, ""))}">'
            for name in KEPT
        )
        return (
            f'<form action="/grant"><h1>Login service</h1>{hidden}<input name="email">'
            '<label><input type="checkbox" name="unverified">unverified</label>'
            "<button>Continue</button></form>"
        )

    def grant(self, asked: dict[str, str]) -> str:
        """Return where to send the person with a new code."""
        assert asked["client_id"] == CLIENT
        assert asked["redirect_uri"] == self.back_to
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        return f"{self.back_to}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str], authorization: str) -> dict[str, object] | None:
        """Return the tokens for a code, once; None if anything is not as it was promised."""
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        granted = self.codes.pop(asked.get("code", ""), None)
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            granted is None
            or authorization != f"Basic {expected}"
            or challenge != granted["code_challenge"]
            or asked.get("redirect_uri") != self.back_to
        ):
            return None
        now_s = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": hashlib.sha256(granted["email"].encode()).hexdigest()[:12],
            "iat": now_s,
            "exp": now_s + 300,
            "nonce": granted["nonce"],
            "email": granted["email"],
            "email_verified": "unverified" not in granted,
        }
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"id_token": signed, "access_token": "none", "token_type": "Bearer"}


class _Handler(BaseHTTPRequestHandler):
    service: Service

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = dict(parse_qsl(address.query))
        match address.path:
            case "/.well-known/openid-configuration":
                self._send(json.dumps(self.service.document()), "application/json")
            case "/jwks":
                keys = {"keys": [self.service.key.as_dict(private=False)]}
                self._send(json.dumps(keys), "application/json")
            case "/authorize":
                self._send(self.service.form(asked), "text/html")
            case "/grant":
                self._go(self.service.grant(asked))
            case "/logout":
                self.service.logged_out += 1
                self._go(asked["post_logout_redirect_uri"])
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        found = self.service.token(dict(parse_qsl(body)), self.headers.get("Authorization", ""))
        if found is None:
            self.send_error(400)
        else:
            self._send(json.dumps(found), "application/json")

    def log_message(self, *_said: Any) -> None:
        """Say nothing."""

    def _send(self, text: str, kind: str) -> None:
        data = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _go(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()


@contextmanager
def login_service(back_to: str) -> Iterator[Service]:
    """Run the service on a free port of loopback."""
    service = Service(back_to)
    handler = type("Handler", (_Handler,), {"service": service})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        service.issuer = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield service
        server.shutdown()
        thread.join()
