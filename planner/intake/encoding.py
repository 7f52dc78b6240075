# ruff: noqa: RUF001 - letters of many languages are the matter here
"""Which encoding a text file is in: marks first, then UTF-8, then the most plausible code page.

A code page is judged by what its text looks like: words in one script, capitals only where words
begin, and the letters that its languages really use. That needs no dependency, tells Russian in
CP1251 from KOI8-R and CP866, and Romanian in CP1250 from French in CP1252.
"""

import codecs
import re
import unicodedata
from functools import lru_cache

from planner.errors import PlannerError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CODE_PAGES = {
    "cp1252": "éèàçêâîôûùëïüöäßñóíáúãõåæøÉÈÀÇÜÖÄÑÓÁÍÚÅÆØ",
    "cp1250": "ăşţâîłąęćńśźżščřžýěťďáíéúőűđťĂŞŢÎŁŚŻŠČŘŽĐÁÉÍÓÖÜöüóäô",
    "cp1254": "ışğüöçİŞĞÜÖÇâî",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўјљњћџђАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЇЄЈЂЋ№",
    "cp866": "абвгдежзийклмнопрстуфхцчшщъыьэюяёАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ№",
    "koi8-u": "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЇЄ",
    "cp1253": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ",
    "cp1256": "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچژگ",
    "cp1257": "ąčęėįšųūžāēģīķļņõäöüĄČĘĖĮŠŲŪŽĀĒĢĪĶĻŅÕÄÖÜ",
}
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_SAMPLE_BYTES = 400_000
_UNUSUAL = -0.5
_SYMBOL = -1.0
_PENALTY_WORD = -2.0


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ", 1)[0]


def _word_is_odd(word: str) -> bool:
    """Tell whether a word mixes scripts, has a capital inside, or is nearly all accents."""
    if len({_script(letter) for letter in word}) > 1:
        return True
    if word[1:] != word[1:].lower() and word != word.upper():
        return True
    foreign = sum(letter > "\x7f" for letter in word)
    return _script(word[0]) == "LATIN" and len(word) > 3 and foreign > 0.6 * len(word)


def _plausibility(sample: bytes, code_page: str) -> float:
    try:
        text = sample.decode(code_page)
    except UnicodeDecodeError:
        return float("-inf")
    usual = frozenset(_CODE_PAGES[code_page])
    foreign = [letter for letter in text if letter > "\x7f" and letter not in "«»–—“”’ \u00a0°"]
    if not foreign:
        return 0.0
    score = 0.0
    for letter in foreign:
        if letter in usual:
            score += 1.0
        elif letter.isalpha():
            score += _UNUSUAL
        else:
            score += _SYMBOL
    words = (word for word in _WORD.findall(text) if any(letter > "\x7f" for letter in word))
    score += sum(_PENALTY_WORD for word in words if _word_is_odd(word))
    return score / len(foreign)


def _foreign_lines(content: bytes) -> bytes:
    """Return lines with bytes above 127, enough of them to judge by."""
    lines, size = [], 0
    for line in content.splitlines():
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > 20_000:
                break
    return b"\n".join(lines)


def detect_encoding(content: bytes, name: str) -> tuple[str, bool]:
    """Return the encoding of ``content`` and whether it had to be guessed.

    Parameters
    ----------
    content
        The file's bytes.
    name
        File name, for the error.

    Raises
    ------
    PlannerError
        ``IN-BINARY`` if these bytes are no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, False
    head = content[:_SAMPLE_BYTES]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd > len(head) // 20:
        if odd > 20 * max(even, 1) or (even == 0 and odd):
            return "utf-16-le", True
        if even > 20 * max(odd, 1) or (odd == 0 and even):
            return "utf-16-be", True
        raise _no_text(name)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8", False
    controls = sum(head.count(code) for code in (*range(1, 9), *range(14, 32)))
    if controls > max(2, len(head) // 200):
        raise _no_text(name)
    sample = _foreign_lines(content)
    return max(_CODE_PAGES, key=lambda page: _plausibility(sample, page)), True


def _no_text(name: str) -> PlannerError:
    return PlannerError(
        "IN-BINARY",
        f"{name} is neither text nor a workbook that can be read",
        "save the list as CSV (UTF-8) or XLSX and import that file",
    )
