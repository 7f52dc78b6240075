"""How many observers each State has nominated, against its quota (S1)."""

import math
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.ids import State
from planner.domain.mission_input import MissionInput
from planner.domain.observer import Role

_ROUNDING = 1e-9


class Standing(StrEnum):
    """Where a State stands: below its quota, at it (nobody more may be asked for), above it."""

    BELOW = "below"
    AT = "at"
    ABOVE = "above"


@dataclass(frozen=True)
class StateQuota:
    """One State's observers.

    Attributes
    ----------
    nominated
        STOs without reserves: those that count against the quota.
    reserves
        STOs who stand by.
    ltos
        LTOs, reserves included; no quota applies to them.
    """

    state: State
    nominated: int
    reserves: int
    ltos: int
    standing: Standing


@dataclass(frozen=True)
class QuotaTracker:
    """All States, those with most STOs first.

    Attributes
    ----------
    requested
        STOs asked for: two for each pair, or all nominated ones where no number is set.
    share
        The quota as a share of them, 0 to 1.
    limit
        Most STOs of one State.
    """

    states: tuple[StateQuota, ...]
    requested: int
    nominated: int
    share: float
    limit: int


def track_quota(mission: MissionInput) -> QuotaTracker:
    """Count each State's nominations; the same reckoning as rule S1 makes."""
    stos = [observer for observer in mission.observers if observer.role is Role.STO]
    nominated = Counter(observer.state for observer in stos if not observer.reserve)
    reserves = Counter(observer.state for observer in stos if observer.reserve)
    ltos = Counter(observer.state for observer in mission.observers if observer.role is Role.LTO)
    requested = 2 * mission.mission.staffing.sto_pairs or nominated.total()
    share = mission.mission.policies.pairing.state_quota
    limit = math.floor(share * requested + _ROUNDING)
    states = sorted({*nominated, *reserves, *ltos}, key=lambda state: (-nominated[state], state))
    return QuotaTracker(
        tuple(
            StateQuota(
                state,
                nominated[state],
                reserves[state],
                ltos[state],
                _standing(nominated[state], limit),
            )
            for state in states
        ),
        requested,
        nominated.total(),
        share,
        limit,
    )


def _standing(nominated: int, limit: int) -> Standing:
    if nominated > limit:
        return Standing.ABOVE
    return Standing.AT if nominated == limit and nominated else Standing.BELOW
