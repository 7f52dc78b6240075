"""Urban or rural by the stations around."""

from planner.domain.ids import DistrictId, StationId
from planner.domain.place import CoordinatePrecision, SettlementType, Station
from planner.intake.settlements import derive_settlements


def station(number: int, lat: float, voters: int | None, **fields: object) -> Station:
    return Station.model_validate(
        {
            "id": StationId(f"{number}"),
            "district": DistrictId("A"),
            "lat": lat,
            "lon": 44.0,
            "voters": voters,
            **fields,
        }
    )


def test_many_voters_near_make_a_town() -> None:
    town = [station(k, 41.0 + k * 0.002, 900) for k in range(4)]
    village = [station(9, 42.0, 900), station(10, 42.1, 3_600)]
    found, notes = derive_settlements([*town, *village])
    kinds = [s.settlement.value for s in found]
    assert kinds == ["urban"] * 4 + ["rural", "urban"]
    assert notes[0].value == "5 urban, 1 rural"


def test_what_the_list_says_stays_and_coarse_points_tell_nothing() -> None:
    given = station(1, 41.0, 10, settlement=SettlementType.URBAN)
    coarse = station(2, 41.0, 90, precision=CoordinatePrecision.DISTRICT)
    found, notes = derive_settlements([given, coarse, station(3, 41.0, None)])
    assert [s.settlement.value for s in found] == ["urban", "unknown", "rural"]
    assert len(notes) == 2


def test_nothing_to_judge() -> None:
    assert derive_settlements([]) == ((), [])
