"""Does every id name something, once, of this mission? (R-INPUT, R-REF, R-DUP)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from planner.domain.finding import Severity
from planner.referee.book import RECORDS, SOURCE
from planner.rules.case import Case
from planner.rules.rule import Fault


@RECORDS.rule("R-INPUT", "Plan made from this input", Severity.HARD, SOURCE)
def made_from_this_input(case: Case) -> Iterator[Fault]:
    """Find a plan of another mission, of other input files, or of another sample mode."""
    mode = case.policies.sample.mode
    for what, found, wanted in (
        ("mission", case.plan.mission, case.mission.mission.id),
        ("input hash", case.plan.provenance.input_hash, case.mission.input_hash),
        ("sample mode", case.plan.sample_mode.value, mode.value),
    ):
        if found != wanted:
            yield Fault(
                case.plan.mission,
                f"The plan was made from another {what}.",
                found or "none",
                wanted or "none",
                "Plan again from the present mission folder.",
            )


@RECORDS.rule("R-REF", "Every id is known", Severity.HARD, SOURCE)
def every_id_is_known(case: Case) -> Iterator[Fault]:
    """Find ids of areas, teams, observers, places that neither mission nor plan defines."""
    for owner, noun, used, known in _references(case):
        for name in dict.fromkeys(used):
            if name not in known:
                yield Fault(
                    owner,
                    f"The plan names a {noun} that does not exist.",
                    str(name),
                    f"a {noun} of the mission or the plan",
                    "Plan again; a plan is never edited by hand.",
                )


def _references(case: Case) -> Iterator[tuple[str, str, Iterable[str], Collection[str]]]:
    mission, plan = case.mission, case.plan
    # A team without a town to live in is no team of the plan, but leads its area all the same.
    homeless = {left.subject for left in plan.unassigned if left.kind == "team" and left.reason}
    for area in plan.areas:
        yield area.id, "district", area.districts, mission.district_of
        yield area.id, "town", [area.base_town] if area.base_town else [], mission.town_of
        # Areas name their teams before allocation has made any.
        teams = [area.lto_team] if area.lto_team and plan.teams else []
        yield area.id, "team", teams, case.team_of.keys() | homeless
    for team in plan.teams:
        yield team.id, "area", [team.area], case.area_of
        yield team.id, "town", [team.base_town], mission.town_of
        yield team.id, "observer", team.members, mission.observer_of
    for day in plan.days:
        stations = [stop.place for stop in day.stops if stop.place_kind == "station"]
        commissions = [stop.place for stop in day.stops if stop.place_kind == "commission"]
        yield day.team, "team", [day.team], case.team_of
        yield day.team, "station", stations, mission.station_of
        yield day.team, "commission", commissions, mission.commission_of
    for drawn in plan.sample:
        yield drawn.station, "station", [drawn.station], mission.station_of
        yield drawn.station, "area", [drawn.area], case.area_of
        yield drawn.station, "town", [drawn.hub], mission.town_of


@RECORDS.rule("R-DUP", "Every record once", Severity.HARD, SOURCE)
def every_record_once(case: Case) -> Iterator[Fault]:
    """Find areas, teams, days and sampled stations that the plan holds twice."""
    plan = case.plan
    records: tuple[tuple[str, Iterable[str]], ...] = (
        ("area", (area.id for area in plan.areas)),
        ("team", (team.id for team in plan.teams)),
        ("day", (day.team for day in plan.days)),
        ("sampled station", (drawn.station for drawn in plan.sample)),
    )
    for noun, ids in records:
        for name, times in Counter(ids).items():
            if times > 1:
                yield Fault(
                    name,
                    f"The plan holds this {noun} more than once.",
                    f"{times} times",
                    "once",
                    "Plan again; a plan is never edited by hand.",
                )
