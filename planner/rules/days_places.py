"""Election day: which stations a pair goes to (D1, D2)."""

from collections import Counter
from collections.abc import Iterator

from planner.domain.finding import Severity
from planner.rules.case import Case
from planner.rules.rule import RULES, Fault
from planner.rules.text import some

_SOURCE = "DOMAIN.md §2, election day of an STO pair"


@RULES.rule("D1", "Stations inside the team's area", Severity.HARD, f"{_SOURCE} (S)")
def stations_inside_area(case: Case) -> Iterator[Fault]:
    """Find stations outside the area of their pair; a commission may lie elsewhere."""
    for day in case.days:
        team = case.team_of.get(day.team)
        districts = None if team is None else case.districts_of_area.get(team.area)
        if team is None or districts is None:
            continue
        strays = {
            station.id: station.district
            for _, station in case.station_stops(day)
            if station.district not in districts
        }
        for station_id, district in strays.items():
            yield Fault(
                day.team,
                f"Station {station_id} lies outside the area of the team.",
                f"{station_id} in district {district}",
                f"a district of area {team.area}",
                "Take the station out, or give it to a team of its own area.",
            )


@RULES.rule("D2", "No station twice", Severity.HARD, f"{_SOURCE}, no two pairs at one station (S)")
def no_station_twice(case: Case) -> Iterator[Fault]:
    """Find stations that see two pairs, or one pair twice: presence is unbroken."""
    for station, teams in sorted(case.teams_of_station.items()):
        if len(teams) > 1:
            yield Fault(
                station,
                "Two teams go to one station.",
                f"{len(teams)} teams: {some(teams)}",
                "1 team",
                "Leave the station to one of them.",
            )
    for day in case.days:
        places = [(stop.place_kind, stop.place) for stop in day.stops]
        presences = Counter(
            place
            for kind, place, previous in (
                (*here, before) for here, before in zip(places, [None, *places], strict=False)
            )
            if kind == "station" and (kind, place) != previous
        )
        for place, times in presences.items():
            if times > 1:
                yield Fault(
                    day.team,
                    f"The team comes back to station {place}.",
                    f"{times} presences at {place}",
                    "1 unbroken presence",
                    "Replace the second visit by another station.",
                )
