"""Simulates election day: who arrives, then every pair's day, in many draws."""

from geodata.travel.provider import TravelProvider
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.errors import PlannerError
from planner.execution.execution import Execution
from planner.execution.luck import LuckSource, generator
from planner.execution.noise import Noise
from planner.execution.people import Deliverer, Delivery
from planner.execution.read_days import read_days
from planner.execution.replay import replay
from planner.execution.roads import Roads
from planner.execution.tally import Tally

MOST_DRAWS = 100_000
MOST_DRAWS_WITH_TIMES = 5_000
CELLS = 200_000
"""Pairs times draws that are replayed at once; bounds the memory, and changes no result."""


def simulate(
    mission: MissionInput,
    plan: Plan,
    travel: TravelProvider,
    noise: Noise,
    *,
    draws: int = 1000,
    seed: int = 1,
    delivery: Delivery | None = None,
    keep_times: bool = False,
) -> Execution:
    """Replay the election day of a plan in many draws.

    Parameters
    ----------
    mission, plan
        What was planned; the plan should have no hard finding.
    travel
        Travel times of the mission, for short cuts past stops that are skipped.
    noise
        What may go otherwise than planned.
    draws
        1 to ``MOST_DRAWS``; 1,000 give a probability to within 3 percentage points.
    seed
        Same seed, same result; 0 or more. Plans and noises under one seed meet the same luck.
    delivery
        Which observers arrive; None: all pairs go out.
    keep_times
        Keep every arrival and departure; up to ``MOST_DRAWS_WITH_TIMES`` draws.

    Raises
    ------
    PlannerError
        ``SI-DRAWS``, ``SI-SEED``: out of range. ``SI-DAY``: a day that cannot be followed.
        ``SI-REGION``: an isolated region that does not exist. ``TR-…``: see the travel provider.
    """
    most = MOST_DRAWS_WITH_TIMES if keep_times else MOST_DRAWS
    if not 1 <= draws <= most:
        raise PlannerError(
            "SI-DRAWS", f"{draws} draws are asked for", f"Ask for 1 to {most:,} draws."
        )
    if seed < 0:
        raise PlannerError("SI-SEED", f"the seed is {seed}", "Use a whole number from 0.")
    days = read_days(mission, plan, travel)
    roads = Roads(mission, days, noise)
    luck = LuckSource(days, noise, seed)
    deliverer = None if delivery is None else Deliverer(mission, plan, delivery)
    arrivals = generator(seed, "delivery")
    tally = Tally(days, draws, keep_times=keep_times)
    step = max(1, CELLS // max(1, days.days))
    for first in range(0, draws, step):
        number = min(step, draws - first)
        replayed = replay(days, luck.draw(number), roads, keep_times=keep_times)
        present = None if deliverer is None else deliverer.draw(arrivals, number)
        tally.add(replayed, present)
    return tally.result(noise, delivery, seed)
