"""``mission-planner new``, ``template``, ``import``: from somebody's lists to a mission folder."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape

from planner.cli.exit_code import ExitCode
from planner.cli.show import ERR, show_findings
from planner.domain.mission import MissionFormat
from planner.domain.observer import Role

KINDS = "stations, observers, boundaries, towns or commissions"


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to create.")],
    country: Annotated[str, typer.Option(help="Host country: ISO code (GE) or English name.")],
    e_day: Annotated[
        datetime, typer.Option("--e-day", formats=["%Y-%m-%d"], help="Election day, YYYY-MM-DD.")
    ],
    name: Annotated[str, typer.Option(help="Name of the mission.")] = "",
    time_zone: Annotated[
        str | None, typer.Option(help="IANA name, where the country has several.")
    ] = None,
    mission_format: Annotated[
        MissionFormat, typer.Option("--format", help="EOM, LEOM (no STOs) or EAM.")
    ] = MissionFormat.EOM,
    lto_teams: Annotated[int, typer.Option(min=0, help="LTO teams of two.")] = 0,
    sto_pairs: Annotated[int, typer.Option(min=0, help="STO pairs.")] = 0,
) -> None:
    """Create a mission folder; lists come in with `import`."""
    from planner.intake.new import new_mission  # noqa: PLC0415 - heavy import

    written = new_mission(
        folder,
        country,
        e_day.date(),
        name=name,
        time_zone=time_zone,
        mission_format=mission_format,
        lto_teams=lto_teams,
        sto_pairs=sto_pairs,
    )
    ERR.print(f"wrote {written}; next: mission-planner import stations FILE --mission {folder}")


def template(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=KINDS)],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .csv or .xlsx file to write.")],
) -> None:
    """Write an empty list to fill in, with each column explained."""
    from planner.intake.templates import write_template  # noqa: PLC0415 - heavy import

    write_template(kind, file)
    ERR.print(f"wrote {file}")


def gazetteer(
    mission: Annotated[Path, typer.Argument(metavar="DIR", help="Mission folder.")],
) -> None:
    """Take candidate base towns from GeoNames (extra `gazetteer`), where nobody has a list."""
    from planner.intake.gazetteer_towns import towns_from_gazetteer  # noqa: PLC0415 - heavy import

    path, number = towns_from_gazetteer(mission)
    ERR.print(f"wrote {path}: {number} towns of GeoNames (CC BY 4.0), beds unknown")


def import_(  # noqa: PLR0913, PLR0917 - the options of a command are its arguments
    kind: Annotated[str, typer.Argument(metavar="KIND", help=KINDS)],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV, XLSX, ODS; GeoPackage, GeoJSON, Shapefile.")
    ],
    mission: Annotated[Path, typer.Option(metavar="DIR", help="Mission folder.")],
    column: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Where the guess is wrong; remembered."),
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of a text file.")] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook.")] = None,
    role: Annotated[
        Role | None, typer.Option(help="Role of everybody on a roster without such a column.")
    ] = None,
    layer: Annotated[str | None, typer.Option(help="Layer of a boundary file.")] = None,
    crs: Annotated[
        str | None, typer.Option(help="Coordinate system, if the file is silent.")
    ] = None,
    level: Annotated[
        str, typer.Option(help="What boundaries outline: district, or region.")
    ] = "district",
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the account as JSON to standard output.")
    ] = False,
) -> None:
    """Bring a list into a mission folder. Exit codes: 0 all rows taken, 1 some set aside."""
    from planner.intake.importing import import_file  # noqa: PLC0415 - heavy import

    report = import_file(
        kind,  # type: ignore[arg-type]  # import_file refuses other kinds with their names
        file,
        mission,
        _mapping(column or []),
        encoding=encoding,
        sheet=sheet,
        role=role,
        layer=layer,
        crs=crs,
        level=_level(level),
    )
    show_findings(report.findings)
    columns = ", ".join(f"{field}={name}" for field, name in sorted(report.mapping.items()))
    if columns:
        ERR.print(f"columns: {escape(columns)}")
    if report.unused:
        ERR.print(f"not used: {escape(', '.join(report.unused))}")
    ERR.print(
        f"{report.rows_in:,} rows in = {report.accepted:,} accepted + {report.set_aside:,} set "
        f"aside; {report.records_out:,} {kind} written"
    )
    for path in report.written:
        ERR.print(f"wrote {path}")
    if as_json:
        typer.echo(_json(report))
    raise typer.Exit(ExitCode.FINDINGS if report.set_aside else ExitCode.FINE)


def _level(name: str) -> Literal["district", "region"]:
    if name == "district":
        return "district"
    if name == "region":
        return "region"
    raise typer.BadParameter(f"got {name}, expected district or region", param_hint="--level")


def _mapping(pairs: list[str]) -> dict[str, str]:
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise typer.BadParameter(
            f"got {', '.join(wrong)}, expected FIELD=COLUMN", param_hint="--map"
        )
    return {field.strip(): name.strip() for field, name in (pair.split("=", 1) for pair in pairs)}


def _json(report: object) -> str:
    from pydantic import RootModel  # noqa: PLC0415 - only here

    from planner.intake.report import ImportReport  # noqa: PLC0415 - heavy import

    return RootModel[ImportReport].model_validate(report).model_dump_json(indent=1)
