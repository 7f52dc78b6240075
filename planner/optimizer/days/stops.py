"""From a timetable to the stops of a plan document, in local time."""

from datetime import datetime

from planner.domain.plan import Day, Phase, Stop, Team
from planner.optimizer.days.assemble import Scene
from planner.optimizer.days.cluster import Route
from planner.optimizer.days.hours import Hours
from planner.optimizer.days.timetable import Call, Timetable


class DayWriter:
    """Writes the days of one scene.

    Parameters
    ----------
    scene
        The cluster with its records.
    hours
        The clock of the mission.
    """

    def __init__(self, scene: Scene, hours: Hours) -> None:
        self.scene = scene
        self.hours = hours

    def day(self, route: Route, table: Timetable) -> Day:
        """Return the day of a mobile pair."""
        stops: list[Stop] = []
        place = self._hub(route)
        for number, call in enumerate(table.calls):
            here = self.scene.cluster.hubs + call.station
            distance = int(self.scene.travel.distance_m[place, here])
            if call.station == route.opening and number == 0:
                stops.append(self._stop(call, Phase.OPENING, distance))
            elif call.station == route.closing and number == len(table.calls) - 1:
                stops += self._closing(call, distance)
            else:
                stops.append(self._stop(call, Phase.VOTING, distance))
            place = here
        return self._finish(route, table, stops)

    def static_day(self, route: Route, table: Timetable) -> Day:
        """Return the day of a pair that stays at ``route.closing`` from the opening on.

        ``table`` is that of a route which opens and closes at this one station.
        """
        call = table.calls[0]
        cluster = self.scene.cluster
        station = call.station
        distance = int(self.scene.travel.distance_m[self._hub(route), cluster.hubs + station])
        opened, closing = int(cluster.open_leave_s[station]), int(cluster.close_arrive_s[station])
        parts = [
            (Phase.OPENING, call.arrive_s, opened, call.travel_s, distance),
            (Phase.VOTING, opened, closing, 0, 0),
        ]
        stops = [
            self._make(station, phase, arrive, leave, travel, metres)
            for phase, arrive, leave, travel, metres in parts
        ]
        end = Call(station, closing, int(cluster.count_to_s[station]), 0)
        return self._finish(route, table, [*stops, *self._closing(end, 0)])

    def _closing(self, call: Call, distance_m: int) -> list[Stop]:
        close = int(self.scene.cluster.count_from_s[call.station])
        return [
            self._make(
                call.station, Phase.CLOSING, call.arrive_s, close, call.travel_s, distance_m
            ),
            self._make(call.station, Phase.COUNTING, close, call.leave_s, 0, 0),
        ]

    def _finish(self, route: Route, table: Timetable, stops: list[Stop]) -> Day:
        """Add the commission and the way home."""
        scene, cluster = self.scene, self.scene.cluster
        hub = self._hub(route)
        last = table.calls[-1]
        place = cluster.hubs + last.station
        if route.closing is not None and cluster.tail_value[route.closing, hub]:
            number = scene.commission_of[route.closing]
            commission = scene.commissions[number]
            there = cluster.hubs + cluster.stations + number
            travel_s = int(scene.travel.duration_s[place, there])
            leave_s = table.reach_base_s - int(scene.travel.duration_s[there, hub])
            stops.append(
                Stop(
                    place_kind="commission",
                    place=commission.id,
                    phase=Phase.TABULATION,
                    arrive=self.hours.local(last.leave_s + travel_s, commission.district),
                    leave=self.hours.local(leave_s, commission.district),
                    travel_s=travel_s,
                    distance_m=int(scene.travel.distance_m[place, there]),
                )
            )
            place = there
        return Day(
            team=self._team(route).id,
            leave_base=self._at_hub(route, table.leave_base_s),
            stops=tuple(stops),
            reach_base=self._at_hub(route, table.reach_base_s),
            return_travel_s=int(scene.travel.duration_s[place, hub]),
            return_distance_m=int(scene.travel.distance_m[place, hub]),
        )

    def _stop(self, call: Call, phase: Phase, distance_m: int) -> Stop:
        return self._make(
            call.station, phase, call.arrive_s, call.leave_s, call.travel_s, distance_m
        )

    def _make(
        self, station: int, phase: Phase, arrive_s: int, leave_s: int, travel_s: int, metres: int
    ) -> Stop:
        record = self.scene.stations[station]
        return Stop(
            place_kind="station",
            place=record.id,
            phase=phase,
            arrive=self.hours.local(arrive_s, record.district),
            leave=self.hours.local(leave_s, record.district),
            travel_s=travel_s,
            distance_m=metres,
        )

    def _hub(self, route: Route) -> int:
        return int(self.scene.cluster.team_hub[route.team])

    def _team(self, route: Route) -> Team:
        return self.scene.teams[route.team]

    def _at_hub(self, route: Route, seconds: int) -> datetime:
        town = self.scene.hubs[self._hub(route)]
        return self.hours.local(seconds, self.hours.mission.town_of[town].district)
