"""A made-up mission with its plan, small or in any size, for all tests of exports."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from planner.domain.finding import Finding, Severity
from planner.domain.ids import Language
from planner.domain.mission import Mission, Source, Staffing
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Experience, LanguageLevel, LanguageSkill, Observer, Role
from planner.domain.place import (
    Commission,
    DataStatus,
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
    Unassigned,
)
from planner.domain.policy import SampleMode
from planner.referee import Verdict
from planner.rules.kpis import compute_kpis

E_DAY = date(2022, 11, 20)
ZONES = (("Asia/Aqtau", 5), ("Asia/Almaty", 6))
NAMES = (
    "№ {} бастауыш мектебі, Қызылорда көшесі, 12-үй",
    "Средняя школа № {}, ул. Первомайская, 5",
    "თბილისის {}-ე საჯარო სკოლა, რუსთაველის გამზირი",
    "Mädchenschule {} & Kulturhaus <Alt>",
)
STATES = ("NO", "SE", "DE", "FR", "CA", "PL", "US", "IT", "CH", "LT", "CZ", "AT")


@dataclass(frozen=True)
class Case:
    """A mission, its plan and its verdict."""

    mission: MissionInput
    plan: Plan
    verdict: Verdict


Build = Callable[..., Case]


def build(
    *, areas: int = 2, pairs: int = 2, visits: int = 2, spare: int = 3, roster: bool = True
) -> Case:
    """Return a mission of ``areas`` regions with ``pairs`` STO pairs each.

    The first and every other odd region lies at UTC+5, the rest at UTC+6. ``spare`` stations a
    region are visited by nobody; the first of them is a substitute.
    """
    places: dict[str, list[Any]] = {"regions": [], "districts": [], "towns": []}
    stations: list[Station] = []
    for r in range(areas):
        lat, lon = 43.0 + r, 52.0 + 2 * r
        places["regions"].append(
            Region(
                id=f"R{r:02d}",
                name=f"Region {r:02d}",
                time_zone=ZONES[r % 2][0],
                languages=("kk", "ru"),
            )
        )
        places["districts"].append(
            District(id=f"D{r:02d}", name=f"Ауданы {r:02d}", region=f"R{r:02d}", lat=lat, lon=lon)
        )
        places["towns"].append(
            Town(
                id=f"T{r:02d}",
                name=f"Base Town {r:02d}",
                district=f"D{r:02d}",
                lat=lat,
                lon=lon,
                beds=None if r == 0 else 2 * pairs,
                status=DataStatus.SYNTHETIC,
            )
        )
        stations += [_station(r, s, lat, lon) for s in range(pairs * (visits + 2) + spare)]
    commissions = tuple(
        Commission(
            id=f"C{r:02d}",
            name=f"Территориальная комиссия {r:02d}",
            district=f"D{r:02d}",
            lat=43.02 + r,
            lon=52.02 + 2 * r,
            status=DataStatus.SYNTHETIC,
        )
        for r in range(areas)
    )
    observers = _roster(areas, pairs) if roster else ()
    mission = MissionInput(
        mission=Mission(
            id="test-2022",
            name="Test mission & rehearsal",
            country="KZ",
            e_day=E_DAY,
            time_zone="Asia/Almaty",
            staffing=Staffing(lto_teams=areas, sto_pairs=areas * pairs),
            sources=(
                Source(
                    what="Stations",
                    origin="seeded generator of this project",
                    licence="MIT",
                    status=DataStatus.SYNTHETIC,
                ),
                Source(what="Towns", origin="GeoNames", licence="CC BY 4.0"),
            ),
        ),
        regions=tuple(places["regions"]),
        districts=tuple(places["districts"]),
        adjacency=(),
        towns=tuple(places["towns"]),
        stations=tuple(stations),
        commissions=commissions,
        observers=observers,
        input_hash="ab" * 32,
    )
    plan = _plan(mission, areas, pairs, visits)
    verdict = Verdict(mission=plan.mission, soft=_findings(), kpis=compute_kpis(mission, plan))
    return Case(mission, plan, verdict)


def _station(region: int, number: int, lat: float, lon: float) -> Station:
    special = number % 11 == 10
    return Station(
        id=f"{region:02d}-{number:04d}",
        name=NAMES[number % len(NAMES)].format(number),
        district=f"D{region:02d}",
        lat=lat + 0.01 * (number % 37),
        lon=lon + 0.01 * (number % 41),
        voters=None if number % 7 == 6 else 500 + number,
        kind=StationKind.SPECIAL if special else StationKind.ORDINARY,
        settlement=SettlementType.URBAN if number % 3 else SettlementType.RURAL,
        opens=time(6, 0) if special else None,
        commission=f"C{region:02d}",
        status=DataStatus.SYNTHETIC,
    )


def _roster(areas: int, pairs: int) -> tuple[Observer, ...]:
    def person(number: int, role: Role, *, reserve: bool = False) -> Observer:
        return Observer(
            id=f"{role}-{number:04d}",
            role=role,
            state=STATES[number % len(STATES)],
            languages=(
                LanguageSkill(language=Language("en"), level=LanguageLevel.C1),
                LanguageSkill(language=Language("ru"), level=LanguageLevel.B2),
            ),
            experience=tuple(Experience)[number % 3],
            reserve=reserve,
        )

    people = [person(n, Role.LTO) for n in range(2 * areas)]
    people += [person(n, Role.STO) for n in range(2 * areas * pairs)]
    people.append(person(2 * areas * pairs, Role.STO, reserve=True))
    return tuple(sorted(people, key=lambda observer: observer.id))


def _plan(mission: MissionInput, areas: int, pairs: int, visits: int) -> Plan:
    teams = [_team(mission, Role.LTO, r, r) for r in range(areas)]
    days: list[Day] = []
    for r in range(areas):
        for p in range(pairs):
            team = _team(mission, Role.STO, r * pairs + p, r)
            teams.append(team)
            days.append(_day(team, r, p, visits))
    sample = [
        SampledStation(
            station=station.id,
            area=f"A{int(station.id[:2]) + 1:02d}",
            hub=f"T{station.id[:2]}",
            stratum=station.settlement.value,
            role=SampleRole.PRIMARY
            if int(station.id[3:]) < pairs * (visits + 2)
            else SampleRole.SUBSTITUTE,
            rank=int(station.id[3:]) + 1,
            probability=0.25,
        )
        for station in mission.stations
        if int(station.id[3:]) <= pairs * (visits + 2)
    ]
    return Plan(
        mission=mission.mission.id,
        sample_mode=SampleMode.REPRESENTATIVE,
        areas=tuple(
            Area(
                id=f"A{r + 1:02d}",
                lto_team=f"LTO-{r + 1:02d}",
                base_town=f"T{r:02d}",
                districts=(f"D{r:02d}",),
                sto_pairs=pairs,
            )
            for r in range(areas)
        ),
        teams=tuple(teams),
        days=tuple(days),
        sample=tuple(sample),
        unassigned=(
            Unassigned(
                kind="station",
                subject="00-0001",
                code="OP-REACH",
                reason="Further than 60 min from every hub.",
                remedy="Add a hub or raise reach_min.",
            ),
        ),
        findings=(
            Finding(
                code="IN-BEDS",
                severity=Severity.INFO,
                subject="T00",
                message="Nobody knows the number of beds.",
                file="towns.csv",
                row=2,
                column="beds",
            ),
        ),
        kpis={"design_effect": 1.45, "margin_of_error_share": 0.0281},
        stages=(
            StageReport(
                name=StageName.AREAS,
                status=StageStatus.FEASIBLE,
                sense="min",
                unit="station-minutes",
                objective=412345.0,
                bound=402345.0,
                gap=0.02425,
                stop=StopReason.ITERATIONS,
                seed=1,
                note="Contiguity by shortest-path trees; candidates: the 60 nearest towns.",
            ),
        ),
        provenance=Provenance(
            input_hash="ab" * 32,
            seed=1,
            reproducible=True,
            versions={"pyvrp": "0.14.1", "ortools": "9.15"},
            travel="great circle x 1.3, speed bands 20/35/55/65/73 km/h, summer",
        ),
    )


def _team(mission: MissionInput, kind: Role, number: int, region: int) -> Team:
    free = [o.id for o in mission.observers if o.role is kind and not o.reserve]
    return Team(
        id=f"LTO-{number + 1:02d}" if kind is Role.LTO else f"STO-{number + 1:03d}",
        kind=kind,
        area=f"A{region + 1:02d}",
        base_town=f"T{region:02d}",
        members=tuple(free[2 * number : 2 * number + 2]),
    )


def _day(team: Team, region: int, pair: int, visits: int) -> Day:
    zone = timezone(timedelta(hours=ZONES[region % 2][1]))
    midnight = datetime(2022, 11, 20, tzinfo=zone)
    first = pair * (visits + 2)
    stops: list[Stop] = []

    def stop(number: int, phase: Phase, arrive_min: float, leave_min: float, **more: Any) -> None:
        stops.append(
            Stop(
                place_kind=more.get("kind", "station"),
                place=more.get("place", f"{region:02d}-{number:04d}"),
                phase=phase,
                arrive=midnight + timedelta(minutes=arrive_min),
                leave=midnight + timedelta(minutes=leave_min),
                travel_s=more.get("travel_s", 900),
                distance_m=more.get("distance_m", 8_250),
            )
        )

    stop(first, Phase.OPENING, 375, 450)
    for v in range(visits):
        stop(first + 1 + v, Phase.VOTING, 465 + 50 * v, 500 + 50 * v)
    last = first + visits + 1
    stop(last, Phase.CLOSING, 1160, 1200)
    stop(last, Phase.COUNTING, 1200, 1390, travel_s=0, distance_m=0)
    stop(0, Phase.TABULATION, 1405, 1465, kind="commission", place=f"C{region:02d}")
    return Day(
        team=team.id,
        leave_base=midnight + timedelta(minutes=360),
        stops=tuple(stops),
        reach_base=midnight + timedelta(minutes=1470),
        return_travel_s=300,
        return_distance_m=2_000,
    )


def _findings() -> tuple[Finding, ...]:
    return (
        Finding(
            code="S2",
            severity=Severity.SOFT,
            subject="sample",
            message="The visited stations are more urban than the frame.",
            value="70 %",
            limit="66 % ± 5 points",
            remedy="Allow longer legs.",
        ),
    )
