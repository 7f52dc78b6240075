"""Parts that can be judged without a page."""

import re
from datetime import date
from itertools import pairwise

import pytest

from planner.export.view import PlanView
from tests.good_plan import good_mission, good_plan
from ui.components.clockwork import by_quarter, clock_text, spells
from ui.components.deck import BLANK_STYLE, layer, make_deck
from ui.components.outlines import area_colours
from ui.components.text import plain


@pytest.mark.parametrize(
    "text", ["![x](http://example.org/a.png)", "<b>", ":red[x]", "$x$", "[a](b)", "`c`"]
)
def test_plain_leaves_no_mark_unescaped(text: str) -> None:
    bare = plain(text)
    assert bare.replace("\\", "").replace("\u2060", "") == text
    assert all(bare[i - 1] == "\\" for i, c in enumerate(bare) if c in "!<>[]()$:`")


@pytest.mark.parametrize("link", ["http://a.example", "HTTPS://a.example/x", "www.a.example"])
def test_plain_leaves_no_address_that_becomes_a_link(link: str) -> None:
    shown = plain(f"see {link}").replace("\\", "")
    assert re.search(r"https?:|www\.", shown, re.IGNORECASE) is None
    assert shown.replace("\u2060", "") == f"see {link}"


def test_plain_keeps_other_scripts() -> None:
    assert plain("Қарағанды  თბილისი\n") == "Қарағанды თბილისი"


def test_clock_text_counts_days() -> None:
    assert [clock_text(h) for h in (6.25, 25.5, -0.5)] == ["06:15", "01:30 +1", "23:30 -1"]


def test_spells_have_no_hole() -> None:
    mission, plan = good_mission(), good_plan()
    for day in plan.days:
        found = list(spells(mission.mission.e_day, day))
        assert all(a.end_h == b.start_h for a, b in pairwise(found))
        length_h = (day.reach_base - day.leave_base).total_seconds() / 3600
        assert sum(s.end_h - s.start_h for s in found) == pytest.approx(length_h)


def test_no_quarter_counts_more_than_all_pairs() -> None:
    mission, plan = good_mission(), good_plan()
    counts = by_quarter(mission.mission.e_day, plan.days)
    per_quarter: dict[int, int] = {}
    for (quarter, _what), count in counts.items():
        per_quarter[quarter] = per_quarter.get(quarter, 0) + count
    assert max(per_quarter.values()) == len(plan.days)
    assert by_quarter(date(2022, 11, 20), ()) == {}


def test_neighbouring_areas_differ() -> None:
    view = PlanView(good_mission(), good_plan())
    colours = area_colours(view)
    for pair in view.mission.adjacency:
        a, b = view.area_of_district.get(pair.a), view.area_of_district.get(pair.b)
        if a and b and a.id != b.id:
            assert colours[a.id] != colours[b.id]


def test_deck_is_compact_deterministic_and_calls_nobody() -> None:
    decks = [
        make_deck([layer("ScatterplotLayer", "s", [{"at": [1, 2]}])], [(1, 2), (3, 4)]).to_json()
        for _ in range(2)
    ]
    assert decks[0] == decks[1]
    assert "\n" not in decks[0]
    assert "http" not in decks[0]
    assert BLANK_STYLE in decks[0]
