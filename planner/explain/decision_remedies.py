"""What to decide instead of a refused decision: each is put to the same judge."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from geodata.travel.provider import TravelProvider
from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, DistrictId, TownId
from planner.domain.mission_input import MissionInput
from planner.domain.place import Town
from planner.domain.plan import Plan
from planner.explain.judging import Judge
from planner.explain.observer_remedies import mending
from planner.explain.pair_rules import PairRules
from planner.explain.pair_score import PairScore
from planner.explain.pinning import pins_on
from planner.explain.records import Remedy
from planner.explain.station import explain_station
from planner.explain.variant import changed, policy_value, with_decision, with_policy, without
from planner.travel import points_of

_TRIED = 12
_REACH = "allocation.reach_min"


def alternatives(
    mission: MissionInput,
    plan: Plan,
    travel: TravelProvider,
    decision: Decision,
    judge: Judge,
    kept: Callable[[MissionInput], bool],
) -> list[Remedy]:
    """Return what could be decided or corrected instead, as far as its stage keeps it.

    Parameters
    ----------
    mission
        The mission with the decision in it.
    kept
        Tells whether the decision is kept in a changed mission, by running its stage.
    """
    one = _Instead(mission, plan, travel, decision, judge, kept)
    return list(
        {
            DecisionKind.PAIR: one.pair,
            DecisionKind.OBSERVER_AREA: one.observer_area,
            DecisionKind.DISTRICT_AREA: one.district_area,
            DecisionKind.BASE_TOWN: one.base_town,
            DecisionKind.TEAM_TOWN: one.team_town,
            DecisionKind.VISIT_STATION: one.visit,
        }.get(decision.kind, lambda: iter(()))()
    )


class _Instead:
    """Tries other decisions in the place of one."""

    def __init__(
        self,
        mission: MissionInput,
        plan: Plan,
        travel: TravelProvider,
        decision: Decision,
        judge: Judge,
        kept: Callable[[MissionInput], bool],
    ) -> None:
        self._mission, self._plan, self._travel = mission, plan, travel
        self._decision, self._judge, self._kept = decision, judge, kept
        self._without = without(mission, decision)

    def _first(self, decisions: Iterable[Decision], text: str) -> Iterator[Remedy]:
        """Yield the first decision that the judge keeps in the place of the refused one."""
        tried = 0
        before = set(self._judge.refused(self._without))
        made = {decision.subject for decision in self._mission.decisions}
        for other in decisions:
            if other.subject in made:
                continue
            tried += 1
            if tried > (_TRIED // 3 if self._judge.runs else _TRIED):
                return
            trial = with_decision(self._without, other)
            refused = set(self._judge.refused(trial))
            if other.subject in refused or not refused <= before:
                continue
            if other.subject not in self._judge.confirmed(trial):
                yield Remedy(
                    f"{text} “{other.subject}”.",
                    verified=True,
                    effect=f"judged in its place, “{other.subject}” is kept",
                    decision=other,
                )
                return

    def _like(self, **fields: object) -> Decision:
        return Decision.model_validate(
            self._decision.model_dump(exclude={"author", "reason", "at"}) | fields
        )

    def _mended(self) -> Iterator[Remedy]:
        """Yield the corrections of the roster that let its observers be deployed."""
        mission, steps = self._mission, []
        for name in self._decision.observers:
            person = mission.observer_of.get(name)
            if person is None:
                return
            mend = mending(mission, person)
            mission = mend.mission
            steps += [f"{step} ({name})" for step in mend.steps]
        if steps and self._kept(mission):
            words = "; ".join(steps)
            yield Remedy(
                f"{words[0].upper()}{words[1:]}.",
                verified=True,
                effect=f"“{self._decision.subject}” is then kept",
            )

    def pair(self) -> Iterator[Remedy]:
        """Yield the roster's correction, or the best other partner of each of the two."""
        yield from self._mended()
        known = self._mission.observer_of
        rules = PairRules.of(self._without, self._plan)
        score = PairScore.of(self._mission, self._plan, self._travel)
        areas = [area.id for area in self._plan.areas]
        for name in self._decision.observers:
            person = known.get(name)
            if person is None or not all(check.kept for check in rules.alone(person)):
                continue
            partners = [
                other
                for other in self._mission.observers
                if other.role is person.role
                and other.id not in self._decision.observers
                and not other.reserve
                and all(c.kept for c in (*rules.together(person, other), *rules.alone(other)))
                and rules.open_to(person, other, areas)
            ]
            best = sorted(
                partners,
                key=lambda o: (-max(score.points(person, o, a) for a in areas), o.id),
            )
            pins = (self._like(observers=(person.id, other.id)) for other in best)
            yield from self._first(pins, "Require another pair:")

    def observer_area(self) -> Iterator[Remedy]:
        """Yield the roster's correction, or another area for the observer."""
        yield from self._mended()
        areas = (self._like(area=area.id) for area in self._plan.areas)
        yield from self._first(areas, "Choose another area:")

    def district_area(self) -> Iterator[Remedy]:
        """Yield another area for the district: its present one, or one that it touches."""
        district = self._decision.district
        areas = self._areas_near(district) if district else []
        yield from self._first((self._like(area=area) for area in areas), "Choose another area:")

    def _areas_near(self, district: DistrictId) -> list[AreaId]:
        near = {
            pair.b if pair.a == district else pair.a
            for pair in self._mission.adjacency
            if district in (pair.a, pair.b)
        }
        own = [area.id for area in self._plan.areas if district in area.districts]
        beside = [area.id for area in self._plan.areas if near & set(area.districts)]
        return list(dict.fromkeys([*own, *beside]))

    def base_town(self) -> Iterator[Remedy]:
        """Yield the nearest other town of the area that can be its base, or more beds."""
        area = next((a for a in self._plan.areas if a.id == self._decision.area), None)
        districts = () if area is None else area.districts
        towns = self._towns_near(set(districts))
        yield from self._first((self._like(town=town) for town in towns), "Choose another town:")
        policy = self._mission.mission.policies.allocation
        yield from self._beds(policy.beds_per_lto_team)

    def team_town(self) -> Iterator[Remedy]:
        """Yield the nearest other town of the pair's area, another pair, or more beds."""
        team = next((t for t in self._plan.teams if t.id == self._decision.team), None)
        area = next((a for a in self._plan.areas if team and a.id == team.area), None)
        towns = self._towns_near(set() if area is None else set(area.districts))
        yield from self._first((self._like(town=town) for town in towns), "Choose another town:")
        home = self._mission.town_of.get(self._decision.town) if self._decision.town else None
        if home is not None:
            there = {a.id for a in self._plan.areas if home.district in a.districts}
            pairs = [t.id for t in self._plan.teams if t.area in there and t.kind.value == "STO"]
            others = (self._like(team=name) for name in pairs)
            yield from self._first(others, "Choose a pair of that area:")
        policy = self._mission.mission.policies.allocation
        yield from self._beds(policy.beds_per_pair)

    def _towns_near(self, districts: set[DistrictId]) -> list[TownId]:
        """Return towns of some districts, those nearest to the town that was named first."""
        towns = [town for town in self._mission.towns if town.district in districts]
        named = self._mission.town_of.get(self._decision.town) if self._decision.town else None
        if named is None or not towns:
            return [town.id for town in towns]
        drive = self._travel.matrix(points_of([named]), points_of(towns)).duration_s[0]
        order = np.argsort(np.where(drive < 0, np.iinfo(np.int64).max, drive), kind="stable")
        return [towns[index].id for index in order.tolist()]

    def _beds(self, more: int) -> Iterator[Remedy]:
        """Yield more beds in the town that was named."""
        town = self._mission.town_of.get(self._decision.town) if self._decision.town else None
        if town is None or town.beds is None:
            return
        beds = town.beds + more

        def wider(one: Town) -> Town:
            return one.model_copy(update={"beds": beds}) if one.id == town.id else one

        trial = changed(self._mission, towns=tuple(wider(one) for one in self._mission.towns))
        if self._kept(trial):
            yield Remedy(
                f"Find {more} more beds in {town.name} (beds = {beds} in towns.csv).",
                verified=True,
                effect=f"“{self._decision.subject}” is then kept",
            )

    def visit(self) -> Iterator[Remedy]:
        """Yield a wider reach, or what brings another pair to the station."""
        station = self._decision.station
        if station is None or station not in self._mission.station_of:
            return
        yield from self._reach()
        free = without(self._mission, *pins_on(self._mission, station))
        for remedy in explain_station(free, self._plan, self._travel, station).remedies:
            pin = remedy.decision
            if not remedy.verified or pin is None or remedy.policy is not None:
                continue
            if pin.subject not in self._judge.confirmed(with_decision(self._without, pin)):
                yield remedy

    def _reach(self) -> Iterator[Remedy]:
        """Yield the least reach with which the decision is kept, found by halving."""
        low = int(policy_value(self._mission, _REACH))
        high = int(policy_value(self._mission, "day.max_leg_min"))
        subject = self._decision.subject

        def kept(reach: int) -> bool:
            return subject not in self._judge.refused(with_policy(self._mission, _REACH, reach))

        if high <= low or not kept(high):
            return
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if kept(middle) else (middle, high)
        if not self._kept(with_policy(self._mission, _REACH, high)):
            return
        yield Remedy(
            f"Raise policies.{_REACH} to {high}.",
            verified=True,
            effect=f"“{subject}” is then within reach and kept",
            policy=(_REACH, float(high)),
        )
