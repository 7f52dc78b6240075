"""The interface's words: one language a run, catalogues that hold every text, Russian whole."""

import gettext
import re
import string
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from planner.domain.plan import Phase, StopReason
from planner.export.classification import data_status
from planner.export.view import PlanView
from planner.export.workbook import sheets_of
from planner.referee import check_plan
from planner.rules.book import RULES
from planner.travel import make_provider
from tests.good_plan import good_mission, good_plan
from tools import messages
from tools.texts import texts_in
from ui import strings
from ui.components.palette import ACTIVITIES
from ui.components.text import plain
from ui.strings import _, known, languages, n_, present_language, use_language, word
from ui.written import long_date, number, share

OTHERS = [code for code in languages() if code != strings.SOURCE]
LEAST_TRANSLATED = 1.0
"""Share of texts: whoever adds one translates it."""
NUMBERS = (0, 1, 2, 5, 11, 21, 22, 100, 101, 112)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")


def _messages(language: str) -> list[Message]:
    return [message for message in messages.read_catalogue(language) if message.id]


def _forms(message: Message) -> tuple[list[str], list[str]]:
    """Return the English forms of a message, and the translated ones."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    said = [message.string] if isinstance(message.string, str) else list(message.string)
    return ids, [each for each in said if each]


def _fields(text: str) -> set[str]:
    return {f"{name}:{form}" for _before, name, form, _as in string.Formatter().parse(text) if name}


def _compiled(language: str) -> gettext.GNUTranslations:
    with messages.po_path(language).with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_russian_is_a_language() -> None:
    assert languages()[0] == "en"
    assert "ru" in OTHERS


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_the_sources_is_in_the_catalogue(language: str) -> None:
    fresh = messages.template(messages.all_texts())
    wanted = {message.id for message in fresh if message.id}
    have = {message.id for message in _messages(language)}
    assert wanted - have == set(), "run `make messages`, then translate"
    assert have - wanted == set(), "run `make messages`"


@pytest.mark.parametrize("language", OTHERS)
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    compiled = _compiled(language)
    catalogue = messages.read_catalogue(language)
    missing = set(messages.untranslated(catalogue))
    for message in _messages(language):
        ids, said = _forms(message)
        if ids[0] in missing:
            assert compiled.gettext(ids[0]) == ids[0]
        elif message.pluralizable:
            forms = {compiled.ngettext(ids[0], ids[1], n) for n in range(200)}
            assert forms <= set(said)
        else:
            assert compiled.gettext(ids[0]) == said[0]
    assert compiled.info()["language"] == language


@pytest.mark.parametrize("language", OTHERS)
def test_catalogues_are_written_as_make_messages_writes_them(language: str) -> None:
    catalogue = messages.updated(
        messages.read_catalogue(language), messages.template(messages.all_texts())
    )
    assert messages.po_bytes(catalogue) == messages.po_path(language).read_bytes()
    assert b"Date" not in messages.po_bytes(catalogue).split(b"\n\n")[0]


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_placeholders_marks_and_edges(language: str) -> None:
    for message in _messages(language):
        ids, said = _forms(message)
        for form in said if not message.fuzzy else ():
            assert _fields(form) == _fields(ids[-1]), form
            for mark in ("**", "`"):
                assert form.count(mark) == ids[-1].count(mark), form
            assert set(re.findall(r"`[^`]*`", form)) == set(re.findall(r"`[^`]*`", ids[-1])), form
            assert form == form.strip(), form


@pytest.mark.parametrize("language", OTHERS)
def test_enough_is_translated(language: str) -> None:
    catalogue = messages.read_catalogue(language)
    missing = messages.untranslated(catalogue)
    assert 1 - len(missing) / len(catalogue) >= LEAST_TRANSLATED, missing


def test_what_a_plan_shows_is_in_the_catalogue() -> None:
    """What sheets, rules and enumerations hold is found by looking at them, not by a list."""
    mission, plan = good_mission(), good_plan()
    verdict = check_plan(mission, plan, make_provider(mission))
    texts = {message.id for message in _messages("ru")}
    for sheet in sheets_of(PlanView(mission, plan), verdict):
        assert {sheet.title, sheet.table.empty} <= texts
        assert {column.title for column in sheet.table.columns} <= texts
    assert set(data_status(mission)) <= texts
    assert set(ACTIVITIES) <= texts
    assert {rule.label for rule in RULES.rules.values()} <= texts
    assert {reason.value.replace("_", " ") for reason in StopReason} <= texts


def test_words_of_a_document_are_spoken() -> None:
    assert word(StopReason.NOTHING_TO_DO) == "nothing to do"
    use_language("ru")
    assert word(Phase.COUNTING) == "подсчёт голосов"
    assert word("not_a_word_of_ours") == "not a word of ours"


def test_unknown_languages_and_texts_fall_back_to_english() -> None:
    assert use_language("xx") == "en"
    assert use_language(None) == "en"
    assert use_language("ru-RU") == "ru"
    assert _("no such text in any catalogue") == "no such text in any catalogue"
    assert _("") == ""


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("ru", "ru"),
        ("ru-RU", "ru"),
        ("RU_ru.UTF-8", "ru"),
        ("ru.UTF-8", "ru"),
        ("en-GB", "en"),
        ("de", None),
        ("C.UTF-8", None),
        ("../../etc", None),
        ("", None),
        (None, None),
    ],
)
def test_locales_name_languages(given: str | None, found: str | None) -> None:
    assert known(given) == found


@pytest.mark.parametrize("count", NUMBERS)
def test_russian_has_three_forms_of_number(count: int) -> None:
    use_language("ru")
    last, tens = count % 10, count // 10 % 10
    ending = "ий" if tens == 1 or last in (0, 5, 6, 7, 8, 9) else "ие" if last == 1 else "ия"
    said = n_("{n} remark", "{n} remarks", count).format(n=count)
    assert said == f"{count} замечан{ending}"


def test_two_sessions_never_mix() -> None:
    gate = threading.Barrier(4)
    wrong: list[str] = []

    def session(language: str, expected: str) -> None:
        gate.wait()
        for _turn in range(300):
            use_language(language)
            said = (_("Areas"), present_language())
            if said != (expected, language):
                wrong.append(str(said))

    threads = [
        threading.Thread(target=session, args=each)
        for each in [("ru", "Зоны"), ("en", "Areas")] * 2
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert present_language() == "en"


def test_a_new_thread_asks_its_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that draws a part of a page starts in a thread without a language."""
    monkeypatch.setattr(strings, "_ask", [lambda: "ru"])
    said: list[str] = []
    thread = threading.Thread(target=lambda: said.append(_("Areas")))
    thread.start()
    thread.join()
    assert said == ["Зоны"]
    assert _("Areas") == "Areas"


