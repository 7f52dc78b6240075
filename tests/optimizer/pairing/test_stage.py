"""The pairing stage: brute force, any roster, pins, reasons, and nothing moved."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.travel.great_circle import GreatCircle
from planner.domain.decision import Decision, DecisionKind
from planner.domain.mission_input import MissionInput
from planner.domain.observer import LanguageLevel, LanguageSkill, Observer, Role
from planner.domain.plan import Area, StageStatus, StopReason, Team
from planner.objective.pairing import area_points, area_views, pairing_value, together_points
from planner.optimizer.pairing import PairingResult, solve_pairing
from planner.optimizer.stage import Effort, Silent

TRAVEL = GreatCircle()
Make = Callable[..., Any]
SAFE = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Cancelled(Silent):
    cancelled = True


def solve(mission: MissionInput, areas: Sequence[Area], teams: Sequence[Team]) -> PairingResult:
    return solve_pairing(mission, TRAVEL, areas, teams, Effort(), Silent())


def decide(kind: DecisionKind, **fields: Any) -> Decision:
    return Decision(kind=kind, **fields)


def named(result: PairingResult) -> dict[str, tuple[str, ...]]:
    return {team.id: team.members for team in result.teams if team.members}


def matchings(people: Sequence[Observer]) -> Iterator[tuple[tuple[Observer, Observer], ...]]:
    """Every set of disjoint pairs of different States, the empty one included."""
    if len(people) < 2:
        yield ()
        return
    first, rest = people[0], people[1:]
    yield from matchings(rest)
    for k, mate in enumerate(rest):
        if mate.state != first.state:
            for others in matchings([*rest[:k], *rest[k + 1 :]]):
                yield ((first, mate), *others)


def placings(
    pairs: Sequence[tuple[Observer, Observer]], quota: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    if not pairs:
        yield ()
        return
    for area, left in enumerate(quota):
        if left:
            fewer = (*quota[:area], left - 1, *quota[area + 1 :])
            for others in placings(pairs[1:], fewer):
                yield (area, *others)


def brute_force(
    mission: MissionInput, areas: Sequence[Area], quota: tuple[int, ...]
) -> tuple[int, int, int]:
    """Most pinned people in teams, then most teams, then most points, over all solutions."""
    views = area_views(mission, areas, TRAVEL)
    policy = mission.mission.policies.pairing
    never_area = {
        (d.state, d.area) for d in mission.decisions if d.kind is DecisionKind.NEVER_STATE_AREA
    }
    never = {frozenset(d.observers) for d in mission.decisions if d.kind is DecisionKind.NEVER_PAIR}
    area_of = {
        d.observers[0]: d.area for d in mission.decisions if d.kind is DecisionKind.OBSERVER_AREA
    }
    mate_of = {}
    for d in mission.decisions:
        if d.kind is DecisionKind.PAIR:
            mate_of |= {d.observers[0]: d.observers[1], d.observers[1]: d.observers[0]}
    best = (0, 0, 0)
    for pairs in matchings(mission.observers):
        if any(frozenset({a.id, b.id}) in never for a, b in pairs):
            continue
        if any(mate_of.get(x.id, y.id) != y.id for a, b in pairs for x, y in ((a, b), (b, a))):
            continue
        for where in placings(pairs, quota):
            points = must = 0
            for (a, b), k in zip(pairs, where, strict=True):
                area = areas[k].id
                if any(
                    (x.state, area) in never_area or area_of.get(x.id, area) != area for x in (a, b)
                ):
                    break
                points += together_points(a, b, policy) + area_points(a, b, views[area], policy)
                must += sum(x.id in area_of or x.id in mate_of for x in (a, b))
            else:
                best = max(best, (must, len(pairs), points))
    return best


@SAFE
@given(
    st.integers(0, 10_000),
    st.integers(0, 7),
    st.sampled_from([("NO", "DE"), ("NO", "DE", "FR"), ("NO", "DE", "FR", "PL", "IT"), ("NO",)]),
    st.lists(st.integers(0, 2), min_size=1, max_size=3),
    st.data(),
)
def test_nothing_is_better(
    mission_of: Make,
    people_of: Make,
    seed: int,
    count: int,
    states: tuple[str, ...],
    quota: list[int],
    data: st.DataObject,
) -> None:
    people = people_of(seed, count, states)
    decisions = []
    for a, b in combinations([person.id for person in people], 2):
        if data.draw(st.integers(0, 9)) == 0:
            decisions.append(decide(DecisionKind.NEVER_PAIR, observers=(a, b)))
    for k in range(len(quota)):
        if data.draw(st.integers(0, 4)) == 0:
            state, area = data.draw(st.sampled_from(states)), f"A{k + 1:02d}"
            decisions.append(decide(DecisionKind.NEVER_STATE_AREA, state=state, area=area))
    mission, areas, teams = mission_of(people, quota, decisions)
    result = solve(mission, areas, teams)
    filled = named(result)
    points = pairing_value(mission, areas, result.teams, TRAVEL)
    assert (0, len(filled), points) == brute_force(mission, areas, tuple(quota))
    if people:
        assert result.report.objective == points
        assert result.report.bound == points
    told = {u.subject for u in result.notes.unassigned if u.kind == "observer"}
    assert told == {p.id for p in people} - {m for pair in filled.values() for m in pair}


@SAFE
@given(st.integers(0, 10_000), st.integers(2, 6), st.data())
def test_pins_come_first(
    mission_of: Make, people_of: Make, seed: int, count: int, data: st.DataObject
) -> None:
    people = people_of(seed, count, ("NO", "DE", "FR"))
    quota = (1, 2, 1)
    names = [person.id for person in people]
    pinned = data.draw(st.lists(st.sampled_from(names), unique=True, max_size=2))
    decisions = [
        decide(
            DecisionKind.OBSERVER_AREA,
            observers=(name,),
            area=data.draw(st.sampled_from(("A01", "A02", "A03"))),
        )
        for name in pinned
    ]
    free = [person for person in people if person.id not in pinned]
    if len(free) >= 2 and free[0].state != free[1].state:
        decisions.append(decide(DecisionKind.PAIR, observers=(free[0].id, free[1].id)))
    mission, areas, teams = mission_of(people, quota, decisions)
    result = solve(mission, areas, teams)
    filled = named(result)
    refused = {u.subject for u in result.notes.unassigned if u.kind == "decision"}
    kept = [decision for decision in decisions if decision.subject not in refused]
    deployed = {member for pair in filled.values() for member in pair}
    must = len({name for decision in kept for name in decision.observers} & deployed)
    points = pairing_value(mission, areas, result.teams, TRAVEL)
    # Around the pins that are kept nothing is better, and no more people could be pinned.
    around = mission.model_copy(update={"decisions": tuple(kept)})
    assert (must, len(filled), points) == brute_force(around, areas, quota)
    assert must == len({name for decision in kept for name in decision.observers})
    assert must >= brute_force(mission, areas, quota)[0] - len(refused)
    assert result.report.bound == points


@SAFE
@given(
    st.integers(0, 10_000),
    st.integers(0, 25),
    st.sampled_from([("KZ",), ("NO",), ("KZ", "NO"), ("NO", "DE"), ("NO", "DE", "FR", "KZ")]),
    st.lists(st.integers(0, 4), max_size=4),
)
def test_any_roster_gives_valid_teams(
    mission_of: Make,
    people_of: Make,
    seed: int,
    count: int,
    states: tuple[str, ...],
    quota: list[int],
) -> None:
    mission, areas, teams = mission_of(people_of(seed, count, states), quota)
    result = solve(mission, areas, teams)
    known = mission.observer_of
    seen: set[str] = set()
    for pair in named(result).values():
        first, second = (known[member] for member in pair)
        assert first.state != second.state
        assert "KZ" not in {first.state, second.state}
        assert not seen & set(pair)
        seen |= set(pair)
    assert [(t.id, t.area, t.base_town) for t in result.teams] == [
        (t.id, t.area, t.base_town) for t in teams
    ]
    told = [u.subject for u in result.notes.unassigned]
    assert sorted([*told, *seen]) == [person.id for person in mission.observers]
    assert all(u.reason and u.remedy for u in result.notes.unassigned)


def test_no_roster_changes_nothing(mission_of: Make) -> None:
    mission, areas, teams = mission_of((), (1, 2))
    result = solve(mission, areas, teams)
    assert result.teams == teams
    assert result.report.status is StageStatus.SKIPPED
    assert result.report.stop is StopReason.NOTHING_TO_DO


def test_a_role_without_observers_keeps_its_slots(mission_of: Make, person: Make) -> None:
    mission, areas, teams = mission_of([person(1, "NO"), person(2, "DE")], (1,), role=Role.LTO)
    result = solve(mission, areas, teams)
    assert result.teams == teams
    assert {u.code for u in result.notes.unassigned} == {"OP-PAIR-SLOTS"}


def test_reserves_are_never_deployed(mission_of: Make, person: Make) -> None:
    people = [person(1, "NO"), person(2, "DE", reserve=True)]
    result = solve(*mission_of(people, (1,)))
    assert not named(result)
    (finding,) = result.notes.findings
    assert finding.code == "OP-PAIR-UNNAMED"
    assert "1 reserve(s)" in finding.remedy


def _english(level: LanguageLevel) -> tuple[LanguageSkill, ...]:
    return (LanguageSkill(language="en", level=level),)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"state": "KZ"}, "P3"),
        ({"accredited": False}, "P5"),
        ({"available_from": date(2022, 11, 19)}, "P5"),
        ({"languages": _english(LanguageLevel.B1)}, "P6"),
        ({"languages": ()}, "P6"),
        ({"state": "NO"}, "P2"),
    ],
)
def test_reasons_by_rule(mission_of: Make, person: Make, fields: dict[str, Any], code: str) -> None:
    state = fields.pop("state", "DE")
    people = [person(1, "NO"), person(2, state, **fields)]
    result = solve(*mission_of(people, (1,)))
    assert {u.subject: u.code for u in result.notes.unassigned}["O-0002"] == code
    fields["state"] = state


def test_an_odd_person_is_told_so(mission_of: Make, person: Make) -> None:
    people = [person(1, "NO"), person(2, "DE"), person(3, "FR")]
    mission, areas, teams = mission_of(people, (2,))
    result = solve(mission, areas, teams)
    (left,) = result.notes.unassigned
    assert left.code == "P1"
    # The remedy is true.
    more = mission.model_copy(update={"observers": (*people, person(4, "IT"))})
    assert len(named(solve(more, areas, teams))) == 2


def test_too_few_slots_leave_the_rest_with_a_true_remedy(mission_of: Make, person: Make) -> None:
    people = [person(k, state) for k, state in enumerate(("NO", "DE", "FR", "IT"), start=1)]
    result = solve(*mission_of(people, (1,)))
    left = result.notes.unassigned
    assert [u.code for u in left] == ["OP-PAIR-SLOTS"] * 2
    assert "sto_pairs = 2" in left[0].remedy


PAIR, NEVER_PAIR, AREA, NEVER_AREA = (
    DecisionKind.PAIR,
    DecisionKind.NEVER_PAIR,
    DecisionKind.OBSERVER_AREA,
    DecisionKind.NEVER_STATE_AREA,
)
ONE, TWO, THREE, FOUR = (f"O-{k:04d}" for k in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("decisions", "refused", "why"),
    [
        ([decide(PAIR, observers=(ONE, FOUR))], 0, "P2"),
        ([decide(PAIR, observers=(ONE, TWO)), decide(NEVER_PAIR, observers=(TWO, ONE))], 0, "P7"),
        ([decide(PAIR, observers=(ONE, TWO)), decide(PAIR, observers=(TWO, THREE))], 1, "P4"),
        ([decide(AREA, observers=(ONE,), area="A09")], 0, "no STO slot"),
        (
            [
                decide(AREA, observers=(ONE,), area="A01"),
                decide(AREA, observers=(ONE,), area="A02"),
            ],
            1,
            "already pinned",
        ),
        (
            [
                decide(AREA, observers=(ONE,), area="A01"),
                decide(NEVER_AREA, state="NO", area="A01"),
            ],
            0,
            "P8",
        ),
        (
            [
                decide(AREA, observers=(ONE,), area="A01"),
                decide(AREA, observers=(TWO,), area="A02"),
                decide(PAIR, observers=(ONE, TWO)),
            ],
            2,
            "different areas",
        ),
        (
            [
                decide(AREA, observers=(ONE,), area="A01"),
                decide(PAIR, observers=(ONE, TWO)),
                decide(AREA, observers=(TWO,), area="A02"),
            ],
            2,
            "P7",
        ),
        (
            [
                decide(PAIR, observers=(ONE, TWO)),
                decide(NEVER_AREA, state="NO", area="A01"),
                decide(NEVER_AREA, state="DE", area="A02"),
            ],
            0,
            "P8",
        ),
        ([decide(AREA, observers=(name,), area="A01") for name in (ONE, TWO, THREE)], 2, "places"),
        ([decide(PAIR, observers=(ONE, "nobody"))], 0, "no observer"),
    ],
)
def test_contradictory_pins_are_refused_and_the_rest_is_solved(
    mission_of: Make, person: Make, decisions: list[Decision], refused: int, why: str
) -> None:
    states = ("NO", "DE", "FR", "NO")
    people = [person(k, state) for k, state in enumerate(states, start=1)]
    result = solve(*mission_of(people, (1, 1), decisions))
    left = [u for u in result.notes.unassigned if u.kind == "decision"]
    assert [u.subject for u in left] == [decisions[refused].subject]
    assert left[0].code == "OP-PAIR-PIN"
    assert why in left[0].reason
    # A State kept out of an area leaves one team: the two of NO cannot be one.
    closed = any(decision.kind is NEVER_AREA for decision in decisions)
    assert len(named(result)) == (1 if closed else 2)


def test_pins_that_only_clash_together_are_told(mission_of: Make, person: Make) -> None:
    # Both fit alone; A01 has one slot, and two of one State cannot share it.
    people = [person(1, "NO"), person(2, "NO"), person(3, "DE"), person(4, "DE")]
    pins = [decide(AREA, observers=(name,), area="A01") for name in (ONE, TWO)]
    result = solve(*mission_of(people, (1, 1), pins))
    assert len(named(result)) == 2
    (left,) = [u for u in result.notes.unassigned if u.kind == "decision"]
    assert left.subject in {pin.subject for pin in pins}


def test_pins_are_kept(mission_of: Make, people_of: Make) -> None:
    people = people_of(3, 20, ("NO", "DE", "FR", "IT"))
    mates = next(p.id for p in people[1:] if p.state != people[0].state)
    pins = [
        decide(PAIR, observers=(people[0].id, mates)),
        decide(AREA, observers=(people[10].id,), area="A02"),
        decide(NEVER_AREA, state="IT", area="A01"),
    ]
    mission, areas, teams = mission_of(people, (4, 3, 3), pins)
    result = solve(mission, areas, teams)
    team_of = {member: team for team in result.teams for member in team.members}
    assert team_of[people[0].id] == team_of[mates]
    assert team_of[people[10].id].area == "A02"
    assert not any(
        mission.observer_of[member].state == "IT" and team.area == "A01"
        for member, team in team_of.items()
    )


def test_same_input_same_teams(mission_of: Make, people_of: Make) -> None:
    mission, areas, teams = mission_of(people_of(5, 90, ("NO", "DE", "FR", "IT")), (20, 15, 10))
    assert solve(mission, areas, teams) == solve(mission, areas, teams)


def test_cancelled_still_gives_valid_teams_and_a_bound(mission_of: Make, people_of: Make) -> None:
    mission, areas, teams = mission_of(people_of(5, 90, ("NO", "DE", "FR", "IT")), (20, 15, 10))
    result = solve_pairing(mission, TRAVEL, areas, teams, Effort(), Cancelled())
    assert result.report.stop in {StopReason.CANCELLED, StopReason.PROVEN}
    assert len(named(result)) >= 40
    assert result.report.bound is not None
    assert result.report.objective is not None
    assert result.report.bound >= result.report.objective
