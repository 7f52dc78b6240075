"""What a rule is, and the book that rules are entered in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from planner.domain.finding import Finding, Severity
from planner.rules.case import Case

_CHAPTERS = "PADSR"


@dataclass(frozen=True)
class Fault:
    """One breach of a rule, before the rule puts its name on it.

    Parameters
    ----------
    subject
        Id of the record concerned.
    message
        What is wrong, in one sentence.
    value, limit
        What was found and what is allowed, as text with units.
    remedy
        What to do about it.
    severity
        Only where one case of a rule weighs less than the rule itself.
    """

    subject: str
    message: str
    value: str
    limit: str
    remedy: str
    severity: Severity | None = None


Finder = Callable[[Case], Iterator[Fault]]


@dataclass(frozen=True)
class Rule:
    """A rule under its stable id.

    Parameters
    ----------
    id
        Stable id that users see, e.g. ``P2``.
    label
        The rule in a few words.
    severity
        How bad a breach is.
    source
        Where the rule comes from; (S) read in a public source, (B) background knowledge.
    finds
        The function that looks for breaches.
    """

    id: str
    label: str
    severity: Severity
    source: str
    finds: Finder

    def check(self, case: Case) -> Iterator[Finding]:
        """Yield a finding for every breach in ``case``."""
        for fault in self.finds(case):
            yield Finding(
                code=self.id,
                severity=fault.severity or self.severity,
                subject=fault.subject,
                message=fault.message,
                value=fault.value,
                limit=fault.limit,
                remedy=fault.remedy,
            )

    @property
    def order(self) -> tuple[int, int, str]:
        """Where the rule stands in the book: pairs, areas, days, sample, records; then number."""
        number = self.id[1:]
        return (_CHAPTERS.find(self.id[:1]), int(number) if number.isdigit() else 0, number)


@dataclass
class Rulebook:
    """Rules by id; each file of rules enters its own through ``rule``."""

    rules: dict[str, Rule] = field(default_factory=dict)

    def rule(
        self, rule_id: str, label: str, severity: Severity, source: str
    ) -> Callable[[Finder], Rule]:
        """Return a decorator that turns a function into a rule of this book.

        Raises
        ------
        ValueError
            If the id is taken: ids are stable and shown to users.
        """

        def enter(finds: Finder) -> Rule:
            if rule_id in self.rules:
                msg = f"rule id {rule_id} is taken by {self.rules[rule_id].label!r}"
                raise ValueError(msg)
            self.rules[rule_id] = Rule(rule_id, label, severity, source, finds)
            return self.rules[rule_id]

        return enter

    def __iter__(self) -> Iterator[Rule]:
        """Iterate over the rules in the order of the book."""
        return iter(sorted(self.rules.values(), key=lambda rule: rule.order))

    def check(self, case: Case) -> Iterator[Finding]:
        """Yield the findings of every rule, in the order of the book."""
        for rule in self:
            yield from rule.check(case)


RULES = Rulebook()
"""The rulebook of the field. Import it from ``planner.rules.book``, where it is complete."""
