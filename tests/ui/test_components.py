"""Parts that can be judged without a page."""

import re
from datetime import date
from itertools import pairwise

import pytest
import shapely
import streamlit as st

from planner.domain.ids import DistrictId
from planner.export.view import PlanView
from planner.settings import MapStyle
from tests.good_plan import good_mission, good_plan
from ui.components.clockwork import (
    by_quarter,
    clock_text,
    dark_by_policy,
    outside,
    spells,
    sun_down,
)
from ui.components.deck import BLANK_STYLE, background, layer, make_deck
from ui.components.outlines import area_colours, as_lines, borders_of
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


def test_sun_is_down_before_sunrise_and_after_sunset() -> None:
    day = date(2022, 11, 20)
    morning, evening = sun_down(day, "Asia/Almaty", 51.16, 71.45, (4.0, 23.0))
    # Astana by hand: declination -19.7°, so half a day has 65.2°, 4 h 21 min; noon by the sun is
    # 74 min after 12:00 (18.55° west of the zone's meridian) less 14 min (equation of time).
    assert morning == (4.0, pytest.approx(8.65, abs=0.05))
    assert evening == (pytest.approx(17.35, abs=0.05), 23.0)


def test_polar_night_and_polar_day_have_no_end() -> None:
    within = (0.0, 30.0)
    assert sun_down(date(2022, 12, 20), "Europe/Oslo", 78.2, 15.6, within) == [within]
    assert sun_down(date(2022, 6, 20), "Europe/Oslo", 78.2, 15.6, within) == []


def test_dark_by_policy_runs_over_midnight() -> None:
    assert dark_by_policy(18, 7, (5.0, 27.0)) == [(5.0, 7.0), (18.0, 27.0)]
    assert dark_by_policy(24, 0, (5.0, 27.0)) == []


def test_outside_leaves_what_is_free() -> None:
    assert outside([(-5, -1), (1, 2), (1.5, 3), (9, 20)], (0, 10)) == [(0, 1), (3, 9)]
    assert outside([], (0, 1)) == [(0, 1)]


def test_shared_borders_are_sent_once() -> None:
    squares = {DistrictId(name): shapely.box(x, 0, x + 1, 1) for x, name in enumerate("abc")}
    groups = {DistrictId("a"): "west", DistrictId("b"): "east", DistrictId("c"): "east"}
    borders = borders_of(squares, groups)
    # The rectangle of 3 x 1 and one border inside; none between the two of the east.
    assert borders.length == pytest.approx(9)
    assert all(len(line) > 1 for line in as_lines(borders))
    assert as_lines(borders_of({}, {})) == []


def test_deck_is_written_once() -> None:
    deck = make_deck([layer("ScatterplotLayer", "s", [[1, 2, 0, "x"]])], [(1, 2)], tip="{3}")
    assert deck.to_json() is deck.to_json()
    assert deck._tooltip == {"text": "{3}"}


def test_a_named_background_is_credited_and_the_own_one_follows_the_path(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert background() == f"/{BLANK_STYLE}"
    monkeypatch.setattr(st, "get_option", lambda _name: "eom/")
    assert background() == f"/eom/{BLANK_STYLE}"
    style = MapStyle("https://tiles.example.org/style.json", "© OpenStreetMap contributors")
    for name, value in style.environment().items():
        monkeypatch.setenv(name, value)
    assert style.url in make_deck([], []).to_json()
