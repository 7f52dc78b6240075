"""Small missions with everything odd that the field has: the strategy of the fuzz tests.

A mission keeps what intake promises (ids exist and are sorted, districts of the mission hang
together or not) and nothing else: its figures contradict one another as those of real folders do.
"""

from datetime import date, time
from itertools import combinations, pairwise

from hypothesis import strategies as st

from planner.domain.ids import (
    CommissionId,
    DistrictId,
    Language,
    MissionId,
    RegionId,
    StationId,
    TownId,
)
from planner.domain.mission import Mission, MissionFormat, Staffing
from planner.domain.mission_input import MissionInput
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
from planner.domain.policy import (
    AllocationBasis,
    AllocationPolicy,
    AreaPolicy,
    DayPolicy,
    ObservationMode,
    PairingPolicy,
    Policies,
    SampleMode,
    SamplePolicy,
)
from tests.fuzz.people import decisions_on, rosters
from tests.fuzz.roads import Roads

E_DAYS = {
    date(2022, 11, 20): ("Asia/Almaty", "Asia/Aqtobe"),
    date(2024, 10, 27): ("Europe/Berlin", "Europe/London"),
    date(2025, 3, 30): ("Europe/Berlin", "Asia/Tbilisi"),
}
"""Election days with the zones of their regions; on the last two the clocks change in Europe."""
CENTRE = (48.0, 8.0)
_HOURS: tuple[tuple[time | None, time | None], ...] = (
    (None, None),
    (time(6), None),
    (None, time(14)),
    (time(9), time(9, 30)),
    (time(19), None),
)
"""Own hours of stations: none, early, closing early, hardly open at all, opening late."""
_OFFSETS = (0.0, 0.01, -0.02, 0.05, -0.15, 0.4)
"""Degrees from the centre of a district; 0.4 are beyond most limits of a leg."""

policies = st.builds(
    Policies,
    areas=st.builds(
        AreaPolicy,
        balance_tolerance=st.sampled_from([0.0, 0.2, 1.0]),
        imbalance_weight=st.sampled_from([0.0, 60.0]),
        split_weight=st.sampled_from([0.0, 300.0, 6_000.0]),
        max_base_to_district_min=st.sampled_from([20, 600]),
    ),
    allocation=st.builds(
        AllocationPolicy,
        basis=st.sampled_from(AllocationBasis),
        floor_pairs_per_area=st.integers(0, 2),
        beds_per_pair=st.integers(0, 2),
        beds_per_lto_team=st.integers(0, 2),
        reach_min=st.sampled_from([60, 60, 200, 15]),
    ),
    pairing=st.builds(
        PairingPolicy,
        local_language_weight=st.sampled_from([0, 30]),
        restriction_weight=st.sampled_from([0, 25, 500]),
    ),
    sample=st.builds(
        SamplePolicy,
        mode=st.sampled_from(SampleMode),
        stations_per_pair=st.sampled_from([1, 3, 12]),
        stations_per_cluster=st.sampled_from([1, 2, 4]),
        substitutes_per_pair=st.sampled_from([0, 1, 4]),
        max_special_share=st.sampled_from([None, 0.0, 0.5, 1.0]),
    ),
    day=st.builds(
        DayPolicy,
        mode=st.sampled_from(ObservationMode),
        static_share=st.sampled_from([0.0, 0.3, 1.0]),
        arrive_before_opening_min=st.sampled_from([0, 30, 60]),
        stay_after_opening_min=st.sampled_from([0, 30]),
        dwell_min=st.sampled_from([30, 30, 180, 1]),
        max_visits=st.sampled_from([10, 10, 3, 1, 0]),
        visit_buffer_min=st.sampled_from([0, 5]),
        arrive_before_closing_min=st.sampled_from([0, 30]),
        count_min=st.sampled_from([0, 180]),
        tabulation_min=st.sampled_from([0, 60]),
        max_leg_min=st.sampled_from([60, 60, 200, 10]),
        max_drive_min=st.sampled_from([240, 240, 240, 30, 0]),
        max_duty_min=st.sampled_from([1440, 1440, 1440, 900, 60]),
    ),
)
roads = st.builds(
    Roads,
    walls_lon=st.sampled_from([(), (), (), (CENTRE[1] + 0.2,), (CENTRE[1] - 0.01, 8.5)]),
    detour=st.sampled_from([1.0, 1.0, 1.5]),
)


