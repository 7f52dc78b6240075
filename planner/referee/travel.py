"""Is every leg as long as the travel provider says? (R-TRAVEL)."""

from collections.abc import Iterator

import numpy as np

from planner.domain.finding import Severity
from planner.errors import PlannerError
from planner.referee.book import RECORDS, SOURCE
from planner.rules.case import Case
from planner.rules.legs import Leg, Place, legs_of
from planner.rules.rule import Fault
from planner.rules.text import minutes

_TOLERANCE_S = 1
_TOLERANCE_M = 1


@RECORDS.rule("R-TRAVEL", "Travel times of the provider", Severity.HARD, SOURCE)
def travel_times_of_the_provider(case: Case) -> Iterator[Fault]:
    """Find legs of other length than the provider's; one finding a day, with the worst leg."""
    known = list(_driven(case))
    if not known:
        return
    if case.travel is None:
        yield _unreachable("no travel provider")
        return
    try:
        answer = case.travel.legs(
            np.array([(origin.lat, origin.lon) for _, _, origin, _ in known]),
            np.array([(place.lat, place.lon) for _, _, _, place in known]),
        )
    except PlannerError as error:
        yield _unreachable(error.message)
        return
    wrong: dict[str, list[tuple[int, str, str]]] = {}
    for (team, leg, _, _), seconds, metres in zip(
        known, answer.duration_s.tolist(), answer.distance_m.tolist(), strict=True
    ):
        off_s, off_m = abs(seconds - leg.travel_s), abs(metres - leg.distance_m)
        if off_s > _TOLERANCE_S or off_m > _TOLERANCE_M:
            says = f"{leg.label}: {minutes(leg.travel_s)}, {leg.distance_m} m"
            way = f"{minutes(seconds)}, {metres} m" if seconds >= 0 else "no way"
            wrong.setdefault(team, []).append((off_s, says, way))
    for team, legs in wrong.items():
        _, says, way = max(legs)
        yield Fault(
            team,
            f"{len(legs)} leg(s) are not as long as the travel provider says.",
            says,
            f"{way} (within {_TOLERANCE_S} s and {_TOLERANCE_M} m)",
            "Plan again with the present travel model.",
        )


def _driven(case: Case) -> Iterator[tuple[str, Leg, Place, Place]]:
    """Yield team, leg, origin and destination of every leg between two known places."""
    for day in case.days:
        for leg in legs_of(case, day):
            if leg.origin is None or leg.destination is None:
                continue
            # Staying is no leg, whatever a provider answers for a point to itself.
            if leg.origin.id != leg.destination.id or leg.travel_s or leg.distance_m:
                yield day.team, leg, leg.origin, leg.destination


def _unreachable(why: str) -> Fault:
    return Fault(
        "travel",
        "Travel times were not recomputed; only their sum with the clock times was checked.",
        why,
        "a travel provider that answers",
        "Check the plan again where the travel file or the routing server can be reached.",
        Severity.INFO,
    )
