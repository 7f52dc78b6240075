"""Whether a scenario can be: every value that cannot, at once, with the nearest that can."""

from collections.abc import Iterator

from planner.domain.mission import MissionFormat
from planner.domain.mission_input import MissionInput
from planner.domain.policy import ObservationMode, TravelModel
from planner.scenario.document import Scenario
from planner.scenario.limits import LIMITS, Limit
from planner.scenario.names import check_places, check_states
from planner.scenario.numbers import nominated, numbers_of
from planner.scenario.room import most_pairs
from planner.scenario.trouble import Trouble, refusal, remark, shown
from planner.scenario.worth import check_budget


def check(scenario: Scenario, mission: MissionInput) -> tuple[Trouble, ...]:
    """Return all that is wrong with a scenario, and what the reader should know of it.

    Numbers that depend on others (more pairs than beds, a budget below the fixed cost) are judged
    once every value stands within its own range.
    """
    found = [
        *_base(scenario, mission),
        *_ranges(scenario),
        *check_places(scenario, mission),
        *check_states(scenario, mission),
        *_format(scenario, mission),
        *_travel(scenario, mission),
        *_delivery(scenario),
        *_day(scenario, mission),
    ]
    if not any(trouble.refused for trouble in found):
        found += [*_beds(scenario, mission), *check_budget(scenario, mission)]
        found += _roster(scenario, mission)
    return tuple(found)


def _base(scenario: Scenario, mission: MissionInput) -> Iterator[Trouble]:
    base = scenario.base
    if base is None:
        return
    if base.mission != mission.mission.id:
        yield refusal(
            "SC-BASE",
            "base.mission",
            "The scenario was made for another mission.",
            value=base.mission,
            limit=mission.mission.id,
            nearest=mission.mission.id,
        )
    elif base.input_hash and base.input_hash != mission.input_hash:
        yield remark(
            "SC-BASE",
            "base.input_hash",
            "The mission's files have changed since the scenario was made.",
            value=base.input_hash[:12],
            limit=mission.input_hash[:12],
            remedy="Run it again, so that its figures are those of the present files.",
        )


def _ranges(scenario: Scenario) -> Iterator[Trouble]:
    for path, value in values_of(scenario):
        limit = LIMITS[_key(path)]
        if value != value or not limit.low <= value <= limit.high:  # noqa: PLR0124 - NaN
            nearest = limit.nearest(limit.low if value != value else value)  # noqa: PLR0124
            yield refusal(
                "SC-RANGE",
                path,
                f"{path} is out of its range.",
                value=value,
                limit=_range(limit.low, limit.high, limit),
                nearest=int(nearest) if limit.whole else nearest,
            )
        elif limit.usual is not None and not limit.usual[0] <= value <= limit.usual[1]:
            yield remark(
                "SC-UNUSUAL",
                path,
                f"{path} is outside of what missions have seen.",
                value=shown(value),
                limit=_range(*limit.usual, limit),
                remedy="Nothing, if this is what you want to know.",
            )


def values_of(scenario: Scenario) -> Iterator[tuple[str, float]]:
    """Yield the dotted path and value of every number that a scenario sets."""
    document = scenario.model_dump(mode="json")
    for path in LIMITS:
        *outer, last = path.split(".")
        if not outer:
            holders = [("", document)]
        else:
            inner = document[outer[0]]
            if isinstance(inner, list):
                holders = [(f"{outer[0]}.{k}.", entry) for k, entry in enumerate(inner)]
            else:
                holders = [] if inner is None else [(f"{outer[0]}.", inner)]
        for prefix, holder in holders:
            value = holder[last]
            if isinstance(value, dict):
                yield from ((f"{prefix}{last}.{name}", rate) for name, rate in value.items())
            elif value is not None:
                yield f"{prefix}{last}", value


def _key(path: str) -> str:
    """Return the path in the table of limits: without numbers in lists and without States."""
    parts = [part for part in path.split(".") if not part.isdigit()]
    return ".".join(parts[:2])


def _range(low: float, high: float, limit: Limit) -> str:
    return f"{shown(low)} to {shown(high)} {limit.unit}".rstrip()


