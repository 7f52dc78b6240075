from collections.abc import Iterator

import pytest

from planner.domain.finding import Severity
from planner.rules.case import Case
from planner.rules.rule import Fault, Rulebook
from tests.rules.small import case


def test_a_rule_puts_its_id_and_severity_on_its_findings():
    book = Rulebook()

    @book.rule("D2", "Second", Severity.HARD, "a book")
    def second(_: Case) -> Iterator[Fault]:
        yield Fault("S", "wrong", "2", "1", "do")
        yield Fault("S", "odd", "2", "1", "do", Severity.INFO)

    codes = [(found.code, found.severity) for found in second.check(case())]

    assert codes == [("D2", Severity.HARD), ("D2", Severity.INFO)]


def test_the_book_keeps_its_order_and_ids_are_unique():
    book = Rulebook()
    for rule_id in ("S1", "D10", "D2", "P1", "R-REF"):
        book.rule(rule_id, "label", Severity.SOFT, "a book")(lambda _: iter(()))

    assert [rule.id for rule in book] == ["P1", "D2", "D10", "S1", "R-REF"]
    assert list(book.check(case())) == []


def test_an_id_is_taken_only_once_it_is_entered():
    book = Rulebook()
    enter = book.rule("P1", "label", Severity.HARD, "a book")
    enter(lambda _: iter(()))

    with pytest.raises(ValueError, match="taken by 'label'"):
        enter(lambda _: iter(()))
