"""Whether two people can be required to be one pair (P1 to P8), told before anybody plans again."""

from planner.domain.decision import DecisionKind
from planner.domain.ids import AreaId, ObserverId
from planner.domain.observer import Observer, Role
from planner.domain.plan import Team
from planner.returned.context import Context, Objection


def pair_objection(
    context: Context, team: Team, members: tuple[ObserverId, ObserverId]
) -> Objection | None:
    """Return why the two cannot be the pair of ``team``, or None.

    Being in two teams (P4) is a matter of the whole sheet and judged there.
    """
    first, second = (context.mission.observer_of[name] for name in members)
    if first.id == second.id:
        return Objection(
            f"Rule P1: {first.id} is entered twice.", "A team has two different members."
        )
    for observer in (first, second):
        objection = person_objection(context, observer, team.kind, team.area)
        if objection is not None:
            return objection
    if first.state == second.state:
        return Objection(
            f"Rule P2: {first.id} and {second.id} are both of {first.state}.",
            "Take an observer of another State.",
        )
    return _decided(context, first.id, second.id)


def person_objection(
    context: Context, observer: Observer, role: Role, area: AreaId
) -> Objection | None:
    """Return why the observer cannot work in a team of ``role`` in ``area``, or None."""
    mission = context.mission.mission
    name = observer.id
    if observer.role is not role:
        return Objection(
            f"{name} is an {observer.role} and the team is one of {role}s.", f"Take an {role}."
        )
    if observer.state == mission.country:
        return Objection(
            f"Rule P3: {name} is a national of the host country ({observer.state}).",
            "Nobody observes at home; take another observer.",
        )
    absent = _absent(context, observer, role)
    if absent is not None:
        return absent
    policy = mission.policies.pairing
    if not observer.speaks(policy.working_language, policy.working_level):
        level = observer.level(policy.working_language) or "none"
        return Objection(
            f"Rule P6: {name} speaks {policy.working_language} at level {level}, "
            f"at least {policy.working_level} is needed.",
            "Take another observer, or correct the level in the roster.",
        )
    return _kept_away(context, observer, area)


def _absent(context: Context, observer: Observer, role: Role) -> Objection | None:
    """Return why the observer is not there to be deployed, or None."""
    if not observer.accredited:
        return Objection(
            f"Rule P5: {observer.id} is not accredited.",
            "Accredit the observer first, or take an accredited one.",
        )
    if observer.reserve:
        return Objection(
            f"{observer.id} is a reserve, and planning deploys no reserves.",
            "Call the observer up first: change 'reserve' in the roster.",
        )
    first, last = context.case.window(role)
    if not observer.present(first, last):
        return Objection(
            f"Rule P5: {observer.id} is there from {observer.available_from or 'the start'} to "
            f"{observer.available_to or 'the end'}, but {role}s are needed from {first} to {last}.",
            "Correct the availability, or take another observer.",
        )
    return None


def _kept_away(context: Context, observer: Observer, area: AreaId) -> Objection | None:
    for decision in context.mission.decisions:
        if (
            decision.kind is DecisionKind.NEVER_STATE_AREA
            and decision.state == observer.state
            and decision.area == area
        ):
            return Objection(
                f"Rule P8: a decision keeps {observer.state} out of {area}, "
                f"and {observer.id} is of {observer.state}.",
                "Take an observer of another State, or withdraw that decision.",
            )
        if (
            decision.kind is DecisionKind.OBSERVER_AREA
            and decision.observers == (observer.id,)
            and decision.area != area
        ):
            return Objection(
                f"Rule A4: a decision places {observer.id} in {decision.area}, not in {area}.",
                "Withdraw that decision first.",
            )
    return None


def _decided(context: Context, first: ObserverId, second: ObserverId) -> Objection | None:
    both = {first, second}
    for decision in context.mission.decisions:
        named = set(decision.observers)
        if decision.kind is DecisionKind.NEVER_PAIR and named == both:
            return Objection(
                f"Rule P7: a decision says that {first} and {second} are never one pair.",
                "Withdraw that decision first, or take another observer.",
            )
        if decision.kind is DecisionKind.PAIR and named != both and named & both:
            required = " and ".join(decision.observers)
            return Objection(
                f"Rule P7: a decision requires {required} as one pair.",
                "Withdraw that decision first.",
            )
    return None
