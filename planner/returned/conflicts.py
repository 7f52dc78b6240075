"""Edits set beside each other and beside the decisions that stand: doubles and contradictions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from planner.domain.decision import Decision, DecisionKind
from planner.domain.finding import Finding, Severity
from planner.domain.ids import TownId
from planner.domain.observer import Role
from planner.returned.context import Context, Objection
from planner.returned.edit import Edit
from planner.returned.grid import remark

Slot = tuple[str, str]


def settle(context: Context, edits: Sequence[Edit]) -> tuple[list[Edit], list[Finding]]:
    """Return the edits without doubles, contradictions told as problems; and the doubles told."""
    kept, doubles = _without_doubles(edits)
    kept = [_against_standing(context, edit) for edit in kept]
    return _beds(context, _against_each_other(kept)), doubles


def _slot(decision: Decision) -> Slot:
    """Return what a decision settles: two that settle the same are equal or contradict."""
    match decision.kind:
        case DecisionKind.NEVER_STATION | DecisionKind.VISIT_STATION:
            return "station", str(decision.station)
        case DecisionKind.DISTRICT_AREA:
            return "district", str(decision.district)
        case DecisionKind.BASE_TOWN:
            return "base town", str(decision.area)
        case DecisionKind.TEAM_TOWN:
            return "town", str(decision.team)
        case _:
            return decision.kind.value, " ".join(sorted(decision.observers))


def _meaning(decision: Decision) -> Decision:
    """Return the decision without author, reason and the order of the two observers."""
    pair = tuple(sorted(decision.observers))
    return decision.model_copy(update={"author": "", "reason": "", "at": None, "observers": pair})


def _without_doubles(edits: Sequence[Edit]) -> tuple[list[Edit], list[Finding]]:
    first: dict[tuple[Decision, bool], Edit] = {}
    kept, doubles = [], []
    for edit in edits:
        if edit.decision is None:
            kept.append(edit)
            continue
        known = first.setdefault((_meaning(edit.decision), bool(edit.problem)), edit)
        if known is edit:
            kept.append(edit)
            continue
        doubles.append(
            remark(
                edit.sheet,
                "RW-SAME",
                f"{edit.subject}: the same pin as {known.id}.",
                subject=edit.subject,
                change=(edit.new, edit.old),
                at=(edit.row, edit.column),
                remedy="Nothing: it is accepted or refused there.",
                severity=Severity.INFO,
            )
        )
    return kept, doubles


def _against_standing(context: Context, edit: Edit) -> Edit:
    if edit.decision is None or edit.problem:
        return edit
    for standing in context.mission.decisions:
        if _meaning(standing) == _meaning(edit.decision):
            return _refused(
                edit,
                Objection(
                    f"It is decided already: {standing.subject}.",
                    "Nothing: plan again around the decision.",
                ),
            )
        if _slot(standing) == _slot(edit.decision):
            return _refused(
                edit,
                Objection(
                    f"Rule A4: another decision stands: {standing.subject}.",
                    "Withdraw that decision first.",
                ),
            )
    return edit


def _against_each_other(edits: Sequence[Edit]) -> list[Edit]:
    by_slot: defaultdict[Slot, list[Edit]] = defaultdict(list)
    for edit in edits:
        if edit.decision is not None and not edit.problem:
            by_slot[_slot(edit.decision)].append(edit)
    clash = {each.id: group for group in by_slot.values() if len(group) > 1 for each in group}
    return [
        _refused(edit, _contradiction(edit, clash[edit.id])) if edit.id in clash else edit
        for edit in edits
    ]


def _contradiction(edit: Edit, group: Iterable[Edit]) -> Objection:
    other = next(each for each in group if each.id != edit.id)
    return Objection(
        f"Another line of the workbook says otherwise: {other.message}.",
        f"Make {edit.id} and {other.id} say the same, and upload the workbook again.",
    )


def _beds(context: Context, edits: Sequence[Edit]) -> list[Edit]:
    """Refuse towns to pairs that would find no bed there, the earlier lines first (A3)."""
    policy = context.mission.mission.policies.allocation
    ltos = Counter(team.base_town for team in context.plan.teams if team.kind is Role.LTO)
    pinned: Counter[TownId] = Counter(
        each.town
        for each in context.mission.decisions
        if each.kind is DecisionKind.TEAM_TOWN and each.town
    )
    checked = []
    for edit in edits:
        pin = edit.decision
        if pin is not None and pin.kind is DecisionKind.TEAM_TOWN and pin.town and not edit.problem:
            town = context.mission.town_of[pin.town]
            needed = policy.beds_per_lto_team * ltos[town.id]
            needed += policy.beds_per_pair * (pinned[town.id] + 1)
            if town.beds is not None and needed > town.beds:
                objection = Objection(
                    f"Rule A3: {town.name} has {town.beds} beds, and its LTO team and the pairs "
                    f"that are pinned to it need {needed}.",
                    "Choose another town, or correct its beds.",
                )
                checked.append(_refused(edit, objection))
                continue
            pinned[town.id] += 1
        checked.append(edit)
    return checked


def _refused(edit: Edit, objection: Objection) -> Edit:
    return replace(edit, problem=objection.problem, remedy=objection.remedy)
