"""Sheet "Teams": other members, another base town, another area."""

from collections import defaultdict
from dataclasses import dataclass

from planner.domain.decision import Decision, DecisionKind
from planner.domain.finding import Severity
from planner.domain.ids import AreaId, ObserverId, TeamId
from planner.domain.observer import Role
from planner.domain.place import Town
from planner.domain.plan import Team
from planner.export.sheets.teams import SLOT
from planner.export.view import languages
from planner.returned.areas import lto_beds, same_town
from planner.returned.context import Context, Objection
from planner.returned.draft import Draft
from planner.returned.grid import Row, remark
from planner.returned.match import Matched, Pair
from planner.returned.people import pair_objection, person_objection
from planner.returned.values import text_of
from planner.rules.text import some

SHEET = "Teams"
MEMBERS = ("Member 1", "Member 2")
TOWN = "Base town"
AREA = "Area"


@dataclass(frozen=True)
class _Seats:
    """The members of a team before and after, as ids where the roster knows them."""

    old: tuple[str, str]
    new: tuple[str, str]

    @property
    def newcomers(self) -> list[str]:
        return [name for name in self.new if name and name not in self.old]


def read_teams(context: Context, matched: Matched, draft: Draft) -> None:
    """Turn the changes of the sheet into edits."""
    rows = [(pair, _seats(context, pair)) for pair in matched.pairs]
    teams_of: defaultdict[str, list[TeamId]] = defaultdict(list)
    for pair, seats in rows:
        for name in dict.fromkeys(seats.new):
            teams_of[name].append(_team(pair))
    for left in matched.missing:
        for column in MEMBERS:
            teams_of[_seat(str(left[column]))].append(TeamId(str(left["Team"])))
    for pair, seats in rows:
        team = context.case.team_of[_team(pair)]
        area = _area(context, team, pair, draft)
        fault: Objection | None = None
        if seats.old != seats.new:
            draft.claim(SHEET, pair.got, MEMBERS)
            _follow(context, pair.got, seats, draft)
            if sorted(seats.old) == sorted(seats.new):
                _order(pair.got, team, draft)
            else:
                fault = _pair(context, team, pair.got, seats, teams_of, draft)
        if fault is None or area != team.area:
            _places(context, team, pair.got, seats, (area, fault), draft)
        if not pair.unchanged(TOWN):
            _town(context, team, pair, draft)


def _team(pair: Pair) -> TeamId:
    return TeamId(str(pair.sent["Team"]))


def _seat(text: str) -> str:
    return "" if text.casefold() == SLOT else text


def _seats(context: Context, pair: Pair) -> _Seats:
    old, new = [], []
    for column in MEMBERS:
        old.append(_seat(str(pair.sent[column])))
        if pair.unchanged(column):
            new.append(old[-1])
        else:
            typed = _seat(pair.got.text(column))
            new.append(context.observers.find(typed) or typed)
    return _Seats((old[0], old[1]), (new[0], new[1]))


def _order(row: Row, team: Team, draft: Draft) -> None:
    draft.ignore(
        remark(
            SHEET,
            "RW-ORDER",
            "The two members only changed places; their order means nothing.",
            subject=team.id,
            at=(row.number, ""),
            remedy="Nothing.",
            severity=Severity.INFO,
        )
    )


def _pair(
    context: Context,
    team: Team,
    row: Row,
    seats: _Seats,
    teams_of: dict[str, list[TeamId]],
    draft: Draft,
) -> Objection | None:
    """Add the edit for other members; return why they cannot be a pair."""
    changed = [
        column for column, old, new in zip(MEMBERS, seats.old, seats.new, strict=True) if old != new
    ]
    left = [name for name in seats.old if name and name not in seats.new]
    came = seats.newcomers
    message = f"{team.id}: {_and(came) or 'nobody'} instead of {_and(left) or 'an unnamed slot'}"
    objection = _members_objection(context, team, seats, teams_of)
    decision = None
    if all(context.observers.find(name) for name in seats.new) and len(set(seats.new)) == 2:
        pair = (ObserverId(seats.new[0]), ObserverId(seats.new[1]))
        decision = Decision(kind=DecisionKind.PAIR, observers=pair)
        message += f" -> pair {pair[0]} with {pair[1]}"
    draft.edit(
        row,
        SHEET,
        team.id,
        _and(changed),
        change=(_and(left) or SLOT, _and(came)),
        message=message,
        pin=(decision, objection),
    )
    return objection


