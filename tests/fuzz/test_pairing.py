"""Pairing and placing against every pairing of at most eight people, and every place for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hypothesis import given

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import AreaId, ObserverId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer, Role
from planner.domain.plan import StageStatus, Team
from planner.objective.pairing import AreaView, area_points, area_views, together_points
from planner.optimizer.allocation import solve_allocation
from planner.optimizer.areas import solve_areas
from planner.optimizer.pairing import PairingResult, solve_pairing
from planner.optimizer.stage import Effort, Silent
from tests.fuzz.missions import missions, roads
from tests.fuzz.profile import examples
from tests.fuzz.roads import Roads

small = missions(districts=3, stations=5, towns=3, lto_teams=3, sto_pairs=4, people=8, decided=6)
Two = tuple[Observer, Observer]


@dataclass(frozen=True)
class People:
    """One role's roster as the rules and the decisions see it."""

    mission: MissionInput
    role: Role
    views: Mapping[AreaId, AreaView]
    quota: Mapping[AreaId, int]
    kept: Sequence[Decision]

    def deployable(self) -> list[Observer]:
        mission = self.mission.mission
        policy, calendar = mission.policies.pairing, mission.calendar
        days = (
            (calendar.lto_from_day, calendar.lto_to_day)
            if self.role is Role.LTO
            else (calendar.sto_from_day, calendar.sto_to_day)
        )
        return [
            person
            for person in self.mission.observers
            if person.role is self.role
            and person.accredited
            and not person.reserve
            and person.state != mission.country
            and person.present(mission.day(days[0]), mission.day(days[1]))
            and person.speaks(policy.working_language, policy.working_level)
        ]

    def may(self, pair: Two, area: AreaId | None = None) -> bool:
        """Tell whether the rules allow a pair (in an area)."""
        one, other = pair
        if one.state == other.state:
            return False
        ids = {one.id, other.id}
        for decision in self.mission.decisions:
            if decision.kind is DecisionKind.NEVER_PAIR and set(decision.observers) == ids:
                return False
            kept_out = decision.kind is DecisionKind.NEVER_STATE_AREA and decision.area == area
            if kept_out and decision.state in {one.state, other.state}:
                return False
        return True

    def points(self, pair: Two, area: AreaId) -> int:
        policy = self.mission.mission.policies.pairing
        return together_points(*pair, policy) + area_points(*pair, self.views[area], policy)

    def best(self) -> tuple[int, int] | None:
        """Return most teams and then most points with all kept decisions; None: impossible."""
        found: tuple[int, int] | None = None
        for teams in self._solutions(self.deployable(), dict(self.quota)):
            if self._keeps(teams):
                value = len(teams), sum(self.points(pair, area) for pair, area in teams)
                found = value if found is None else max(found, value)
        return found

    def _solutions(
        self, people: Sequence[Observer], quota: dict[AreaId, int]
    ) -> Iterator[list[tuple[Two, AreaId]]]:
        if len(people) < 2:
            yield []
            return
        first, rest = people[0], people[1:]
        yield from self._solutions(rest, quota)
        for number, mate in enumerate(rest):
            if not self.may((first, mate)):
                continue
            left = [*rest[:number], *rest[number + 1 :]]
            for area, slots in quota.items():
                if slots and self.may((first, mate), area):
                    fewer = quota | {area: slots - 1}
                    for others in self._solutions(left, fewer):
                        yield [((first, mate), area), *others]

    def _keeps(self, teams: Sequence[tuple[Two, AreaId]]) -> bool:
        place = {person.id: (k, area) for k, (two, area) in enumerate(teams) for person in two}
        nowhere = (-1, None)
        for decision in self.kept:
            where = {place.get(name, nowhere) for name in decision.observers}
            if len(where) != 1 or nowhere in where:
                return False
            if decision.kind is DecisionKind.OBSERVER_AREA and where.pop()[1] != decision.area:
                return False
        return True


def required(mission: MissionInput, result: PairingResult, role: Role) -> list[Decision]:
    """Return the required pairs and areas of a role that the stage has not refused."""
    refused = {entry.subject for entry in result.notes.unassigned if entry.kind == "decision"}
    kinds = {DecisionKind.PAIR, DecisionKind.OBSERVER_AREA}
    return [
        decision
        for decision in mission.decisions
        if decision.kind in kinds
        and decision.subject not in refused
        and all(mission.observer_of[name].role is role for name in decision.observers)
    ]


def named(teams: Sequence[Team], role: Role) -> dict[str, tuple[ObserverId, ...]]:
    return {team.id: team.members for team in teams if team.members and team.kind is role}


@examples(80)
@given(small, roads)
def test_no_pairing_is_better(mission: MissionInput, travel: Roads) -> None:
    areas = solve_areas(mission, travel, Effort(), Silent()).areas
    allocated = solve_allocation(mission, travel, areas, Effort(), Silent())
    slots = allocated.teams
    result = solve_pairing(mission, travel, allocated.areas, slots, Effort(), Silent())
    if result.report.status is StageStatus.SKIPPED:
        assert not mission.observers
        return
    views = area_views(mission, allocated.areas, travel)
    total = 0
    for role in Role:
        quota: dict[AreaId, int] = {}
        for slot in slots:
            if slot.kind is role:
                quota[slot.area] = quota.get(slot.area, 0) + 1
        people = People(mission, role, views, quota, required(mission, result, role))
        best = people.best()
        assert best is not None, f"{role}: kept decisions that nobody can keep"
        assert len(named(result.teams, role)) == best[0], role
        total += best[1]
    assert result.report.objective == total
    assert result.report.bound is not None
    assert result.report.bound >= total
