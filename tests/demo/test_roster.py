"""Made-up observers for any mission and any number."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demo.roster import make_roster
from planner.demo.states import OSCE_STATES
from planner.domain.ids import Language
from planner.domain.observer import LanguageLevel, Role

_ENGLISH, _RUSSIAN = Language("en"), Language("ru")


@pytest.mark.parametrize("numbers", [(0, 0, 0), (1, 0, 0), (0, 1, 1), (30, 300, 12), (0, 1000, 0)])
def test_any_numbers(numbers: tuple[int, int, int]) -> None:
    lto, sto, reserves = numbers
    roster = make_roster("GE", lto, sto, reserves, seed=1)
    count = Counter((observer.role, observer.reserve) for observer in roster)
    assert count[Role.LTO, False] == lto
    assert count[Role.STO, False] == sto
    assert count[Role.STO, True] == reserves
    assert len(roster) == sum(numbers)
    ids = [observer.id for observer in roster]
    assert ids == sorted(set(ids))


@given(st.sampled_from([state.state for state in OSCE_STATES]), st.integers(0, 50))
def test_nobody_comes_from_the_host_country(country: str, seed: int) -> None:
    roster = make_roster(country, 10, 60, 5, seed)
    assert country not in {observer.state for observer in roster}


def test_same_seed_same_people() -> None:
    assert make_roster("KZ", 4, 20, 2, 7) == make_roster("KZ", 4, 20, 2, 7)
    assert make_roster("KZ", 4, 20, 2, 7) != make_roster("KZ", 4, 20, 2, 8)


def test_shares_are_plausible_and_the_largest_state_passes_the_quota_a_little() -> None:
    roster = make_roster("KZ", 30, 300, 12, 2022, ("ru", "kk"))
    stos = [o for o in roster if o.role is Role.STO and not o.reserve]
    states = Counter(observer.state for observer in stos)
    assert len(states) >= 40
    assert 0.09 <= max(states.values()) / len(stos) <= 0.12
    assert 0.4 <= sum(o.gender == "F" for o in roster) / len(roster) <= 0.6
    assert all(o.speaks(_ENGLISH, LanguageLevel.B2) for o in roster)
    assert 0.35 <= sum(o.level(_RUSSIAN) is not None for o in roster) / len(roster) <= 0.5
    assert 0 < sum(o.level(Language("kk")) is not None for o in roster) < 0.1 * len(roster)
    assert 0 < sum(bool(o.restrictions) for o in roster) < 0.1 * len(roster)
    assert all(observer.accredited for observer in roster)


def test_negative_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="got lto=0, sto=-1, reserves=0"):
        make_roster("KZ", 0, -1, 0, 1)


def test_there_are_57_participating_states() -> None:
    assert len({state.state for state in OSCE_STATES}) == 57
    assert all(0 <= state.russian <= 1 and state.weight >= 0 for state in OSCE_STATES)
