"""Typed identifiers: a station's id can never be passed where a town's is meant."""

from typing import NewType

MissionId = NewType("MissionId", str)
RegionId = NewType("RegionId", str)
DistrictId = NewType("DistrictId", str)
TownId = NewType("TownId", str)
StationId = NewType("StationId", str)
CommissionId = NewType("CommissionId", str)
ObserverId = NewType("ObserverId", str)
TeamId = NewType("TeamId", str)
AreaId = NewType("AreaId", str)
State = NewType("State", str)
"""A participating State by its ISO 3166-1 alpha-2 code, e.g. ``NO``."""
Language = NewType("Language", str)
"""A language by its ISO 639-1 code, e.g. ``ru``."""
