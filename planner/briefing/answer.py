"""The answer in two sentences, put together from figures by fixed rules; nothing is judged here.

The first says what is observed, and whether a difference is more than chance; the second what can
be stated about the country, and what it costs. What is compared is expected where election days
were simulated in all scenarios, else planned, and the sentence says which.
"""

from collections.abc import Sequence

from planner.briefing.difference import Difference, difference, expected
from planner.briefing.words import NOTHING, listed, number, plural, points, short, signed
from planner.scenario.point import Point

_NAME = 60
_PHASES = {"voting_visits": "voting visits", "counts": "counts"}


def answer(planned: Sequence[Point]) -> tuple[str, str]:
    """Return two sentences about scenarios that were planned.

    Parameters
    ----------
    planned
        The first is what the others are compared with.

    Raises
    ------
    ValueError
        Expected at least one planned point.
    """
    if not planned or any(point.status != "planned" for point in planned):
        raise ValueError("Expected at least one planned point.")
    if len(planned) == 1:
        return _one(planned[0]), _margins_of(planned[0])
    if len(planned) == 2:
        return _two(*planned), _margins_of_two(*planned)
    return _many(planned), _margins_of_many(planned)


def question_of(planned: Sequence[Point], questions: Sequence[str]) -> str:
    """Return the question that a comparison answers where nobody has put one.

    Parameters
    ----------
    questions
        Those of the scenarios, in their order.
    """
    asked = [text.strip() for text in questions[1:] if text.strip()]
    if len(planned) == 1 and questions and questions[0].strip():
        return questions[0].strip()
    if len(asked) == 1 and len(planned) == 2:
        return asked[0]
    if len(planned) == 1:
        return "What does the mission observe?"
    return f"What do {plural(len(planned), 'scenario')} of the mission observe?"


def _one(point: Point) -> str:
    seen = {name: expected(point, name) for name in ("openings", *_PHASES)}
    if not point.sto_pairs:
        return f"{_name(point)} sends no STO pairs, so that no station is observed."
    simulated = all(one.mean is not None for one in seen.values())
    told = [
        f"{number(one.value)}{_ends(one.p5, one.p95)} {word}"
        for one, word in zip(seen.values(), ("openings", *_PHASES.values()), strict=True)
    ]
    pairs = plural(point.sto_pairs, "STO pair")
    return f"{_name(point)} is {_verb(simulated=simulated)} to observe {listed(told)} with {pairs}."


def _ends(p5: float | None, p95: float | None) -> str:
    return "" if p5 is None or p95 is None else f" ({number(p5)} to {number(p95)})"


def _two(base: Point, point: Point) -> str:
    found = {name: difference(base, point, name) for name in _PHASES}
    known = {name: one for name, one in found.items() if one is not None}
    if not known:
        return f"{_name(point)} cannot be compared with {_name(base)}: figures are missing."
    told = [
        f"{number(one.value)} {_PHASES[name]} ({signed(one.change)})" for name, one in known.items()
    ]
    simulated = all(one.within is not None for one in known.values())
    return (
        f"Compared with {_name(base)}, {_name(point)} is {_verb(simulated=simulated)} to observe "
        f"{listed(told)}; {_chance(known)}."
    )


def _chance(known: dict[str, Difference]) -> str:
    if any(one.within is None for one in known.values()):
        return "no election day was simulated, so that the uncertainty is not known"
    within = [_PHASES[name] for name, one in known.items() if one.within]
    if not within:
        return "that is more than election days differ by chance"
    if len(within) == len(known):
        return "that is within the uncertainty of an election day"
    return f"the difference in {listed(within)} is within the uncertainty of an election day"


def _many(planned: Sequence[Point]) -> str:
    base, others = planned[0], planned[1:]
    compared = [(point, difference(base, point, "voting_visits")) for point in others]
    known = [(point, one) for point, one in compared if one is not None]
    if not known:
        return f"The scenarios cannot be compared with {_name(base)}: figures are missing."
    # In the order of the scenarios where two are alike.
    most, least = max(known, key=lambda p: p[1].value), min(known, key=lambda p: p[1].value)
    simulated = all(one.within is not None for _, one in known)
    first = (
        f"Against {number(known[0][1].base)} voting visits of {_name(base)}, {_name(most[0])} is "
        f"{_verb(simulated=simulated)} to make most, {_with_change(most[1])}"
    )
    if least[0] is not most[0]:
        first += f", and {_name(least[0])} fewest, {_with_change(least[1])}"
    return f"{first}; {_chance_of_many([one for _, one in known])}."


