"""References between the records of a mission folder, and ids that stand twice."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from planner.domain.decision import Decision
from planner.domain.finding import Finding
from planner.domain.mission import Mission
from planner.domain.observer import Observer, Role
from planner.domain.place import Adjacency, Commission, District, Region, Station, Town
from planner.intake.mission_file import unknown_zone, zone_exists
from planner.intake.notes import problem, remark
from planner.intake.records import Records

_Record = TypeVar("_Record", Region, District, Station, Town, Commission, Observer)
_Placed = TypeVar("_Placed", Station, Town, Commission)


def repeated_ids(records: Records[_Record]) -> list[Finding]:
    """Return a hard finding for every id that an earlier row already has."""
    first: dict[str, int] = {}
    found = []
    for record, row in zip(records.values, records.rows, strict=True):
        if record.id in first:
            found.append(
                problem(
                    "IN-ID",
                    record.id,
                    f"the id already stands in row {first[record.id]}",
                    value=record.id,
                    remedy="give every record its own id, or remove one of the rows",
                    file=records.file,
                    row=row,
                    column="id",
                )
            )
        first.setdefault(record.id, row)
    return found


def _dangling(
    subject: str, value: str, known: Collection[str], column: str, file: str, row: int | None
) -> list[Finding]:
    if value in known:
        return []
    return [
        problem(
            "IN-REFERENCE",
            subject,
            f"its {column} does not exist",
            value=value,
            limit=_examples(known),
            remedy=f"correct the {column}, or add a record with this id",
            file=file,
            row=row,
            column=column,
        )
    ]


def _examples(known: Collection[str]) -> str:
    names = sorted(known)
    return f"known: {', '.join(names[:5])}{' …' if len(names) > 5 else ''}"


def check_zones(regions: Records[Region]) -> list[Finding]:
    """Return a hard finding for every region whose time zone is unknown."""
    return [
        unknown_zone(region.time_zone, region.id, regions.file, row)
        for region, row in zip(regions.values, regions.rows, strict=True)
        if not zone_exists(region.time_zone)
    ]


def check_regions(districts: Records[District], regions: Collection[str]) -> list[Finding]:
    """Return a hard finding for every district whose region does not exist."""
    found: list[Finding] = []
    for district, row in zip(districts.values, districts.rows, strict=True):
        found += _dangling(district.id, district.region, regions, "region", districts.file, row)
    return found


def check_districts(records: Records[_Placed], districts: Collection[str]) -> list[Finding]:
    """Return a hard finding for every station, town or commission in an unknown district."""
    found: list[Finding] = []
    for record, row in zip(records.values, records.rows, strict=True):
        found += _dangling(record.id, record.district, districts, "district", records.file, row)
    return found


def check_commissions(stations: Records[Station], commissions: Collection[str]) -> list[Finding]:
    """Return a hard finding for every station whose commission does not exist."""
    found: list[Finding] = []
    for station, row in zip(stations.values, stations.rows, strict=True):
        if station.commission is not None:
            found += _dangling(
                station.id, station.commission, commissions, "commission", stations.file, row
            )
    return found


def check_neighbours(adjacency: Records[Adjacency], districts: Collection[str]) -> list[Finding]:
    """Return a hard finding for every explicit neighbour that does not exist."""
    found: list[Finding] = []
    for pair, row in zip(adjacency.values, adjacency.rows, strict=True):
        for column, district in (("a", pair.a), ("b", pair.b)):
            found += [
                finding.model_copy(update={"column": column})
                for finding in _dangling(
                    f"{pair.a} - {pair.b}", district, districts, "district", adjacency.file, row
                )
            ]
    return found


def check_mission(mission: Mission, towns: Collection[str]) -> list[Finding]:
    """Return a hard finding if the capital that ``mission.toml`` names is no town."""
    if mission.capital is None:
        return []
    return _dangling(mission.id, mission.capital, towns, "capital", "mission.toml", None)


def check_decisions(
    decisions: Sequence[Decision],
    *,
    observers: Collection[str],
    districts: Collection[str],
    towns: Collection[str],
    stations: Collection[str],
    file: str,
) -> list[Finding]:
    """Return a hard finding for every record that a decision names and that does not exist.

    Areas and teams are made by the optimizer and are checked there.
    """
    found: list[Finding] = []
    for number, decision in enumerate(decisions, start=1):
        subject = f"decision {number}"
        named: list[tuple[str, str | None, Collection[str]]] = [
            *(("observer", observer, observers) for observer in decision.observers),
            ("district", decision.district, districts),
            ("town", decision.town, towns),
            ("station", decision.station, stations),
        ]
        for column, value, known in named:
            if value is not None:
                found += _dangling(subject, value, known, column, file, None)
    return found


def check_roster(mission: Mission, observers: Sequence[Observer], file: str) -> list[Finding]:
    """Compare the roster with the staffing; differences are told, because slots stay open."""
    found = []
    wanted = {Role.LTO: mission.staffing.lto_teams, Role.STO: mission.staffing.sto_pairs}
    for role, teams in wanted.items():
        deployable = sum(person.role is role and not person.reserve for person in observers)
        if observers and teams and deployable != 2 * teams:
            found.append(
                remark(
                    "IN-ROSTER",
                    role.value,
                    f"the roster holds {deployable} deployable {role.value}s, "
                    f"the staffing asks for {2 * teams} in {teams} teams",
                    value=str(deployable),
                    limit=str(2 * teams),
                    remedy="teams without people stay unnamed slots; people beyond are left over",
                    file=file,
                )
            )
    return found
