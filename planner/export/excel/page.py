"""Print setup: landscape A4, repeated headers, and who may read it on every page."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from planner.export.classification import SYNTHETIC
from planner.export.heading import Headed

_A4 = 9
_PRINTABLE_PX = 1_000.0
"""Width of landscape A4 between margins of 10 mm, at 96 dots an inch, less 4 % of slack: not
every program measures a column alike."""
_LINE_LIMIT = 255
"""Characters of a header or footer, codes included."""


def set_up_page(
    sheet: Worksheet, view: Headed, title: str, digest: str, *, portrait: bool = False
) -> None:
    """Set paper, margins, header and footer of a sheet; as wide as one page."""
    if portrait:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.65)
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)
    synthetic = f"&C&8 &B{SYNTHETIC}&B" if view.synthetic else ""
    sheet.set_header(f"&L&10 &B{_plain(title, 60)}&B&R&9 &B{_plain(view.classification, 90)}&B")
    name = _plain(view.name, 60)
    sheet.set_footer(f"&L&8 {name} · {view.document} {digest[:8]}{synthetic}&R&8 Page &P of &N")


def break_pages(sheet: Worksheet, widths: Sequence[float], starts: Sequence[int]) -> None:
    """Start a page at every row of ``starts``, scaled so that ``widths`` fit on one page.

    Excel ignores page breaks on sheets that are fitted to pages, so the scale is computed here.
    """
    pixels = sum(7 * width + 5 for width in widths)
    sheet.set_print_scale(max(10, min(100, int(100 * _PRINTABLE_PX / pixels))))
    sheet.set_h_pagebreaks(list(starts))


def _plain(text: str, limit: int) -> str:
    """Return ``text`` shortened, with the sign that starts a code doubled."""
    short = text if len(text) <= limit else text[: limit - 1] + "…"
    return " ".join(short.split()).replace("&", "&&")[: _LINE_LIMIT // 2]