def test_numbers_and_dates_follow_the_language() -> None:
    assert (number(10033), number(-1234.56, 1)) == ("10,033", "-1,234.6")
    assert share(0.125) == "12.5%"
    assert long_date(date(2022, 11, 20)) == "20 November 2022"
    use_language("ru")
    assert number(1234567.8, 1) == "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,8"
    assert share(0.125) == "12,5\N{NO-BREAK SPACE}%"
    assert long_date(date(2022, 5, 9)) == "9 мая 2022"


def test_calls_inside_f_strings_are_found(tmp_path: Path) -> None:
    path = tmp_path / "view.py"
    path.write_text(
        "x = f\"**{_('Inside')}** {n_('{n} pair', '{n} pairs', 2)}\" + _('One ' 'text')\n_(name)\n",
        encoding="utf-8",
    )
    found = [(text.one, text.many) for text in texts_in(path, tmp_path)]
    assert sorted(found) == [("Inside", None), ("One text", None), ("{n} pair", "{n} pairs")]


@pytest.mark.parametrize("call", ["_(f'{n} pairs')", "_('{n}'.format(n=1))"])
def test_a_text_filled_in_too_early_is_refused(call: str, tmp_path: Path) -> None:
    path = tmp_path / "view.py"
    path.write_text(call, encoding="utf-8")
    with pytest.raises(ValueError, match=r"view.py:1: _ takes the text before"):
        list(texts_in(path, tmp_path))


@pytest.mark.parametrize("name", ["Қарағанды", "Өскемен", "Йошкар-Ола", "თბილისი", "Արարատ"])
def test_pages_keep_names(name: str) -> None:
    assert plain(name).replace("\\", "") == name
    assert plain(name.replace("-", "")) == name.replace("-", "")
