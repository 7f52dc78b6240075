"""First sheet of a comparison: question, answer, scenarios side by side, differences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planner.briefing.answer import answer, margin, question_of
from planner.briefing.difference import OBSERVED, difference
from planner.briefing.reading import Compared
from planner.briefing.words import PHASE_WORDS, item_word, listed, plural, short
from planner.export.classification import long_date
from planner.export.sheets.summary import Block, Summary
from planner.export.sheets.table import Cell, Kind, Tone, Toned
from planner.scenario.point import Point

SIDE_BY_SIDE = 9
"""Scenarios on the first sheet; the others are on the sheet of all figures."""
_LABEL, _UNIT, _VALUE = 34.0, 10.0, 14.0
_NAME = 40
_LEAST_COLUMNS = 5


@dataclass(frozen=True)
class _Line:
    label: str
    unit: str
    kind: Kind
    read: Callable[[Point], float | str | None]


def _column(name: str) -> Callable[[Point], float | str | None]:
    def read(point: Point) -> float | str | None:
        value = getattr(point, name)
        return value if value is None or isinstance(value, int | float) else str(value)

    return read


def _line(label: str, unit: str, kind: Kind, name: str) -> _Line:
    return _Line(label, unit, kind, _column(name))


_ASKED = (
    _line("STOs requested", "STOs", Kind.COUNT, "stos_requested"),
    _line("Share who come", "", Kind.SHARE, "delivery_rate"),
    _line("STO pairs delivered", "pairs", Kind.COUNT, "pairs_delivered"),
    _line("STO pairs planned for", "pairs", Kind.COUNT, "pairs_planned"),
)
_PLANNED = (
    _line("LTO teams", "teams", Kind.COUNT, "lto_teams"),
    _line("STO pairs", "pairs", Kind.COUNT, "sto_pairs"),
    _line("Openings", "stations", Kind.COUNT, "openings"),
    _line("Voting visits", "visits", Kind.COUNT, "voting_visits"),
    _line("Counts", "stations", Kind.COUNT, "counts"),
    _line("Tabulations", "visits", Kind.COUNT, "tabulations"),
    _line("Districts with a visit", "districts", Kind.COUNT, "districts_touched"),
    _line("Urban share of visited stations", "", Kind.SHARE, "urban_share_visited"),
    _line("Most STO pairs of one LTO team", "pairs", Kind.COUNT, "span_of_control_max"),
    _line("Longest duty", "h", Kind.DECIMAL, "duty_max_h"),
)
_EXPECTED = (
    *(
        _line(label, unit, Kind.DECIMAL, f"{name}_{end}")
        for name, unit in zip(OBSERVED, ("stations", "visits", "stations", "visits"), strict=True)
        for end, label in (
            ("mean", f"{PHASE_WORDS[name].capitalize()}, mean"),
            ("p5", "   5th percentile"),
            ("p95", "   95th percentile"),
        )
    ),
    _line("Pairs that miss their closing, mean", "pairs", Kind.DECIMAL, "missed_closings_mean"),
    _line("Longest duty, 95th percentile", "h", Kind.DECIMAL, "longest_duty_p95_h"),
)


def summary_of(compared: Compared) -> Summary:
    """Return the content of the first sheet."""
    planned = compared.planned
    shown = planned[:SIDE_BY_SIDE]
    mission = compared.mission.mission
    questions = [run.scenario.question for run in compared.runs]
    columns = max(_LEAST_COLUMNS, len(shown))
    header = ("Figure", "Unit", *(short(point.name, _NAME) for point in shown))
    blocks = [
        _told(compared, questions),
        Block("Asked", header, _rows(_ASKED, shown)),
        Block("Planned", header, (*_rows(_PLANNED, shown), *_judged(shown))),
        Block("Expected on election day", header, _rows(_EXPECTED, shown)),
        Block("Margin of error and what it rests on", header, _margins(shown)),
        Block("Cost", header, _cost(shown)),
    ]
    if len(shown) > 1:
        title = f"Difference to {short(shown[0].name, _NAME)}"
        blocks.insert(1, Block(title, header, _differences(shown)))
    return Summary(
        title=mission.name,
        subtitle=f"Comparison of scenarios, election day {long_date(mission.e_day)}",
        verdict=_verdict(planned),
        blocks=tuple(blocks),
        widths=(_LABEL, _UNIT, *([_VALUE] * columns)),
        landscape=True,
    )


def _told(compared: Compared, questions: Sequence[str]) -> Block:
    planned = compared.planned
    rows: list[tuple[Cell, ...]] = [
        ("Question", compared.question or question_of(planned, questions)),
        *zip(("Answer", None), answer(planned), strict=True),
    ]
    left = len(planned) - SIDE_BY_SIDE
    if left > 0:
        rows.append(("Shown", f"the first {SIDE_BY_SIDE}; {left:,} more on sheet Scenarios"))
    if compared.refused:
        number = plural(len(compared.refused), "scenario")
        text = f"{number} cannot be; reasons and nearest possible values on sheet Refused"
        rows.append(("Refused", Toned(text, Tone.AMBER)))
    if compared.synthetic:
        rows.append((Toned("Synthetic", Tone.AMBER), "; ".join(compared.synthetic)))
    return Block("Question and answer", (), tuple(rows))


def _rows(lines: Sequence[_Line], shown: Sequence[Point]) -> tuple[tuple[Cell, ...], ...]:
    width = max(_LEAST_COLUMNS, len(shown))
    return tuple(
        _padded(
            (line.label, line.unit, *(Toned(line.read(point), kind=line.kind) for point in shown)),
            width,
        )
        for line in lines
    )


def _judged(shown: Sequence[Point]) -> tuple[tuple[Cell, ...], ...]:
    width = max(_LEAST_COLUMNS, len(shown))
    hard = tuple(
        Toned(point.hard_findings, Tone.RED if point.hard_findings else Tone.GOOD, Kind.COUNT)
        for point in shown
    )
    soft = tuple(Toned(point.soft_findings, kind=Kind.COUNT) for point in shown)
    return (
        _padded(("Rules broken (hard findings)", "findings", *hard), width),
        _padded(("Weaknesses (soft findings)", "findings", *soft), width),
    )


def _margins(shown: Sequence[Point]) -> tuple[tuple[Cell, ...], ...]:
    width = max(_LEAST_COLUMNS, len(shown))
    rows: list[tuple[Cell, ...]] = []
    for phase, label in (
        ("opening", "Openings"),
        ("voting", "Voting"),
        ("counting", "Counts"),
        ("tabulation", "Tabulations"),
    ):
        for ending, words in (("", "planned"), ("_expected", "expected")):
            found = (getattr(point, f"margin_{phase}{ending}") for point in shown)
            cells = (Toned(value, kind=Kind.SHARE) for value in found)
            rows.append(_padded((f"{label}, {words}", "±", *cells), width))
        basis = (Toned(getattr(p, f"basis_{phase}"), Tone.MUTED, Kind.COUNT) for p in shown)
        rows.append(_padded(("   basis", None, *basis), width))
    return tuple(rows)


def _differences(shown: Sequence[Point]) -> tuple[tuple[Cell, ...], ...]:
    """Return what each scenario has more than the first; grey is within the uncertainty."""
    width = max(_LEAST_COLUMNS, len(shown))
    base = shown[0]
    rows: list[tuple[Cell, ...]] = []
    for name in OBSERVED:
        cells: list[Cell] = [Toned("base", Tone.MUTED, Kind.COUNT)]
        for point in shown[1:]:
            found = difference(base, point, name)
            if found is None:
                cells.append(None)
                continue
            tone = Tone.MUTED if found.within else Tone.STRONG
            cells.append(Toned(found.change, tone, Kind.FINE_CHANGE))
        rows.append(_padded((PHASE_WORDS[name].capitalize(), "", *cells), width))
    for phase, word in (("voting", "voting"), ("counting", "the count")):
        changes = (Toned(_points(base, point, phase), kind=Kind.FINE_CHANGE) for point in shown[1:])
        first = Toned("base", Tone.MUTED, Kind.COUNT)
        rows.append(_padded((f"Margin of error for {word}", "points", first, *changes), width))
    costs = (Toned(_costs(base, point), kind=Kind.CHANGE) for point in shown[1:])
    rows.append(
        _padded(("Cost", base.currency, Toned("base", Tone.MUTED, Kind.COUNT), *costs), width)
    )
    rows.append(
        (
            Toned(
                "Grey: within the uncertainty of an election day (two independent days "
                "may differ so much by their ranges from P5 to P95).",
                Tone.MUTED,
            ),
        )
    )
    return tuple(rows)


def _points(base: Point, point: Point, phase: str) -> float | None:
    """Return by how many percentage points a margin is wider, as it is shown."""
    old, new = margin(base, phase), margin(point, phase)
    return None if old is None or new is None else 100 * (new - old)


def _costs(base: Point, point: Point) -> float | None:
    if base.cost is None or point.cost is None or base.currency != point.currency:
        return None
    return point.cost - base.cost


def _cost(shown: Sequence[Point]) -> tuple[tuple[Cell, ...], ...]:
    width = max(_LEAST_COLUMNS, len(shown))
    unknown = Toned("not known", Tone.MUTED, Kind.COUNT)
    sums = (unknown if p.cost is None else Toned(p.cost, kind=Kind.COUNT) for p in shown)
    currency = (Toned(point.currency, kind=Kind.COUNT) for point in shown)
    rows = [_padded(("Sum", None, *sums), width), _padded(("Currency", None, *currency), width)]
    missing = [item for point in shown for item in point.cost_missing.split(", ") if item]
    if missing:
        told = listed([item_word(item) for item in dict.fromkeys(missing)])
        rows.append((Toned("Without a unit cost", Tone.AMBER), f"{told}: sums are without them"))
    if any(point.cost_illustrative for point in shown):
        rows.append((Toned("Unit costs", Tone.AMBER), "marked as invented for illustration"))
    return tuple(rows)


def _padded(cells: tuple[Cell, ...], columns: int) -> tuple[Cell, ...]:
    return cells + (None,) * (columns + 2 - len(cells))


def _verdict(planned: Sequence[Point]) -> Toned:
    broken = [short(point.name, 30) for point in planned if point.hard_findings]
    if not broken:
        many = "this plan" if len(planned) == 1 else f"all {len(planned)} plans"
        return Toned(f"The referee passed {many}.", Tone.GOOD)
    named = listed(broken[:4]) + (" and others" if len(broken) > 4 else "")
    return Toned(f"The referee refused the plan of {named}: do not use these figures.", Tone.RED)
