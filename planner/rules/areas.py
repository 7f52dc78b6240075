"""Areas of responsibility: whole, contiguous, lived in (A1, A2, A3)."""

from collections import defaultdict
from collections.abc import Iterator

from planner.domain.finding import Severity
from planner.domain.ids import AreaId, DistrictId, TownId
from planner.domain.observer import Role
from planner.rules.case import Case
from planner.rules.rule import RULES, Fault
from planner.rules.text import some

_SOURCE = "DOMAIN.md §2, areas of responsibility (S)"


@RULES.rule("A1", "Every district in exactly one area", Severity.HARD, _SOURCE)
def every_district_in_one_area(case: Case) -> Iterator[Fault]:
    """Find districts left out or shared; a mission that deploys nobody needs no areas."""
    staffing = case.mission.mission.staffing
    if not (case.plan.areas or case.plan.teams or staffing.lto_teams or staffing.sto_pairs):
        return
    for district in case.mission.districts:
        areas = case.areas_of_district.get(district.id, ())
        if len(areas) != 1:
            yield Fault(
                district.id,
                f"District {district.name} is not in exactly one area.",
                f"{len(areas)} areas: {some(areas)}" if areas else "0 areas",
                "exactly 1 area",
                "Give the district to one area.",
            )


@RULES.rule("A2", "Area contiguous", Severity.HARD, _SOURCE)
def area_contiguous(case: Case) -> Iterator[Fault]:
    """Find areas in parts; islands and enclaves hang together by their recorded exception."""
    neighbours: defaultdict[DistrictId, set[DistrictId]] = defaultdict(set)
    for pair in case.mission.adjacency:
        neighbours[pair.a].add(pair.b)
        neighbours[pair.b].add(pair.a)
    for area in case.areas:
        districts = {d for d in area.districts if d in case.mission.district_of}
        parts = sorted(_parts(districts, neighbours), key=lambda part: (-len(part), min(part)))
        if len(parts) > 1:
            stray = sorted(district for part in parts[1:] for district in part)
            yield Fault(
                area.id,
                "The area falls apart.",
                f"{len(parts)} parts; apart from the largest: {some(stray)}",
                "1 part",
                "Move the stray districts, or record why they count as neighbours (adjacency).",
            )


def _parts(
    districts: set[DistrictId], neighbours: dict[DistrictId, set[DistrictId]]
) -> Iterator[set[DistrictId]]:
    """Yield the connected parts of ``districts``, by breadth-first search."""
    left = set(districts)
    while left:
        edge = {min(left)}
        part: set[DistrictId] = set()
        while edge:
            part |= edge
            edge = {b for a in edge for b in neighbours.get(a, ())} & left - part
        left -= part
        yield part


@RULES.rule("A3", "Base town inside, with beds", Severity.HARD, _SOURCE)
def base_town_inside_with_beds(case: Case) -> Iterator[Fault]:
    """Find areas and teams that live outside their area, and towns with too few beds.

    A team without any possible town is no fault of the plan if the plan says so.
    """
    told = {left.subject for left in case.plan.unassigned if left.kind == "team" and left.reason}
    for area in case.areas:
        if area.base_town is not None:
            yield from _inside(case, area.id, area.base_town, area.id)
        elif area.lto_team is not None and area.lto_team not in told:
            yield Fault(
                area.id,
                "The area has an LTO team and no base town.",
                "no base town",
                "a town with beds inside the area",
                "Enter the beds of its towns in towns.csv, or add a town inside the area.",
            )
    for team in case.teams:
        area_of_team = case.area_of.get(team.area)
        if area_of_team is None:
            continue
        if team.kind is Role.STO:
            yield from _inside(case, team.id, team.base_town, team.area)
        elif team.base_town != area_of_team.base_town:
            yield Fault(
                team.id,
                "The LTO team lives elsewhere than its area's base town.",
                team.base_town,
                area_of_team.base_town or "no base town",
                "Give team and area the same base town.",
            )
    yield from _beds(case)


def _inside(case: Case, subject: str, town_id: TownId, area: AreaId) -> Iterator[Fault]:
    town = case.mission.town_of.get(town_id)
    if town is not None and town.district not in case.districts_of_area[area]:
        yield Fault(
            subject,
            f"{town.name} lies outside area {area}.",
            f"{town_id} in district {town.district}",
            f"a town in a district of {area}",
            "Choose a town inside the area.",
        )


def _beds(case: Case) -> Iterator[Fault]:
    policy = case.policies.allocation
    per_team = {Role.LTO: policy.beds_per_lto_team, Role.STO: policy.beds_per_pair}
    needed: defaultdict[TownId, int] = defaultdict(int)
    for team in case.teams:
        needed[team.base_town] += per_team[team.kind]
    unknown = []
    for town_id, beds in sorted(needed.items()):
        town = case.mission.town_of.get(town_id)
        if town is not None and town.beds is None:
            unknown.append(town_id)
        elif town is not None and town.beds is not None and beds > town.beds:
            yield Fault(
                town_id,
                f"{town.name} has not enough beds for the teams that sleep there.",
                f"{beds} beds needed",
                f"{town.beds} beds",
                "Move teams to another town, or correct the number of beds.",
            )
    if unknown:
        yield Fault(
            unknown[0],
            "Nobody has said how many beds these towns have.",
            f"{len(unknown)} towns: {some(unknown)}",
            "beds known",
            "Enter the beds in towns.csv.",
            Severity.INFO,
        )
