"""A map background is there only by name, and credits somebody."""

import pytest

from planner.errors import PlannerError
from planner.settings import map_style, map_style_of

OSM = "© OpenStreetMap contributors"


def test_no_background_by_default() -> None:
    assert map_style("", " ") is None
    assert map_style_of({}) is None


def test_a_background_comes_through_the_environment() -> None:
    style = map_style("https://tiles.example.org/style.json", OSM)
    assert style is not None
    assert map_style_of(style.environment()) == style


@pytest.mark.parametrize(
    ("url", "attribution", "words"),
    [
        ("https://tiles.example.org/style.json", "", "nobody is named"),
        ("file:///etc/passwd", OSM, "not an http"),
        ("javascript:alert(1)", OSM, "not an http"),
        ("", OSM, "not an http"),
    ],
)
def test_what_is_no_background(url: str, attribution: str, words: str) -> None:
    with pytest.raises(PlannerError, match=words) as caught:
        map_style(url, attribution)
    assert caught.value.code == "UI-MAP"
