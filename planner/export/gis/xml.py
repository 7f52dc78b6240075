"""What KML and GPX share: elements with text that any XML reader accepts."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from planner.export.atomic import write_bytes

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow, even escaped."""
MAX_NAME = 80
"""Characters of a name: devices cut or refuse longer ones."""


def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """Append an element with clean text and return it."""
    element = ET.SubElement(parent, tag, attributes)
    if text:
        element.text = clean(text)
    return element


def clean(text: str) -> str:
    """Return ``text`` without the characters that XML does not allow."""
    return _ILLEGAL.sub("", text)


def short(text: str) -> str:
    """Return ``text`` cut to a name's length."""
    return text if len(text) <= MAX_NAME else text[: MAX_NAME - 1] + "…"


def write_xml(root: ET.Element, path: Path) -> None:
    """Write a document with declaration and indent, atomically.

    Raises
    ------
    PlannerError
        ``EX-WRITE`` if the file cannot be written.
    """
    ET.indent(root)
    write_bytes(path, ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
