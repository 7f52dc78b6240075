"""Do the records of a plan agree with one another? (R-LINK, R-DAY, R-SAMPLE)."""

from collections import Counter
from collections.abc import Iterator

from planner.domain.finding import Severity
from planner.domain.observer import Role
from planner.domain.plan import SampleRole, TeamMode
from planner.domain.policy import SampleMode
from planner.referee.book import RECORDS, SOURCE
from planner.rules.case import Case
from planner.rules.rule import Fault
from planner.rules.text import some

_AGAIN = "Plan again; a plan is never edited by hand."


@RECORDS.rule("R-LINK", "Teams, areas and roles agree", Severity.HARD, SOURCE)
def teams_areas_and_roles_agree(case: Case) -> Iterator[Fault]:
    """Find teams and areas that contradict one another, and members of the wrong role."""
    pairs = Counter(team.area for team in case.teams if team.kind is Role.STO)
    for area in case.areas:
        leader = case.team_of.get(area.lto_team) if area.lto_team else None
        if leader is not None and (leader.kind, leader.area) != (Role.LTO, area.id):
            yield Fault(
                area.id,
                f"Team {leader.id} is named as the LTO team of the area.",
                f"{leader.kind} team of {leader.area}",
                f"LTO team of {area.id}",
                _AGAIN,
            )
        if area.sto_pairs != pairs[area.id]:
            yield Fault(
                area.id,
                "The area's number of STO pairs is not that of its teams.",
                f"{area.sto_pairs} pairs stated",
                f"{pairs[area.id]} STO teams",
                _AGAIN,
            )
    for team in case.teams:
        area_of_team = case.area_of.get(team.area)
        if team.kind is Role.LTO and area_of_team and area_of_team.lto_team != team.id:
            yield Fault(
                team.id,
                f"The area of the LTO team is led by {area_of_team.lto_team or 'nobody'}.",
                f"{team.id} in {team.area}",
                "one LTO team an area",
                _AGAIN,
            )
    for team, observer in case.deployed:
        if observer.role is not team.kind:
            yield Fault(
                observer.id,
                f"The observer is in a team of the other role ({team.id}).",
                f"{observer.role} in an {team.kind} team",
                f"{team.kind} observers",
                "Exchange the observer, or correct the role in the roster.",
            )


@RECORDS.rule("R-DAY", "A day fits its team", Severity.HARD, SOURCE)
def day_fits_its_team(case: Case) -> Iterator[Fault]:
    """Find election days of LTO teams, and static pairs that move."""
    for day in case.days:
        team = case.team_of.get(day.team)
        if team is None:
            continue
        stations = dict.fromkeys(stop.place for stop in day.stops if stop.place_kind == "station")
        if team.kind is not Role.STO:
            yield Fault(
                day.team, "The plan has an election day for an LTO team.", team.kind, "STO", _AGAIN
            )
        elif team.mode is TeamMode.STATIC and len(stations) > 1:
            yield Fault(
                day.team,
                "A static pair moves between stations.",
                f"{len(stations)} stations: {some(stations)}",
                "1 station",
                "Make the team mobile, or keep it at one station.",
            )


@RECORDS.rule("R-SAMPLE", "The sample is what it says", Severity.HARD, f"DOMAIN.md §3; {SOURCE}")
def sample_is_what_it_says(case: Case) -> Iterator[Fault]:
    """Find draws outside their area, false claims of randomness, and visits outside the draw."""
    known = case.mission.station_of
    for drawn in case.plan.sample:
        station = known.get(drawn.station)
        districts = case.districts_of_area.get(drawn.area)
        if station is not None and districts is not None and station.district not in districts:
            yield Fault(
                drawn.station,
                f"The station was drawn for area {drawn.area} and lies elsewhere.",
                f"district {station.district}",
                f"a district of {drawn.area}",
                _AGAIN,
            )
        if case.plan.sample_mode is SampleMode.COVERAGE and drawn.probability is not None:
            yield Fault(
                drawn.station,
                "A probability is claimed although nothing was randomised.",
                f"probability {drawn.probability:g}",
                "none in mode coverage",
                "Leave the probability out, or plan in mode representative.",
            )
    drawn_stations = {drawn.station for drawn in case.plan.sample}
    outside = [station.id for station in case.visited if station.id not in drawn_stations]
    if case.plan.sample_mode is SampleMode.REPRESENTATIVE and outside:
        yield Fault(
            "sample",
            "Stations are visited that were not drawn: the margin of error is only indicative.",
            f"{len(outside)} of {len(case.visited)} visited: {some(outside)}",
            f"drawn stations, {SampleRole.PRIMARY} or {SampleRole.SUBSTITUTE}",
            "Replace them by substitutes of the same stratum, or report the figures as indicative.",
            Severity.SOFT,
        )
