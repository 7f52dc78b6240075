"""How large a workbook is once it is opened, found out before anything opens it."""

import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from planner.errors import PlannerError

ZIP = b"PK\x03\x04"
BROKEN_ZIP = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(NotImplementedError, RuntimeError, OSError, EOFError),
)
_CHUNK = 1 << 20
_LONGEST_TAG = 4 << 20
"""Bytes from one ``<`` to the next; a cell's text is far shorter."""
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


@dataclass(frozen=True)
class Caps:
    """What is read at most: bytes of the file, bytes once unzipped, cells of one sheet."""

    file_bytes: int
    unzipped_bytes: int
    cells: int


def check_workbook_size(stream: BinaryIO, name: str, caps: Caps) -> None:
    """Refuse a workbook that is too large, before and after unzipping.

    Members are really unzipped and counted: the sizes that an archive declares may lie. So may a
    sheet: one cell in its last corner makes a table of 17 billion, which ends the whole process,
    so rows and columns are counted too.

    Parameters
    ----------
    stream
        The file, from its beginning; read, and wound back.
    name
        What messages call it.

    Raises
    ------
    PlannerError
        ``IN-SIZE`` above the caps, ``IN-WORKBOOK`` if it cannot be unzipped.
    """
    size = stream.seek(0, 2)
    stream.seek(0)
    if size > caps.file_bytes:
        raise too_large(name, f"{size:,} bytes, at most {caps.file_bytes:,} are read")
    zipped = stream.read(len(ZIP)) == ZIP
    stream.seek(0)
    if zipped:
        try:
            _check_members(stream, name, caps)
        except BROKEN_ZIP as error:
            raise unreadable(name, error) from error
        stream.seek(0)


def too_large(name: str, what: str) -> PlannerError:
    """Return the error for a workbook above a cap."""
    return PlannerError("IN-SIZE", f"{name} is too large: {what}", "save the list as CSV")


def unreadable(name: str, error: BaseException | str) -> PlannerError:
    """Return the error for a file that is no readable workbook."""
    return PlannerError(
        "IN-WORKBOOK",
        f"{name} cannot be read as a workbook: {error}",
        "open it, remove its password if it has one, and save it as XLSX or CSV",
    )


def _check_members(stream: BinaryIO, name: str, caps: Caps) -> None:
    total = 0
    with zipfile.ZipFile(stream) as archive:
        for member in archive.infolist():
            extent = _Extent()
            with archive.open(member) as content:
                while chunk := content.read(_CHUNK):
                    total += len(chunk)
                    if total > caps.unzipped_bytes:
                        what = f"more than {caps.unzipped_bytes:,} bytes once unzipped"
                        raise too_large(name, what)
                    if not extent.add(chunk):
                        raise unreadable(name, f"{member.filename} is no XML in UTF-8")
            rows, columns = extent.close()
            if rows * columns > caps.cells:
                what = f"{member.filename} has {rows:,} rows x {columns:,} columns"
                raise too_large(name, f"{what}, at most {caps.cells:,} cells are read")


class _Extent:
    """Rows and columns of one sheet, counted while its XML passes by in pieces."""

    def __init__(self) -> None:
        self._rest: bytes | None = b""
        self._begun = False
        self._rows = self._columns = 0
        self._named_rows = self._named_columns = 0
        self._width = 0

    def add(self, chunk: bytes) -> bool:
        """Take the next piece; False if it cannot be XML in UTF-8. What is no XML is passed by."""
        if not self._begun:
            self._begun = True
            if chunk.startswith(_WIDE):
                return False
            if not chunk.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
                self._rest = None
        if self._rest is None:
            return True
        data = self._rest + chunk
        cut = max(data.rfind(b"<"), 0)
        self._rest = data[cut:]
        self._count(data[:cut])
        return len(self._rest) <= _LONGEST_TAG

    def close(self) -> tuple[int, int]:
        """Return rows and columns."""
        self._count(self._rest or b"")
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
