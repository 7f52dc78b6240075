"""Urban or rural, where a list does not say: an estimate from how densely stations stand.

Rule: stations follow people, one for one to three thousand voters. A station is taken for urban
if at least ``URBAN_VOTERS`` voters are registered at stations within ``RADIUS_KM`` of it (its own
included; a station without a figure counts as the median one), else rural. The threshold follows
the Degree of Urbanisation of the United Nations Statistical Commission (2020), where a cluster
of 5,000 inhabitants makes a town; 5,000 inhabitants are about 3,500 voters. The radius of 2 km
takes a town, and not its neighbours.
"""

from collections.abc import Sequence

import numpy as np

from planner.domain.finding import Finding
from planner.domain.place import CoordinatePrecision, SettlementType, Station
from planner.intake.notes import remark, weakness

URBAN_VOTERS = 3_500.0
RADIUS_KM = 2.0
_EARTH_KM = 6371.0
_USUAL_VOTERS = 1_000.0


def derive_settlements(stations: Sequence[Station]) -> tuple[tuple[Station, ...], list[Finding]]:
    """Return stations with an estimated settlement type where none is given.

    Stations that stand at the point of a district or region stay unknown: there is no evidence.

    Returns
    -------
    tuple
        The stations in their order, and one info finding with the rule and the counts.
    """
    placed = (CoordinatePrecision.EXACT, CoordinatePrecision.SETTLEMENT)
    unknown = [
        index
        for index, station in enumerate(stations)
        if station.settlement is SettlementType.UNKNOWN
    ]
    judged = [index for index in unknown if stations[index].precision in placed]
    findings: list[Finding] = []
    if len(unknown) > len(judged):
        findings.append(
            weakness(
                "IN-SETTLEMENT",
                "stations.csv",
                f"{len(unknown) - len(judged)} station(s) are neither urban nor rural: "
                "their points are too coarse to tell",
                remedy="add a column urban/rural, or coordinates",
            )
        )
    if not judged:
        return tuple(stations), findings
    near = _voters_near(stations, judged)
    result = list(stations)
    for index, voters in zip(judged, near.tolist(), strict=True):
        urban = voters >= URBAN_VOTERS
        kind = SettlementType.URBAN if urban else SettlementType.RURAL
        result[index] = stations[index].model_copy(update={"settlement": kind})
    urban = int((near >= URBAN_VOTERS).sum())
    findings.append(
        remark(
            "IN-SETTLEMENT",
            "stations.csv",
            f"urban/rural was estimated for {len(judged)} station(s): {urban} urban where "
            f"stations within {RADIUS_KM:g} km hold {URBAN_VOTERS:,.0f} voters or more",
            value=f"{urban} urban, {len(judged) - urban} rural",
            remedy="add a column urban/rural if the list can tell",
        )
    )
    return tuple(result), findings


def _voters_near(stations: Sequence[Station], judged: Sequence[int]) -> np.ndarray:
    """Return voters within the radius of each judged station, as an array in their order."""
    from scipy.spatial import cKDTree  # noqa: PLC0415 - heavy import

    points = np.radians([(station.lat, station.lon) for station in stations])
    exact = np.array([station.precision in _USABLE for station in stations])
    known = [station.voters for station in stations if station.voters]
    usual = float(np.median(known)) if known else _USUAL_VOTERS
    voters = np.array([float(station.voters or usual) for station in stations])
    lat, lon = points[:, 0], points[:, 1]
    xyz = _EARTH_KM * np.column_stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    )
    # Stations on one point count once in the tree, so that 500 on one point cost one look-up.
    spots, spot_of = np.unique(xyz[exact].round(6), axis=0, return_inverse=True)
    weight = np.bincount(spot_of.ravel(), weights=voters[exact], minlength=len(spots))
    tree = cKDTree(spots)
    near = tree.query_ball_point(xyz[list(judged)], RADIUS_KM)
    return np.array([weight[indices].sum() for indices in near])


_USABLE = (CoordinatePrecision.EXACT, CoordinatePrecision.SETTLEMENT)
