"""Rows and columns of a sheet in a binary workbook (XLSB), counted while its records pass by.

A record is a type and a length, both in seven bits a byte, and its content; a row begins with its
number, a cell with its column. See MS-XLSB, "Record", "BrtRowHdr" and "Cell".
"""

_ROW = 0
_CELLS = frozenset(range(1, 12))
_BEGIN, _END = 0x0191, 0x0192
"""BrtBeginSheetData and BrtEndSheetData, as their bytes stand in the file."""
SHEET = b"\x81\x01\x00"
"""The record that a sheet begins with, BrtBeginSheet."""
_NUMBER = 4
"""Bytes of a row's and of a column's number."""


class XlsbExtent:
    """How far the cells of one binary sheet reach."""

    def __init__(self) -> None:
        self._rest = b""
        self._skip = 0
        self._inside = False
        self._rows = self._columns = 0

    def add(self, chunk: bytes) -> bool:
        """Take the next piece; True, because any bytes are records."""
        if self._skip >= len(chunk):
            self._skip -= len(chunk)
            return True
        data, at = self._rest + chunk[self._skip :], 0
        while at < len(data) and (head := _head(data, at)) is not None:
            kind, length, content = head
            if content + min(length, _NUMBER) > len(data):
                break
            self._take(kind, data[content : content + min(length, _NUMBER)])
            at = content + length
        self._rest, self._skip = data[at:], max(0, at - len(data))
        return True

    def close(self) -> tuple[int, int]:
        """Return rows and columns."""
        return self._rows, self._columns

    def _take(self, kind: int, begins: bytes) -> None:
        if kind in (_BEGIN, _END):
            self._inside = kind == _BEGIN
        elif self._inside and len(begins) == _NUMBER:
            number = int.from_bytes(begins, "little") + 1
            if kind == _ROW:
                self._rows = max(self._rows, number)
            elif kind in _CELLS:
                self._columns = max(self._columns, number)


def _head(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Return type, length and place of the content of the record at ``at``; None if it is cut."""
    kind, at = _number(data, at, most=2, bits=8)
    length, at = _number(data, at, most=4, bits=7)
    return None if at > len(data) else (kind, length, at)


def _number(data: bytes, at: int, most: int, bits: int) -> tuple[int, int]:
    """Return a number of up to ``most`` bytes and where it ends, behind ``data`` if it is cut."""
    number = 0
    for place in range(most):
        if at >= len(data):
            return 0, len(data) + 1
        number |= (data[at] & (0xFF if bits == 8 else 0x7F)) << (bits * place)
        at += 1
        if data[at - 1] < 0x80:
            break
    return number, at
