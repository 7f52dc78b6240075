"""A made-up roster for any mission: pseudonymous observers of the OSCE's participating States."""

import numpy as np

from planner.demo.states import OSCE_STATES, SecondingState
from planner.domain.ids import Language, ObserverId
from planner.domain.observer import (
    Experience,
    Gender,
    LanguageLevel,
    LanguageSkill,
    Observer,
    Restriction,
    Role,
)

_ENGLISH = Language("en")
_RUSSIAN = Language("ru")
_LEVELS = tuple(LanguageLevel)
_ENGLISH_LEVELS = (0.0, 0.0, 0.0, 0.27, 0.43, 0.30)
_LOCAL_LEVELS = (0.20, 0.22, 0.22, 0.18, 0.11, 0.07)
"""Shares of the levels A1 to C2 among those who learned the language; assumptions. States nominate
nobody without the working language, so English starts at B2."""
_OTHER_LOCAL = 0.03
"""Share of observers who learned a local language other than Russian."""
_EXPERIENCE = {Role.LTO: (0.05, 0.35, 0.60), Role.STO: (0.25, 0.42, 0.33)}
_RESTRICTED = 0.06


def make_roster(
    country: str,
    lto: int,
    sto: int,
    reserves: int,
    seed: int,
    local_languages: tuple[str, ...] = ("ru",),
) -> tuple[Observer, ...]:
    """Return a synthetic roster: no real person, nobody from the host country.

    The seconding States are those of the OSCE with plausible weights, so that the largest come
    close to the quota of 10 % of the STOs, or a little over it.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code of the host country; its nationals are left out.
    lto, sto
        Numbers of deployable observers.
    reserves
        Number of accredited STOs in reserve, in addition.
    seed
        Seed; the same arguments give the same roster.
    local_languages
        ISO 639-1 codes of languages that help in the field. Russian is spoken as often as the
        State suggests, others rarely, except where they are a State's own.

    Returns
    -------
    tuple of Observer
        Sorted by id: ``O-0001`` … LTOs first, then STOs, then reserves.

    Raises
    ------
    ValueError
        If a number is negative.
    """
    if min(lto, sto, reserves) < 0:
        msg = f"Expected numbers of observers >= 0, got lto={lto}, sto={sto}, reserves={reserves}."
        raise ValueError(msg)
    rng = np.random.default_rng([seed, lto, sto, reserves])
    states = [state for state in OSCE_STATES if state.state != country]
    roles = [(Role.LTO, False)] * lto + [(Role.STO, False)] * sto + [(Role.STO, True)] * reserves
    drawn = [*_states(states, lto, rng), *_states(states, sto, rng)]
    drawn += _states(states, reserves, rng)
    width = max(4, len(str(len(roles))))
    return tuple(
        _observer(f"O-{number:0{width}d}", role, reserve, state, local_languages, rng)
        for number, ((role, reserve), state) in enumerate(zip(roles, drawn, strict=True), start=1)
    )


def _states(
    states: list[SecondingState], count: int, rng: np.random.Generator
) -> list[SecondingState]:
    """Share ``count`` places out by weight (largest remainder), in random order.

    Small rosters would leave most States at zero; the remainders are jittered so that not always
    the same ones come.
    """
    weight = np.array([state.weight for state in states])
    exact = count * weight / weight.sum()
    whole = np.floor(exact).astype(np.int64)
    left = exact - whole + rng.uniform(0, 0.5, len(states)) * (weight > 0)
    whole[np.argsort(-left, kind="stable")[: count - int(whole.sum())]] += 1
    places = np.repeat(np.arange(len(states)), whole)
    return [states[place] for place in rng.permutation(places).tolist()]


def _observer(
    identity: str,
    role: Role,
    reserve: bool,
    state: SecondingState,
    local_languages: tuple[str, ...],
    rng: np.random.Generator,
) -> Observer:
    experience = tuple(Experience)[int(rng.choice(3, p=_EXPERIENCE[role]))]
    gender = (Gender.F, Gender.M, None)[int(rng.choice(3, p=(0.47, 0.50, 0.03)))]
    restrictions = tuple(
        flag
        for flag, share in zip(Restriction, (0.3, 0.3, 0.2, 0.2), strict=True)
        if rng.random() < share * _RESTRICTED
    )
    return Observer(
        id=ObserverId(identity),
        role=role,
        state=state.state,
        languages=_languages(state, local_languages, rng),
        experience=experience,
        gender=gender,
        accredited=True,
        reserve=reserve,
        restrictions=restrictions,
    )


def _languages(
    state: SecondingState, local_languages: tuple[str, ...], rng: np.random.Generator
) -> tuple[LanguageSkill, ...]:
    """Return English, then the State's own language, then Russian and local languages."""
    own = state.languages[int(rng.integers(len(state.languages)))]
    english = _level(_ENGLISH_LEVELS, rng)
    levels = {_ENGLISH: english, own: LanguageLevel.NATIVE}
    for code in dict.fromkeys((_RUSSIAN, *(Language(code) for code in local_languages))):
        share = state.russian if code == _RUSSIAN else _OTHER_LOCAL
        learned, level = rng.random() < share, _level(_LOCAL_LEVELS, rng)
        if code == _RUSSIAN and state.russian > 0.6:
            level = _LEVELS[min(5, max(level.rank, 2) + int(rng.integers(0, 3)))]
        if learned and code not in levels:
            levels[code] = level
    return tuple(LanguageSkill(language=code, level=level) for code, level in levels.items())


def _level(shares: tuple[float, ...], rng: np.random.Generator) -> LanguageLevel:
    return _LEVELS[int(rng.choice(len(shares), p=shares))]
