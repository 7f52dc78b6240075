"""The earlier couples in their teams; only who is freed, new or left over is matched again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.domain.finding import Finding
from planner.domain.ids import AreaId, ObserverId, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Observer, Role
from planner.domain.plan import StageName, Team, Unassigned
from planner.objective.pairing import AreaView, area_views, pairing_value
from planner.optimizer.pairing.build import build
from planner.optimizer.pairing.eligible import Eligible, eligible
from planner.optimizer.pairing.leftovers import leftovers
from planner.optimizer.pairing.pins import RolePins, sort_pins
from planner.optimizer.pairing.role import Members, broken_pin, vacancies
from planner.optimizer.pairing.solve import Budget
from planner.optimizer.run_stage import Draft, Ran
from planner.optimizer.stage import Effort, StageNotes, report
from planner.replan.couples import kept_couples
from planner.replan.ground import Ground, Kept, kept_decisions, refused, some, stopped
from planner.replan.rematch import Rematch
from planner.replan.renamed import reseated

_WHY_BROKEN = (
    "The other decisions, the States on the roster and the slots of the areas leave no way to "
    "keep it."
)
_MEND_BROKEN = "Withdraw it, or one of the other decisions on these observers and areas."


@dataclass(frozen=True)
class _Role:
    """One role's slots, roster and pins, and the members that were found for its teams."""

    role: Role
    slots: Sequence[Team]
    roster: Eligible
    pins: RolePins
    members: Mapping[TeamId, Members]
    lost: tuple[str, ...] = ()


class _ImpossibleError(Exception):
    """The couples cannot be kept; the message says why."""


def keep_pairing(ground: Ground, draft: Draft, free: Ran, effort: Effort) -> Kept:
    """Return the earlier couples, the others matched again, or why they cannot be kept.

    A couple stays if both are still on the roster, every rule and decision allows it, and its team
    is still in its area; where the team has gone, it takes another slot of the area. As many teams
    are named as in the free run, and the same decisions kept: its bound then holds here too. Where
    the couples stand in the way of that, as few as possible are parted.
    """
    mission = ground.mission
    roles = [role for role in Role if any(o.role is role for o in mission.observers)]
    if not roles or not any(team.members for team in ground.earlier.teams):
        return refused("the earlier plan names nobody" if roles else "there is no roster")
    views = area_views(mission, draft.areas, ground.travel)
    try:
        solved = [_solved(ground, draft, free, role, views, effort) for role in roles]
    except _ImpossibleError as reason:
        return refused(str(reason))
    members = {team: pair for role in solved for team, pair in role.members.items()}
    teams = reseated(
        ground.earlier,
        [
            team.model_copy(update={"members": members.get(team.id, ())})
            if team.kind in roles
            else team
            for team in draft.teams
        ],
    )
    ran = Ran(
        replace(draft, teams=teams),
        report(
            StageName.PAIRING,
            sense="max",
            unit=free.report.unit,
            objective=float(pairing_value(mission, draft.areas, teams, ground.travel)),
            bound=free.report.bound,
            stop=stopped(free),
            seed=free.report.seed,
            partial=any(len(role.members) < len(role.slots) for role in solved),
            note="; ".join(
                f"{role.role.value}: {len(role.members)} of {len(role.slots)} teams named"
                for role in solved
            ),
        ),
        StageNotes(
            tuple(finding for role in solved for finding in _findings(role)),
            tuple(e for role in solved for e in _unassigned(mission, views, role)),
        ),
    )
    return Kept(ran, lost=tuple(text for role in solved for text in role.lost))


def _solved(
    ground: Ground,
    draft: Draft,
    free: Ran,
    role: Role,
    views: Mapping[AreaId, AreaView],
    effort: Effort,
) -> _Role:
    """Match one role again around its couples."""
    mission = ground.mission
    slots = [team for team in draft.teams if team.kind is role]
    roster = eligible(mission, role)
    barred = {ObserverId(entry.subject): entry.reason for entry in roster.left_out}
    barred |= {person.id: "the observer is a reserve." for person in roster.reserves}
    quota = Counter(team.area for team in slots)
    pins = sort_pins(mission, role, roster.observers, quota, barred)
    earlier = [team for team in ground.earlier.teams if team.kind is role]
    couples = kept_couples(earlier, slots, roster.observers, pins)
    named = {
        team.id: (team.members[0], team.members[1])
        for team in free.draft.teams
        if team.kind is role and team.members
    }
    if not couples.kept:
        return _Role(role, slots, roster, pins, named)
    mine = {person.id for person in mission.observers if person.role is role}
    rematch = Rematch(
        mission=mission,
        role=role,
        views=views,
        slots=slots,
        roster=roster.observers,
        pins=pins,
        decisions=[
            decision
            for decision in kept_decisions(StageName.PAIRING, mission, free)
            if decision.observers and mine.issuperset(decision.observers)
        ],
        named=len(named),
        budget=Budget(
            effort.scale, effort.seed, None, lambda: ground.progress.cancelled, lambda *_: None
        ),
    )
    seated = rematch.around(couples.kept)
    if seated.faults:
        raise _ImpossibleError(seated.why)
    lost = [f"{team} ({why})" for team, why in sorted(couples.parted.items())]
    said = (f"{len(lost)} couple(s) parted: {some(lost)}",) if lost else ()
    return _Role(role, slots, roster, pins, seated.members, said)


def _findings(role: _Role) -> tuple[Finding, ...]:
    unnamed = len(role.slots) - len(role.members)
    return vacancies(role.role, unnamed, role.roster, _free(role))


def _free(role: _Role) -> list[Observer]:
    named = {name for pair in role.members.values() for name in pair}
    return [person for person in role.roster.observers if person.id not in named]


def _unassigned(
    mission: MissionInput, views: Mapping[AreaId, AreaView], role: _Role
) -> tuple[Unassigned, ...]:
    """Return who is left out and which decisions are not kept, as the free run would say it."""
    pins, slots = role.pins, role.slots
    while (broken := broken_pin(pins, role.members, slots)) is not None:
        pins.drop(broken, _WHY_BROKEN, _MEND_BROKEN)
    free = _free(role)
    quota = Counter(team.area for team in slots)
    area_of = {slot.id: slot.area for slot in slots}
    left = quota.copy()
    left.subtract(area_of[team] for team in role.members)
    most = 0
    if free and not left.total():
        policy = mission.mission.policies.pairing
        most = build(role.roster.observers, views, quota, pins, policy).most
    return (
        *role.roster.left_out,
        *leftovers(role.role, free, left, len(slots), most, pins),
        *pins.refused,
    )
