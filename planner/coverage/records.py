"""What is said about coverage: one record for each stratum, band, district and commission."""

from dataclasses import dataclass
from enum import StrEnum

from planner.domain.ids import AreaId, CommissionId, DistrictId, RegionId, TeamId


class Gap(StrEnum):
    """Why nobody goes to a group of stations, the first reason that holds."""

    NO_AREA = "no_area"
    """Its districts are in no area of responsibility."""
    NO_PAIR = "no_pair"
    """No STO pair works in its areas."""
    NOT_DRAWN = "not_drawn"
    """None of its stations is in the sample, though the plan calls none out of reach."""
    BEYOND_REACH = "beyond_reach"
    """None is in the sample, and the plan says that stations of its districts are out of reach."""
    NO_ROOM = "no_room"
    """Some are in the sample, but no pair's day has room for them."""


@dataclass(frozen=True)
class StratumCover:
    """A stratum of a region: ``urban``, ``rural``, ``unknown`` or ``special``.

    Attributes
    ----------
    frame, drawn, visited
        Stations (numbers): in the frame; primaries of the sample; visited in any phase.
    frame_share, visited_share
        Of all stations of the frame, and of all visited stations, between 0 and 1.
    gap
        Why nobody goes there; None where somebody does.
    """

    region: RegionId
    stratum: str
    frame: int
    drawn: int
    visited: int
    frame_share: float
    visited_share: float
    gap: Gap | None

    @property
    def thin(self) -> bool:
        """Whether it has less than half of the visits that its share of the frame would give."""
        return self.visited_share < self.frame_share / 2


@dataclass(frozen=True)
class BandCover:
    """Stations by their distance to the nearest town (see ``planner.rules.remoteness``)."""

    band: str
    frame: int
    drawn: int
    visited: int
    frame_share: float
    visited_share: float


@dataclass(frozen=True)
class DistrictCover:
    """A district with stations.

    Attributes
    ----------
    note
        The plan's own words about the district or its stations, if it has any.
    """

    district: DistrictId
    area: AreaId | None
    frame: int
    drawn: int
    visited: int
    gap: Gap | None
    note: str


@dataclass(frozen=True)
class CommissionCover:
    """A commission with stations.

    Attributes
    ----------
    stations, visited
        Stations under it, and those of them that are visited (numbers).
    tabulated_by
        Pairs that watch the tabulation there.
    """

    commission: CommissionId
    district: DistrictId
    stations: int
    visited: int
    tabulated_by: tuple[TeamId, ...]

    @property
    def touched(self) -> bool:
        """Whether somebody is there or at one of its stations (rule S4)."""
        return bool(self.visited or self.tabulated_by)


@dataclass(frozen=True)
class Coverage:
    """All of it; what nobody goes to stands first, then by the size of the frame."""

    strata: tuple[StratumCover, ...]
    bands: tuple[BandCover, ...]
    districts: tuple[DistrictCover, ...]
    commissions: tuple[CommissionCover, ...]
