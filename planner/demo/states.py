"""The 57 participating States of the OSCE, as far as a made-up roster needs them.

The weights are assumptions of the demo: plausible sizes of secondments, not anybody's record.
"""

from dataclasses import dataclass

from planner.domain.ids import Language, State


@dataclass(frozen=True)
class SecondingState:
    """A State, its weight among secondments, its languages and how often Russian is spoken.

    Parameters
    ----------
    state
        ISO 3166-1 alpha-2 code.
    weight
        Relative size of its secondments; 0 for the smallest.
    languages
        First languages of its observers, most frequent first.
    russian
        Share of its observers who speak some Russian, 0 to 1.
    """

    state: State
    weight: float
    languages: tuple[Language, ...]
    russian: float


_TABLE = """
AD 0 ca .05|AL 1.2 sq .1|AM 1.2 hy .95|AT 2.6 de .25|AZ 1.2 az .8|BA 1.2 bs .2|BE 1 fr,nl .2
BG 1.6 bg .6|BY 1.6 be .98|CA 4.5 en,fr .2|CH 4.5 de,fr,it .3|CY .3 el .15|CZ 6 cs .45
DE 13.5 de .45|DK 4.5 da .25|EE 1.4 et .75|ES 3 es .2|FI 3.4 fi .35|FR 7.5 fr .3|GB 7 en .3
GE 1.6 ka .75|GR 1 el .2|HR 1.2 hr .2|HU 3.4 hu .35|IE 2 en .15|IS .4 is .1|IT 4.5 it .25
KG 1.8 ky .97|KZ 1.5 kk .95|LI .1 de .1|LT 1.8 lt .65|LU .4 fr .15|LV 1.8 lv .75|MC 0 fr .05
MD 1.2 ro .8|ME .8 sr .2|MK 1.2 mk .25|MN 1 mn .5|MT .2 mt .1|NL 4 nl .3|NO 4.5 no .3
PL 6.5 pl .5|PT 1 pt .15|RO 3 ro .25|RS 1.4 sr .3|RU 7 ru 1|SE 5.5 sv .3|SI .8 sl .25
SK 1.6 sk .45|SM .1 it .05|TJ .5 tg .95|TM 0 tk .9|TR 1.5 tr .2|UA 1.6 uk .97|US 15.2 en .3
UZ .5 uz .9|VA 0 it .1
"""


def _parse(entry: str) -> SecondingState:
    state, weight, languages, russian = entry.split()
    spoken = tuple(Language(code) for code in languages.split(","))
    return SecondingState(State(state), float(weight), spoken, float(russian))


OSCE_STATES: tuple[SecondingState, ...] = tuple(
    _parse(entry) for line in _TABLE.split("\n") for entry in line.split("|") if entry
)
"""All participating States, sorted by code."""
