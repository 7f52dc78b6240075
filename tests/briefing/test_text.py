"""Text of any kind stays text, on one line, and in words that may break."""

import json

import pytest

from planner.briefing.text import LONGEST_WORD, breakable, document, plain


@pytest.mark.parametrize(
    "text",
    [
        "#import",
        "$x^2$",
        "*b*",
        "_i_",
        "@ref",
        "<label>",
        "\\n",
        "\"q\" 'p'",
        "`raw`",
        "= h",
        "{a: 1}",
    ],
)
def test_signs_of_typst_are_left_as_they_are(text: str):
    assert plain(text) == text


def test_lines_tabs_and_control_signs_become_spaces():
    assert plain(" a\n\tb\x00c\u2028d ") == "a b c d"


def test_signs_that_turn_the_order_are_dropped():
    assert plain("a\u202eb\u2066c\ufeff") == "abc"


def test_joiners_stay():
    assert plain("क्\u200dष") == "क्\u200dष"


def test_half_a_pair_of_surrogates_is_shown_as_missing():
    assert plain("a\ud800b") == "a\ufffdb"
    assert json.loads(document("a\ud800")) == "a\ufffd"


def test_long_words_may_break_and_short_ones_do_not():
    assert breakable("Шымкент и Туркестан") == "Шымкент и Туркестан"
    broken = breakable("x" * 50)
    assert broken.replace("\u200b", "") == "x" * 50
    assert max(map(len, broken.split("\u200b"))) == LONGEST_WORD


def test_a_mark_stays_with_its_letter():
    word = "x" * LONGEST_WORD + "\u0301" + "y"
    assert breakable(word) == "x" * LONGEST_WORD + "\u0301\u200by"


def test_every_text_of_the_document_is_cleaned_and_numbers_are_not():
    found = json.loads(document({"a": ["b\nc", 1.5, None, True], "d": ("e\x01",)}))
    assert found == {"a": ["b c", 1.5, None, True], "d": ["e"]}


def test_a_minus_sign_is_one_that_the_fonts_have_and_stays_with_its_number():
    assert json.loads(document("\u2212257")) == "\u2013\u2060257"


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        document([float("nan")])
