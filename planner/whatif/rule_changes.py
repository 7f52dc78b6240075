"""Which rules a changed plan breaks or mends, compared with the plan as it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.travel.provider import TravelProvider
from planner.domain.finding import Finding, Severity
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.rules.book import RULES, Case

_ORDER = tuple(Severity)


@dataclass(frozen=True)
class RuleChange:
    """A rule on one record, before and after.

    Attributes
    ----------
    rule, label
        Id and words of the rule, e.g. ``P2``.
    severity
        Of the breach: hard forbids the plan.
    subject
        Id of the record concerned.
    message
        What is wrong, or was.
    before, after
        What was found, with units; None where the rule was kept or is kept.
    limit
        What is allowed.
    remedy
        What to do about it.
    """

    rule: str
    label: str
    severity: Severity
    subject: str
    message: str
    before: str | None
    after: str | None
    limit: str
    remedy: str

    @property
    def broken(self) -> bool:
        """Whether the change breaks a rule that was kept."""
        return self.before is None

    @property
    def mended(self) -> bool:
        """Whether the change mends a rule that was broken."""
        return self.after is None


def rule_changes(
    mission: MissionInput,
    before: Plan,
    after: Plan,
    travel: TravelProvider | None,
    rules: Iterable[str],
) -> tuple[RuleChange, ...]:
    """Return what differs under some rules: broken ones first, the hard ones before the soft.

    Parameters
    ----------
    mission
        The input of both plans, with the decisions that bind them.
    travel
        Travel times; None where no rule asks for them.
    rules
        Ids of the rules to look at.

    Raises
    ------
    KeyError
        If there is no rule of such an id.
    """
    chosen = tuple(rules)
    old = _found(Case(mission, before, travel), chosen)
    new = _found(Case(mission, after, travel), chosen)
    changes = []
    for key in dict.fromkeys((*new, *old)):
        was, is_now = old.get(key), new.get(key)
        told = is_now or was
        if told is None or (was and is_now and was.value == is_now.value):
            continue
        changes.append(
            RuleChange(
                told.code,
                RULES.rules[told.code].label,
                told.severity,
                told.subject,
                told.message,
                None if was is None else was.value,
                None if is_now is None else is_now.value,
                told.limit,
                told.remedy,
            )
        )
    changes.sort(key=lambda one: (one.mended, not one.broken, _ORDER.index(one.severity)))
    return tuple(changes)


def _found(case: Case, rules: tuple[str, ...]) -> dict[tuple[str, str, str], Finding]:
    # The limit tells two breaches of one rule on one record apart; value and message may change.
    return {
        (finding.code, finding.subject, finding.limit): finding
        for rule in rules
        for finding in RULES.rules[rule].check(case)
    }
