"""How good a pair is, in whole points: gender, experience, languages, restrictions.

A pair's score has a part that depends on its two members only, and a part that depends on the
area they work in. The weights come from the mission's pairing policy; the shares of them below
are conventions of this program (background knowledge, DOMAIN.md §2: "preferably mixed gender; the
less experienced with the more experienced; at least one who speaks a local language where
possible"). The objective of the stage is the sum over all named teams.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.travel.provider import TravelProvider
from planner.domain.ids import AreaId, Language, RegionId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Experience, Observer, Restriction
from planner.domain.plan import Area, Plan, Team
from planner.domain.policy import PairingPolicy
from planner.objective.allocation import area_demands

EXPERIENCE_TENTHS: dict[frozenset[Experience], int] = {
    frozenset({Experience.NEW}): 0,
    frozenset({Experience.NEW, Experience.SOME}): 6,
    frozenset({Experience.NEW, Experience.SENIOR}): 10,
    frozenset({Experience.SOME}): 6,
    frozenset({Experience.SOME, Experience.SENIOR}): 6,
    frozenset({Experience.SENIOR}): 4,
}
"""Tenths of the experience weight: newcomers go with seniors, never with one another."""
UNKNOWN_GENDER_TENTHS = 5
"""Tenths of the gender weight where somebody's gender is not given: as likely mixed as not."""
FIRST_LANGUAGE_TENTHS = 10
LATER_LANGUAGE_TENTHS = 8
"""Tenths of the local-language weight for a region's most useful language, and for its others."""
COMMON_LANGUAGE_POINTS = 2
"""For each level by which the best common language exceeds the working level; at most 4 levels."""
LONG_DRIVES = 1.25
"""Drives are long in an area where stations are this many times further from the nearest town
than the mission's mean."""
AVOIDS_LONG_DRIVES = frozenset({Restriction.NO_REMOTE_AREAS, Restriction.NO_LONG_DRIVES})


@dataclass(frozen=True)
class AreaView:
    """What pairing needs to know of an area.

    Parameters
    ----------
    speakers
        Weight and local languages, most useful first, of each region with a part in the area. The
        weight is the number of the area's stations there.
    long_drives
        Whether somebody who avoids long drives should not work here.
    """

    speakers: tuple[tuple[int, tuple[Language, ...]], ...]
    long_drives: bool


def area_views(
    mission: MissionInput, areas: Sequence[Area], travel: TravelProvider
) -> dict[AreaId, AreaView]:
    """Return the view of every area; travel is asked only if somebody avoids long drives."""
    stations = Counter(station.district for station in mission.stations)
    far = _far_areas(mission, areas, travel)
    views = {}
    for area in areas:
        parts: Counter[RegionId] = Counter()
        for district in area.districts:
            parts[mission.district_of[district].region] += stations[district]
        empty = not parts.total()
        speakers = [
            (1 if empty else count, mission.region_of[region].languages)
            for region, count in sorted(parts.items())
        ]
        views[area.id] = AreaView(
            tuple((count, spoken) for count, spoken in speakers if count and spoken), area.id in far
        )
    return views


def _far_areas(
    mission: MissionInput, areas: Sequence[Area], travel: TravelProvider
) -> frozenset[AreaId]:
    if not any(AVOIDS_LONG_DRIVES & set(o.restrictions) for o in mission.observers):
        return frozenset()
    demands = area_demands(mission, areas, travel)
    drive = [float(demand.nearest_min @ demand.demand) for demand in demands]
    total = sum(len(demand.stations) for demand in demands)
    mean = sum(drive) / max(1, total)
    return frozenset(
        area.id
        for area, demand, minutes in zip(areas, demands, drive, strict=True)
        if minutes > LONG_DRIVES * mean * len(demand.stations) and demand.stations
    )


def together_points(first: Observer, second: Observer, policy: PairingPolicy) -> int:
    """Return the points of two people as a pair, wherever they work."""
    return (
        _gender(first, second, policy)
        + policy.experience_mix_weight
        * EXPERIENCE_TENTHS[frozenset({first.experience, second.experience})]
        // 10
        + _common_language(first, second, policy)
    )


def _gender(first: Observer, second: Observer, policy: PairingPolicy) -> int:
    if first.gender is None or second.gender is None:
        return policy.mixed_gender_weight * UNKNOWN_GENDER_TENTHS // 10
    return policy.mixed_gender_weight if first.gender is not second.gender else 0


def _common_language(first: Observer, second: Observer, policy: PairingPolicy) -> int:
    known = {skill.language: skill.level.rank for skill in first.languages}
    best = max(
        (
            min(known[skill.language], skill.level.rank)
            for skill in second.languages
            if skill.language in known
        ),
        default=0,
    )
    return COMMON_LANGUAGE_POINTS * min(4, max(0, best - policy.working_level.rank))


def area_points(first: Observer, second: Observer, view: AreaView, policy: PairingPolicy) -> int:
    """Return the points that a pair gains or loses by working in an area."""
    points = 0
    weight = sum(count for count, _ in view.speakers)
    if weight:
        spoken = sum(
            count * max(language_tenths(who, languages, policy) for who in (first, second))
            for count, languages in view.speakers
        )
        points += policy.local_language_weight * spoken // (10 * weight)
    if view.long_drives:
        points -= policy.restriction_weight * sum(map(avoids_long_drives, (first, second)))
    return points


def language_tenths(
    observer: Observer, languages: Sequence[Language], policy: PairingPolicy
) -> int:
    """Return how useful somebody's local languages are where ``languages`` are spoken."""
    for position, language in enumerate(languages):
        if observer.speaks(language, policy.local_level):
            return LATER_LANGUAGE_TENTHS if position else FIRST_LANGUAGE_TENTHS
    return 0


def avoids_long_drives(observer: Observer) -> bool:
    """Tell whether somebody should not be placed in an area of long drives."""
    return bool(AVOIDS_LONG_DRIVES & set(observer.restrictions))


def pairing_value(
    mission: MissionInput, areas: Sequence[Area], teams: Sequence[Team], travel: TravelProvider
) -> int:
    """Return the points of all named teams of two."""
    views = area_views(mission, areas, travel)
    policy = mission.mission.policies.pairing
    points = 0
    for team in teams:
        if len(team.members) == 2:
            first, second = (mission.observer_of[member] for member in team.members)
            points += together_points(first, second, policy)
            points += area_points(first, second, views[team.area], policy)
    return points


def pairing_objective(mission: MissionInput, plan: Plan, travel: TravelProvider) -> float:
    """Return the objective of the pairing stage, recomputed from the plan document alone."""
    return float(pairing_value(mission, plan.areas, plan.teams, travel))
