"""Sheet "State quotas": how many short-term observers each participating State sends."""

from collections import Counter

from planner.domain.observer import Role
from planner.export.sheets.table import Cell, Column, Kind, Sheet, Table, Tone, Toned
from planner.export.view import PlanView

COLUMNS = (
    Column("State", 10, Kind.CODE),
    Column("LTO (number)", 10, Kind.COUNT),
    Column("STO nominated (number)", 12, Kind.COUNT),
    Column("STO in teams (number)", 12, Kind.COUNT),
    Column("STO in reserve (number)", 12, Kind.COUNT),
    Column("Share of requested STOs (%)", 14, Kind.SHARE),
    Column("Limit (%)", 9, Kind.SHARE),
    Column("Limit (number)", 9, Kind.COUNT),
    Column("Over the limit?", 11, Kind.CODE),
)


def quotas_sheet(view: PlanView) -> Sheet:
    """Return one row for each State, the largest first (rule S1)."""
    observers = view.mission.observers
    limit = view.mission.mission.policies.pairing.state_quota
    nominated = Counter(o.state for o in observers if o.role is Role.STO)
    ltos = Counter(o.state for o in observers if o.role is Role.LTO)
    reserve = Counter(o.state for o in observers if o.role is Role.STO and o.reserve)
    deployed = Counter(
        member.state for team in view.teams_of(Role.STO) for member in view.members(team) if member
    )
    requested = 2 * view.mission.mission.staffing.sto_pairs or nominated.total()
    rows: list[tuple[Cell, ...]] = []
    for state in sorted({*nominated, *ltos}, key=lambda each: (-nominated[each], each)):
        share = nominated[state] / requested if requested else None
        over = share is not None and share > limit
        rows.append(
            (
                state,
                ltos[state],
                nominated[state],
                deployed[state],
                reserve[state],
                Toned(share, Tone.AMBER if over else Tone.PLAIN),
                limit,
                int(limit * requested),
                Toned("over", Tone.AMBER) if over else "no",
            )
        )
    return Sheet(
        name="State quotas",
        title="State quotas",
        intro=(
            f"Each participating State is asked for at most {limit:.0%} of the requested "
            f"{requested:,} STOs. States by ISO 3166-1 code."
        ),
        table=Table(COLUMNS, tuple(rows), empty="There is no roster yet."),
    )
