"""Colours that colour-blind people can tell apart (Okabe and Ito 2008), on light and dark."""

from planner.domain.plan import Phase

ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILION, PURPLE, GREY = "#0072B2", "#D55E00", "#CC79A7", "#999999"
AREAS = (ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILION, PURPLE, GREY)
"""For areas; neighbours never share one, and each area carries its id as well."""
TRAVEL = "travel"
ACTIVITIES = {
    TRAVEL: GREY,
    Phase.OPENING.value: ORANGE,
    Phase.VOTING.value: SKY,
    Phase.CLOSING.value: VERMILION,
    Phase.COUNTING.value: GREEN,
    Phase.TABULATION.value: PURPLE,
}
"""What a pair does, in the order of the day."""


def rgb(colour: str, alpha: int = 255) -> list[int]:
    """Return ``#RRGGBB`` as a list of red, green, blue and alpha, each 0 to 255."""
    return [*bytes.fromhex(colour[1:]), alpha]