def _with_change(found: Difference) -> str:
    return f"{number(found.value)} ({signed(found.change)})"


def _chance_of_many(found: Sequence[Difference]) -> str:
    if any(one.within is None for one in found):
        return "not every scenario was simulated, so that the uncertainty is not known"
    within = sum(bool(one.within) for one in found)
    if not within:
        return "all differences are more than election days differ by chance"
    if within == len(found):
        return "all differences are within the uncertainty of an election day"
    return f"{within} of {len(found)} differences are within the uncertainty of an election day"


def _margins_of(point: Point) -> str:
    voting, counting = margin(point, "voting"), margin(point, "counting")
    if voting is None and counting is None:
        return "Nothing can be stated about the country's stations."
    return (
        f"A share of stations can be stated to {points(voting)} percentage points for voting "
        f"({basis(point, 'voting')}) and {points(counting)} for the count "
        f"({basis(point, 'counting')}){_price(point)}."
    )


def _price(point: Point) -> str:
    if point.cost is None:
        return "; what it costs is not known, because no unit cost is entered"
    gaps = _gaps([point])
    return f"; it costs {number(point.cost)} {point.currency}{gaps}"


def _margins_of_two(base: Point, point: Point) -> str:
    parts = []
    for phase, word in (("voting", "voting"), ("counting", "the count")):
        old, new = margin(base, phase), margin(point, phase)
        if old is None and new is None:
            continue
        before = "as before" if points(old) == points(new) else f"instead of {points(old)}"
        parts.append(f"{points(new)} {before} for {word} ({basis(point, phase)})")
    if not parts:
        return (
            f"Nothing can be stated about the country's stations; {_change_of_cost(base, point)}."
        )
    return (
        f"The margin of error is {listed(parts)}, in percentage points; "
        f"{_change_of_cost(base, point)}."
    )


def _change_of_cost(base: Point, point: Point) -> str:
    if base.cost is None or point.cost is None:
        return "what it costs is not known, because no unit cost is entered"
    if base.currency != point.currency:
        return "costs are in two currencies and are not compared"
    change = point.cost - base.cost
    if abs(change) < 0.5:
        return f"the cost stays the same{_gaps([base, point])}"
    more = "more" if change > 0 else "less"
    return f"it costs {number(abs(change))} {point.currency} {more}{_gaps([base, point])}"


def _margins_of_many(planned: Sequence[Point]) -> str:
    parts = []
    for phase, word in (("voting", "voting"), ("counting", "the count")):
        found = [value for point in planned if (value := margin(point, phase)) is not None]
        if found:
            kinds = dict.fromkeys(
                basis(point, phase) for point in planned if margin(point, phase) is not None
            )
            ends = dict.fromkeys((points(min(found)), points(max(found))))
            parts.append(f"{' to '.join(ends)} for {word} ({' or '.join(kinds)})")
    if not parts:
        return f"Nothing can be stated about the country's stations; {_costs(planned)}."
    return f"Margins of error are {listed(parts)}, in percentage points; {_costs(planned)}."


def _costs(planned: Sequence[Point]) -> str:
    known = [point.cost for point in planned if point.cost is not None]
    if len(known) < len(planned):
        return "what they cost is not known, because no unit cost is entered"
    if len({point.currency for point in planned}) > 1:
        return "costs are in several currencies and are not compared"
    gaps = _gaps(planned)
    low, high = number(min(known)), number(max(known))
    return f"costs lie between {low} and {high} {planned[0].currency}{gaps}"


def _gaps(planned: Sequence[Point]) -> str:
    missing = any(point.cost_missing for point in planned)
    invented = any(point.cost_illustrative for point in planned)
    told = ["without items that have no unit cost"] * missing + [
        "unit costs are invented"
    ] * invented
    return f" ({', '.join(told)})" if told else ""


def margin(point: Point, phase: str) -> float | None:
    """Return a margin of error of a phase: expected where it was simulated, else planned."""
    found = getattr(point, f"margin_{phase}_expected")
    value = getattr(point, f"margin_{phase}") if found is None else found
    return None if value is None else float(value)


def basis(point: Point, phase: str) -> str:
    """Return what a margin rests on, a dash where there is none."""
    told = getattr(point, f"basis_{phase}")
    return NOTHING if told in {"", "none"} else str(told)


def _name(point: Point) -> str:
    return f"\u201c{short(point.name, _NAME)}\u201d"


def _verb(*, simulated: bool) -> str:
    return "expected" if simulated else "planned"
