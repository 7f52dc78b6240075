"""A new mission folder: the least that a ``mission.toml`` must say."""

from datetime import date
from pathlib import Path

from planner.domain.ids import MissionId
from planner.domain.mission import Mission, MissionFormat, Staffing
from planner.errors import PlannerError
from planner.intake.country import zones_by_offset
from planner.intake.mission_file import zone_exists
from planner.intake.states import find_state, state_names
from planner.intake.write import write_mission_toml


def default_zone(country: str, e_day: date) -> str:
    """Return the time zone of a country, where all its clocks agree on election day.

    Raises
    ------
    PlannerError
        ``IN-ZONE`` if the country has several times on that day: a wrong one would cost an
        opening, so somebody must choose.
    """
    by_offset = zones_by_offset(country, e_day)
    if len(by_offset) == 1:
        return next(iter(by_offset.values()))[0]
    known = "; ".join(
        f"UTC{offset.total_seconds() / 3600:+g}h: {', '.join(names[:3])}"
        for offset, names in sorted(by_offset.items())
    )
    raise PlannerError(
        "IN-ZONE",
        f"{state_names().get(country, country)} has {len(by_offset) or 'no known'} times on "
        f"{e_day.isoformat()}" + (f" ({known})" if known else ""),
        "say --time-zone with that of the capital; regions.csv can give a region its own",
    )


def new_mission(
    folder: Path,
    country: str,
    e_day: date,
    *,
    name: str = "",
    time_zone: str | None = None,
    mission_format: MissionFormat = MissionFormat.EOM,
    lto_teams: int = 0,
    sto_pairs: int = 0,
) -> Path:
    """Create a mission folder with a valid ``mission.toml``.

    Parameters
    ----------
    folder
        Created if it does not exist.
    country
        Host country, by ISO 3166-1 alpha-2 code or name.
    e_day
        Election day.
    name
        Name of the mission; country and year by default.
    time_zone
        IANA name; by default that of the country, if it has only one time on election day.
    mission_format
        EOM, LEOM or EAM.
    lto_teams, sto_pairs
        Numbers of teams, as far as they are known.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    PlannerError
        If the country or the time zone is unknown or must be chosen, or the folder already has
        a ``mission.toml``.
    """
    code = find_state(country)
    if code is None:
        raise PlannerError(
            "IN-COUNTRY",
            f"there is no country {country!r}",
            "use its ISO 3166-1 alpha-2 code, e.g. GE",
        )
    path = folder / "mission.toml"
    if path.exists():
        raise PlannerError(
            "IN-EXISTS", f"{path} already exists", "edit it, or choose another folder"
        )
    zone = time_zone or default_zone(code, e_day)
    if not zone_exists(zone):
        raise PlannerError(
            "IN-ZONE", f"there is no time zone {zone!r}", "use an IANA name such as Asia/Almaty"
        )
    mission = Mission(
        id=MissionId(f"{code.lower()}-{e_day.year}"),
        name=name or f"{state_names()[code]} {e_day.year}",
        country=code,
        e_day=e_day,
        time_zone=zone,
        format=mission_format,
        staffing=Staffing(lto_teams=lto_teams, sto_pairs=sto_pairs),
    )
    folder.mkdir(parents=True, exist_ok=True)
    write_mission_toml(mission, path)
    return path
