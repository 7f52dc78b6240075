"""Earlier days: clusters that stay as they are, days repaired with few changes, pairs at work."""

from functools import cache

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import CommissionId, StationId, TeamId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Day, Phase, Plan, StageName, TeamMode
from planner.domain.policy import DayPolicy, ObservationMode
from planner.optimizer.days.assemble import Scene
from planner.optimizer.days.cluster import Route
from planner.optimizer.days.stage import day_scenes
from planner.optimizer.days.timetable import Timetable, timetable
from planner.replan.repair import repaired, routes_of
from planner.travel import make_provider
from tests.replan.small import MISSION, again, changed, chosen, decided, first, hard, made, points

AREA = {team.id: team.area for team in first().teams}


def with_days(**policy: object) -> MissionInput:
    """Return the small mission with another policy of the day."""
    policies = MISSION.mission.policies.model_copy(update={"day": DayPolicy(**policy)})
    return changed(mission=MISSION.mission.model_copy(update={"policies": policies}))


@cache
def short() -> Plan:
    """Return a plan in which a pair visits one station between opening and closing."""
    return made(with_days(max_visits=1))


def later(mission: MissionInput, *decisions: Decision) -> MissionInput:
    return mission.model_copy(update={"decisions": decisions, "input_hash": "later"})


def stops(days: tuple[Day, ...]) -> dict[str, list[tuple[str, Phase]]]:
    return {
        str(day.team): [(str(s.place), s.phase) for s in day.stops if s.place_kind == "station"]
        for day in days
    }


def scenes(mission: MissionInput, plan: Plan) -> list[Scene]:
    return day_scenes(mission, make_provider(mission), plan.areas, plan.teams, plan.sample)


def test_days_are_read_as_the_routes_that_they_are():
    for scene in scenes(MISSION, first()):
        for route, team in zip(routes_of(scene, first().days), scene.teams, strict=True):
            (day,) = [day for day in first().days if day.team == team.id]
            names = [str(scene.stations[s].id) for s in route.stations]
            places = dict.fromkeys(str(s.place) for s in day.stops if s.place_kind == "station")
            assert names == list(places)


def test_what_fits_is_not_touched():
    for scene in scenes(MISSION, first()):
        assert repaired(scene, first().days) == routes_of(scene, first().days)


def test_a_barred_station_changes_its_own_cluster_only():
    day = first().days[0]
    station = StationId(day.stops[2].place)
    mission = decided(Decision(kind=DecisionKind.NEVER_STATION, station=station))
    result = again(mission)
    assert hard(mission, result.plan) == ()
    assert "1 of 2 clusters are as they were" in chosen(result, StageName.DAYS).note
    before = {d.team: d for d in first().days}
    for now in result.plan.days:
        if AREA[now.team] != AREA[day.team]:
            assert now == before[now.team]
    assert chosen(result, StageName.DAYS).moves == 1
    visited = {place for places in stops(result.plan.days).values() for place, _ in places}
    assert station not in visited


def test_a_pinned_station_takes_the_place_of_one_visit_where_days_are_full():
    mission = with_days(max_visits=1)
    visited = {place for places in stops(short().days).values() for place, _ in places}
    station = next(e.station for e in short().sample if e.station not in visited)
    pinned = later(mission, Decision(kind=DecisionKind.VISIT_STATION, station=station))
    result = again(pinned, earlier=short(), before=mission)
    assert hard(pinned, result.plan) == ()
    assert chosen(result, StageName.DAYS).dropped == 0
    assert chosen(result, StageName.DAYS).moves == 2
    assert station in {p for places in stops(result.plan.days).values() for p, _ in places}


