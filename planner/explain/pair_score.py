"""The points of a pair, part by part, as the objective of pairing gives them."""

from collections.abc import Mapping
from dataclasses import dataclass

from geodata.travel.provider import TravelProvider
from planner.domain.ids import AreaId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import LanguageLevel, Observer
from planner.domain.plan import Plan
from planner.domain.policy import PairingPolicy
from planner.explain.records import ScorePart
from planner.objective.pairing import (
    COMMON_LANGUAGE_POINTS,
    AreaView,
    area_points,
    area_views,
    avoids_long_drives,
    together_points,
)

_LEVELS = 4
"""Levels above the working level that count."""


@dataclass(frozen=True)
class PairScore:
    """Reckons points of pairs in the areas of a plan."""

    policy: PairingPolicy
    views: Mapping[AreaId, AreaView]

    @classmethod
    def of(cls, mission: MissionInput, plan: Plan, travel: TravelProvider) -> "PairScore":
        """Look at every area of a plan."""
        views = area_views(mission, plan.areas, travel)
        return cls(mission.mission.policies.pairing, views)

    def points(self, first: Observer, second: Observer, area: AreaId) -> int:
        """Return the points of two observers in an area; an unknown area gives none."""
        together, view = together_points(first, second, self.policy), self.views.get(area)
        return together + (0 if view is None else area_points(first, second, view, self.policy))

    def parts(self, first: Observer, second: Observer, area: AreaId) -> tuple[ScorePart, ...]:
        """Return the points by what they are given for; they add up to :meth:`points`."""
        policy, view = self.policy, self.views[area]
        bare = policy.model_copy(update={"mixed_gender_weight": 0, "experience_mix_weight": 0})
        common = together_points(first, second, bare)
        unmixed = policy.model_copy(update={"experience_mix_weight": 0})
        gender = together_points(first, second, unmixed) - common
        experience = together_points(first, second, policy) - common - gender
        silent = policy.model_copy(update={"local_language_weight": 0})
        restrictions = area_points(first, second, view, silent)
        local = area_points(first, second, view, policy) - restrictions
        steps = min(_LEVELS, len(LanguageLevel) - 1 - policy.working_level.rank)
        return (
            ScorePart("gender", gender, policy.mixed_gender_weight, _gender(first, second)),
            ScorePart(
                "experience",
                experience,
                policy.experience_mix_weight,
                f"{first.experience} with {second.experience}",
            ),
            ScorePart(
                "common language", common, COMMON_LANGUAGE_POINTS * steps, _common(first, second)
            ),
            ScorePart(
                "local language",
                local,
                policy.local_language_weight if view.speakers else 0,
                _local(first, second, view, policy),
            ),
            ScorePart("restrictions", restrictions, 0, _restrictions(first, second, view)),
        )


def _gender(first: Observer, second: Observer) -> str:
    return " and ".join("not given" if p.gender is None else p.gender for p in (first, second))


def _common(first: Observer, second: Observer) -> str:
    shared = [
        (min(skill.level.rank, level.rank), skill.language)
        for skill in first.languages
        for level in [second.level(skill.language)]
        if level is not None
    ]
    if not shared:
        return "no common language"
    rank, language = max(shared)
    return f"best common language: {language} at {list(LanguageLevel)[rank]}"


def _local(first: Observer, second: Observer, view: AreaView, policy: PairingPolicy) -> str:
    wanted = dict.fromkeys(language for _, spoken in view.speakers for language in spoken)
    if not wanted:
        return "no local language is listed for the area"
    known = [
        f"{person.id} speaks {language} ({person.level(language)})"
        for person in (first, second)
        for language in wanted
        if person.speaks(language, policy.local_level)
    ]
    return "; ".join(known) or f"nobody speaks {', '.join(wanted)} at {policy.local_level}"


def _restrictions(first: Observer, second: Observer, view: AreaView) -> str:
    asked = [person.id for person in (first, second) if avoids_long_drives(person)]
    if not asked:
        return "nobody has to avoid long drives"
    where = "has long drives" if view.long_drives else "has no long drives"
    return f"{' and '.join(asked)} should avoid long drives; the area {where}"
