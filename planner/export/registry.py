"""All exports by name, as the command line offers them."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from planner.domain.ids import DistrictId
from planner.domain.mission_input import MissionInput
from planner.domain.plan import Plan
from planner.errors import PlannerError
from planner.export.document import write_plan
from planner.referee import Verdict

Polygons = Mapping[DistrictId, object]
"""District polygons (shapely geometries, WGS 84) by id; typed loosely to keep shapely out."""
Exporter = Callable[[MissionInput, Plan, Verdict, Path, Polygons], None]


def _xlsx(
    mission: MissionInput, plan: Plan, verdict: Verdict, path: Path, _polygons: Polygons
) -> None:
    from planner.export.workbook import write_workbook  # noqa: PLC0415 - heavy import

    write_workbook(mission, plan, verdict, path)


def _json(
    _mission: MissionInput, plan: Plan, _verdict: Verdict, path: Path, _polygons: Polygons
) -> None:
    write_plan(plan, path)


def _gis(kind: Literal["gpkg", "kml", "gpx"]) -> Exporter:
    def export(
        mission: MissionInput, plan: Plan, _verdict: Verdict, path: Path, polygons: Polygons
    ) -> None:
        from planner.export.gis import write_gis  # noqa: PLC0415 - heavy import

        write_gis(mission, plan, path, kind, polygons=polygons)

    return export


EXPORTERS: Mapping[str, Exporter] = {
    "xlsx": _xlsx,
    "gpkg": _gis("gpkg"),
    "kml": _gis("kml"),
    "gpx": _gis("gpx"),
    "json": _json,
}
"""Export functions by kind; the kind is also the file's suffix."""


def export_plan(
    mission: MissionInput,
    plan: Plan,
    verdict: Verdict,
    out: Path,
    kinds: Sequence[str],
    polygons: Polygons | None = None,
) -> list[Path]:
    """Write ``<mission id>.<kind>`` into the folder ``out`` for each of ``kinds``.

    A plan that the referee refused is exported too, and its workbook says so on top.

    Parameters
    ----------
    mission, plan, verdict
        What is shown.
    out
        Folder, made where it is missing. Files of an earlier export are replaced one by one,
        each as a whole.
    kinds
        Some of ``EXPORTERS``; one that is named twice is written once.
    polygons
        District polygons for the maps.

    Returns
    -------
    list of Path
        The files, in the order of ``kinds``.

    Raises
    ------
    PlannerError
        ``EX-KIND`` for an unknown kind, ``EX-MISSION`` if plan, verdict and mission do not belong
        together (both before anything is written), ``EX-WRITE`` if a file cannot be written.
    """
    unknown = [kind for kind in dict.fromkeys(kinds) if kind not in EXPORTERS]
    if unknown or not kinds:
        named = ", ".join(repr(kind) for kind in unknown) or "nothing"
        raise PlannerError(
            "EX-KIND",
            f"Cannot export as {named}; allowed are {', '.join(EXPORTERS)}.",
            "Name one or more of them, separated by commas, e.g. --as xlsx,gpkg.",
        )
    for what, name in (("plan", plan.mission), ("verdict", verdict.mission)):
        if name != mission.mission.id:
            raise PlannerError(
                "EX-MISSION",
                f"The {what} belongs to mission {name}, the folder to {mission.mission.id}.",
                "Name the mission folder that the plan was made from.",
            )
    stem = re.sub(r"[^\w.-]+", "-", mission.mission.id).strip("-.") or "plan"
    written: list[Path] = []
    for kind in dict.fromkeys(kinds):
        path = out / f"{stem}.{kind}"
        EXPORTERS[kind](mission, plan, verdict, path, polygons or {})
        written.append(path)
    return written
