"""What a plan keeps of an earlier one, of what it could keep."""

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import StationId
from planner.replan.frontier import frontier, keepable, point, visits
from tests.replan.small import MISSION, again, changed, decided, first

PAIR = first().days[0].team
SEEN = {station for team, station in visits(first().days) if team == PAIR}
MEMBERS = next(team.members for team in first().teams if team.id == PAIR)


def test_everything_can_be_kept_where_nothing_has_happened():
    assert keepable(MISSION, first()) == visits(first().days)
    found = point(MISSION, first(), first(), 0.5)
    assert (found.lost, found.lost_share) == (0, 0.0)
    assert found.could_keep == len(visits(first().days))


def test_a_pair_that_has_left_and_stations_that_are_gone_or_barred_cannot_be_kept():
    one, other, *_ = sorted(SEEN)
    left = changed(observers=tuple(o for o in MISSION.observers if o.id not in MEMBERS))
    assert {team for team, _ in keepable(left, first())} == {d.team for d in first().days} - {PAIR}
    alone = changed(observers=tuple(o for o in MISSION.observers if o.id != MEMBERS[0]))
    assert keepable(alone, first()) == visits(first().days)
    gone = changed(stations=tuple(s for s in MISSION.stations if s.id != one))
    barred = decided(Decision(kind=DecisionKind.NEVER_STATION, station=StationId(other)))
    for mission, station in ((gone, one), (barred, other)):
        assert visits(first().days) - keepable(mission, first()) == {(PAIR, station)}


def test_the_frontier_goes_from_value_to_what_is_kept():
    station = StationId(min(SEEN))
    mission = decided(Decision(kind=DecisionKind.NEVER_STATION, station=station))
    found = frontier(mission, first(), lambda s: again(mission, s), (0.02, 0.5, 1.0))
    assert [p.stability for p in found] == [0.02, 0.5, 1.0]
    lost = [p.lost for p in found]
    assert lost == sorted(lost, reverse=True)
    assert lost[-1] == 0
    values = [p.value or 0.0 for p in found]
    assert values == sorted(values, reverse=True)


def test_a_plan_without_days_has_lost_all_and_one_without_visits_nothing():
    nothing = first().model_copy(update={"days": ()})
    assert point(MISSION, first(), nothing, 1.0).lost_share == 1.0
    assert point(MISSION, nothing, first(), 1.0).lost_share == 0.0
