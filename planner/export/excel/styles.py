"""The look of the workbook: one small palette, one format for each need."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from planner.export.sheets.table import Kind, Tone

INK = "#1F2933"
NAVY = "#243B53"
HEADER_FILL = "#D9E2EC"
SHADE = "#F3F6F9"
RULE = "#D5DCE4"
FONT = {"font_name": "Arial", "font_size": 9, "font_color": INK}
"""Arial, because it or a font of the same measures (Liberation Sans) is on every machine."""
DEFAULT_SIZE = 10
"""Of the workbook's own font, by which every program measures column widths."""
_NUMBERS = {
    Kind.COUNT: "#,##0",
    Kind.DECIMAL: "#,##0.0",
    Kind.NUMBER: "#,##0.00",
    Kind.SHARE: "0.0%",
    Kind.FINE_SHARE: "0.000%",
    Kind.CHANGE: '+#,##0;"\u2212"#,##0;0',
    Kind.FINE_CHANGE: '+#,##0.0;"\u2212"#,##0.0;0.0',
    Kind.PROBABILITY: "0.0000",
    Kind.DEGREES: "0.00000",
    Kind.CLOCK: "hh:mm",
}
_TONES: dict[Tone, dict[str, Any]] = {
    Tone.PLAIN: {},
    Tone.GOOD: {"font_color": "#1B6B43", "bg_color": "#E3F3EA"},
    Tone.AMBER: {"font_color": "#7A4F00", "bg_color": "#FFF1D0"},
    Tone.RED: {"font_color": "#9B1C1C", "bg_color": "#FBE1E1", "bold": True},
    Tone.MUTED: {"font_color": "#7B8794", "italic": True},
    Tone.STRONG: {"bold": True},
}
_LINES: dict[str, dict[str, Any]] = {
    "title": {"font_size": 16, "bold": True, "font_color": NAVY, "valign": "vcenter"},
    "subtitle": {"font_size": 11, "font_color": "#52606D"},
    "intro": {"font_color": "#52606D"},
    "classified": {"font_size": 9, "bold": True, "font_color": "#9B1C1C"},
    "heading": {"font_size": 12, "bold": True, "font_color": NAVY, "valign": "vcenter"},
    "link": {"font_color": NAVY, "underline": 1},
    "empty": {"font_color": "#7B8794", "italic": True, "indent": 1},
    "header": {
        "bold": True,
        "font_color": NAVY,
        "bg_color": HEADER_FILL,
        "bottom": 2,
        "bottom_color": NAVY,
        "text_wrap": True,
        "valign": "vcenter",
    },
}


class Look(NamedTuple):
    """All that decides how a cell is drawn; a tuple, because every cell looks its format up.

    Parameters
    ----------
    shaded
        The row belongs to a shaded group.
    first
        A rule above: the row starts a group.
    quoted
        The text begins like a formula: it stays text even when a reader edits the cell.
    """

    kind: Kind
    tone: Tone = Tone.PLAIN
    shaded: bool = False
    first: bool = False
    quoted: bool = False


@dataclass
class Styles:
    """Formats of one workbook, made when they are first needed."""

    workbook: Any
    _cells: dict[Look, Any] = field(default_factory=dict)
    _lines: dict[tuple[str, str], Any] = field(default_factory=dict)

    def cell(self, look: Look) -> object:
        """Return the format of a cell."""
        if look not in self._cells:
            self._cells[look] = self.workbook.add_format(_properties(look))
        return self._cells[look]

    def line(self, name: str, align: str = "left") -> object:
        """Return the format of a title, heading or other line by its name."""
        if (name, align) not in self._lines:
            properties = {**FONT, **_LINES[name], "align": align}
            if name == "header" and align == "left":
                properties["indent"] = 1
            self._lines[name, align] = self.workbook.add_format(properties)
        return self._lines[name, align]


def alignment(kind: Kind) -> str:
    """Return ``left``, ``center`` or ``right``: numbers stand under numbers."""
    if kind in (Kind.TEXT, Kind.LONG_TEXT):
        return "left"
    return "center" if kind in (Kind.CODE, Kind.CLOCK) else "right"


def _properties(look: Look) -> dict[str, Any]:
    properties: dict[str, Any] = {
        **FONT,
        "valign": "top",
        "align": alignment(look.kind),
        "bottom": 1,
        "bottom_color": RULE,
    }
    if look.kind in _NUMBERS:
        properties["num_format"] = _NUMBERS[look.kind]
    if alignment(look.kind) == "left":
        properties["indent"] = 1
    if look.kind is Kind.LONG_TEXT:
        properties["text_wrap"] = True
    if look.shaded:
        properties["bg_color"] = SHADE
    if look.first:
        properties |= {"top": 1, "top_color": NAVY}
    if look.quoted:
        properties["quote_prefix"] = True
    return properties | _TONES[look.tone]