def _format(scenario: Scenario, mission: MissionInput) -> Iterator[Trouble]:
    kind = scenario.format or mission.mission.format
    if kind is MissionFormat.EOM:
        return
    if scenario.staffing.sto_pairs:
        yield refusal(
            "SC-FORMAT",
            "staffing.sto_pairs",
            f"An {kind.value} has no STOs.",
            value=scenario.staffing.sto_pairs,
            limit="0 STO pairs",
            nearest=0,
        )
    if kind is MissionFormat.EAM and scenario.staffing.lto_teams:
        yield refusal(
            "SC-FORMAT",
            "staffing.lto_teams",
            "An EAM is a small team of experts in the capital, without LTO teams.",
            value=scenario.staffing.lto_teams,
            limit="0 LTO teams",
            nearest=0,
        )


def _travel(scenario: Scenario, mission: MissionInput) -> Iterator[Trouble]:
    model = mission.mission.policies.travel.model
    if scenario.travel.speed_factor is not None and model is not TravelModel.GREAT_CIRCLE:
        yield refusal(
            "SC-SPEED",
            "travel.speed_factor",
            f"Travel times of the model {model.value} are those of its file or server.",
            value=scenario.travel.speed_factor,
            limit="a factor needs the model great_circle",
            nearest=None,
        )
    if scenario.travel.season is not None and model is TravelModel.MATRIX:
        yield refusal(
            "SC-SPEED",
            "travel.season",
            "Travel times of a matrix file know no season.",
            value=scenario.travel.season.value,
            limit="a season needs another travel model",
            nearest=None,
        )


def _delivery(scenario: Scenario) -> Iterator[Trouble]:
    delivery = scenario.delivery
    if delivery.late_withdrawals is not None and delivery.late_share is not None:
        yield refusal(
            "SC-LATE",
            "delivery.late_share",
            "Late withdrawals are given as a number or as a share, not both.",
            value=delivery.late_share,
            limit=f"late_withdrawals is {delivery.late_withdrawals}",
            nearest=None,
        )


def _day(scenario: Scenario, mission: MissionInput) -> Iterator[Trouble]:
    day = scenario.day
    mode = day.mode or mission.mission.policies.day.mode
    if day.static_share and mode is not ObservationMode.MIXED:
        yield refusal(
            "SC-MODE",
            "day.static_share",
            f"A share of static pairs means something in mode mixed only, the mode is {mode}.",
            value=day.static_share,
            limit="mode mixed",
            nearest=None,
        )


def _beds(scenario: Scenario, mission: MissionInput) -> Iterator[Trouble]:
    numbers = numbers_of(scenario, mission)
    most = most_pairs(mission, set(scenario.closed_towns), numbers.lto_teams)
    if most is None or numbers.pairs_planned <= most:
        return
    asked = numbers.pairs_requested
    while asked and _planned(scenario, mission, asked) > most:
        asked -= 1
    beds = mission.mission.policies.allocation.beds_per_pair
    yield refusal(
        "SC-BEDS",
        "staffing.sto_pairs",
        f"The towns have no beds for {numbers.pairs_planned} pairs, {beds} beds each, beside the "
        "LTO teams.",
        value=numbers.pairs_requested,
        limit=f"beds for {most} pairs",
        nearest=asked,
    )


def _planned(scenario: Scenario, mission: MissionInput, pairs: int) -> int:
    """Return the pairs that are planned if so many are asked for."""
    staffing = scenario.staffing.model_copy(update={"sto_pairs": pairs})
    return numbers_of(scenario.model_copy(update={"staffing": staffing}), mission).pairs_planned


def _roster(scenario: Scenario, mission: MissionInput) -> Iterator[Trouble]:
    numbers = numbers_of(scenario, mission)
    people = len(nominated(mission))
    if numbers.pairs_planned > people // 2:
        yield remark(
            "SC-ROSTER",
            "staffing.sto_pairs",
            "The roster does not fill these numbers: pairs beyond it are planned without names. "
            "Nobody is invented, and nothing is said of their languages and States.",
            value=f"{numbers.pairs_planned} pairs planned",
            limit=f"{people // 2} pairs in the roster",
        )
    if numbers.pairs_delivered > numbers.pairs_planned:
        yield remark(
            "SC-SURPLUS",
            "delivery.rate",
            "More pairs come than the plan is made for: they stay in reserve.",
            value=f"{numbers.pairs_delivered} pairs come",
            limit=f"{numbers.pairs_planned} pairs planned",
            remedy="Let the plan know of the delivery (known), and it uses them.",
        )
