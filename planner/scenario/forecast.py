"""What a plan will probably observe: delivery, weather and chance, and the precision that is left.

The parts of a scenario that a plan does not know of are handed to ``planner.execution`` here.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.scenario.document import Scenario
from planner.scenario.numbers import Numbers

if TYPE_CHECKING:
    from geodata.travel.provider import TravelProvider
    from planner.execution import Delivery, Execution, Noise
    from planner.precision import PrecisionReport


@dataclass(frozen=True)
class Forecast:
    """A plan carried out many times.

    Parameters
    ----------
    execution
        All draws; None where nothing was simulated.
    planned, expected
        Precision if everything is observed as planned, and with the chances of the simulation;
        the latter None where nothing was simulated.
    """

    execution: "Execution | None"
    planned: "PrecisionReport"
    expected: "PrecisionReport | None"


def noise_of(scenario: Scenario) -> "Noise":
    """Return the noise of a scenario: its preset, and the regions that weather cuts off."""
    from planner.execution import Isolation, Noise  # noqa: PLC0415 - heavy import

    closed = tuple(
        Isolation(region=one.region, from_hour=one.from_hour, to_hour=one.to_hour)
        for one in scenario.isolated
    )
    return Noise.preset(scenario.noise).model_copy(update={"isolations": closed})


def delivery_of(scenario: Scenario, numbers: Numbers) -> "Delivery | None":
    """Return who stays away without the plan's knowing; None if everybody planned comes."""
    from planner.execution import Delivery  # noqa: PLC0415 - heavy import

    given = scenario.delivery
    late = given.late_share or 0.0
    if given.late_withdrawals is not None:
        late = min(1.0, given.late_withdrawals / max(1, numbers.stos_delivered))
    rate, by_state = 1.0, {}
    if not given.known:
        rate = 1.0 if given.rate is None else given.rate
        by_state = given.by_state
    if rate == 1.0 and not by_state and not late:
        return None
    return Delivery(rate=rate, rate_by_state=by_state, late_withdrawal=late)


def forecast(
    scenario: Scenario,
    numbers: Numbers,
    mission: MissionInput,
    plan: Plan,
    travel: "TravelProvider",
    draws: int,
) -> Forecast:
    """Carry a plan out ``draws`` times and assess what it can say; 0 draws simulate nothing.

    Raises
    ------
    PlannerError
        ``SI-…`` if the plan's days cannot be followed.
    """
    from planner.precision import assess  # noqa: PLC0415 - heavy import

    planned = assess(mission, plan)
    if draws == 0:
        return Forecast(None, planned, None)
    from planner.execution import simulate  # noqa: PLC0415 - heavy import

    execution = simulate(
        mission,
        plan,
        travel,
        noise_of(scenario),
        draws=draws,
        seed=scenario.seed,
        delivery=delivery_of(scenario, numbers),
    )
    return Forecast(execution, planned, assess(mission, plan, observed=execution.chances()))
