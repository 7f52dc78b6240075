"""A scenario as a document: a base mission plus changes, with the question that it answers.

Every field is optional: what is None or empty stays as the mission has it. Numbers are not bounded
here, so that :mod:`planner.scenario.check` can answer a number that cannot be with the nearest one
that can, all of them at once.
"""

from typing import Annotated, Literal

from pydantic import Field

from planner.domain.base import Frozen
from planner.domain.ids import MissionId, RegionId, State, TownId
from planner.domain.mission import MissionFormat
from planner.domain.policy import AllocationBasis, ObservationMode, Season

SCHEMA_VERSION: Literal[1] = 1
NoiseName = Literal["zero", "calm", "usual", "winter"]
"""How much election day differs from the plan, by the presets of ``planner.execution``."""


class BaseMission(Frozen):
    """The mission that a scenario was made for; empty ``input_hash``: any state of its files."""

    mission: MissionId
    input_hash: str = ""


class StaffingChange(Frozen):
    """How many are asked for. STOs come in pairs: 150 pairs are 300 STOs."""

    lto_teams: int | None = None
    sto_pairs: int | None = None


class DeliveryChange(Frozen):
    """How many of the requested STOs come.

    Attributes
    ----------
    rate
        Share of the requested STOs who arrive; missions have seen 0.70 to 1.15. None: all.
    by_state
        The same for single States; the others follow ``rate``. Needs a roster.
    known
        True: it is known when the plan is made, which is then made for those who arrive. False:
        the plan is made for all, and who stays away is missing on election day.
    late_withdrawals
        STOs who withdraw after accreditation has closed; only accredited reserves replace them.
        The plan never knows of these.
    late_share
        The same as a share of those who come; only one of the two is given.
    """

    rate: float | None = None
    by_state: dict[State, float] = Field(default_factory=dict)
    known: bool = True
    late_withdrawals: int | None = None
    late_share: float | None = None


class Isolation(Frozen):
    """A region that weather cuts off on election day: nobody drives there between two hours.

    Attributes
    ----------
    from_hour, to_hour
        Hours of election day on the region's own clock; negative is the day before, above 24 the
        day after. The plan does not know of it: it shows in what is expected, not in the plan.
    """

    region: RegionId
    from_hour: float = 0.0
    to_hour: float = 48.0


class TravelChange(Frozen):
    """Roads of another season, or faster or slower by a factor (0.8: a fifth slower)."""

    season: Season | None = None
    speed_factor: float | None = None


class DayChange(Frozen):
    """Election day of a pair; all lengths in minutes, ``static_share`` from 0 to 1."""

    mode: ObservationMode | None = None
    static_share: float | None = None
    dwell_min: int | None = None
    max_visits: int | None = None
    count_min: int | None = None
    tabulation_min: int | None = None
    max_leg_min: int | None = None
    max_drive_min: int | None = None
    max_duty_min: int | None = None


class SecondRound(Frozen):
    """A second round: election day moves, LTO teams stay on, fewer STOs come.

    ``sto_share`` is the share of the first round's pairs; two thirds is background knowledge (B).
    """

    days_later: int = 14
    sto_share: float = 0.67


class JointTeams(Frozen):
    """Pairs of the joint mission (IEOM): on election day only, they visit and do nothing else.

    They choose their stations themselves, so that they may visit what others visit too.
    """

    town: TownId
    pairs: int


class Scenario(Frozen):
    """A base mission plus changes.

    Attributes
    ----------
    name, question, notes
        What people call it, what they want to know, and what they should remember.
    base
        The mission that it was made for; None: any.
    closed_towns
        Towns without beds: the airport, the road or the hotels are closed.
    budget
        Ceiling in the currency of the mission's costs.
    seed
        Seed of draw, search and simulation. Scenarios of one sweep share it, so that they differ
        by what they change and not by chance.
    noise
        How much election day differs from the plan.
    """

    schema_version: Literal[1] = SCHEMA_VERSION
    name: Annotated[str, Field(min_length=1, max_length=200)] = "as planned"
    question: Annotated[str, Field(max_length=2_000)] = ""
    base: BaseMission | None = None
    staffing: StaffingChange = StaffingChange()
    delivery: DeliveryChange = DeliveryChange()
    isolated: tuple[Isolation, ...] = ()
    closed_towns: tuple[TownId, ...] = ()
    travel: TravelChange = TravelChange()
    day: DayChange = DayChange()
    allocation_basis: AllocationBasis | None = None
    format: MissionFormat | None = None
    second_round: SecondRound | None = None
    joint: tuple[JointTeams, ...] = ()
    budget: float | None = None
    seed: int = 1
    noise: NoiseName = "usual"
    notes: Annotated[str, Field(max_length=10_000)] = ""
