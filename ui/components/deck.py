"""Maps that send nothing anywhere: deck.gl over an empty MapLibre style of our own.

Only where somebody has named a map background for the whole dashboard, the browser asks for that.
"""

import json
import math
import os
from collections.abc import Iterable, Sequence
from typing import Any

import pydeck  # type: ignore[import-untyped]
import streamlit as st

from planner.settings import map_style_of
from ui.components.text import plain

BLANK_STYLE = "app/static/blank.json"
"""Served by the dashboard itself; any other style would call a third party."""
MAX_ZOOM = 11.0
WIDTH_PX, HEIGHT_PX = 900, 520
TILE_PX = 512


class CompactDeck(pydeck.Deck):  # type: ignore[misc]  # pydeck has no types
    """A deck whose document has no indents, which would be half of its size."""

    _written: str | None = None

    def to_json(self) -> str:
        """Return the deck as compact JSON; written once, so do not change a deck that was shown."""
        if self._written is None:
            # 10,000 stations take half a second, and every rerun of a page asks for them.
            self._written = json.dumps(
                json.loads(super().to_json()),
                ensure_ascii=False,
                separators=(",", ":"),
                sort_keys=True,
            )
        return self._written


def make_deck(
    layers: Sequence[pydeck.Layer],
    points: Iterable[tuple[float, float]],
    tip: str = "{tip}",
    width_px: int = WIDTH_PX,
) -> CompactDeck:
    """Return a deck that shows all ``points`` (longitude, latitude in degrees).

    Parameters
    ----------
    tip
        Text shown while the pointer rests on a record; by default what the record carries as
        ``tip``. Rows that are arrays are named by number, as in ``{3}``.
    width_px
        Width of its place on a page, so that nothing is cut off where that is narrow.
    """
    return CompactDeck(
        layers=list(layers),
        initial_view_state=_view(list(points), width_px),
        map_provider="maplibre",
        map_style=background(),
        tooltip={"text": tip},
    )


def background() -> str:
    """Return the address of the map's style: our own empty one, or the one that was asked for."""
    named = map_style_of(os.environ)
    if named is not None:
        return named.url
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return "/" + "/".join(part for part in (base, BLANK_STYLE) if part)


def show_attribution() -> None:
    """Name whom the map background credits, where there is one."""
    named = map_style_of(os.environ)
    if named is not None:
        st.caption(plain(named.attribution))


def show_deck(deck: CompactDeck, alt: str) -> None:
    """Draw a deck; ``alt`` says in words what it shows."""
    st.pydeck_chart(deck, height=HEIGHT_PX, alt=alt)
    show_attribution()


def _view(points: list[tuple[float, float]], width_px: int) -> pydeck.ViewState:
    if not points:
        return pydeck.ViewState(latitude=0, longitude=0, zoom=1)
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    top, bottom = _mercator(max(lats)), _mercator(min(lats))
    share = max((max(lons) - min(lons)) / 360 * TILE_PX / width_px, (top - bottom) * TILE_PX / 450)
    zoom = MAX_ZOOM if share <= 0 else min(MAX_ZOOM, -math.log2(share * 1.08))
    middle = math.degrees(math.atan(math.sinh(math.pi * (top + bottom))))
    return pydeck.ViewState(
        latitude=round(middle, 4),
        longitude=round((max(lons) + min(lons)) / 2, 4),
        zoom=round(zoom, 2),
    )


def _mercator(lat: float) -> float:
    """Return the Web Mercator northing as a share of the world's height."""
    return math.asinh(math.tan(math.radians(max(-85.0, min(85.0, lat))))) / (2 * math.pi)


def layer(kind: str, name: str, data: Any, **options: Any) -> pydeck.Layer:  # noqa: ANN401 - deck.gl
    """Return a layer of deck.gl; accessors are given as pydeck expressions."""
    return pydeck.Layer(kind, data=data, id=name, **options)
