"""Why was this decision (pin) refused, and what would let it be kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geodata.travel.provider import TravelProvider
from planner.domain.decision import Decision, DecisionKind
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role
from planner.domain.plan import Plan
from planner.explain.decision_remedies import alternatives
from planner.explain.judging import CODE, Judge, family_of, judge_of
from planner.explain.records import FITS, Explanation, Remedy, Trial
from planner.explain.station import explain_station
from planner.explain.variant import changed, with_decision, without
from planner.explain.words import binding, ranked
from planner.rules.book import RULES, Case

_RULE = re.compile(r"Rule ([A-Z]\d+)")
_OTHERS_TRIED = 30
"""Other decisions that are withdrawn in a trial, those nearest in subject first."""
_RUNS = 6
"""Of them, where a whole stage has to be run for each."""


def explain_decision(
    mission: MissionInput, plan: Plan, travel: TravelProvider, decision: Decision
) -> Explanation:
    """Explain why a decision is refused.

    The judge of its stage is asked again with every other decision of its kind withdrawn, one at a
    time, and with the change that each remedy stands for. A decision that the mission does not
    have yet is judged as if it were made now.
    """
    there = mission if decision in mission.decisions else with_decision(mission, decision)
    case = _Case(there, plan, travel, decision, judge_of(mission, plan, travel, decision))
    subject, code = decision.subject, CODE[family_of(decision)]
    told = next((e for e in plan.unassigned if e.kind == "decision" and e.subject == subject), None)
    reason = case.reason(there)
    if reason:
        return _refused(case, reason, code if told is None else told.code)
    day = _no_day(case)
    if day is not None:
        why = "its station fits into no day" if told is None else told.reason.rstrip(".")
        bindings = (binding("OP-DAYS-PIN", why, "as decided"), *day.bindings)
        others = alternatives(there, plan, travel, decision, case.judge, case.kept)
        remedies = ranked((*day.remedies, *others, *_given_up(case)))
        headline = f"“{subject}” is refused: {why}."
        return Explanation("decision", subject, headline, bindings, remedies, day.trials)
    return _kept(case, "" if told is None else told.reason, decision in mission.decisions)


def _kept(case: "_Case", told: str, made: bool) -> Explanation:
    """Explain a decision that nothing stands against, whatever the plan does with it."""
    subject = case.decision.subject
    alone = Case(changed(case.mission, decisions=(case.decision,)), case.plan)
    broken = [f for rule in ("A4", "P7", "P8") for f in RULES.rules[rule].check(alone)]
    if not made:
        text = f"“{subject}” could be kept: nothing stands against it."
        return Explanation("decision", subject, text)
    if not told and not broken:
        return Explanation("decision", subject, f"“{subject}” is kept by this plan.")
    # The plan was made before the decision, or before something that it stood against changed.
    why = told.rstrip(".") or f"{broken[0].value}, decided: {broken[0].limit}"
    bindings = [binding(f.code, f.value, f.limit) for f in broken]
    again = Remedy("Plan again.", verified=True, effect=f"judged now, “{subject}” is kept")
    headline = f"“{subject}” is not kept by this plan ({why}), but would be kept now."
    return Explanation("decision", subject, headline, tuple(bindings), (again,))


@dataclass(frozen=True)
class _Case:
    """A decision with the judge of its stage; ``mission`` holds the decision."""

    mission: MissionInput
    plan: Plan
    travel: TravelProvider
    decision: Decision
    judge: Judge

    def reason(self, mission: MissionInput) -> str:
        """Return why the decision is refused in a mission; empty if it is kept."""
        return self.judge.refused(mission).get(self.decision.subject, "")

    def kept(self, mission: MissionInput) -> bool:
        """Tell whether the decision is kept in a mission: by its stage, and by a day."""
        if self.reason(mission) or self.judge.confirmed(mission).get(self.decision.subject):
            return False
        return _no_day(replace(self, mission=mission)) is None

    @property
    def others(self) -> list[Decision]:
        """Other decisions that it can contradict, those that share most with it first."""
        family, mine = family_of(self.decision), set(_parts(self.decision))
        others = [
            other
            for other in self.mission.decisions
            if other.kind in family and other.subject != self.decision.subject
        ]
        ordered = sorted(others, key=lambda other: -len(mine & set(_parts(other))))
        return ordered[: _RUNS if self.judge.runs else _OTHERS_TRIED]


def _refused(case: _Case, reason: str, code: str) -> Explanation:
    subject = case.decision.subject
    tried = [(other, case.reason(without(case.mission, other))) for other in case.others]
    conflicts = [
        other for other, still in tried if not still and case.kept(without(case.mission, other))
    ]
    rules = list(dict.fromkeys(_RULE.findall(reason))) or [code]
    bindings = [binding(rule, reason, "as decided") for rule in rules]
    bindings += [
        binding(rules[0], "the two cannot both be kept", f"beside “{_named(other)}”")
        for other in conflicts
    ]
    remedies = [
        *(
            Remedy(
                f"Withdraw “{_named(other)}”.", verified=True, effect=f"“{subject}” is then kept"
            )
            for other in conflicts
        ),
        *alternatives(case.mission, case.plan, case.travel, case.decision, case.judge, case.kept),
        *_given_up(case),
    ]
    trials = [_withdrawn(other, still, code, kept=other in conflicts) for other, still in tried]
    headline = f"“{subject}” is refused: {reason.rstrip('.')}."
    return Explanation(
        "decision", subject, headline, tuple(bindings), ranked(remedies), tuple(trials)
    )


def _withdrawn(other: Decision, still: str, code: str, *, kept: bool) -> Trial:
    if kept:
        return Trial(other.subject, FITS, "", "", "without it the decision is kept")
    why = still or "its stage drops it even so"
    return Trial(other.subject, code, "", "", f"without it the decision is still refused: {why}")


def _given_up(case: _Case) -> list[Remedy]:
    """Return the withdrawal of the decision itself, tried like the others."""
    before = set(case.judge.refused(case.mission)) | {case.decision.subject}
    after = set(case.judge.refused(without(case.mission, case.decision)))
    return [
        Remedy(
            f"Withdraw “{case.decision.subject}” itself.",
            verified=after <= before,
            effect="nothing else is refused without it",
        )
    ]


def _no_day(case: _Case) -> Explanation | None:
    """Explain the station of a pin that no day can hold; None if a day holds it."""
    decision, station = case.decision, case.decision.station
    if decision.kind is not DecisionKind.VISIT_STATION or station is None:
        return None
    days = tuple(
        day.model_copy(update={"stops": tuple(s for s in day.stops if s.place != station)})
        for day in case.plan.days
    )
    seen = {day.team for day in case.plan.days for stop in day.stops if stop.place == station}
    if decision.team in seen or (decision.team is None and seen):
        return None
    plan = case.plan.model_copy(update={"days": days})
    if decision.team is not None:
        # Only the day of the pair that is named counts; others are tried as alternatives.
        mine = tuple(t for t in plan.teams if t.kind is Role.LTO or t.id == decision.team)
        plan = plan.model_copy(update={"teams": mine})
    found = explain_station(without(case.mission, decision), plan, case.travel, station)
    # A pinned station goes before drawn ones: it may take the place of a visit.
    held = [
        remedy.decision
        for remedy in found.remedies
        if remedy.verified and remedy.decision is not None and remedy.policy is None
    ]
    fits = {trial.subject for trial in found.trials if trial.outcome == FITS}
    fits |= {str(pin.team) for pin in held if pin.kind is DecisionKind.VISIT_STATION}
    kept = fits if decision.team is None else fits & {decision.team}
    return None if kept else found


def _named(decision: Decision) -> str:
    """Return a decision with its author and reason, for somebody who has to ask them."""
    said = ", ".join(part for part in (decision.author, decision.reason) if part)
    return f"{decision.subject} ({said})" if said else decision.subject


def _parts(decision: Decision) -> Sequence[str]:
    named = (
        *decision.observers,
        decision.state,
        decision.area,
        decision.district,
        decision.town,
        decision.team,
        decision.station,
    )
    return [str(part) for part in named if part]
