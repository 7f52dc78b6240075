# ruff: noqa: RUF001 - lists in many scripts are the matter here
"""Invented lists in the style of many countries: no mapping by hand, no country in the code."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.intake.folder import load_mission
from planner.intake.importing import import_file
from tests.intake import lists

Row = list[str]


@dataclass(frozen=True)
class Style:
    """One country's way: title rows, header, a row from (k, lat, lon), and what must be seen."""

    country: str
    box: tuple[float, float, float, float]
    header: Row
    row: Callable[[int, float, float], Row]
    mapping: dict[str, str]
    delimiter: str = ","
    encoding: str = "utf-8"
    titles: list[Row] = field(default_factory=list)
    swapped: bool = False
    time_zone: str | None = None


def comma(value: float) -> str:
    return f"{value:.5f}".replace(".", ",")


STYLES = {
    "kyrgyz list in russian, cp1251, decimal commas": Style(
        country="KG",
        box=(41.0, 73.0, 42.5, 76.0),
        titles=[["Центральная избирательная комиссия"], ["Список участков"], []],
        header=[
            "№ УИК",
            "Адрес",
            "Район",
            "Область",
            "Населённый пункт",
            "Широта",
            "Долгота",
            "Избирателей",
        ],
        row=lambda k, lat, lon: [
            f"{7000 + k}",
            f"ул. Ленина, {k}, школа",
            f"Район {'АБВГ'[k % 4]}",
            f"Область {'ЭЮ'[k % 2]}",
            f"с. Село{k % 7}",
            comma(lat),
            comma(lon),
            f"1 {k:03d}",
        ],
        mapping={
            "id": "№ УИК",
            "name": "Адрес",
            "district": "Район",
            "region": "Область",
            "locality": "Населённый пункт",
            "lat": "Широта",
            "lon": "Долгота",
            "voters": "Избирателей",
        },
        delimiter=";",
        encoding="cp1251",
    ),
    "armenian, utf-16 with tabs": Style(
        country="AM",
        box=(39.5, 44.2, 40.8, 45.8),
        header=[
            "Տեղամասի համարը",
            "Հասցե",
            "Մարզ",
            "Համայնք",
            "Լայնություն",
            "Երկայնություն",
            "Ընտրողների թիվը",
        ],
        row=lambda k, lat, lon: [
            f"{k // 10 + 1}/{k % 10:02d}",
            f"Փողոց {k}",
            f"Մարզ {k % 2}",
            f"Համայնք {k % 5}",
            f"{lat:.5f}",
            f"{lon:.5f}",
            str(900 + k),
        ],
        mapping={
            "id": "Տեղամասի համարը",
            "name": "Հասցե",
            "district": "Համայնք",
            "region": "Մարզ",
            "lat": "Լայնություն",
            "lon": "Երկայնություն",
            "voters": "Ընտրողների թիվը",
        },
        delimiter="\t",
        encoding="utf-16",
    ),
    "french, code bureau de vote": Style(
        country="FR",
        box=(44.0, 0.0, 48.5, 6.0),
        header=[
            "Code département",
            "Libellé commune",
            "Code bureau de vote",
            "Libellé",
            "Latitude",
            "Longitude",
            "Inscrits",
        ],
        row=lambda k, lat, lon: [
            f"{k % 4 + 1:02d}",
            f"Saint-Étienne-{k % 9}",
            f"{k:04d}",
            f"École n° {k}",
            comma(lat),
            comma(lon),
            str(700 + k),
        ],
        mapping={
            "id": "Code bureau de vote",
            "district": "Code département",
            "lat": "Latitude",
            "lon": "Longitude",
            "voters": "Inscrits",
        },
        delimiter=";",
        encoding="cp1252",
    ),
    "spanish, coordinates exchanged in the whole list": Style(
        country="BO",
        box=(-19.0, -66.0, -15.0, -62.0),
        header=[
            "Código Mesa",
            "Recinto",
            "Municipio",
            "Departamento",
            "Latitud",
            "Longitud",
            "Habilitados",
        ],
        row=lambda k, lat, lon: [
            str(50_000 + k),
            f"U.E. Nº {k}",
            f"Municipio {'ABC'[k % 3]}",
            "Santa Cruz",
            f"{lon:.5f}",
            f"{lat:.5f}",
            str(200 + k),
        ],
        mapping={
            "id": "Código Mesa",
            "name": "Recinto",
            "district": "Municipio",
            "region": "Departamento",
            "lat": "Latitud",
            "lon": "Longitud",
            "voters": "Habilitados",
        },
        swapped=True,
    ),
    "nemo or elmo places, one column of coordinates": Style(
        country="NP",
        box=(26.8, 82.0, 29.0, 86.0),
        header=["Level 1", "Level 2", "Level 3", "Name", "Code", "Coordinates"],
        row=lambda k, lat, lon: [
            f"Province {k % 2}",
            f"District {'PQRS'[k % 4]}",
            f"Ward {k % 9}",
            f"School {k}",
            f"NP{k:05d}",
            f"{lat:.5f}, {lon:.5f}",
        ],
        mapping={
            "id": "Code",
            "name": "Name",
            "district": "Level 2",
            "region": "Level 1",
            "locality": "Level 3",
            "coordinates": "Coordinates",
        },
    ),
    "apollo locations, latitude and longitude exchanged": Style(
        country="ZM",
        box=(-16.0, 25.0, -12.0, 30.0),
        header=[
            *("COUNTRY_N_EN", "COUNTRY_ID", "PROVINCE_N_EN", "PROVINCE_ID", "DISTRICT_N_EN"),
            *("DISTRICT_ID", "DISTRICT_RV", "PS_N_EN", "PS_ID", "PS_RV", "PS LAT", "PS LON"),
        ],
        row=lambda k, lat, lon: [
            *("Zambia", "1", f"Province {k % 2}", f"{k % 2 + 1}", f"District {k % 6}"),
            *(f"10{k % 6}", "5000", f"School {k}", f"9{k:04d}", str(300 + k)),
            *(f"{lon:.5f}", f"{lat:.5f}"),
        ],
        mapping={
            "id": "PS_ID",
            "name": "PS_N_EN",
            "district": "DISTRICT_ID",
            "district_name": "DISTRICT_N_EN",
            "region": "PROVINCE_ID",
            "region_name": "PROVINCE_N_EN",
            "lat": "PS LAT",
            "lon": "PS LON",
            "voters": "PS_RV",
        },
        encoding="utf-8-sig",
        swapped=True,
    ),
    "vote monitor, numbers start anew": Style(
        country="RO",
        box=(44.5, 22.5, 47.0, 27.0),
        header=[
            "Level1",
            "Level2",
            "Level3",
            "Level4",
            "Level5",
            "Number",
            "Address",
            "DisplayOrder",
            "Latitude",
            "Longitude",
            "tags",
        ],
        row=lambda k, lat, lon: [
            "Muntenia",
            f"Judeţ {'XYZ'[k % 3]}",
            "",
            "",
            "",
            str(k // 3 + 1),
            f"Şcoala {k}",
            str(k),
            f"{lat:.5f}",
            f"{lon:.5f}",
            "",
        ],
        mapping={
            "number": "Number",
            "name": "Address",
            "district": "Level2",
            "region": "Level1",
            "lat": "Latitude",
            "lon": "Longitude",
        },
    ),
    "serbian in cp1250, semicolons": Style(
        country="RS",
        box=(43.5, 19.8, 45.5, 21.8),
        header=[
            "Broj biračkog mesta",
            "Naziv",
            "Opština",
            "Okrug",
            "Geografska širina",
            "Geografska dužina",
            "Broj birača",
        ],
        row=lambda k, lat, lon: [
            str(k),
            f"Osnovna škola „Đura Jakšić“ {k}",
            f"Opština {'čćžš'[k % 4]}",
            "Okrug",
            comma(lat),
            comma(lon),
            f"1.{k:03d}",
        ],
        mapping={
            "id": "Broj biračkog mesta",
            "name": "Naziv",
            "district": "Opština",
            "region": "Okrug",
            "lat": "Geografska širina",
            "lon": "Geografska dužina",
            "voters": "Broj birača",
        },
        delimiter=";",
        encoding="cp1250",
    ),
    "nobody's headers: only content tells": Style(
        country="UZ",
        box=(39.5, 64.0, 41.0, 68.0),
        header=["kolon a", "district", "kolon c", "kolon d", "kolon e id"],
        row=lambda k, lat, lon: [
            f"Maktab {k}",
            f"D{k % 4}",
            f"{lat:.6f}",
            f"{lon:.6f}",
            f"U{k:04d}",
        ],
        mapping={"id": "kolon e id", "district": "district", "lat": "kolon c", "lon": "kolon d"},
    ),
}


@pytest.mark.parametrize("name", sorted(STYLES))
def test_a_list_of_another_country_is_understood(tmp_path: Path, name: str) -> None:
    style = STYLES[name]
    rng = random.Random(7)  # noqa: S311 - made-up points
    south, west, north, east = style.box
    rows = [style.row(k, rng.uniform(south, north), rng.uniform(west, east)) for k in range(60)]
    path = lists.write(
        tmp_path / "list.csv", [*style.titles, style.header, *rows], style.delimiter, style.encoding
    )
    lists.mission(tmp_path / "m", style.country, style.time_zone)
    report = import_file("stations", path, tmp_path / "m")
    assert (report.rows_in, report.accepted, report.records_out) == (60, 60, 60)
    assert {f: report.mapping.get(f) for f in style.mapping} == style.mapping
    assert ("IN-SWAPPED" in {f.code for f in report.findings}) == style.swapped
    mission = load_mission(tmp_path / "m").mission_input
    assert len(mission.stations) == 60
    assert all(south <= s.lat <= north and west <= s.lon <= east for s in mission.stations)
    assert {s.precision.value for s in mission.stations} == {"exact"}
    if "voters" in style.mapping:
        assert all(s.voters for s in mission.stations if s.id != "0")


def test_a_list_of_one_row_is_a_list(tmp_path: Path) -> None:
    rows = [
        ["id", "name", "district", "lat", "lon"],
        ["0001", "Town hall", "Valley", "42.5", "1.5"],
    ]
    lists.mission(tmp_path / "m", "AD")
    report = import_file("stations", lists.write(tmp_path / "a.csv", rows), tmp_path / "m")
    assert report.records_out == 1
    assert load_mission(tmp_path / "m").mission_input.stations[0].id == "0001"


def test_only_stations_abroad_are_no_frame(tmp_path: Path) -> None:
    rows = [["id", "name", "district", "abroad"], ["1", "Embassy", "X", "yes"]]
    lists.mission(tmp_path / "m")
    with pytest.raises(InputError, match="1 in, 1 set aside"):
        import_file("stations", lists.write(tmp_path / "a.csv", rows), tmp_path / "m")
