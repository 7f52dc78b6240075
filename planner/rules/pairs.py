"""Pairs: how two people make a team (P1, P2, P4, P9, P10)."""

from collections.abc import Iterator

from planner.domain.finding import Severity
from planner.domain.observer import Experience, Observer, Role
from planner.rules.case import Case
from planner.rules.rule import RULES, Fault
from planner.rules.text import some

_SOURCE = "DOMAIN.md §2, composition of a pair"


@RULES.rule("P1", "Two members", Severity.HARD, f"{_SOURCE} (S)")
def two_members(case: Case) -> Iterator[Fault]:
    """Find named teams without two different members, and slots that the roster could fill."""
    for team in case.teams:
        if team.members and (len(team.members) != 2 or len(set(team.members)) != 2):
            yield Fault(
                team.id,
                "A team consists of two different observers.",
                f"{len(set(team.members))} member(s): {some(team.members)}",
                "exactly 2 members",
                "Add or remove members, or leave the team unnamed until it can be filled.",
            )
    for role in Role:
        unnamed = sum(team.kind is role and not team.members for team in case.teams)
        waiting = _waiting(case, role)
        if unnamed and len(waiting) >= 2 and len({observer.state for observer in waiting}) >= 2:
            yield Fault(
                role.value,
                "Teams are unnamed although the roster could fill some of them.",
                f"{unnamed} unnamed team(s), {len(waiting)} observers without a team",
                "no unnamed team while two eligible observers of different States wait",
                "Run the pairing stage, or mark the observers as reserves.",
                Severity.SOFT,
            )


def _waiting(case: Case, role: Role) -> list[Observer]:
    first, last = case.window(role)
    pairing = case.policies.pairing
    return [
        observer
        for observer in case.mission.observers
        if observer.role is role
        and observer.id not in case.teams_of_observer
        and observer.accredited
        and not observer.reserve
        and observer.state != case.mission.mission.country
        and observer.present(first, last)
        and observer.speaks(pairing.working_language, pairing.working_level)
    ]


@RULES.rule("P2", "Different nationalities", Severity.HARD, f"{_SOURCE} (S)")
def different_nationalities(case: Case) -> Iterator[Fault]:
    """Find teams whose two members come from one State."""
    for team, (first, second) in case.pairs:
        if first.state == second.state:
            yield Fault(
                team.id,
                f"{first.id} and {second.id} are of one nationality.",
                f"{first.state} and {second.state}",
                "2 different States",
                "Exchange one of them with an observer of another State.",
            )


@RULES.rule("P4", "One team per person", Severity.HARD, f"{_SOURCE} (S)")
def one_team_per_person(case: Case) -> Iterator[Fault]:
    """Find observers in more than one team."""
    for observer, teams in sorted(case.teams_of_observer.items()):
        if len(teams) > 1:
            yield Fault(
                observer,
                "An observer is in more than one team.",
                f"{len(teams)} teams: {some(team.id for team in teams)}",
                "at most 1 team",
                "Keep the observer in one of these teams and fill the others anew.",
            )


@RULES.rule("P9", "Mixed gender", Severity.SOFT, f"{_SOURCE}, 'preferably' (S)")
def mixed_gender(case: Case) -> Iterator[Fault]:
    """Find pairs of one gender, where both are known."""
    for team, (first, second) in case.pairs:
        if first.gender is not None and first.gender is second.gender:
            yield Fault(
                team.id,
                f"{first.id} and {second.id} are of one gender.",
                f"{first.gender} and {second.gender}",
                "preferably mixed",
                "Exchange one of them, or accept it.",
            )


@RULES.rule("P10", "Experience mix", Severity.SOFT, f"{_SOURCE}, 'preferably' (S)")
def experience_mix(case: Case) -> Iterator[Fault]:
    """Find pairs of two newcomers."""
    for team, (first, second) in case.pairs:
        if first.experience is Experience.NEW and second.experience is Experience.NEW:
            yield Fault(
                team.id,
                f"{first.id} and {second.id} are both on their first mission.",
                "2 newcomers",
                "preferably at most 1",
                "Exchange one of them with an experienced observer.",
            )
