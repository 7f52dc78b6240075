"""A good plan broken in one single way: exactly that rule is named, and no other hard one."""

import pytest

from planner.domain.finding import Finding, Severity
from planner.referee import check_plan
from planner.referee.book import RECORDS
from planner.rules.book import RULES
from tests.good_plan import TRAVEL, good_mission, good_plan
from tests.referee import record_mutations
from tests.referee.changes import Mutation
from tests.referee.mutations import MUTATIONS

assert record_mutations.MINUTE  # its mutations are entered by the import


def test_the_good_plan_has_no_finding_at_all():
    verdict = check_plan(good_mission(), good_plan(), TRAVEL)

    assert verdict.findings == ()
    assert verdict.passed


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: f"{m.code}: {m.name}")
def test_exactly_the_broken_rule_is_named(mutation: Mutation):
    mission, plan = mutation.broken()

    verdict = check_plan(mission, plan, TRAVEL)

    assert {finding.code for finding in verdict.hard} == {mutation.code}
    assert not verdict.passed
    assert [finding for finding in verdict.findings if not _complete(finding)] == []


def _complete(finding: Finding) -> bool:
    """Tell whether a finding says what is wrong, what is allowed and what to do."""
    return all((finding.subject, finding.message, finding.value, finding.limit, finding.remedy))


def test_every_hard_rule_has_a_mutation():
    hard = {rule.id for rule in (*RULES, *RECORDS) if rule.severity is Severity.HARD}

    assert hard == {mutation.code for mutation in MUTATIONS}


def test_the_rulebook_is_complete():
    expected = [
        *(f"P{n}" for n in range(1, 12)),
        *(f"A{n}" for n in range(1, 9)),
        *(f"D{n}" for n in range(1, 11)),
        *(f"S{n}" for n in range(1, 5)),
    ]
    soft = {"P9", "P10", "P11", "A5", "A6", "A7", "A8", "S1", "S2", "S3", "S4", "D9", "D10"}

    assert [rule.id for rule in RULES] == expected
    assert {rule.id for rule in RULES if rule.severity is Severity.SOFT} == soft
    assert all(rule.label and rule.source for rule in RULES)
