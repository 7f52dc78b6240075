"""Names in a scenario: regions, towns and States that the mission must have."""

import difflib
from collections.abc import Iterator, Sequence

from planner.domain.mission_input import MissionInput
from planner.scenario.document import Scenario
from planner.scenario.numbers import nominated
from planner.scenario.trouble import Trouble, refusal, shown


def check_places(scenario: Scenario, mission: MissionInput) -> Iterator[Trouble]:
    """Yield regions and towns that the mission does not have, and hours that are none."""
    regions = {str(region.id): region.name for region in mission.regions}
    towns = {str(town.id): town.name for town in mission.towns}
    for number, isolation in enumerate(scenario.isolated):
        if isolation.region not in mission.region_of:
            near = _similar(isolation.region, regions)
            path = f"isolated.{number}.region" if near else f"isolated.{number}"
            yield _absent("SC-REGION", path, "region", isolation.region, near, sorted(regions))
        if isolation.from_hour >= isolation.to_hour:
            yield refusal(
                "SC-HOURS",
                f"isolated.{number}.to_hour",
                "The region is cut off until before it is cut off.",
                value=isolation.to_hour,
                limit=f"after {shown(isolation.from_hour)} h",
                nearest=isolation.from_hour + 1,
            )
    for number, town in enumerate(scenario.closed_towns):
        if town not in mission.town_of:
            path = f"closed_towns.{number}"
            yield _absent("SC-TOWN", path, "town", town, _similar(town, towns), sorted(towns))
    for number, teams in enumerate(scenario.joint):
        if teams.town not in mission.town_of:
            near = _similar(teams.town, towns)
            path = f"joint.{number}.town" if near else f"joint.{number}"
            yield _absent("SC-TOWN", path, "town", teams.town, near, sorted(towns))


def _similar(asked: str, names: dict[str, str]) -> str | None:
    """Return the id whose id or name is most like what was asked for."""
    of_name = {name.casefold(): key for key, name in names.items()}
    of_name |= {key.casefold(): key for key in names}
    found = difflib.get_close_matches(asked.casefold(), of_name, n=1, cutoff=0.6)
    return of_name[found[0]] if found else None


def _absent(
    code: str, path: str, kind: str, asked: str, near: str | None, known: Sequence[str]
) -> Trouble:
    some = ", ".join(known[:5]) + (f" and {len(known) - 5} more" if len(known) > 5 else "")
    return refusal(
        code,
        path,
        f"The mission has no {kind} of this id.",
        value=asked,
        limit=some or f"it has no {kind} at all",
        nearest=near,
    )


def check_states(scenario: Scenario, mission: MissionInput) -> Iterator[Trouble]:
    """Yield States with a rate of their own of whom nobody is nominated."""
    if not scenario.delivery.by_state:
        return
    states = sorted({str(observer.state) for observer in nominated(mission)})
    for state in scenario.delivery.by_state:
        if state not in states:
            some = ", ".join(states) or "the roster has no STOs"
            yield refusal(
                "SC-STATE",
                f"delivery.by_state.{state}",
                "Nobody of this State is nominated.",
                value=state,
                limit=some,
                nearest=None,
            )
