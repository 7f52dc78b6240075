from geodata.travel.great_circle import GreatCircle
from planner.domain.finding import Severity
from planner.domain.mission import Staffing
from planner.domain.observer import Role
from planner.domain.place import Region
from planner.rules import areas, areas_quality
from tests.rules.small import area, case, district, station, subjects, team, town

ROW = (district("D1", lon=70.0), district("D2", lon=70.5), district("D3", lon=71.0))
NEXT = (("D1", "D2"), ("D2", "D3"))


def test_a1_wants_every_district_once():
    both = (area("A01", "D1", "D2"), area("A02", "D2"))

    assert subjects(areas.every_district_in_one_area, case(districts=ROW, areas=both)) == [
        "D2",
        "D3",
    ]


def test_a1_asks_nothing_of_a_mission_that_deploys_nobody():
    rule = areas.every_district_in_one_area

    assert subjects(rule, case(districts=ROW)) == []
    assert len(subjects(rule, case(districts=ROW, staffing=Staffing(lto_teams=1)))) == 3


def test_a2_follows_neighbours_only_inside_the_area():
    split = (area("A01", "D1", "D3"), area("A02", "D2"))

    (finding,) = areas.area_contiguous.check(case(districts=ROW, neighbours=NEXT, areas=split))

    assert (finding.subject, finding.value) == ("A01", "2 parts; apart from the largest: D3")


def test_a2_counts_a_recorded_exception_as_a_border():
    split = (area("A01", "D1", "D3"), area("A02", "D2"))
    ferry = (*NEXT, ("D1", "D3"))

    assert subjects(areas.area_contiguous, case(districts=ROW, neighbours=ferry, areas=split)) == []


def test_a3_wants_towns_inside():
    rule = areas.base_town_inside_with_beds
    towns = (town("IN", "D1", beds=9), town("OUT", "D2", beds=9))
    zones = (area("A01", "D1", base_town="OUT"), area("A02", "D2", base_town="OUT"))
    teams = (team("S1", town="OUT"), team("S2", town="IN"), team("L", kind=Role.LTO, town="IN"))

    found = case(districts=ROW, areas=zones, teams=teams, towns=towns)

    assert subjects(rule, found) == ["A01", "S1", "L"]


def test_a3_counts_beds_of_both_kinds_of_teams():
    rule = areas.base_town_inside_with_beds
    teams = (team("S1"), team("S2"), team("L", kind=Role.LTO))
    zones = (area("A01", "D", base_town="T", lto="L"),)

    enough = case(areas=zones, teams=teams, towns=(town(beds=6),))
    short = case(areas=zones, teams=teams, towns=(town(beds=5),))
    unknown = case(areas=zones, teams=teams, towns=(town(),))

    assert subjects(rule, enough) == []
    (finding,) = rule.check(short)
    assert (finding.value, finding.limit) == ("6 beds needed", "5 beds")
    (finding,) = rule.check(unknown)
    assert finding.severity is Severity.INFO


def test_a3_needs_no_base_town_where_no_lto_team_lives():
    rule = areas.base_town_inside_with_beds

    assert subjects(rule, case(areas=(area("A01", "D"), area("A02", "D", lto="L")))) == ["A02"]


def test_a5_compares_loads_with_their_mean():
    stations = [station(f"S{k}", "D1" if k < 2 else "D2") for k in range(8)]
    zones = (area("A01", "D1"), area("A02", "D2"), area("A03", "D3"))

    found = case(districts=ROW, areas=zones[:2], stations=stations)
    calm = case(
        districts=ROW,
        areas=zones[:2],
        stations=stations,
        policies={"areas": {"balance_tolerance": 0.5}},
    )

    (first, _) = areas_quality.balanced_load.check(found)
    assert (first.subject, first.value, first.limit) == ("A01", "2 stations", "3.2 to 4.8 stations")
    assert subjects(areas_quality.balanced_load, calm) == []


def test_a6_lets_only_big_regions_be_split():
    zones = (area("A01", "D1", "D2"), area("A02", "D3"))
    regions = [Region(id=name, name=name, time_zone="Asia/Almaty") for name in ("R", "Q")]
    small = (district("D1", "Q"), district("D2"), district("D3"))
    stations = [station("S1", "D1"), station("S2", "D2"), station("S3", "D3")]

    loose = {"areas": {"balance_tolerance": 0.5}}  # an area may hold 2.25 stations

    split = case(districts=small, regions=regions, areas=zones, stations=stations, policies=loose)
    big = case(districts=ROW, areas=zones, stations=stations, policies=loose)

    assert subjects(areas_quality.whole_regions, split) == ["R"]
    assert subjects(areas_quality.whole_regions, big) == []


def test_a7_is_amber_then_red():
    zones = [area(f"A{n}", lto=f"L{n}", sto_pairs=n) for n in (12, 13, 16)]

    amber, red = areas_quality.span_of_control.check(case(areas=zones))

    assert ("amber" in amber.message, "red" in red.message) == (True, True)
    assert (amber.value, red.value) == ("13 pairs", "16 pairs")


def test_a7_tells_of_pairs_that_nobody_leads():
    (finding,) = areas_quality.span_of_control.check(case(areas=(area("A01", sto_pairs=1),)))

    assert finding.value == "1 pairs, 0 LTO teams"


def test_a8_measures_from_the_base_town_to_every_centre():
    zones = (area("A01", "D1", "D2", "D3", base_town="T"),)
    parts = {"districts": ROW, "areas": zones, "towns": (town(district_id="D1"),)}
    near = {"areas": {"max_base_to_district_min": 60}}

    found = case(**parts, policies=near, travel=GreatCircle())

    (finding,) = areas_quality.travel_in_the_area.check(found)
    assert finding.subject == "A01"
    assert finding.value.startswith("D3: ")
    assert subjects(areas_quality.travel_in_the_area, case(**parts, travel=GreatCircle())) == []
    assert subjects(areas_quality.travel_in_the_area, case(**parts, policies=near)) == []
