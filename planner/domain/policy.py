"""Policies: every number that a co-ordinator may change, with its unit and its default.

Defaults come from ``DOMAIN.md`` of the founding material: some were read in a public source, the
others are background knowledge and are shown as defaults, never as facts.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from planner.domain.base import Frozen
from planner.domain.ids import Language
from planner.domain.observer import LanguageLevel

Minutes = Annotated[int, Field(ge=0, le=48 * 60)]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, le=100_000)]
Weight = Annotated[float, Field(ge=0, le=1_000_000)]


class AllocationBasis(StrEnum):
    """What STO pairs are shared out by."""

    STATIONS = "stations"
    VOTERS = "voters"
    SQUARE_ROOT = "square_root"
    EQUAL = "equal"
    COST_OPTIMAL = "cost_optimal"
    """Neyman allocation with cost: stations x sd / sqrt(cost of a visit)."""


class ObservationMode(StrEnum):
    """Mobile pairs visit stations, static pairs stay at one; mixed missions have both."""

    MOBILE = "mobile"
    STATIC = "static"
    MIXED = "mixed"


class SampleMode(StrEnum):
    """A randomised sample, or coverage by priorities (precision is then only indicative)."""

    REPRESENTATIVE = "representative"
    COVERAGE = "coverage"


class Season(StrEnum):
    """Road speeds of the season."""

    SUMMER = "summer"
    WINTER = "winter"


class AreaPolicy(Frozen):
    """How districts become areas of responsibility."""

    balance_tolerance: Share = 0.20
    """Load of an area may differ from the mean by this share before it costs (A5)."""
    imbalance_weight: Weight = 60.0
    """Station-minutes for every station of load outside the tolerance."""
    split_weight: Weight = 6_000.0
    """Station-minutes for every further area that a region is split over (A6)."""
    max_base_to_district_min: Minutes = 600
    """Longest acceptable drive from the base town to a district centre (A8)."""
    span_target: Weight = 10.0
    """Default STO pairs per LTO pair (Kazakhstan 2022: 10.0)."""
    span_amber: Weight = 12.0
    span_red: Weight = 15.0


class AllocationPolicy(Frozen):
    """How STO pairs are shared out over areas and hubs."""

    basis: AllocationBasis = AllocationBasis.STATIONS
    floor_pairs_per_area: Count = 1
    beds_per_pair: Count = 2
    beds_per_lto_team: Count = 2
    reach_min: Minutes = 60
    """A station further from every hub than this is reported as beyond reach."""


class PairingPolicy(Frozen):
    """What makes a pair possible, and what makes it good."""

    working_language: Language = Language("en")
    working_level: LanguageLevel = LanguageLevel.B2
    local_level: LanguageLevel = LanguageLevel.B1
    mixed_gender_weight: Count = 20
    experience_mix_weight: Count = 20
    local_language_weight: Count = 30
    restriction_weight: Count = 25
    """Lost when somebody with ``no_remote_areas`` is placed in an area of long drives."""
    state_quota: Share = 0.10
    """A State is asked for at most this share of the requested STOs (S1)."""


class SamplePolicy(Frozen):
    """How stations are drawn."""

    mode: SampleMode = SampleMode.REPRESENTATIVE
    stations_per_pair: Annotated[int, Field(ge=1, le=100)] = 12
    """Primary stations drawn for each mobile pair; more than a day holds."""
    stations_per_cluster: Annotated[int, Field(ge=1, le=50)] = 4
    """Stations drawn together from one neighbourhood, so that a day can reach them all."""
    substitutes_per_pair: Annotated[int, Field(ge=0, le=100)] = 4
    balance_tolerance: Share = 0.05
    """Urban/rural share of the visited stations may differ from the frame's by this (S2)."""
    max_special_share: Share | None = None
    """None: special stations not above their share in the frame (S3)."""


