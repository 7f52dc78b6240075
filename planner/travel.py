"""The mission's travel-time provider, from its travel policy."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import numpy as np

from geodata.travel.errors import TravelError
from geodata.travel.great_circle import GreatCircle
from geodata.travel.provider import Points, TravelMatrix, TravelProvider
from geodata.travel.remembered import Remembered
from planner.domain.mission_input import MissionInput
from planner.domain.policy import Season, TravelModel, TravelPolicy
from planner.errors import PlannerError


class Located(Protocol):
    """Anything with a latitude and a longitude in degrees: station, town, commission, district."""

    @property
    def lat(self) -> float:
        """Latitude in degrees."""

    @property
    def lon(self) -> float:
        """Longitude in degrees."""


def points_of(places: Iterable[Located]) -> Points:
    """Return the places' points as an array of shape (n, 2): latitude, longitude in degrees."""
    rows = [(place.lat, place.lon) for place in places]
    return np.array(rows, dtype=np.float64).reshape(len(rows), 2)


def make_provider(mission: MissionInput) -> TravelProvider:
    """Return the provider that the mission's travel policy names.

    Great circle is always possible. A matrix file or an OSM extract is looked up inside the mission
    folder only. A routing server is asked only if the policy names it; nothing is sent before the
    first question.

    Raises
    ------
    PlannerError
        ``TR-PATH``: the file lies outside the mission folder, or there is no folder. ``TR-FILE``,
        ``TR-MATRIX``, ``TR-OSM``, ``TR-SERVER``, ``TR-EXTRA``: see the provider.
    """
    policy = mission.mission.policies.travel
    try:
        return _provider(policy, mission)
    except TravelError as error:
        raise _told(error) from error


def _provider(policy: TravelPolicy, mission: MissionInput) -> TravelProvider:
    factor = policy.winter_speed_factor if policy.season is Season.WINTER else 1.0
    if policy.model is TravelModel.MATRIX:
        from geodata.travel.matrix_file import MatrixFile  # noqa: PLC0415 - only where needed

        path = _inside(policy.file, mission.folder)
        return _Translated(MatrixFile.read(path, _places_by_id(mission)))
    if policy.model is TravelModel.OSM:
        from geodata.travel.osm import OsmRoads  # noqa: PLC0415 - heavy import

        path = _inside(policy.file, mission.folder)
        roads = OsmRoads.read(path, speed_factor=factor, season=policy.season.value)
        return _Translated(Remembered(roads))
    if policy.model is TravelModel.SERVER:
        from geodata.travel.server import RoutingServer  # noqa: PLC0415 - heavy import

        server = RoutingServer(
            engine=policy.server, url=policy.url, speed_factor=factor, season=policy.season.value
        )
        return _Translated(Remembered(server))
    return GreatCircle(
        road_factor=policy.road_factor,
        speed_bands=tuple((band.up_to_km, band.speed_km_h) for band in policy.speed_bands),
        speed_factor=factor,
        season=policy.season.value,
    )


def _inside(file: str, folder: str) -> Path:
    """Return the path of ``file`` in the mission folder; a mission never reads elsewhere."""
    if not folder:
        raise PlannerError(
            "TR-PATH",
            f"policies.travel.file names '{file}', but this mission has no folder",
            "Plan from a mission folder, or use the travel model great_circle.",
        )
    root = Path(folder).resolve()
    path = (root / file).resolve()
    if not path.is_relative_to(root):
        raise PlannerError(
            "TR-PATH",
            f"policies.travel.file '{file}' lies outside the mission folder",
            "Copy the file into the mission folder and name it relative to that folder.",
        )
    return path


def _places_by_id(mission: MissionInput) -> dict[str, tuple[float, float]]:
    """Return the points of all places whose id means one point only."""
    points: dict[str, set[tuple[float, float]]] = {}
    for kind in (mission.stations, mission.towns, mission.commissions, mission.districts):
        for place in kind:
            points.setdefault(str(place.id), set()).add((place.lat, place.lon))
    return {name: next(iter(found)) for name, found in points.items() if len(found) == 1}


class _Translated:
    """A provider whose errors are told in the planner's own class, whenever they happen."""

    def __init__(self, provider: TravelProvider) -> None:
        self._provider = provider

    @property
    def provenance(self) -> str:
        return self._provider.provenance

    def matrix(self, origins: Points, destinations: Points) -> TravelMatrix:
        try:
            return self._provider.matrix(origins, destinations)
        except TravelError as error:
            raise _told(error) from error

    def legs(self, origins: Points, destinations: Points) -> TravelMatrix:
        try:
            return self._provider.legs(origins, destinations)
        except TravelError as error:
            raise _told(error) from error


def _told(error: TravelError) -> PlannerError:
    return PlannerError(error.code, str(error), error.remedy)