@st.composite
def missions(
    draw: st.DrawFn,
    *,
    districts: int = 6,
    stations: int = 20,
    towns: int = 5,
    lto_teams: int = 3,
    sto_pairs: int = 4,
    fewest_pairs: int = 0,
    people: int = 8,
    decided: int = 5,
    rules: st.SearchStrategy[Policies] = policies,
) -> MissionInput:
    """Draw a mission; every figure is a largest one (of people: for each role).

    With ``fewest_pairs`` above 0 every mission has STO pairs and a town to live in.
    """
    e_day = draw(st.sampled_from(sorted(E_DAYS)))
    regions = _regions(draw, e_day)
    places = _districts(draw, regions, districts)
    commissions = _commissions(draw, places)
    found = _towns(draw, places, min(fewest_pairs, 1), towns)
    polled = _stations(draw, places, commissions, stations)
    kinds = [MissionFormat.EOM] if fewest_pairs else [MissionFormat.EOM] * 4 + list(MissionFormat)
    kind = draw(st.sampled_from(kinds))
    pairs = draw(st.integers(fewest_pairs, sto_pairs)) if kind is MissionFormat.EOM else 0
    observers = draw(rosters(e_day, people)) if people and draw(st.booleans()) else ()
    decisions = draw(
        decisions_on(
            observers=observers,
            districts=[district.id for district in places],
            towns=[town.id for town in found],
            stations=[station.id for station in polled],
            most=decided,
        )
    )
    return MissionInput(
        mission=Mission(
            id=MissionId("fuzz"),
            name="Made up",
            country="KZ",
            e_day=e_day,
            time_zone=E_DAYS[e_day][0],
            format=kind,
            staffing=Staffing(lto_teams=draw(st.integers(0, lto_teams)), sto_pairs=pairs),
            policies=draw(rules),
        ),
        regions=regions,
        districts=places,
        adjacency=_adjacency(draw, places),
        towns=found,
        stations=polled,
        commissions=commissions,
        observers=observers,
        decisions=decisions,
        input_hash="fuzz",
    )


def _regions(draw: st.DrawFn, e_day: date) -> tuple[Region, ...]:
    languages = st.sampled_from([(), ("ru",), ("kk", "ru")])
    return tuple(
        Region(
            id=RegionId(f"R{number}"),
            name=f"Region {number}",
            time_zone=draw(st.sampled_from(E_DAYS[e_day])),
            languages=tuple(Language(code) for code in draw(languages)),
        )
        for number in range(draw(st.integers(1, 3)))
    )


def _districts(draw: st.DrawFn, regions: tuple[Region, ...], most: int) -> tuple[District, ...]:
    """Draw districts on a grid, two of which may lie on one point."""
    step = draw(st.sampled_from([0.05, 0.3, 2.0]))
    return tuple(
        District(
            id=DistrictId(f"D{number}"),
            name=f"District {number}",
            region=draw(st.sampled_from(regions)).id,
            lat=CENTRE[0] + step * draw(st.integers(0, 2)),
            lon=CENTRE[1] + step * draw(st.integers(0, 2)),
        )
        for number in range(draw(st.integers(1, most)))
    )


def _adjacency(draw: st.DrawFn, places: tuple[District, ...]) -> tuple[Adjacency, ...]:
    """Draw a row of districts with further borders; the row may be cut: islands."""
    ids = [district.id for district in places]
    row = [pair for pair in pairwise(ids) if draw(st.integers(0, 5))]
    more = [pair for pair in combinations(ids, 2) if pair not in row]
    extra = draw(st.lists(st.sampled_from(more), max_size=3, unique=True)) if more else []
    return tuple(Adjacency(a=a, b=b) for a, b in sorted([*row, *extra]))


def _towns(
    draw: st.DrawFn, places: tuple[District, ...], fewest: int, most: int
) -> tuple[Town, ...]:
    towns = []
    for number in range(draw(st.integers(fewest, most))):
        home = draw(st.sampled_from(places))
        towns.append(
            Town(
                id=TownId(f"T{number}"),
                name=f"Town {number}",
                district=home.id,
                lat=home.lat + draw(st.sampled_from(_OFFSETS[:3])),
                lon=home.lon,
                beds=draw(st.sampled_from([None, None, 0, 1, 2, 4, 6, 50])),
            )
        )
    return tuple(towns)


def _commissions(draw: st.DrawFn, places: tuple[District, ...]) -> tuple[Commission, ...]:
    return tuple(
        Commission(
            id=CommissionId(f"C{number}"),
            name=f"Commission {number}",
            district=home.id,
            lat=home.lat + draw(st.sampled_from(_OFFSETS)),
            lon=home.lon,
        )
        for number, home in enumerate(draw(st.lists(st.sampled_from(places), max_size=2)))
    )


def _stations(
    draw: st.DrawFn, places: tuple[District, ...], commissions: tuple[Commission, ...], most: int
) -> tuple[Station, ...]:
    """Draw stations; some stand on one point, some belong to a commission far away."""
    voters = draw(st.sampled_from([(None,), (0,), (None, 0, 10, 3_000)]))
    stations = []
    for number in range(draw(st.integers(1, most))):
        home = draw(st.sampled_from(places))
        opens, closes = draw(st.sampled_from(_HOURS[:1] * 5 + _HOURS))
        stations.append(
            Station(
                id=StationId(f"S{number:02d}"),
                district=home.id,
                lat=home.lat + draw(st.sampled_from(_OFFSETS)),
                lon=home.lon + draw(st.sampled_from(_OFFSETS[:4])),
                voters=draw(st.sampled_from(voters)),
                kind=draw(st.sampled_from([StationKind.ORDINARY] * 4 + [StationKind.SPECIAL])),
                settlement=draw(st.sampled_from(SettlementType)),
                opens=opens,
                closes=closes,
                commission=draw(st.sampled_from([None, *(one.id for one in commissions)])),
            )
        )
    return tuple(stations)