def test_longer_visits_keep_openings_and_counts_and_move_less_than_a_free_plan():
    mission = with_days(dwell_min=150)
    result = again(mission)
    assert hard(mission, result.plan) == ()
    before, now = stops(first().days), stops(result.plan.days)
    for team, places in now.items():
        ends = [(place, phase) for place, phase in before[team] if phase is not Phase.VOTING]
        assert [(place, phase) for place, phase in places if phase is not Phase.VOTING] == ends
    assert sum(map(len, now.values())) <= sum(map(len, before.values()))
    found = points(result, StageName.DAYS)
    assert chosen(result, StageName.DAYS).moves <= found["kept"].moves < found["free"].moves


def test_a_limit_of_driving_shortens_days_to_feasible_ones():
    mission = with_days(max_drive_min=60)
    for scene in scenes(mission, first()):
        for route in repaired(scene, first().days):
            assert isinstance(timetable(scene.cluster, route), Timetable)


def test_a_visit_is_handed_over_to_the_pair_that_is_named():
    pairs = [team.id for team in first().teams if team.base_town == "T-E3"]
    assert pairs == ["STO-002", "STO-003"]
    station = next(p for p, phase in stops(first().days)["STO-003"] if phase is Phase.VOTING)
    visit = Decision(
        kind=DecisionKind.VISIT_STATION, station=StationId(station), team=TeamId("STO-002")
    )
    mission = decided(visit)
    result = again(mission)
    assert hard(mission, result.plan) == ()
    assert station in {place for place, _ in stops(result.plan.days)["STO-002"]}
    assert station not in {place for place, _ in stops(result.plan.days)["STO-003"]}
    assert chosen(result, StageName.DAYS).moves == 2


def test_new_pairs_take_stations_over_and_are_not_left_at_home():
    policies = MISSION.mission.model_copy(
        update={"staffing": MISSION.mission.staffing.model_copy(update={"sto_pairs": 7})}
    )
    mission = changed(mission=policies)
    result = again(mission)
    assert hard(mission, result.plan) == ()
    kept = points(result, StageName.DAYS)["kept"]
    assert kept.idle == 0
    assert {"STO-006", "STO-007"} <= stops(result.plan.days).keys()


def test_a_commission_that_moved_away_changes_the_evening():
    commissions = tuple(c for c in MISSION.commissions if c.id != CommissionId("C-W"))
    stations = tuple(
        s.model_copy(update={"commission": None}) if s.commission == "C-W" else s
        for s in MISSION.stations
    )
    mission = changed(commissions=commissions, stations=stations)
    result = again(mission)
    assert hard(mission, result.plan) == ()
    assert stops(result.plan.days) == stops(first().days)
    assert "C-W" not in {s.place for d in result.plan.days for s in d.stops}


def test_static_pairs_stay_at_their_station():
    mission = with_days(mode=ObservationMode.STATIC)
    earlier = made(mission)
    planned = {day.team for day in earlier.days}
    static = [t.id for t in earlier.teams if t.mode is TeamMode.STATIC and t.id in planned]
    station = StationId(stops(earlier.days)[static[0]][0][0])
    barred = later(mission, Decision(kind=DecisionKind.NEVER_STATION, station=station))
    result = again(barred, earlier=earlier, before=mission)
    assert hard(barred, result.plan) == ()
    before, now = stops(earlier.days), stops(result.plan.days)
    assert before[static[0]] != now[static[0]]
    for team in static[1:]:
        assert before[team] == now[team]


def test_a_route_that_breaks_a_limit_loses_as_little_as_it_takes():
    scene = scenes(MISSION, first())[0]
    (whole, *_) = [r for r in routes_of(scene, first().days) if len(r.visits) > 2]
    limit = with_days(max_visits=len(whole.visits) - 1)
    tight = scenes(limit, first())[0]
    found = next(r for r in repaired(tight, first().days) if r.team == whole.team)
    assert isinstance(found, Route)
    assert (found.opening, found.closing) == (whole.opening, whole.closing)
    assert len(found.visits) == len(whole.visits) - 1
    assert set(found.visits) < set(whole.visits)
