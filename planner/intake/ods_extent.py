"""Rows and columns of an OpenDocument spreadsheet, counted while its XML passes by.

A cell and a row say how often they are repeated, so a file of one kilobyte can hold 17 billion
cells. Every spreadsheet ends its rows and sheets with empty ones repeated to the last; these make
no table larger and are not counted. See OASIS OpenDocument 1.3, part 3: number-rows-repeated and
number-columns-repeated.
"""

from xml.parsers import expat

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MOST_REPEATED = 1 << 40
"""Larger numbers are no sheet of any program, and need not be counted exactly."""


class OdsExtent:
    """The largest sheet of an OpenDocument spreadsheet."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._say
        self._largest = (0, 0)
        self._rows = self._columns = 0
        self._row = self._column = self._width = 0
        self._repeat_row = self._repeat_cell = 1
        self._in_cell = self._filled = False

    def add(self, chunk: bytes) -> bool:
        """Take the next piece; False if it cannot be read as XML."""
        try:
            self._parser.Parse(chunk, False)  # noqa: FBT003 - takes no names
        except expat.ExpatError:
            return False
        return True

    def close(self) -> tuple[int, int]:
        """Return rows and columns of the sheet with the most cells."""
        self._keep()
        return self._largest

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self._in_cell = True
            self._filled = any(key.startswith(_OFFICE) for key in attributes)
            self._repeat_cell = _count(attributes.get(f"{_TABLE}number-columns-repeated"))
        elif name == f"{_TABLE}table-row":
            self._repeat_row = _count(attributes.get(f"{_TABLE}number-rows-repeated"))
            self._column = self._width = 0
        elif name == f"{_TABLE}table":
            self._keep()

    def _say(self, text: str) -> None:
        self._filled |= self._in_cell and bool(text.strip())

    def _end(self, name: str) -> None:
        if name in _CELLS:
            self._column += self._repeat_cell
            if self._filled:
                self._width = self._column
            self._in_cell = False
        elif name == f"{_TABLE}table-row":
            self._row += self._repeat_row
            if self._width:
                self._rows, self._columns = self._row, max(self._columns, self._width)

    def _keep(self) -> None:
        here = self._rows, self._columns
        self._largest = max(self._largest, here, key=lambda size: size[0] * size[1])
        self._rows = self._columns = self._row = 0


def _count(said: str | None) -> int:
    if said is None or not said.strip().isdecimal():
        return 1
    return min(int(said.strip()[:20]), _MOST_REPEATED)
