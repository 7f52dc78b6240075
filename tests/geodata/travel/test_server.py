"""The routing client against a small server in this process; nothing leaves the machine."""

import importlib.util
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from geodata.travel.access import same_point
from geodata.travel.errors import TravelError
from geodata.travel.great_circle import great_circle_m
from geodata.travel.provider import UNROUTABLE, Points, TravelProvider
from geodata.travel.server import KEY_VARIABLE, RoutingServer

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("routingpy") is None,
    reason="routingpy (extra 'routing') is not installed",
)
ISLAND = (10.0, 10.0)
OFF_ROAD = (20.0, 20.0)
ENGINES = ("osrm", "valhalla", "openrouteservice")

Place = tuple[float, float]


@dataclass
class Fake:
    """What the server does, and what it was asked."""

    url: str = ""
    mode: str = "fine"
    refuses_off_road: bool = False
    snap_m: float = 0.0
    busy: int = 0
    paths: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    largest: int = 0


def truth(start: Place, end: Place) -> tuple[float, float] | None:
    """Return seconds and metres: 20 m/s as the crow flies; nothing from and to the island."""
    if (start == ISLAND) != (end == ISLAND) or OFF_ROAD in (start, end):
        return None
    metres = float(great_circle_m(np.array([start]), np.array([end]))[0])
    return round(metres / 20, 1), round(metres)


def answer(path: str, body: bytes) -> tuple[list[Place], list[Place], Any]:
    """Return sources, destinations and the function that writes the engine's format."""
    parts = urlsplit(path)
    if parts.path.startswith("/table/v1/driving/"):
        places = [
            (float(pair.split(",")[1]), float(pair.split(",")[0]))
            for pair in parts.path.rsplit("/", 1)[1].split(";")
        ]
        query = parse_qs(parts.query)
        assert query["annotations"] == ["duration,distance"]
        texts = (query["sources"][0], query["destinations"][0])
        picked = [[int(i) for i in text.split(";")] for text in texts]
        return [places[i] for i in picked[0]], [places[i] for i in picked[1]], osrm
    asked = json.loads(body)
    if parts.path == "/sources_to_targets":
        assert asked["costing"] == "auto"
        sides = [[(p["lat"], p["lon"]) for p in asked[side]] for side in ("sources", "targets")]
        return sides[0], sides[1], valhalla
    assert parts.path == "/v2/matrix/driving-car/json"
    assert asked["units"] == "m"
    places = [(lat, lon) for lon, lat in asked["locations"]]
    picked = [asked["sources"], asked["destinations"]]
    return [places[i] for i in picked[0]], [places[i] for i in picked[1]], ors


def table(starts: list[Place], ends: list[Place], part: int) -> list[list[float | None]]:
    found = [[truth(start, end) for end in ends] for start in starts]
    return [[None if cell is None else cell[part] for cell in row] for row in found]


def osrm(starts: list[Place], ends: list[Place], snap_m: float) -> Any:
    return {
        "code": "Ok",
        "durations": table(starts, ends, 0),
        "distances": table(starts, ends, 1),
        "sources": [{"distance": snap_m} for _ in starts],
        "destinations": [{"distance": 0.0} for _ in ends],
    }


def valhalla(starts: list[Place], ends: list[Place], _: float) -> Any:
    found = [[truth(start, end) for end in ends] for start in starts]
    cells = [
        [
            {"time": None, "distance": None}
            if cell is None
            else {"time": cell[0], "distance": cell[1] / 1000}
            for cell in row
        ]
        for row in found
    ]
    return {"sources_to_targets": cells, "units": "kilometers"}


def ors(starts: list[Place], ends: list[Place], snap_m: float) -> Any:
    return {
        "durations": table(starts, ends, 0),
        "distances": table(starts, ends, 1),
        "sources": [{"snapped_distance": snap_m} for _ in starts],
        "destinations": [{"snapped_distance": 0.0} for _ in ends],
    }


REFUSALS = {
    "osrm": {"code": "NoSegment", "message": "Could not find a matching segment"},
    "valhalla": {"error_code": 171, "error": "No suitable edges near location"},
    "ors": {"error": {"code": 6010, "message": "Could not find routable point within a radius"}},
}

MISBEHAVIOUR = {
    "broken": (500, b"out of order"),
    "forbidden": (403, b"no such key"),
    "garbage": (200, b"<html>Welcome!</html>"),
    "other": (200, b'{"hello": [1, 2, 3]}'),
    "list": (200, b"[]"),
    "elsewhere": (302, b""),
}


class FakeServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.fake = Fake(url=f"http://127.0.0.1:{self.server_port}")


class Handler(BaseHTTPRequestHandler):
    server: FakeServer

    def do_GET(self) -> None:
        self._respond(b"")

    def do_POST(self) -> None:
        self._respond(self.rfile.read(int(self.headers["Content-Length"])))

    def _respond(self, body: bytes) -> None:
        fake = self.server.fake
        fake.paths.append(self.path)
        fake.keys.append(self.headers.get("Authorization"))
        starts, ends, write = answer(self.path, body)
        fake.largest = max(fake.largest, len(starts), len(ends))
        if fake.busy:
            fake.busy -= 1
            self._send(429, b"slow down")
        elif fake.mode in MISBEHAVIOUR:
            self._send(*MISBEHAVIOUR[fake.mode])
        elif fake.refuses_off_road and OFF_ROAD in (*starts, *ends):
            self._send(400, json.dumps(REFUSALS[write.__name__]).encode())
        else:
            self._send(200, json.dumps(write(starts, ends, fake.snap_m)).encode())

    def _send(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        if status == 302:
            self.send_header("Location", "http://192.0.2.1/")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Keep quiet."""


@pytest.fixture
def fake() -> Iterator[Fake]:
    server = FakeServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.fake
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def places() -> Points:
    return np.array([[51.1, 71.4], [43.2, 76.9], ISLAND, [53.2, 63.6]])


def connect(engine: str, fake: Fake, **options: Any) -> RoutingServer:
    options.setdefault("environ", {})
    return RoutingServer(engine, fake.url, timeout_s=5, patience_s=0.2, **options)


def expected(starts: Points, ends: Points) -> tuple[list[list[int]], list[list[int]]]:
    seconds, metres = [], []
    for start in starts.tolist():
        cells = [
            (0, 0) if start == end else truth(tuple(start), tuple(end)) for end in ends.tolist()
        ]
        seconds.append([UNROUTABLE if c is None else int(np.ceil(c[0])) for c in cells])
        metres.append([UNROUTABLE if c is None else int(c[1]) for c in cells])
    return seconds, metres


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_answers_and_null_is_unroutable(
    engine: str, fake: Fake, places: Points
) -> None:
    provider: TravelProvider = connect(engine, fake)
    matrix = provider.matrix(places, places[::-1])
    seconds, metres = expected(places, places[::-1])
    assert matrix.duration_s.tolist() == seconds
    np.testing.assert_allclose(matrix.distance_m, metres, atol=1)
    assert (matrix.duration_s == UNROUTABLE).sum() == 6
    np.testing.assert_array_equal(matrix.duration_s == UNROUTABLE, matrix.distance_m == UNROUTABLE)


@pytest.mark.parametrize("engine", ENGINES)
def test_legs_are_the_diagonal(engine: str, fake: Fake) -> None:
    random = np.random.default_rng(3)
    starts, ends = random.uniform(40, 60, (2, 23, 2)).round(4)
    provider = connect(engine, fake)
    legs = provider.legs(starts, ends)
    np.testing.assert_array_equal(
        legs.duration_s, provider.matrix(starts, ends).duration_s.diagonal()
    )


@pytest.mark.parametrize(("engine", "limit"), [("osrm", 100), ("valhalla", 50)])
def test_big_matrices_are_asked_in_parts(engine: str, limit: int, fake: Fake) -> None:
    random = np.random.default_rng(3)
    starts, ends = (
        random.uniform(40, 60, (120, 2)).round(4),
        random.uniform(40, 60, (7, 2)).round(4),
    )
    matrix = connect(engine, fake).matrix(starts, ends)
    assert matrix.duration_s.tolist() == expected(starts, ends)[0]
    assert fake.largest == limit
    assert len(fake.paths) == -(-120 // limit)


@pytest.mark.parametrize("engine", ENGINES)
def test_one_place_without_a_road_spoils_only_its_own_row(engine: str, fake: Fake) -> None:
    fake.refuses_off_road = True
    starts = np.array([[51.1, 71.4], [43.2, 76.9], OFF_ROAD, [53.2, 63.6], [50.3, 57.2]])
    ends = starts[::-1]
    matrix = connect(engine, fake).matrix(starts, ends)
    assert matrix.duration_s.tolist() == expected(starts, ends)[0]


@pytest.mark.parametrize("engine", ["osrm", "openrouteservice"])
def test_a_place_moved_too_far_to_a_road_is_unroutable(
    engine: str, fake: Fake, places: Points
) -> None:
    fake.snap_m = 6000
    matrix = connect(engine, fake).matrix(places[:1], places[1:2])
    assert matrix.duration_s.tolist() == [[UNROUTABLE]]
    patient = connect(engine, fake, max_snap_m=10_000)
    assert patient.matrix(places[:1], places[1:2]).duration_s[0, 0] > 0


def test_winter_takes_longer(fake: Fake, places: Points) -> None:
    summer, winter = connect("osrm", fake), connect("osrm", fake, speed_factor=0.8, season="winter")
    ratio = (
        winter.legs(places[:1], places[1:2]).duration_s
        / summer.legs(places[:1], places[1:2]).duration_s
    )
    assert ratio[0] == pytest.approx(1.25, rel=1e-3)
    assert "speeds x 0.8 (winter)" in winter.provenance


def test_the_key_comes_from_the_environment_and_goes_to_openrouteservice_only(
    fake: Fake, places: Points
) -> None:
    environ = {KEY_VARIABLE: "a-key-for-the-test"}
    for engine in ENGINES:
        provider = connect(engine, fake, environ=environ)
        provider.legs(places[:1], places[1:2])
        assert "a-key-for-the-test" not in provider.provenance
    assert fake.keys == [None, None, "a-key-for-the-test"]
    connect("openrouteservice", fake, environ={}).legs(places[:1], places[1:2])
    assert fake.keys[-1] is None


def test_nothing_is_sent_before_the_first_question(fake: Fake) -> None:
    assert fake.url.removeprefix("http://") in connect("osrm", fake).provenance
    assert not fake.paths


def test_no_places_ask_nothing(fake: Fake, places: Points) -> None:
    provider = connect("osrm", fake)
    assert provider.matrix(np.zeros((0, 2)), places).duration_s.shape == (0, 4)
    assert provider.legs(np.zeros((0, 2)), np.zeros((0, 2))).duration_s.shape == (0,)
    assert not fake.paths


def test_a_busy_server_is_asked_again(fake: Fake, places: Points) -> None:
    fake.busy = 1
    provider = RoutingServer("osrm", fake.url, environ={}, patience_s=10)
    assert provider.legs(places[:1], places[1:2]).duration_s[0] > 0
    assert len(fake.paths) == 2


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("mode", "message"),
    [
        ("broken", "failed: 500 .*out of order"),
        ("forbidden", "refused the request: 403 .*no such key"),
        ("garbage", "makes no sense"),
        ("other", "makes no sense"),
        ("list", "makes no sense"),
        ("elsewhere", "failed: 302"),
    ],
)
def test_failures_are_told_with_a_remedy(
    engine: str, mode: str, message: str, fake: Fake, places: Points
) -> None:
    fake.mode = mode
    with pytest.raises(TravelError, match=f"the {engine} server at 127.0.0.1.*{message}") as caught:
        connect(engine, fake).legs(places[:1], places[1:2])
    assert caught.value.code == "TR-SERVER"
    assert "policies.travel.url" in caught.value.remedy
    assert (KEY_VARIABLE in caught.value.remedy) == (engine == "openrouteservice")


def test_no_server_at_the_address(places: Points) -> None:
    free = FakeServer()
    free.server_close()
    provider = RoutingServer("osrm", f"http://127.0.0.1:{free.server_port}", environ={})
    with pytest.raises(TravelError, match="cannot be reached"):
        provider.legs(places[:1], places[1:2])


@pytest.mark.parametrize(
    ("engine", "url", "message"),
    [
        ("google", "http://127.0.0.1", "no routing engine 'google'"),
        ("osrm", "127.0.0.1:5000", r"no http\(s\) address"),
        ("osrm", "file:///etc/passwd", r"no http\(s\) address"),
        ("osrm", "http://[", "no address"),
        ("osrm", "http://127.0.0.1:port", "no address"),
        ("osrm", "https://me:secret@127.0.0.1", "name, a password or a query"),
        ("osrm", "https://127.0.0.1/?api_key=secret", "name, a password or a query"),
    ],
)
def test_impossible_servers_are_refused(engine: str, url: str, message: str) -> None:
    with pytest.raises(TravelError, match=message) as caught:
        RoutingServer(engine, url, environ={})
    assert "secret" not in str(caught.value)


def test_the_fake_server_knows_what_is_the_same(places: Points) -> None:
    """The helper on which ``expected`` rests."""
    assert same_point(places, places).tolist() == np.eye(4, dtype=bool).tolist()
