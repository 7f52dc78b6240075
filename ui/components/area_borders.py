"""The borders of areas as a layer, each shared border once."""

from typing import Any

from ui.components.deck import layer
from ui.components.outlines import as_lines, borders_of
from ui.components.palette import rgb
from ui.state import Shown

AREA_LINE = "#8A8F98"
WIDTH_PX = 1.8


def area_borders(shown: Shown) -> Any:  # noqa: ANN401 - pydeck has no types
    """Return the layer of the borders of a plan's areas, on districts that can be drawn."""
    areas = {
        district: area.id
        for district, area in shown.view.area_of_district.items()
        if district in shown.polygons
    }
    return layer(
        "PathLayer",
        "areas",
        [{"path": line} for line in as_lines(borders_of(shown.polygons, areas))],
        get_path="path",
        get_color=rgb(AREA_LINE),
        get_width=WIDTH_PX,
        width_units="'pixels'",
    )
