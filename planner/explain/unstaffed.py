"""Places that nobody can come to yet: a district in no area, an area without STO pairs."""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, DistrictId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.place import Adjacency
from planner.domain.plan import Area, Plan
from planner.explain.records import FITS, Explanation, Remedy, Trial
from planner.explain.variant import changed, policy_value, with_policy
from planner.explain.words import binding, ranked, times
from planner.objective.allocation import area_demands
from planner.optimizer.allocation.shares import share_pairs
from planner.optimizer.areas.frame import make_frame
from planner.rules.book import RULES, Case
from planner.travel import points_of

Kind = Literal["station", "district"]
_FLOOR = "allocation.floor_pairs_per_area"


def without_area(
    mission: MissionInput,
    plan: Plan,
    travel: TravelProvider,
    district: DistrictId,
    kind: Kind,
    subject: str,
    headline: str,
) -> Explanation:
    """Explain a district (or its station) that belongs to no area."""
    told = next((left for left in plan.unassigned if left.subject == district), None)
    bindings = [binding("A1", "0 areas", "exactly 1 area")]
    if told is not None:
        bindings.append(binding(told.code, told.reason, "an area for every district"))
    trials = [_joined(mission, plan, district, area) for area in _beside(mission, plan, district)]
    remedies = [
        Remedy(
            f"Pin {district} to {trial.subject}.",
            verified=True,
            effect=f"{trial.subject} stays in one part (A2), and {district} is in one area (A1)",
            decision=Decision(
                kind=DecisionKind.DISTRICT_AREA, district=district, area=AreaId(trial.subject)
            ),
        )
        for trial in trials
        if trial.outcome == FITS
    ]
    if not remedies:
        remedies += _parts(mission, plan, travel, district)
    if not remedies:
        remedies.append(Remedy("Plan the areas again.", verified=False, effect=""))
    return Explanation(kind, subject, headline, tuple(bindings), ranked(remedies), tuple(trials))


def _beside(mission: MissionInput, plan: Plan, district: DistrictId) -> list[Area]:
    """Return the areas that touch a district, by id."""
    near = {pair.b if pair.a == district else pair.a for pair in _borders(mission, district)}
    return sorted((a for a in plan.areas if near & set(a.districts)), key=lambda area: area.id)


def _borders(mission: MissionInput, district: DistrictId) -> list[Adjacency]:
    return [pair for pair in mission.adjacency if district in (pair.a, pair.b)]


def _joined(mission: MissionInput, plan: Plan, district: DistrictId, area: Area) -> Trial:
    """Judge the plan with a district added to an area by the rulebook."""
    wider = area.model_copy(update={"districts": (*area.districts, district)})
    areas = tuple(wider if other.id == area.id else other for other in plan.areas)
    case = Case(mission, plan.model_copy(update={"areas": areas}))
    faults = [
        finding
        for rule in ("A1", "A2")
        for finding in RULES.rules[rule].check(case)
        if finding.subject in (district, area.id)
    ]
    if not faults:
        return Trial(area.id, FITS, "", "", f"{district} can join {area.id}")
    first = faults[0]
    return Trial(area.id, first.code, first.value, first.limit, first.message)


def _parts(
    mission: MissionInput, plan: Plan, travel: TravelProvider, district: DistrictId
) -> Iterator[Remedy]:
    """Yield what brings a part of the country that has no team into some area."""
    teams = mission.teams_wanted(Role.LTO) or None
    frame = make_frame(mission, teams, travel)
    if not any(district in part for part in frame.left_out):
        return
    parts = int(frame.part.max()) + 1 + len(frame.left_out)
    again = make_frame(mission, parts, travel)
    if not any(district in part for part in again.left_out):
        yield Remedy(
            f"Plan {parts} LTO teams (staffing.lto_teams).",
            verified=True,
            effect=f"with {times(parts, 'team')} every part of the country gets an area",
        )
    covered = [d for d in mission.districts if any(d.id in area.districts for area in plan.areas)]
    if not covered:
        return
    here = points_of([mission.district_of[district]])
    drive = travel.matrix(here, points_of(covered)).duration_s[0].astype(float)
    nearest = covered[int(np.where(drive < 0, np.inf, drive).argmin())]
    row = Adjacency(a=district, b=nearest.id, reason="joined to the nearest district")
    joined = changed(mission, adjacency=(*mission.adjacency, row))
    again = make_frame(joined, teams, travel)
    if not any(district in part for part in again.left_out):
        yield Remedy(
            f"Join {district} to {nearest.id} by a row in adjacency.csv, with its reason.",
            verified=True,
            effect=f"{district} then hangs together with {nearest.id} and gets an area",
        )


def without_pairs(
    mission: MissionInput,
    plan: Plan,
    travel: TravelProvider,
    area: Area,
    kind: Kind,
    subject: str,
    headline: str,
) -> Explanation:
    """Explain an area (for a district or station in it) in which no STO pair works."""
    wanted = mission.teams_wanted(Role.STO)
    floor = int(policy_value(mission, _FLOOR))
    found = binding("OP-ALLOC-NONE", f"0 of {wanted} STO pairs", f"floor of {floor} pair(s)")
    remedies = list(_pairs(mission, plan, travel, area)) if wanted else []
    if not remedies:
        text = "Plan more STO pairs (staffing.sto_pairs)" if wanted else "Plan STO pairs"
        remedies = [Remedy(f"{text}, or let the LTO team go there.", verified=False, effect="")]
    return Explanation(kind, subject, headline, (found,), ranked(remedies))


def _pairs(
    mission: MissionInput, plan: Plan, travel: TravelProvider, area: Area
) -> Iterator[Remedy]:
    """Yield what gives the area a pair: tried by sharing the pairs out again."""
    floor = int(policy_value(mission, _FLOOR))
    given = _share(mission, plan, travel, area)
    if given:
        yield Remedy(
            "Plan allocation, sampling and days again.",
            verified=True,
            effect=f"shared out anew, {area.id} gets {times(given, 'pair')}",
        )
        return
    given = _share(with_policy(mission, _FLOOR, floor + 1), plan, travel, area)
    if given:
        yield Remedy(
            f"Raise policies.{_FLOOR} to {floor + 1}.",
            verified=True,
            effect=f"{area.id} then gets {times(given, 'pair')}",
            policy=(_FLOOR, float(floor + 1)),
        )
        return
    town = next((t for t in mission.towns if _home(mission, plan, t.district) == area.id), None)
    if town is None or town.beds is None:
        return
    policy = mission.mission.policies.allocation
    beds = policy.beds_per_pair + policy.beds_per_lto_team
    towns = tuple(
        t.model_copy(update={"beds": beds}) if t.id == town.id else t for t in mission.towns
    )
    given = _share(changed(mission, towns=towns), plan, travel, area)
    if given:
        yield Remedy(
            f"Find {beds} beds in {town.name} ({town.id}), or in another town of {area.id}.",
            verified=True,
            effect=f"{area.id} then gets {times(given, 'pair')}",
        )


def _home(mission: MissionInput, plan: Plan, district: DistrictId) -> AreaId | None:
    homes = (area.id for area in plan.areas if district in area.districts)
    return next(homes, None) if district in mission.district_of else None


def _share(mission: MissionInput, plan: Plan, travel: TravelProvider, area: Area) -> int:
    demands = area_demands(mission, plan.areas, travel)
    basis = mission.mission.policies.allocation.basis
    shares = share_pairs(mission, plan.areas, demands, basis)
    number = [one.id for one in plan.areas].index(area.id)
    return int(shares.pairs[number])
