"""Travel times from a routing server: OSRM, Valhalla or openrouteservice.

Positions of stations and teams are sensitive before election day, so nothing is sent to anybody
but the address that the mission names, and redirections are refused. ``routingpy``, an extra of
this package, makes the requests. A key comes from the environment only, never from a file that is
handed on.
"""

import os
import warnings
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from geodata.travel.access import MAX_SNAP_M, same_point
from geodata.travel.engines import ENGINES, numbers, snap_m
from geodata.travel.errors import TravelError
from geodata.travel.points import checked_pairs, checked_points
from geodata.travel.provider import UNROUTABLE, Points, TravelMatrix

KEY_VARIABLE = "MISSION_PLANNER_ROUTING_KEY"
"""Environment variable with the server's key, for openrouteservice."""

_REMEDY = (
    "Check policies.travel.url and that the server runs and covers the country, or plan with the "
    "travel model great_circle."
)
# Legs are asked as small squares of which only the diagonal is wanted.
_LEG_BLOCK = 10
_NOISE_S = 1e-6
_SHOWN = 200


class RoutingServer:
    """Fastest ways as a routing server tells them.

    Parameters
    ----------
    engine
        ``osrm``, ``valhalla`` or ``openrouteservice``.
    url
        Address of the server, ``http://…`` or ``https://…``, without name and password.
    speed_factor
        The server's speeds are multiplied by it, in (0, 1.5]; e.g. 0.8 in winter.
    season
        The season's name, for the provenance only.
    timeout_s
        Longest wait for an answer.
    patience_s
        How long a busy server (HTTP 429 or 503) is asked again.
    environ
        Where the key is looked up; the process's environment by default.
    max_snap_m
        A place that the server moves further than this many metres is unroutable.

    Raises
    ------
    TravelError
        ``TR-SERVER``: engine or address are not possible. ``TR-EXTRA``: routingpy is missing.
    """

    def __init__(
        self,
        engine: str,
        url: str,
        *,
        speed_factor: float = 1.0,
        season: str = "",
        timeout_s: float = 30.0,
        patience_s: float = 60.0,
        environ: Mapping[str, str] | None = None,
        max_snap_m: float = MAX_SNAP_M,
    ) -> None:
        if engine not in ENGINES:
            raise TravelError(
                "TR-SERVER",
                f"there is no routing engine '{engine}'",
                f"Set policies.travel.server to one of {', '.join(ENGINES)}.",
            )
        self._engine = ENGINES[engine]
        self._host = _checked_host(url)
        self._speed_factor = speed_factor
        self._max_snap_m = max_snap_m
        key = (os.environ if environ is None else environ).get(KEY_VARIABLE)
        self._client = self._make_client(url.rstrip("/"), key, timeout_s, patience_s)
        shown = f" ({season})" if season else ""
        self._provenance = (
            f"routing server {engine} at {self._host}, profile {self._engine.profile}, to which "
            f"positions were sent; speeds x {speed_factor:g}{shown}"
        )

    @property
    def provenance(self) -> str:
        """One line for people: engine, host, profile, season."""
        return self._provenance

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        """Return travel from every origin to every destination.

        Parameters
        ----------
        origins, destinations
            Arrays of shape (n, 2) and (m, 2) in degrees (latitude, longitude).

        Returns
        -------
        TravelMatrix
            Shape (n, m): seconds rounded up, metres rounded; ``UNROUTABLE`` where the server knows
            no way or has no road near a place.

        Raises
        ------
        ValueError
            Expected points on the globe.
        TravelError
            ``TR-SERVER``: no answer, an error, or an answer that makes no sense.
        """
        starts = checked_points(origins, "origins")
        ends = checked_points(destinations, "destinations")
        shape = (len(starts), len(ends))
        duration_s, distance_m = np.full(shape, np.nan), np.full(shape, np.nan)
        size = self._engine.block
        for top in range(0, shape[0], size):
            for left in range(0, shape[1], size):
                cells = np.s_[top : top + size, left : left + size]
                answer = self._block(starts[cells[0]], ends[cells[1]])
                duration_s[cells], distance_m[cells] = answer
        way = np.isfinite(duration_s) & np.isfinite(distance_m)
        result = TravelMatrix(
            np.full(shape, UNROUTABLE, dtype=np.int64), np.full(shape, UNROUTABLE, dtype=np.int64)
        )
        result.duration_s[way] = np.ceil(duration_s[way] / self._speed_factor - _NOISE_S)
        result.distance_m[way] = np.rint(distance_m[way])
        same = same_point(starts, ends)
        result.duration_s[same] = result.distance_m[same] = 0
        return result

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        """Return travel from the i-th origin to the i-th destination, as arrays of shape (n,).

        Raises
        ------
        ValueError
            Expected as many origins as destinations, all on the globe.
        TravelError
            See :meth:`matrix`.
        """
        starts, ends = checked_pairs(origins, destinations)
        duration_s = np.empty(len(starts), dtype=np.int64)
        distance_m = np.empty_like(duration_s)
        for first in range(0, len(starts), _LEG_BLOCK):
            block = slice(first, first + _LEG_BLOCK)
            answer = self.matrix(starts[block], ends[block])
            duration_s[block] = answer.duration_s.diagonal()
            distance_m[block] = answer.distance_m.diagonal()
        return TravelMatrix(duration_s, distance_m)

    def _block(self, starts: Points, ends: Points) -> tuple[Any, Any]:
        """Return seconds and metres of one request, NaN where there is no way.

        An engine may refuse a whole request for one place without a road: then the halves are
        asked, until the place stands alone.
        """
        try:
            return self._ask(starts, ends)
        except _NoWayError:
            shape = (len(starts), len(ends))
            found = np.full(shape, np.nan), np.full(shape, np.nan)
            if max(shape) > 1:
                axis = int(shape[1] > shape[0])
                half = shape[axis] // 2
                for part in (slice(None, half), slice(half, None)):
                    cells = (part, slice(None)) if axis == 0 else (slice(None), part)
                    answer = self._block(starts[cells[0]], ends[cells[1]])
                    found[0][cells], found[1][cells] = answer
            return found

    def _ask(self, starts: Points, ends: Points) -> tuple[Any, Any]:
        from requests import RequestException  # noqa: PLC0415 - comes with routingpy
        from routingpy import exceptions  # noqa: PLC0415 - heavy import

        shape = (len(starts), len(ends))
        locations = np.concatenate((starts, ends))[:, ::-1].tolist()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # routingpy warns of every retry
                answer = self._client.matrix(
                    locations=locations,
                    profile=self._engine.profile,
                    sources=list(range(shape[0])),
                    destinations=list(range(shape[0], sum(shape))),
                    **self._engine.options,
                )
            duration_s = numbers(answer.durations, shape, "durations")
            distance_m = numbers(answer.distances, shape, "distances")
        except exceptions.Timeout as error:
            raise self._failed("did not answer in time", error) from error
        except exceptions.OverQueryLimit as error:
            raise self._failed("refuses more requests for now", error) from error
        except exceptions.RouterApiError as error:
            if any(sign in str(error.message) for sign in self._engine.no_way):
                raise _NoWayError from error
            raise self._failed("refused the request", error) from error
        except exceptions.RouterError as error:
            raise self._failed("failed", error) from error
        except RequestException as error:
            raise self._failed("cannot be reached", error) from error
        except (
            exceptions.JSONParseError,
            KeyError,
            TypeError,
            ValueError,
            AttributeError,
        ) as error:
            raise self._failed("gave an answer that makes no sense", error) from error
        for side, axis in (("sources", 0), ("destinations", 1)):
            far = snap_m(answer.raw, side, shape[axis]) > self._max_snap_m
            duration_s[far if axis == 0 else np.s_[:, far]] = np.nan
        return duration_s, distance_m

    def _make_client(self, url: str, key: str | None, timeout_s: float, patience_s: float) -> Any:  # noqa: ANN401 - routingpy has no types
        try:
            import routingpy  # noqa: PLC0415 - heavy import
        except ImportError as error:
            raise TravelError(
                "TR-EXTRA",
                f"the routing server needs the package routingpy ({error})",
                "Install it with: pip install 'mission-planner[routing]'",
            ) from error
        keyed = {"api_key": key} if self._engine.needs_key else {}
        return getattr(routingpy, self._engine.client)(
            base_url=url,
            timeout=timeout_s,
            retry_timeout=patience_s,
            retry_over_query_limit=True,
            skip_api_error=False,
            allow_redirects=False,
            **keyed,
        )

    def _failed(self, what: str, error: Exception) -> TravelError:
        text = " ".join(str(error).split())
        reason = f": {text[:_SHOWN]}" if text else ""
        hint = f" A key is read from the environment variable {KEY_VARIABLE}."
        remedy = _REMEDY + (hint if self._engine.needs_key else "")
        return TravelError(
            "TR-SERVER", f"the {self._engine.name} server at {self._host} {what}{reason}", remedy
        )


class _NoWayError(Exception):
    """The engine refused a request because a place has no road or no way."""


def _checked_host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise TravelError("TR-SERVER", f"'{url}' is no address: {error}", _REMEDY) from error
    if parts.username or parts.password or parts.query:
        raise TravelError(
            "TR-SERVER",
            f"policies.travel.url for {host} holds a name, a password or a query",
            f"Plans are handed on: put the key into the environment variable {KEY_VARIABLE}.",
        )
    if parts.scheme not in ("http", "https") or not host:
        raise TravelError(
            "TR-SERVER", f"policies.travel.url '{url}' is no http(s) address", _REMEDY
        )
    return host if port is None else f"{host}:{port}"
