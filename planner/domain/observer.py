"""Observers, as far as planning needs to know them: never a name, a passport or a diagnosis."""

from datetime import date
from enum import StrEnum

from pydantic import model_validator

from planner.domain.base import Frozen
from planner.domain.ids import Language, ObserverId, State


class Role(StrEnum):
    """Long-term or short-term observer."""

    LTO = "LTO"
    STO = "STO"


class Gender(StrEnum):
    """Optional; used only to prefer mixed pairs."""

    F = "F"
    M = "M"


class Experience(StrEnum):
    """Experience band by the number of earlier missions: none, 1-3, 4 or more."""

    NEW = "new"
    SOME = "some"
    SENIOR = "senior"


class LanguageLevel(StrEnum):
    """Level of the Common European Framework, with ``native`` on top."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
    NATIVE = "native"

    @property
    def rank(self) -> int:
        """Position from 0 (A1) to 6 (native)."""
        return tuple(LanguageLevel).index(self)


class Restriction(StrEnum):
    """What a pair's plan should respect, as a flag; never the reason behind it.

    ``no_long_drives`` and ``no_remote_areas`` count against areas of long drives in pairing; the
    others are carried to the lists of teams, for the co-ordinator to act on.
    """

    NO_STAIRS = "no_stairs"
    NO_LONG_DRIVES = "no_long_drives"
    NO_NIGHT_WORK = "no_night_work"
    NO_REMOTE_AREAS = "no_remote_areas"


class LanguageSkill(Frozen):
    """One language and how well it is spoken."""

    language: Language
    level: LanguageLevel


class Observer(Frozen):
    """One observer under a pseudonymous id.

    ``available_from`` and ``available_to`` are inclusive dates in the host country; None means
    that no limit was given. ``reserve`` observers are accredited but not deployed.
    """

    id: ObserverId
    role: Role
    state: State
    languages: tuple[LanguageSkill, ...] = ()
    experience: Experience = Experience.NEW
    gender: Gender | None = None
    available_from: date | None = None
    available_to: date | None = None
    accredited: bool = True
    reserve: bool = False
    restrictions: tuple[Restriction, ...] = ()

    @model_validator(mode="after")
    def _dates_in_order(self) -> "Observer":
        if self.available_from and self.available_to and self.available_from > self.available_to:
            msg = f"available_from {self.available_from} is after available_to {self.available_to}"
            raise ValueError(msg)
        return self

    def level(self, language: Language) -> LanguageLevel | None:
        """Return the level in ``language``, or None where it is not spoken."""
        for skill in self.languages:
            if skill.language == language:
                return skill.level
        return None

    def speaks(self, language: Language, at_least: LanguageLevel) -> bool:
        """Tell whether ``language`` is spoken at level ``at_least`` or better."""
        level = self.level(language)
        return level is not None and level.rank >= at_least.rank

    def present(self, first: date, last: date) -> bool:
        """Tell whether the observer is in the country on every day from ``first`` to ``last``."""
        return (self.available_from is None or self.available_from <= first) and (
            self.available_to is None or self.available_to >= last
        )
