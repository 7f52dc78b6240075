"""Travel times over the roads of an OpenStreetMap extract, in process and offline.

The extract (``.osm.pbf``) is read by ``pyrosm``, an extra of this package; the fastest way is found
by scipy's Dijkstra over the driving network. No turn restrictions, no traffic, no ferries.
"""

import hashlib
import importlib
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from geodata.travel.access import MAX_SNAP_M, access_legs, same_point
from geodata.travel.errors import TravelError
from geodata.travel.great_circle import EARTH_RADIUS_M, unit_vectors
from geodata.travel.points import checked_pairs, checked_points
from geodata.travel.provider import UNROUTABLE, Points, TravelMatrix
from geodata.travel.road_graph import RoadGraph
from geodata.travel.road_speeds import directions, way_km_h

_TAGS = ["highway", "junction", "maxspeed", "oneway", "surface"]
_REMEDY = "Use an extract in the OSM PBF format (.osm.pbf) that covers the mission's country."
_NOISE_S = 1e-6

_Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Snapped:
    """Places on the network: their nodes, and the stretch between place and node."""

    points: Points
    node: _Integers
    near: npt.NDArray[np.bool_]
    access: TravelMatrix


class OsmRoads:
    """Fastest ways over a road network.

    Parameters
    ----------
    graph
        The network, with times at summer speeds divided by ``speed_factor``.
    source
        The network's origin, for the provenance.
    speed_factor
        Multiplies the speed of the stretch between a place and its road, in (0, 1.5].
    season
        The season's name, for the provenance only.
    max_snap_m
        A place further than this many metres from every node is unroutable.
    """

    def __init__(
        self,
        graph: RoadGraph,
        source: str,
        *,
        speed_factor: float = 1.0,
        season: str = "",
        max_snap_m: float = MAX_SNAP_M,
    ) -> None:
        self._graph = graph
        self._tree = cKDTree(unit_vectors(graph.points))
        self._speed_factor = speed_factor
        self._max_snap_m = max_snap_m
        shown = f" ({season})" if season else ""
        self._provenance = (
            f"OpenStreetMap roads, {source}, {len(graph.points)} nodes, {graph.edges} edges; "
            f"speeds by class, sign and surface x {speed_factor:g}{shown}; places up to "
            f"{max_snap_m:g} m off the road; © OpenStreetMap contributors, ODbL"
        )

    @classmethod
    def read(
        cls,
        path: Path,
        *,
        speed_factor: float = 1.0,
        season: str = "",
        max_snap_m: float = MAX_SNAP_M,
    ) -> "OsmRoads":
        """Read the driving network of an extract.

        Parameters
        ----------
        path
            An ``.osm.pbf`` file.
        speed_factor, season, max_snap_m
            See the class; the factor multiplies the speed of every road.

        Raises
        ------
        TravelError
            ``TR-EXTRA``: pyrosm is not installed. ``TR-FILE``: there is no such file. ``TR-OSM``:
            the file cannot be read, or holds no road for cars.
        """
        if not path.is_file():
            raise TravelError("TR-FILE", f"there is no OSM extract '{path.name}'", _REMEDY)
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()[:12]
        nodes, edges = _driving_network(path)
        graph = _graph(nodes, edges, speed_factor)
        if not len(graph.points):
            raise TravelError("TR-OSM", f"'{path.name}' holds no connected road", _REMEDY)
        source = f"{path.name} (sha256 {digest})"
        return cls(graph, source, speed_factor=speed_factor, season=season, max_snap_m=max_snap_m)

    @property
    def provenance(self) -> str:
        """One line for people: file, network, speeds, season, credit."""
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
            Shape (n, m): seconds rounded up, metres; ``UNROUTABLE`` where there is no way, or a
            place is too far from every road.

        Raises
        ------
        ValueError
            Expected points on the globe.
        """
        starts = self._snap(checked_points(origins, "origins"))
        ends = self._snap(checked_points(destinations, "destinations"))
        sources, row = np.unique(starts.node, return_inverse=True)
        targets, column = np.unique(ends.node, return_inverse=True)
        road_s, road_m = self._graph.fastest(sources, targets)
        total_s = road_s[row][:, column]
        total_s += starts.access.duration_s[:, None] + ends.access.duration_s[None, :]
        total_m = road_m[row][:, column]
        reached = np.isfinite(total_s) & starts.near[:, None] & ends.near[None, :]
        total_m += starts.access.distance_m[:, None] + ends.access.distance_m[None, :]
        duration_s = np.full(reached.shape, UNROUTABLE, dtype=np.int64)
        duration_s[reached] = np.ceil(total_s[reached] - _NOISE_S)
        distance_m = np.where(reached, total_m, UNROUTABLE)
        self._neighbours(starts, ends, duration_s, distance_m)
        same = same_point(starts.points, ends.points)
        duration_s[same] = distance_m[same] = 0
        return TravelMatrix(duration_s, distance_m)

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        """Return travel from the i-th origin to the i-th destination, as arrays of shape (n,).

        Raises
        ------
        ValueError
            Expected as many origins as destinations, all on the globe.
        """
        starts, ends = checked_pairs(origins, destinations)
        duration_s = np.empty(len(starts), dtype=np.int64)
        distance_m = np.empty_like(duration_s)
        # One search answers all legs from one place.
        places, group = np.unique(starts, axis=0, return_inverse=True)
        for index, place in enumerate(places):
            members = np.flatnonzero(group.reshape(-1) == index)
            answer = self.matrix(place[None, :], ends[members])
            duration_s[members] = answer.duration_s[0]
            distance_m[members] = answer.distance_m[0]
        return TravelMatrix(duration_s, distance_m)

    def _snap(self, points: Points) -> _Snapped:
        if not len(points):
            nothing = np.zeros(0, dtype=np.int64)
            empty = TravelMatrix(nothing, nothing)
            return _Snapped(points, nothing, np.zeros(0, dtype=bool), empty)
        chord, node = self._tree.query(unit_vectors(points))
        gap_m = 2.0 * EARTH_RADIUS_M * np.arcsin(np.minimum(chord / 2.0, 1.0))
        node = np.asarray(node, dtype=np.int64)
        access = access_legs(points, self._graph.points[node], self._speed_factor)
        return _Snapped(points, node, np.asarray(gap_m <= self._max_snap_m), access)

    def _neighbours(
        self, starts: _Snapped, ends: _Snapped, duration_s: _Integers, distance_m: _Integers
    ) -> None:
        """Let two places at one node go straight where that is shorter than over the node."""
        both = (starts.node[:, None] == ends.node[None, :]) & (duration_s != UNROUTABLE)
        row, column = np.nonzero(both)
        straight = access_legs(starts.points[row], ends.points[column], self._speed_factor)
        shorter = straight.duration_s < duration_s[row, column]
        row, column = row[shorter], column[shorter]
        duration_s[row, column] = straight.duration_s[shorter]
        distance_m[row, column] = straight.distance_m[shorter]


def _driving_network(path: Path) -> tuple[Any, Any]:
    try:
        from pyrosm import OSM  # noqa: PLC0415 - heavy import
        from pyrosm.exceptions import PBFException  # noqa: PLC0415 - heavy import
    except ImportError as error:
        raise TravelError(
            "TR-EXTRA",
            f"the OSM travel model needs the package pyrosm ({error})",
            "Install it with: pip install 'mission-planner[osm]'",
        ) from error
    # protobuf comes with pyrosm and has no types of its own.
    decode_error = importlib.import_module("google.protobuf.message").DecodeError
    try:
        network: tuple[Any, Any] | None = OSM(str(path)).get_network(
            network_type="driving", nodes=True, tags_to_keep=_TAGS
        )
    except (PBFException, decode_error, zlib.error, ValueError, OSError, EOFError) as error:
        raise TravelError(
            "TR-OSM", f"'{path.name}' cannot be read as an OSM extract: {error}", _REMEDY
        ) from error
    if network is None or network[1] is None or not len(network[1]):
        raise TravelError("TR-OSM", f"'{path.name}' holds no road for cars", _REMEDY)
    return network


def _graph(nodes: Any, edges: Any, speed_factor: float) -> RoadGraph:  # noqa: ANN401 - pyrosm's
    ids = nodes["id"].to_numpy(dtype=np.int64)
    points = np.column_stack((nodes["lat"].to_numpy(float), nodes["lon"].to_numpy(float)))
    order = np.argsort(ids)
    tail = order[np.searchsorted(ids, edges["u"].to_numpy(dtype=np.int64), sorter=order)]
    head = order[np.searchsorted(ids, edges["v"].to_numpy(dtype=np.int64), sorter=order)]
    highway, junction, maxspeed, oneway, surface = (_texts(edges, tag) for tag in _TAGS)
    speed_km_h = np.array(
        [way_km_h(*tags) for tags in zip(highway, maxspeed, surface, strict=True)]
    )
    ways = zip(highway, oneway, junction, strict=True)
    forward, backward = np.array([directions(*tags) for tags in ways]).reshape(-1, 2).T
    length_m = edges["length"].to_numpy(float)
    duration_s = length_m * 3.6 / (speed_km_h * speed_factor)
    return RoadGraph.build(
        points,
        np.concatenate((tail[forward], head[backward])),
        np.concatenate((head[forward], tail[backward])),
        np.concatenate((duration_s[forward], duration_s[backward])),
        np.concatenate((length_m[forward], length_m[backward])),
    )


def _texts(edges: Any, tag: str) -> list[str]:  # noqa: ANN401 - a data frame of pyrosm
    """Return a tag's values; empty text where a way does not have it."""
    if tag not in edges.columns:
        return [""] * len(edges)
    return [value if isinstance(value, str) else "" for value in edges[tag].to_numpy()]
