"""``make messages``: brings the catalogues up to date with the texts, and compiles them.

Nothing in the written files depends on the day, the machine or line numbers, so that a catalogue
changes only where a text does.
"""

import io
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.document_texts import document_texts
from tools.texts import Text, texts_under
from ui.strings import DOMAIN, LOCALES

ROOT = Path(__file__).parents[1]
LANGUAGES = ("ru",)
_NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)
"""The format wants dates; equal texts must give equal bytes."""
_UNSTEADY = ('"POT-Creation-Date:', '"PO-Revision-Date:', '"Generated-By:', '"Last-Translator:')


def all_texts() -> list[Text]:
    """Return every text that the interface can show in another language."""
    return [*texts_under(ROOT / "ui", ROOT), *document_texts()]


def template(texts: Iterable[Text]) -> Catalog:
    """Return a catalogue without translations."""
    found = Catalog(project=DOMAIN, creation_date=_NO_DAY, charset="utf-8", fuzzy=False)
    for text in texts:
        id_ = (text.one, text.many) if text.many else text.one
        found.add(id_, locations=[(text.where, 1)])
    return found


def read_catalogue(language: str) -> Catalog:
    """Return the present catalogue of a language; an empty one if there is none yet."""
    path = po_path(language)
    if not path.is_file():
        return Catalog(locale=language, project=DOMAIN, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def updated(catalogue: Catalog, fresh: Catalog) -> Catalog:
    """Return the catalogue with the texts of ``fresh``; a changed text keeps a guess as fuzzy."""
    catalogue.update(fresh)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.project, catalogue.version = DOMAIN, "1"
    catalogue.msgid_bugs_address = catalogue.last_translator = ""
    catalogue.language_team = str(catalogue.locale_identifier)
    catalogue.charset = "utf-8"
    catalogue.header_comment = f"# {DOMAIN}: texts of the interface. Made by `make messages`."
    catalogue.creation_date = catalogue.revision_date = _NO_DAY
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    """Return the catalogue as a .po file without dates, sorted, with files but no lines."""
    target = io.BytesIO()
    write_po(target, catalogue, width=100, sort_output=True, include_lineno=False)
    lines = target.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_UNSTEADY)).encode()


def mo_bytes(catalogue: Catalog) -> bytes:
    """Return the catalogue compiled, without what is not translated: gettext would show nothing."""
    sure = Catalog(
        locale=catalogue.locale_identifier,
        project=catalogue.project,
        version=catalogue.version,
        creation_date=_NO_DAY,
        revision_date=_NO_DAY,
        charset="utf-8",
        fuzzy=False,
    )
    missing = set(untranslated(catalogue))
    for message in catalogue:
        if message.id and text_of(message) not in missing:
            sure.add(message.id, message.string)
    target = io.BytesIO()
    write_mo(target, sure)
    return target.getvalue()


def po_path(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def text_of(message: Message) -> str:
    """Return the English text of a message, the singular where there are two."""
    return message.id if isinstance(message.id, str) else message.id[0]


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the texts that are shown in English for want of a sure translation."""
    return [
        text_of(message)
        for message in catalogue
        if message.id
        and (message.fuzzy or not message.string or (message.pluralizable and "" in message.string))
    ]


def main() -> None:
    """Update and compile all catalogues; say what is not translated."""
    fresh = template(all_texts())
    for language in LANGUAGES:
        catalogue = updated(read_catalogue(language), fresh)
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_bytes(catalogue))
        path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))
        missing = untranslated(catalogue)
        sys.stdout.write(f"{language}: {len(catalogue)} texts, {len(missing)} not translated\n")
        sys.stdout.writelines(f"  {text!r}\n" for text in missing)


if __name__ == "__main__":
    main()