class DayPolicy(Frozen):
    """Election day of an STO pair. All lengths in minutes."""

    mode: ObservationMode = ObservationMode.MOBILE
    static_share: Share = 0.0
    """Share of static pairs; used in mixed mode only."""
    arrive_before_opening_max_min: Minutes = 60
    arrive_before_opening_min: Minutes = 30
    stay_after_opening_min: Minutes = 30
    dwell_min: Minutes = 30
    max_visits: Annotated[int, Field(ge=0, le=100)] = 10
    """Cap of voting visits of a pair, opening and closing not counted."""
    visit_buffer_min: Minutes = 5
    """Parking, walking and introductions at each station, on top of the dwell."""
    arrive_before_closing_min: Minutes = 30
    count_min: Minutes = 180
    """Planned length of the count; real ones take two to six hours."""
    tabulation_min: Minutes = 60
    """Planned stay at the commission after the count; 0 skips the commission."""
    max_leg_min: Minutes = 60
    max_drive_min: Minutes = 240
    max_duty_min: Minutes = 1440
    dark_from_hour: Annotated[int, Field(ge=0, le=24)] = 18
    light_from_hour: Annotated[int, Field(ge=0, le=24)] = 7
    max_dark_leg_min: Minutes = 45
    """A longer leg in the dark is reported (D9)."""

    @model_validator(mode="after")
    def _arrival_in_order(self) -> Self:
        if self.arrive_before_opening_max_min < self.arrive_before_opening_min:
            msg = (
                f"arrive_before_opening_max_min {self.arrive_before_opening_max_min} is less than "
                f"arrive_before_opening_min {self.arrive_before_opening_min}"
            )
            raise ValueError(msg)
        return self


class SpeedBand(Frozen):
    """Speed for legs up to a road distance; the last band has no upper limit."""

    up_to_km: Annotated[float, Field(gt=0)] | None = None
    speed_km_h: Annotated[float, Field(gt=0, le=200)]


DEFAULT_SPEED_BANDS = (
    SpeedBand(up_to_km=5, speed_km_h=20),
    SpeedBand(up_to_km=20, speed_km_h=35),
    SpeedBand(up_to_km=100, speed_km_h=55),
    SpeedBand(up_to_km=300, speed_km_h=65),
    SpeedBand(up_to_km=None, speed_km_h=73),
)


class TravelModel(StrEnum):
    """Which provider answers how long a drive takes."""

    GREAT_CIRCLE = "great_circle"
    MATRIX = "matrix"
    OSM = "osm"
    SERVER = "server"


class TravelPolicy(Frozen):
    """Travel times: great circle by default, printed in every plan."""

    model: TravelModel = TravelModel.GREAT_CIRCLE
    road_factor: Annotated[float, Field(ge=1, le=5)] = 1.3
    speed_bands: tuple[SpeedBand, ...] = DEFAULT_SPEED_BANDS
    season: Season = Season.SUMMER
    winter_speed_factor: Annotated[float, Field(gt=0, le=1)] = 0.8
    file: str = ""
    """Matrix CSV or OSM extract, relative to the mission folder."""
    server: str = ""
    """Engine of a routing server: ``osrm``, ``valhalla`` or ``openrouteservice``."""
    url: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        limits = [band.up_to_km for band in self.speed_bands]
        bounded = [limit for limit in limits[:-1] if limit is not None]
        if not limits or limits[-1] is not None or len(bounded) != len(limits) - 1:
            msg = "speed_bands: only the last band leaves up_to_km out (null)"
            raise ValueError(msg)
        if bounded != sorted(set(bounded)):
            msg = f"speed_bands: up_to_km must rise, got {bounded}"
            raise ValueError(msg)
        if self.model in (TravelModel.MATRIX, TravelModel.OSM) and not self.file:
            msg = f"travel model {self.model} needs 'file'"
            raise ValueError(msg)
        if self.model is TravelModel.SERVER and not (self.server and self.url):
            msg = "travel model server needs 'server' and 'url'"
            raise ValueError(msg)
        return self


class Policies(Frozen):
    """All policies of a mission."""

    areas: AreaPolicy = AreaPolicy()
    allocation: AllocationPolicy = AllocationPolicy()
    pairing: PairingPolicy = PairingPolicy()
    sample: SamplePolicy = SamplePolicy()
    day: DayPolicy = DayPolicy()
    travel: TravelPolicy = TravelPolicy()
