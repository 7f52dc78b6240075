"""How far election day may stray from its plan: the noise, its presets and their sources.

Every default marked (B) is background knowledge of the field, shown so that it can be changed; it
is never a measured fact. (S) was read in a public source, see ``DOMAIN.md`` of the founding
material, section 2.
"""

import difflib
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from planner.domain.base import Frozen
from planner.domain.ids import RegionId
from planner.errors import PlannerError

Sigma = Annotated[float, Field(ge=0, le=1.5)]
Probability = Annotated[float, Field(ge=0, le=1)]
DelayMin = Annotated[float, Field(ge=0, le=24 * 60)]
Hour = Annotated[float, Field(ge=-48, le=72)]


class Preset(StrEnum):
    """Noise by name."""

    ZERO = "zero"
    CALM = "calm"
    USUAL = "usual"
    WINTER = "winter"


class Isolation(Frozen):
    """A region whose roads are closed for some hours (S: all motorways of a region closed at once).

    ``from_hour`` and ``to_hour`` are hours after midnight of E-day on the region's own clocks; 26
    is two in the morning of E+1, -2 is ten in the evening before. ``probability`` is the chance
    that the closure happens at all; closures of one region share their luck.
    """

    region: RegionId
    from_hour: Hour
    to_hour: Hour
    probability: Probability = 1.0

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_hour >= self.to_hour:
            msg = f"from_hour {self.from_hour:g} is not before to_hour {self.to_hour:g}"
            raise ValueError(msg)
        return self


class Noise(Frozen):
    """What may go otherwise than planned on election day. The defaults are the usual day.

    Attributes
    ----------
    travel_sigma
        Standard deviation of the logarithm of each leg's travel time, apart from the day's common
        factor; the median leg takes as long as planned (B).
    common_sigma
        The same for a factor that all legs of a region share on the day: weather, traffic (B).
    speed_factor
        Speed of all driving, 1 as planned. On top of the season that the plan's travel times
        already hold (B).
    dwell_sigma
        Standard deviation of the logarithm of the time that a visit or a tabulation needs (B).
    late_opening_probability, late_opening_mean_min, late_opening_max_min
        Chance that a station opens late, the mean of the exponential delay in minutes, and the
        longest delay (B).
    count_shortest_min, count_longest_min
        Ends of the triangular distribution of the count's length in minutes, with the planned
        length as its mode; a count takes two to six hours (S). None: as planned.
    breakdown_probability
        Chance that a pair's vehicle breaks down once on its way of the day (B).
    repair_shortest_min, repair_longest_min
        Ends of the uniform time until the pair is on the road again, in minutes (B).
    isolations
        Regions whose roads are closed; none unless told.
    """

    travel_sigma: Sigma = 0.15
    common_sigma: Sigma = 0.10
    speed_factor: Annotated[float, Field(ge=0.05, le=2)] = 1.0
    dwell_sigma: Sigma = 0.20
    late_opening_probability: Probability = 0.05
    late_opening_mean_min: DelayMin = 20
    late_opening_max_min: DelayMin = 120
    count_shortest_min: DelayMin | None = 120
    count_longest_min: DelayMin | None = 360
    breakdown_probability: Probability = 0.02
    repair_shortest_min: DelayMin = 45
    repair_longest_min: DelayMin = 180
    isolations: tuple[Isolation, ...] = ()

    @model_validator(mode="after")
    def _ends_in_order(self) -> Self:
        ends = (
            ("repair", self.repair_shortest_min, self.repair_longest_min),
            ("count", self.count_shortest_min, self.count_longest_min),
        )
        for name, shortest, longest in ends:
            if shortest is not None and longest is not None and shortest > longest:
                msg = (
                    f"{name}_shortest_min {shortest:g} is more than {name}_longest_min {longest:g}"
                )
                raise ValueError(msg)
        return self

    @classmethod
    def zero(cls) -> Self:
        """Return no noise at all: the day goes as planned, to the second."""
        return cls(
            travel_sigma=0,
            common_sigma=0,
            dwell_sigma=0,
            late_opening_probability=0,
            count_shortest_min=None,
            count_longest_min=None,
            breakdown_probability=0,
        )

    @classmethod
    def preset(cls, name: str) -> Self:
        """Return the noise called ``name``; all figures of the presets are (B).

        ``zero``, ``calm`` (good roads, settled weather), ``usual`` (the defaults) and ``winter``
        (snow: slower and less certain roads, more breakdowns, longer delays).

        Raises
        ------
        PlannerError
            ``SI-PRESET``: no such preset; the message names the nearest.
        """
        if name == Preset.ZERO:
            return cls.zero()
        if name == Preset.CALM:
            return cls(
                travel_sigma=0.08,
                common_sigma=0.04,
                dwell_sigma=0.10,
                late_opening_probability=0.02,
                late_opening_mean_min=10,
                count_longest_min=240,
                breakdown_probability=0.005,
            )
        if name == Preset.USUAL:
            return cls()
        if name == Preset.WINTER:
            return cls(
                travel_sigma=0.25,
                common_sigma=0.20,
                speed_factor=0.9,
                dwell_sigma=0.25,
                late_opening_probability=0.08,
                late_opening_mean_min=30,
                breakdown_probability=0.05,
                repair_longest_min=240,
            )
        names = [preset.value for preset in Preset]
        nearest = difflib.get_close_matches(name, names, n=1)
        hint = f"did you mean '{nearest[0]}'? " if nearest else ""
        raise PlannerError(
            "SI-PRESET", f"there is no noise called '{name}'", f"{hint}Use {', '.join(names)}."
        )
