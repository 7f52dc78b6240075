"""What is observed against what there is (S1, S2, S3, S4)."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from planner.domain.finding import Severity
from planner.domain.ids import AreaId
from planner.domain.observer import Role
from planner.domain.place import SettlementType, StationKind
from planner.rules.case import Case
from planner.rules.remoteness import remoteness_bands
from planner.rules.rule import RULES, Fault
from planner.rules.text import percent, some

_ROUNDING = 1e-9


@RULES.rule(
    "S1", "State quota", Severity.SOFT, "DOMAIN.md §2: a State is asked for at most 10 % (S)"
)
def state_quota(case: Case) -> Iterator[Fault]:
    """Find States that nominated more than their share of the requested STOs, without reserves."""
    stos = [o for o in case.mission.observers if o.role is Role.STO and not o.reserve]
    requested = 2 * case.mission.mission.staffing.sto_pairs or len(stos)
    share = case.policies.pairing.state_quota
    for state, count in sorted(Counter(observer.state for observer in stos).items()):
        if count > share * requested + _ROUNDING:
            yield Fault(
                state,
                f"{state} has nominated more STOs than its quota.",
                f"{count} of {requested} STOs ({percent(count / requested)})",
                f"at most {percent(share)}, {math.floor(share * requested + _ROUNDING)} STOs",
                "Ask other States for more, or accept it.",
            )


@RULES.rule(
    "S2",
    "Urban, rural and remoteness balance",
    Severity.SOFT,
    "DOMAIN.md §2: visits lean to towns (S); §3: total variation; the tolerance is a policy (B)",
)
def balance_against_the_frame(case: Case) -> Iterator[Fault]:
    """Find how far the visited stations are from the frame: urban, rural, remote."""
    visited = case.visited
    if not visited:
        return
    known = SettlementType.UNKNOWN
    settlements = (
        Counter(s.settlement.value for s in stations if s.settlement is not known)
        for stations in (visited, case.mission.stations)
    )
    yield from _drift(case, "urban/rural", *settlements)
    bands = remoteness_bands(case.mission)
    if bands:
        seen = Counter(bands[station.id] for station in visited)
        yield from _drift(case, "distance to the nearest town", seen, Counter(bands.values()))


def _drift(
    case: Case, what: str, seen: Mapping[str, int], frame: Mapping[str, int]
) -> Iterator[Fault]:
    if not sum(seen.values()) or not sum(frame.values()):
        yield Fault(
            "sample",
            f"The balance by {what} cannot be judged.",
            "no visited station tells",
            "known for the stations",
            "Fill the column in stations.csv.",
            Severity.INFO,
        )
        return
    tolerance = case.policies.sample.balance_tolerance
    drift = total_variation(seen, frame)
    if drift > tolerance + _ROUNDING:
        yield Fault(
            "sample",
            f"Visited stations differ from the frame by {what}.",
            f"{percent(drift)} apart; visited {_shares(seen)}, frame {_shares(frame)}",
            f"at most {percent(tolerance)}",
            "Raise drive limits, add hubs in rural districts, or weight the results.",
        )


def total_variation(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """Return half the summed differences of two shares, ½Σ|p-q| (DOMAIN.md §3).

    Raises
    ------
    ValueError
        Expected two counts that are not empty.
    """
    sums = sum(first.values()), sum(second.values())
    if not all(sums):
        msg = f"Expected two counts that are not empty, got sums {sums}."
        raise ValueError(msg)
    keys = sorted(set(first) | set(second))
    return sum(abs(first.get(k, 0) / sums[0] - second.get(k, 0) / sums[1]) for k in keys) / 2


def _shares(counts: Mapping[str, int]) -> str:
    total = sum(counts.values())
    return ", ".join(f"{key} {percent(count / total)}" for key, count in sorted(counts.items()))


@RULES.rule(
    "S3",
    "Special stations not above their share",
    Severity.SOFT,
    "DOMAIN.md §2, election day of an STO pair (S)",
)
def special_stations(case: Case) -> Iterator[Fault]:
    """Find more visited special stations than their share in the frame, or the policy, allows."""
    special = [s.kind is StationKind.SPECIAL for s in case.mission.stations]
    visited = [s.kind is StationKind.SPECIAL for s in case.visited]
    if not special or not visited:
        return
    policy = case.policies.sample.max_special_share
    share = sum(special) / len(special) if policy is None else policy
    allowed = math.ceil(share * len(visited) - _ROUNDING)
    if sum(visited) > allowed:
        yield Fault(
            "sample",
            "Special stations are visited above their share.",
            f"{sum(visited)} of {len(visited)} visited ({percent(sum(visited) / len(visited))})",
            f"at most {allowed} ({percent(share)})",
            "Replace special stations by ordinary ones of the same stratum.",
        )


@RULES.rule("S4", "Every district and commission touched", Severity.SOFT, "DESIGN.md, rulebook (B)")
def every_district_touched(case: Case) -> Iterator[Fault]:
    """Find districts with stations and commissions that nobody goes to; one finding an area."""
    if not case.days:
        return
    visited = case.visited
    at_commission = {
        stop.place for day in case.days for stop in day.stops if stop.place_kind != "station"
    }
    districts = {s.district for s in case.mission.stations} - {s.district for s in visited}
    commissions = (
        {s.commission for s in case.mission.stations if s.commission}
        - {s.commission for s in visited}
        - at_commission
    )
    missed: defaultdict[AreaId, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for district in sorted(districts):
        for area in case.areas_of_district.get(district, ()):
            missed[area][0].append(district)
    for commission in case.mission.commissions:
        if commission.id in commissions:
            for area in case.areas_of_district.get(commission.district, ()):
                missed[area][1].append(commission.id)
    for area, (no_visit, no_commission) in sorted(missed.items()):
        yield Fault(
            area,
            f"Nobody goes to {' nor to '.join(_listed(no_visit, no_commission))}.",
            f"{len(no_visit)} districts, {len(no_commission)} commissions",
            "0 untouched",
            "Pin a station there (visit_station), or accept it.",
        )


def _listed(districts: Sequence[str], commissions: Sequence[str]) -> list[str]:
    named = (("districts", districts), ("commissions", commissions))
    return [f"{noun} {some(names)}" for noun, names in named if names]
