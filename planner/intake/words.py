"""Words compared as people mean them: no case, no accents, no punctuation."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "þ": "th",
        "ə": "e",
        "ё": "е",
    }
)
_NOT_WORD = re.compile(r"[\W_]+", re.UNICODE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)")


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """Return ``text`` in lower case, without accents, words parted by single spaces.

    ``Chișinău`` and ``Chişinău`` and ``CHISINAU`` become the same.
    """
    parted = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", bare).strip()


def header_words(name: str) -> str:
    """Return a column's name folded, with ``camelCase`` and ``Level1`` parted into words."""
    return folded(_CAMEL.sub(" ", name))


@lru_cache(maxsize=200_000)
def place_key(name: str) -> str:
    """Return what identifies a place by name: without the word for its type, and its number.

    ``32 გორი`` and ``გორი``, ``Raionul Fălești`` and ``Făleşti``, ``Акмолинская область`` and
    ``Акмолинская`` are the same place.
    """
    words = folded(name).split()
    kept = [word for word in words if word not in _TYPE_WORDS and not word.isdigit()]
    return " ".join(kept or words)


_TYPE_WORDS = frozenset(
    folded(
        """
    region regions province oblast district rayon raion raionul raioni municipality municipal
    municipiul municipiu mun city town village county department departement departamento
    provincia municipio distrito canton commune comuna of the de la le du des uta
    область обл район р н город гор г село с поселок пос пгт аул округ городской сельский
    область обласна районна рн місто м селище смт
    municipaliteti kalaki opstina grad opshtina rrethi bashkia komuna okrug oblastta
    ili ilcesi viloyati tumani shahri oblysy audany qalasy облысы ауданы қаласы
    """
    ).split()
)
