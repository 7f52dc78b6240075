"""A small mission and a plan for it that breaks no rule, hard or soft; other tests reuse it.

The country lies on the 50th parallel: five districts in a row, 0.3 degrees of longitude apart, and
an empty sixth. West (UTC+5 on the day) has W1 and W2, east (UTC+6) has E1, E2, E3 and the empty X1.
Each inhabited district has six stations, two urban and four rural; four are visited, and what is
left over is there to be broken with: W1-6 is remote, E3-6 is special. Every pair has an opening,
two visits, a closing with its count, and a tabulation; clock times follow from the travel provider.

``good_mission()`` and ``good_plan()`` build them; ``day_of`` times any route that keeps the
conventions; ``seal`` gives a changed plan true key figures and objectives again.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from geodata.clock import local_datetime, to_local
from geodata.travel.great_circle import GreatCircle
from planner.domain.ids import (
    AreaId,
    CommissionId,
    DistrictId,
    Language,
    MissionId,
    ObserverId,
    RegionId,
    State,
    StationId,
    TeamId,
    TownId,
)
from planner.domain.mission import Mission, Staffing
from planner.domain.mission_input import MissionInput
from planner.domain.observer import (
    Experience,
    Gender,
    LanguageLevel,
    LanguageSkill,
    Observer,
    Role,
)
from planner.domain.place import (
    Adjacency,
    Commission,
    District,
    Region,
    SettlementType,
    Station,
    StationKind,
    Town,
)
from planner.domain.plan import (
    Area,
    Day,
    Phase,
    Plan,
    Provenance,
    SampledStation,
    SampleRole,
    StageName,
    StageReport,
    StageStatus,
    Stop,
    StopReason,
    Team,
)
from planner.domain.policy import SampleMode
from planner.objective.registry import recompute
from planner.rules.kpis import compute_kpis
from planner.travel import points_of

TRAVEL = GreatCircle()
E_DAY = date(2022, 11, 20)
HASH = "good"
ZONES = {"WEST": "Asia/Aqtobe", "EAST": "Asia/Almaty"}
DISTRICTS = {"W1": "WEST", "W2": "WEST", "E1": "EAST", "E2": "EAST", "E3": "EAST", "X1": "EAST"}
INHABITED = ("W1", "W2", "E1", "E2", "E3")
HUBS = {"W1": "T-W1", "W2": "T-W1", "E1": "T-E1", "E2": "T-E1", "E3": "T-E3"}
AREAS = {"A01": ("W1", "W2"), "A02": ("E1", "E2", "E3", "X1")}
ROUTES = {name: tuple(f"{name}-{k}" for k in (1, 2, 3, 4)) for name in INHABITED}
"""Opening, two visits and closing of the pair of each district."""

_URBAN = {1, 3}
_URBAN_ELSEWHERE = {1, 5}
# Degrees north and east of the district's centre; the sixth is never visited.
_OFFSETS = ((0.01, 0.0), (0.03, 0.02), (-0.02, 0.03), (0.02, -0.04), (-0.03, -0.02), (0.04, 0.04))
_STATES = {
    Role.LTO: ("NO", "DE", "FR", "PL"),
    Role.STO: ("AT", "BE", "CH", "CZ", "DK", "EE", "FI", "GB", "IE", "IT", "AT"),
}


def _lon(district: str) -> float:
    return 60.0 + 0.3 * list(DISTRICTS).index(district)


def _stations() -> tuple[Station, ...]:
    stations = []
    for district in INHABITED:
        urban = _URBAN if district in ("W1", "E1") else _URBAN_ELSEWHERE
        for number, (north, east) in enumerate(_OFFSETS, start=1):
            name = f"{district}-{number}"
            stations.append(
                Station(
                    id=StationId(name),
                    name=f"Station {name}",
                    district=DistrictId(district),
                    lat=50 + north,
                    lon=_lon(district) + (-1.0 if name == "W1-6" else east),
                    voters=800 + 100 * number,
                    kind=StationKind.SPECIAL if name == "E3-6" else StationKind.ORDINARY,
                    settlement=SettlementType.URBAN if number in urban else SettlementType.RURAL,
                    opens=time(6) if name == "W2-1" else None,
                    commission=CommissionId("C-W" if district.startswith("W") else "C-E"),
                )
            )
    return tuple(sorted(stations, key=lambda station: station.id))


def _observers() -> tuple[Observer, ...]:
    """Return pairs of neighbours that fit: mixed, experienced with new, one speaks Russian."""
    english = LanguageSkill(language=Language("en"), level=LanguageLevel.C1)
    russian = LanguageSkill(language=Language("ru"), level=LanguageLevel.B2)
    return tuple(
        Observer(
            id=ObserverId(f"{role.value}-P{number:02d}"),
            role=role,
            state=State(state),
            languages=(english, russian) if number % 2 else (english,),
            experience=Experience.SENIOR if number % 2 else Experience.NEW,
            gender=Gender.F if number % 2 else Gender.M,
            reserve=number > 10,
        )
        for role, states in _STATES.items()
        for number, state in enumerate(states, start=1)
    )


def good_mission() -> MissionInput:
    """Return the mission: 2 regions, 6 districts, 3 towns, 30 stations, 4 LTOs, 11 STOs."""
    in_row = ("W1", "W2", "E1", "E2", "E3", "X1")
    beds = {"T-E1": 10, "T-E3": 4, "T-W1": 10}
    return MissionInput(
        mission=Mission(
            id=MissionId("good"),
            name="Good mission",
            country="KZ",
            e_day=E_DAY,
            time_zone="Asia/Almaty",
            staffing=Staffing(lto_teams=2, sto_pairs=5),
        ),
        regions=tuple(
            Region(
                id=RegionId(name),
                name=name.title(),
                time_zone=ZONES[name],
                languages=(Language("kk"), Language("ru")),
            )
            for name in sorted(ZONES)
        ),
        districts=tuple(
            District(
                id=DistrictId(name),
                name=f"District {name}",
                region=RegionId(region),
                lat=50.0,
                lon=_lon(name),
            )
            for name, region in sorted(DISTRICTS.items())
        ),
        adjacency=tuple(
            Adjacency(a=DistrictId(a), b=DistrictId(b)) for a, b in sorted(pairwise(in_row))
        ),
        towns=tuple(
            Town(
                id=TownId(name),
                name=f"Town {name}",
                district=DistrictId(name[2:]),
                lat=50.0,
                lon=_lon(name[2:]),
                beds=number,
            )
            for name, number in sorted(beds.items())
        ),
        stations=_stations(),
        commissions=tuple(
            Commission(
                id=CommissionId(name),
                name=f"Commission {name}",
                district=DistrictId(district),
                lat=50.005,
                lon=_lon(district) + 0.01,
            )
            for name, district in (("C-E", "E2"), ("C-W", "W1"))
        ),
        observers=_observers(),
        input_hash=HASH,
    )


def day_of(
    mission: MissionInput, team: Team, route: Sequence[str], *, commission: str | None = None
) -> Day:
    """Time a mobile day: opening, visits and closing of ``route``, count, commission, and back.

    Visits are as short as the policies allow. The pair waits at its last visit for the closing.

    Parameters
    ----------
    route
        Ids of at least two stations.
    commission
        Where the tabulation is watched; None skips it.
    """
    policy = mission.mission.policies.day
    opening, *visits, closing = (mission.station_of[StationId(name)] for name in route)
    base = mission.town_of[team.base_town]
    opens, closes = _hours(mission, opening)[0], _hours(mission, closing)[1]
    minute = timedelta(minutes=1)
    here: Town | Station | Commission = base
    at = opens - policy.arrive_before_opening_min * minute - _leg(base, opening)[0]
    leave_base = _at(mission, base, at)
    stops: list[Stop] = []

    def go(place: Station | Commission, phase: Phase, leave: datetime | None, stay: int) -> None:
        nonlocal here, at
        travel, metres = _leg(here, place)
        arrive = at + travel
        if phase is Phase.VOTING and arrive < _hours(mission, place)[0]:
            arrive = _hours(mission, place)[0]  # the pair waits where it is
            stops[-1] = stops[-1].model_copy(update={"leave": _at(mission, here, arrive - travel)})
        at = arrive + stay * minute if leave is None else leave
        here = place
        stops.append(
            Stop(
                place_kind="commission" if phase is Phase.TABULATION else "station",
                place=place.id,
                phase=phase,
                arrive=_at(mission, place, arrive),
                leave=_at(mission, place, at),
                travel_s=round(travel.total_seconds()),
                distance_m=metres,
            )
        )

    go(opening, Phase.OPENING, opens + policy.stay_after_opening_min * minute, 0)
    stay = policy.dwell_min + policy.visit_buffer_min
    for visit in visits[:-1]:
        go(visit, Phase.VOTING, None, stay)
    until = closes - policy.arrive_before_closing_min * minute - _leg(visits[-1], closing)[0]
    go(visits[-1], Phase.VOTING, until, 0)
    go(closing, Phase.CLOSING, closes, 0)
    go(closing, Phase.COUNTING, None, policy.count_min)
    if commission is not None:
        place = mission.commission_of[CommissionId(commission)]
        go(place, Phase.TABULATION, None, policy.tabulation_min)
    back, metres = _leg(here, base)
    return Day(
        team=team.id,
        leave_base=leave_base,
        stops=tuple(stops),
        reach_base=_at(mission, base, at + back),
        return_travel_s=round(back.total_seconds()),
        return_distance_m=metres,
    )


def _hours(mission: MissionInput, station: Station | Commission) -> tuple[datetime, datetime]:
    zone, hours = mission.time_zone(station.district), mission.mission.hours
    opens, closes = hours.opens, hours.closes
    if isinstance(station, Station):
        opens, closes = station.opens or opens, station.closes or closes
    day = mission.mission.e_day
    return local_datetime(day, opens, zone), local_datetime(day, closes, zone)


def _at(mission: MissionInput, place: Town | Station | Commission, at: datetime) -> datetime:
    return to_local(at, mission.time_zone(place.district))


def _leg(
    origin: Town | Station | Commission, destination: Town | Station | Commission
) -> tuple[timedelta, int]:
    if origin.id == destination.id:
        return timedelta(), 0
    answer = TRAVEL.legs(points_of([origin]), points_of([destination]))
    return timedelta(seconds=int(answer.duration_s[0])), int(answer.distance_m[0])


def _teams() -> tuple[Team, ...]:
    ltos = [
        Team(
            id=TeamId(f"LTO-{number:02d}"),
            kind=Role.LTO,
            area=AreaId(area),
            base_town=TownId(town),
            members=_members(Role.LTO, number),
        )
        for number, (area, town) in enumerate((("A01", "T-W1"), ("A02", "T-E1")), start=1)
    ]
    stos = [
        Team(
            id=TeamId(f"STO-{number:03d}"),
            kind=Role.STO,
            area=AreaId("A01" if district.startswith("W") else "A02"),
            base_town=TownId(HUBS[district]),
            members=_members(Role.STO, number),
        )
        for number, district in enumerate(INHABITED, start=1)
    ]
    return (*ltos, *stos)


def _members(role: Role, number: int) -> tuple[ObserverId, ObserverId]:
    return (
        ObserverId(f"{role.value}-P{2 * number - 1:02d}"),
        ObserverId(f"{role.value}-P{2 * number:02d}"),
    )


def _sample() -> tuple[SampledStation, ...]:
    return tuple(
        SampledStation(
            station=StationId(f"{district}-{number}"),
            area=AreaId("A01" if district.startswith("W") else "A02"),
            hub=TownId(HUBS[district]),
            stratum=district,
            role=SampleRole.PRIMARY if number < 5 else SampleRole.SUBSTITUTE,
            rank=number,
            probability=4 / 6 if number < 5 else None,
        )
        for district in INHABITED
        for number in range(1, 6)
    )


def seal(mission: MissionInput, plan: Plan) -> Plan:
    """Return ``plan`` with true key figures and stage reports, each objective at its bound."""
    reports = []
    for stage in StageName:
        value = recompute(stage, mission, plan, TRAVEL).value
        reports.append(
            StageReport(
                name=stage,
                status=StageStatus.SKIPPED if value is None else StageStatus.OPTIMAL,
                sense="max",
                unit="points",
                objective=value,
                bound=value,
                gap=None if value is None else 0.0,
                stop=StopReason.NOTHING_TO_DO if value is None else StopReason.PROVEN,
                seed=1,
            )
        )
    kpis = compute_kpis(mission, plan)
    return plan.model_copy(update={"kpis": kpis, "stages": tuple(reports)})


def good_plan(mission: MissionInput | None = None) -> Plan:
    """Return a plan for ``good_mission()`` without any finding, not even an info."""
    mission = mission or good_mission()
    teams = _teams()
    pairs = [team for team in teams if team.kind is Role.STO]
    plan = Plan(
        mission=mission.mission.id,
        sample_mode=SampleMode.REPRESENTATIVE,
        areas=tuple(
            Area(
                id=AreaId(name),
                lto_team=TeamId(f"LTO-{name[1:]}"),
                base_town=TownId({"A01": "T-W1", "A02": "T-E1"}[name]),
                districts=tuple(DistrictId(district) for district in districts),
                sto_pairs=sum(team.area == name for team in pairs),
            )
            for name, districts in AREAS.items()
        ),
        teams=teams,
        days=tuple(
            day_of(
                mission,
                team,
                ROUTES[district],
                commission="C-W" if district.startswith("W") else "C-E",
            )
            for team, district in zip(pairs, INHABITED, strict=True)
        ),
        sample=_sample(),
        provenance=Provenance(
            input_hash=mission.input_hash,
            seed=1,
            reproducible=True,
            versions={"mission-planner": "test"},
            travel=TRAVEL.provenance,
        ),
    )
    return seal(mission, plan)
