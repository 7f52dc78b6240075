"""Sheet "Teams": LTO and STO pairs by pseudonymous id, or the slots that wait for them."""

import itertools

from planner.domain.observer import Observer, Role
from planner.domain.plan import Team
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Table, Tone, Toned
from planner.export.view import PlanView, languages

_MEMBER = (
    Column("Member {}", 13, Kind.CODE),
    Column("State {}", 7, Kind.CODE),
    Column("Languages {}", 24, Kind.LONG_TEXT),
    Column("Experience {}", 10, Kind.CODE),
)
COLUMNS = (
    Column("Team", 10, Kind.CODE),
    Column("Kind", 6, Kind.CODE),
    Column("Area", 7, Kind.CODE),
    Column("Base town", 20),
    Column("Mode", 8, Kind.CODE),
    *(
        Column(column.title.format(number), column.width, column.kind)
        for number in (1, 2)
        for column in _MEMBER
    ),
    Column("Vehicle", 8, Kind.CODE),
    Column("Interpreter", 11, Kind.CODE),
)
SLOT = "unnamed slot"


def teams_sheet(view: PlanView) -> Sheet:
    """Return one row for each team, LTO teams first, shaded by area."""
    teams = (*view.teams_of(Role.LTO), *view.teams_of(Role.STO))
    changes = [
        (team.kind, team.area) != (before.kind, before.area)
        for before, team in itertools.pairwise(teams)
    ]
    groups = [0] if teams else []
    for change in changes:
        groups.append(groups[-1] + change)
    unnamed = sum(not team.members for team in teams)
    return Sheet(
        name="Teams",
        title="Teams",
        intro=(
            "Observers stand under pseudonymous ids; the mission keeps the key. Experience: new = "
            "no earlier mission, some = 1 to 3, senior = 4 or more. "
            + (
                f"{unnamed} of {len(teams)} teams are unnamed slots: pairing fills them from the "
                "roster."
                if unnamed
                else "Every team has its members."
            )
        ),
        table=Table(
            COLUMNS,
            tuple(_row(view, team) for team in teams),
            groups=tuple(groups),
            empty="No teams in this plan.",
        ),
    )


def _row(view: PlanView, team: Team) -> tuple[Cell, ...]:
    members = view.members(team)
    cells: list[Cell] = []
    for position in range(2):
        if position < len(members):
            cells += _member(str(team.members[position]), members[position])
        else:
            cells += [Toned(SLOT, Tone.MUTED), None, None, None]
    return (
        team.id,
        team.kind.value,
        team.area,
        view.town_name(team.base_town),
        team.mode.value if team.kind is Role.STO else None,
        *cells,
        "yes" if team.vehicle else Toned("no", Tone.RED),
        "yes" if team.interpreter else Toned("no", Tone.RED),
    )


def _member(name: str, observer: Observer | None) -> list[Cell]:
    if observer is None:
        return [name, Toned("unknown", Tone.RED), None, None]
    return [name, observer.state, languages(observer), observer.experience.value]
