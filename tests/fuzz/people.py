"""Rosters and decisions of made-up missions."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from planner.domain.decision import Decision, DecisionKind
from planner.domain.ids import (
    AreaId,
    DistrictId,
    Language,
    ObserverId,
    State,
    StationId,
    TeamId,
    TownId,
)
from planner.domain.observer import (
    Experience,
    Gender,
    LanguageLevel,
    LanguageSkill,
    Observer,
    Restriction,
    Role,
)

STATES = ("DE", "FR", "NO", "PL", "KZ")
"""The last one is the host country."""
AREAS = tuple(AreaId(f"A{number:02d}") for number in range(1, 5))
TEAMS = (*(TeamId(f"STO-{number:03d}") for number in range(1, 5)), TeamId("LTO-01"))
_ENGLISH = (LanguageLevel.C1, LanguageLevel.C1, LanguageLevel.B2, LanguageLevel.B1, None)


@st.composite
def rosters(draw: st.DrawFn, e_day: date, most: int) -> tuple[Observer, ...]:
    """Draw up to ``most`` observers of each role; some cannot be deployed, for every reason."""
    people = [
        _observer(draw, role, number, e_day)
        for role in Role
        for number in range(draw(st.integers(0, most)))
    ]
    return tuple(sorted(people, key=lambda person: person.id))


def _observer(draw: st.DrawFn, role: Role, number: int, e_day: date) -> Observer:
    english = draw(st.sampled_from(_ENGLISH))
    local = draw(st.sampled_from([None, "ru", "kk"]))
    skills = [
        LanguageSkill(language=Language(code), level=level)
        for code, level in (("en", english), (local, LanguageLevel.B2))
        if code is not None and level is not None
    ]
    leaves = draw(st.sampled_from([None] * 5 + [1, 60]))
    return Observer(
        id=ObserverId(f"{role.value}-{number:02d}"),
        role=role,
        state=State(draw(st.sampled_from((*STATES[:4] * 3, STATES[4])))),
        languages=tuple(skills),
        experience=draw(st.sampled_from(Experience)),
        gender=draw(st.sampled_from([None, *Gender])),
        available_to=None if leaves is None else e_day + timedelta(days=leaves),
        accredited=draw(st.sampled_from([True] * 7 + [False])),
        reserve=draw(st.sampled_from([False] * 7 + [True])),
        restrictions=draw(st.sampled_from([(), (), (Restriction.NO_REMOTE_AREAS,)])),
    )


def decisions_on(
    *,
    observers: Sequence[Observer],
    districts: Sequence[DistrictId],
    towns: Sequence[TownId],
    stations: Sequence[StationId],
    most: int,
) -> st.SearchStrategy[tuple[Decision, ...]]:
    """Draw up to ``most`` decisions of every kind that the records allow.

    Their records exist, which intake promises; areas and teams may not, because the optimizer
    makes them. Decisions may contradict one another and name one thing twice.
    """
    kinds = [
        st.builds(
            Decision,
            kind=st.just(DecisionKind.NEVER_STATE_AREA),
            state=st.sampled_from([State(name) for name in STATES]),
            area=st.sampled_from(AREAS),
        ),
        st.builds(
            Decision,
            kind=st.just(DecisionKind.DISTRICT_AREA),
            district=st.sampled_from(districts),
            area=st.sampled_from(AREAS),
        ),
        st.builds(
            Decision,
            kind=st.just(DecisionKind.NEVER_STATION),
            station=st.sampled_from(stations),
        ),
        st.builds(
            Decision,
            kind=st.just(DecisionKind.VISIT_STATION),
            station=st.sampled_from(stations),
            team=st.sampled_from([None, *TEAMS]),
        ),
    ]
    if towns:
        kinds += [
            st.builds(
                Decision,
                kind=st.just(DecisionKind.BASE_TOWN),
                area=st.sampled_from(AREAS),
                town=st.sampled_from(towns),
            ),
            st.builds(
                Decision,
                kind=st.just(DecisionKind.TEAM_TOWN),
                team=st.sampled_from(TEAMS),
                town=st.sampled_from(towns),
            ),
        ]
    names = [person.id for person in observers]
    if names:
        kinds.append(
            st.builds(
                Decision,
                kind=st.just(DecisionKind.OBSERVER_AREA),
                observers=st.tuples(st.sampled_from(names)),
                area=st.sampled_from(AREAS),
            )
        )
    if len(names) > 1:
        two = st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True).map(tuple)
        kinds += [
            st.builds(Decision, kind=st.just(kind), observers=two)
            for kind in (DecisionKind.PAIR, DecisionKind.NEVER_PAIR)
        ]
    return st.lists(st.one_of(kinds), max_size=most).map(tuple)
