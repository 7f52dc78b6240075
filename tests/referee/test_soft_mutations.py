"""A good plan weakened in one single way: exactly that rule is named, and nothing hard."""

import pytest

from planner.domain.finding import Severity
from planner.referee import check_plan
from planner.rules.book import RULES
from tests.good_plan import TRAVEL
from tests.referee.changes import Mutation
from tests.referee.soft_mutations import SOFT_MUTATIONS


@pytest.mark.parametrize("mutation", SOFT_MUTATIONS, ids=lambda m: f"{m.code}: {m.name}")
def test_exactly_the_weakened_rule_is_named(mutation: Mutation):
    mission, plan = mutation.broken()

    verdict = check_plan(mission, plan, TRAVEL)

    assert {finding.code for finding in verdict.soft} == {mutation.code}
    assert verdict.hard == ()
    assert verdict.passed


def test_every_soft_rule_has_a_mutation():
    soft = {rule.id for rule in RULES if rule.severity is Severity.SOFT}

    assert soft <= {mutation.code for mutation in SOFT_MUTATIONS}
