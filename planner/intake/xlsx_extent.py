"""Rows and columns of a sheet in XML (XLSX, XLSM), counted while it passes by."""

import re

_LONGEST_TAG = 4 << 20
"""Bytes from one ``<`` to the next; a cell's text is far shorter."""
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])")


class XlsxExtent:
    """Rows and columns of one sheet, counted while its XML passes by in pieces."""

    def __init__(self) -> None:
        self._rest = b""
        self._rows = self._columns = 0
        self._named_rows = self._named_columns = 0
        self._width = 0

    def add(self, chunk: bytes) -> bool:
        """Take the next piece; False if it cannot be XML."""
        data = self._rest + chunk
        cut = max(data.rfind(b"<"), 0)
        self._rest = data[cut:]
        self._count(data[:cut])
        return len(self._rest) <= _LONGEST_TAG

    def close(self) -> tuple[int, int]:
        """Return rows and columns."""
        self._count(self._rest)
        widest = max(self._columns, self._width)
        return max(self._rows, self._named_rows), max(widest, self._named_columns)

    def _count(self, data: bytes) -> None:
        named = _REFERENCE.findall(data)
        rows = {row for _, row in named}
        self._named_rows = max([self._named_rows, *(int(row[:20]) for row in rows)])
        columns = {letters for letters, _ in named}
        self._named_columns = max([self._named_columns, *map(_number, columns)])
        # Cells may leave their reference out: then their order in the row counts.
        first, *others = b"".join(_TAG.findall(data)).split(b"row")
        self._width += len(first)
        if others:
            self._rows += len(others)
            self._columns = max(self._columns, self._width, *map(len, others))
            self._width = len(others[-1])


def _number(letters: bytes) -> int:
    """Return the number of a column: A is 1, AA is 27; nothing is 0."""
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + letter - ord("A") + 1
    return number