def _members_objection(
    context: Context, team: Team, seats: _Seats, teams_of: dict[str, list[TeamId]]
) -> Objection | None:
    if not all(seats.new):
        return Objection(
            "Rule P1: a team has two members, and a cell is empty.",
            "Enter an observer, or leave this line: nobody can be taken out without a successor. "
            "An observer who withdraws is marked in the roster.",
        )
    for name in seats.new:
        if context.observers.find(name) is None:
            return Objection(
                f"There is no observer {name} on the roster.",
                "Correct the id, or add the observer to the roster first.",
            )
    pair = (ObserverId(seats.new[0]), ObserverId(seats.new[1]))
    objection = pair_objection(context, team, pair)
    if objection is not None:
        return objection
    for name in pair:
        others = [other for other in dict.fromkeys(teams_of[name]) if other != team.id]
        if others:
            return Objection(
                f"Rule P4: {name} stands in {some(others)} too.",
                f"Enter somebody else in {others[0]}, or empty the cell there: planning again "
                "fills it.",
            )
    return None


def _places(
    context: Context,
    team: Team,
    row: Row,
    seats: _Seats,
    wanted: tuple[AreaId, Objection | None],
    draft: Draft,
) -> None:
    """Pin people to the area where they shall work, if that is not where they are."""
    area, fault = wanted
    stay = [name for name in seats.new if name in seats.old]
    for name in seats.new:
        observer = context.mission.observer_of.get(ObserverId(name))
        if observer is None:
            continue
        now = [each.area for each in context.case.teams_of_observer.get(observer.id, ())]
        if area in now or (not now and stay and area == team.area):
            continue
        objection = fault or person_objection(context, observer, team.kind, area)
        if objection is None and not context.staffed(area, team.kind):
            objection = Objection(
                f"No {team.kind} team works in {area}.",
                "Choose an area with such teams, or let the allocation give it one.",
            )
        draft.edit(
            row,
            SHEET,
            team.id,
            AREA,
            change=(some(now) or "no team", area),
            message=f"{team.id}: {name} works in {area} instead of {some(now) or 'no team'} "
            f"-> place {name} in {area}",
            pin=(
                Decision(kind=DecisionKind.OBSERVER_AREA, observers=(observer.id,), area=area),
                objection,
            ),
            about=f"of {name}",
        )


def _area(context: Context, team: Team, pair: Pair, draft: Draft) -> AreaId:
    """Return the area that the row asks for: the team's own unless another one was entered."""
    row = pair.got
    if pair.unchanged(AREA):
        return team.area
    draft.claim(SHEET, row, (AREA,))
    area = context.areas.find(row.text(AREA))
    if area is not None and team.members:
        return area
    reason = "A slot without members cannot be moved." if area else "The plan has no such area."
    draft.edit(
        row,
        SHEET,
        team.id,
        AREA,
        change=(team.area, row.text(AREA)),
        message=f"{team.id}: area {row.text(AREA) or '(empty)'} instead of {team.area}",
        pin=(
            None,
            Objection(reason, f"Enter one of {some(context.areas)} for a team that has members."),
        ),
    )
    return team.area


def _town(context: Context, team: Team, pair: Pair, draft: Draft) -> None:
    row, text = pair.got, pair.got.text(TOWN)
    draft.claim(SHEET, row, (TOWN,))
    found = context.town(text, team.area)
    if isinstance(found, Town) and found.id == team.base_town:
        draft.ignore(same_town(SHEET, row, team.id, found))
        return
    is_lto = team.kind is Role.LTO
    decision, objection = None, found if isinstance(found, Objection) else None
    message = f"{team.id}: base town {text or '(empty)'} instead of {text_of(pair.sent[TOWN])}"
    if isinstance(found, Town):
        decision = (
            Decision(kind=DecisionKind.BASE_TOWN, area=team.area, town=found.id)
            if is_lto
            else Decision(kind=DecisionKind.TEAM_TOWN, team=team.id, town=found.id)
        )
        objection = lto_beds(context, found) if is_lto else None
        message += f" -> {team.area if is_lto else team.id} is based in {found.name} ({found.id})"
    draft.edit(
        row,
        SHEET,
        team.id,
        TOWN,
        change=(text_of(pair.sent[TOWN]), text),
        message=message,
        pin=(decision, objection),
    )


def _follow(context: Context, row: Row, seats: _Seats, draft: Draft) -> None:
    """Account for cells beside a new member that say what is true of that member."""
    for number, name in enumerate(seats.new, start=1):
        observer = context.mission.observer_of.get(ObserverId(name))
        if observer is None:
            continue
        truth = {
            f"State {number}": observer.state,
            f"Languages {number}": languages(observer),
            f"Experience {number}": observer.experience.value,
        }
        draft.claim(SHEET, row, [c for c, said in truth.items() if row.text(c) == text_of(said)])


def _and(names: list[str]) -> str:
    return " and ".join(names)
