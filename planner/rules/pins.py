"""Pins: what a person has decided stays decided (P7, P8, A4).

A pin that the plan declares impossible, as an unassigned decision with its reason, weighs less:
somebody has to change the decision, and the plan says so.
"""

from collections.abc import Callable, Iterator

from planner.domain.decision import Decision, DecisionKind
from planner.domain.finding import Severity
from planner.domain.observer import Role
from planner.rules.case import Case
from planner.rules.rule import RULES, Fault
from planner.rules.text import some

_KEEP = "Plan again around the decision, or withdraw it."


@RULES.rule(
    "P7",
    "Excluded and required pairs",
    Severity.HARD,
    "DOMAIN.md §2, composition of a pair (S)",
)
def excluded_and_required_pairs(case: Case) -> Iterator[Fault]:
    """Find required pairs that are not one team, and excluded pairs that are."""
    for decision in case.mission.decisions:
        if decision.kind not in (DecisionKind.PAIR, DecisionKind.NEVER_PAIR):
            continue
        first, second = decision.observers
        teams = [
            {team.id for team in case.teams_of_observer.get(observer, ())}
            for observer in decision.observers
        ]
        together = sorted(teams[0] & teams[1])
        if decision.kind is DecisionKind.NEVER_PAIR and together:
            yield Fault(
                together[0],
                f"{first} and {second} are paired against a decision.",
                f"{first} and {second} in {together[0]}",
                "never one pair",
                _KEEP,
            )
        if decision.kind is DecisionKind.PAIR and not together and _pairing_done(case, decision):
            yield Fault(
                f"{first} {second}",
                f"{first} and {second} are not paired, against a decision.",
                f"teams {some(sorted(teams[0])) or 'none'} and {some(sorted(teams[1])) or 'none'}",
                "one pair",
                _KEEP,
                _severity(case, decision),
            )


@RULES.rule(
    "P8",
    "Sensitive nationality and area",
    Severity.HARD,
    "DOMAIN.md §2, composition of a pair (S)",
)
def sensitive_nationality_and_area(case: Case) -> Iterator[Fault]:
    """Find observers in an area that a decision keeps their State away from."""
    never = {
        (decision.state, decision.area)
        for decision in case.mission.decisions
        if decision.kind is DecisionKind.NEVER_STATE_AREA
    }
    for team, observer in case.deployed:
        if (observer.state, team.area) in never:
            yield Fault(
                observer.id,
                f"The observer works in area {team.area} (team {team.id}) against a decision.",
                f"{observer.state} in {team.area}",
                f"nobody of {observer.state} in {team.area}",
                "Move the observer to another area.",
            )


@RULES.rule("A4", "Pins kept", Severity.HARD, "DOMAIN.md §2, pinned decisions (S)")
def pins_kept(case: Case) -> Iterator[Fault]:
    """Find broken decisions on areas, towns and stations; P7 and P8 judge those on pairs."""
    for decision in case.mission.decisions:
        judge = _JUDGES.get(decision.kind)
        found = None if judge is None else judge(case, decision)
        if found is None:
            continue
        value, limit = found
        never = decision.kind is DecisionKind.NEVER_STATION
        yield Fault(
            decision.subject,
            "A decision was not kept.",
            value,
            limit,
            _KEEP,
            None if never else _severity(case, decision),
        )


def _pairing_done(case: Case, decision: Decision) -> bool:
    """Tell whether teams of the observers' roles have members: empty slots break no pin yet."""
    known = case.mission.observer_of
    roles = {known[name].role for name in decision.observers if name in known} or set(Role)
    return bool(roles & case.named_roles)


def _severity(case: Case, decision: Decision) -> Severity | None:
    return Severity.SOFT if case.is_excused(decision) else None


_Broken = tuple[str, str] | None


def _observer_area(case: Case, decision: Decision) -> _Broken:
    (observer,) = decision.observers
    areas = sorted({team.area for team in case.teams_of_observer.get(observer, ())})
    if areas == [decision.area] or (not areas and not _pairing_done(case, decision)):
        return None
    return f"{observer} in {some(areas) or 'no area'}", f"{observer} in {decision.area}"


def _district_area(case: Case, decision: Decision) -> _Broken:
    areas = case.areas_of_district.get(decision.district, ()) if decision.district else ()
    if decision.area in areas:
        return None
    wanted = f"{decision.district} in {decision.area}"
    return f"{decision.district} in {some(sorted(areas)) or 'no area'}", wanted


def _base_town(case: Case, decision: Decision) -> _Broken:
    area = case.area_of.get(decision.area) if decision.area else None
    if area is not None and area.base_town == decision.town:
        return None
    found = "no such area" if area is None else area.base_town or "no base town"
    return f"{decision.area}: {found}", f"{decision.area}: {decision.town}"


def _team_town(case: Case, decision: Decision) -> _Broken:
    team = case.team_of.get(decision.team) if decision.team else None
    if team is not None and team.base_town == decision.town:
        return None
    found = "no such team" if team is None else team.base_town
    return f"{decision.team}: {found}", f"{decision.team}: {decision.town}"


def _never_station(case: Case, decision: Decision) -> _Broken:
    teams = case.teams_of_station.get(decision.station, ()) if decision.station else ()
    return (f"{decision.station} visited by {some(teams)}", "never visited") if teams else None


def _visit_station(case: Case, decision: Decision) -> _Broken:
    teams = case.teams_of_station.get(decision.station, ()) if decision.station else ()
    if decision.team in teams or (decision.team is None and teams):
        return None
    by = f" by {decision.team}" if decision.team else ""
    visited = f"visited by {some(teams)}" if teams else "not visited"
    return f"{decision.station} {visited}", f"{decision.station} visited{by}"


_JUDGES: dict[DecisionKind, Callable[[Case, Decision], _Broken]] = {
    DecisionKind.OBSERVER_AREA: _observer_area,
    DecisionKind.DISTRICT_AREA: _district_area,
    DecisionKind.BASE_TOWN: _base_town,
    DecisionKind.TEAM_TOWN: _team_town,
    DecisionKind.NEVER_STATION: _never_station,
    DecisionKind.VISIT_STATION: _visit_station,
}
