"""Opening hours of stations as seconds from one reference instant."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from geodata.clock import local_datetime, to_local
from planner.domain.ids import DistrictId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Station


@dataclass(frozen=True)
class Hours:
    """Clock of a mission's election day.

    The reference instant is 00:00 UTC on the day before E-day, so that no time of a day is
    negative, in whatever zone of the world its station lies.
    """

    mission: MissionInput

    @property
    def reference(self) -> datetime:
        """The instant from which seconds are counted."""
        return datetime.combine(self.mission.mission.day(-1), time(0), tzinfo=UTC)

    def window_s(self, station: Station) -> tuple[int, int]:
        """Return opening and closing of a station in seconds."""
        hours = self.mission.mission.hours
        return (
            self._seconds(station.district, station.opens or hours.opens),
            self._seconds(station.district, station.closes or hours.closes),
        )

    def local(self, seconds: int, district: DistrictId) -> datetime:
        """Return an instant as clocks in a district show it."""
        return to_local(
            self.reference + timedelta(seconds=int(seconds)), self.mission.time_zone(district)
        )

    def _seconds(self, district: DistrictId, at: time) -> int:
        local = local_datetime(self.mission.mission.e_day, at, self.mission.time_zone(district))
        return int((local - self.reference).total_seconds())
