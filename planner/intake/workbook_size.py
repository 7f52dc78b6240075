"""How large a workbook is once it is opened, found out before anything opens it."""

import lzma
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from planner.errors import PlannerError
from planner.intake.ods_extent import OdsExtent
from planner.intake.xlsb_extent import SHEET, XlsbExtent
from planner.intake.xlsx_extent import XlsxExtent

ZIP = b"PK\x03\x04"
BROKEN_ZIP = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(NotImplementedError, RuntimeError, OSError, EOFError),
)
_CHUNK = 1 << 20
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


class Extent(Protocol):
    """Counts rows and columns of a sheet while its bytes pass by in pieces."""

    def add(self, chunk: bytes) -> bool:
        """Take the next piece; False if it cannot be read."""

    def close(self) -> tuple[int, int]:
        """Return rows and columns."""


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
            extent: Extent | None = None
            with archive.open(member) as content:
                while chunk := content.read(_CHUNK):
                    extent = extent or _extent(member.filename, chunk)
                    total += len(chunk)
                    if total > caps.unzipped_bytes:
                        what = f"more than {caps.unzipped_bytes:,} bytes once unzipped"
                        raise too_large(name, what)
                    if not extent.add(chunk):
                        raise unreadable(name, f"{member.filename} is no XML in UTF-8")
            rows, columns = extent.close() if extent else (0, 0)
            if rows * columns > caps.cells:
                what = f"{member.filename} has {rows:,} rows x {columns:,} columns"
                raise too_large(name, f"{what}, at most {caps.cells:,} cells are read")


class _Passed:
    """A member that is no sheet: a picture, a font, a macro; ``readable`` is what is said of it."""

    def __init__(self, *, readable: bool) -> None:
        self._readable = readable

    def add(self, _chunk: bytes) -> bool:
        return self._readable

    def close(self) -> tuple[int, int]:
        return 0, 0


def _extent(member: str, begins: bytes) -> Extent:
    """Return what counts a member that begins so."""
    if begins.startswith(_WIDE):
        # XML that is not in UTF-8 cannot be counted.
        return _Passed(readable=False)
    if begins.startswith(SHEET):
        return XlsbExtent()
    if begins.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return OdsExtent() if member == "content.xml" else XlsxExtent()
    return _Passed(readable=True)
