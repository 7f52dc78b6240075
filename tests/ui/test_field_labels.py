"""Fields and words of documents as a person reads them, in both languages."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from planner.domain.observer import Experience
from planner.domain.plan import Phase
from planner.export.view import PlanView
from planner.intake.guess import fields
from planner.intake.words import vocabulary
from tests.good_plan import good_mission, good_plan
from ui.components.deeds import deed_words
from ui.field_labels import english, fields_of, label
from ui.restricted import banner_words, synthetic_words
from ui.spoken import spoken, yes_or_no
from ui.strings import use_language
from ui.written import amount, short_day

LATIN = re.compile(r"[A-Za-z]{3,}")
LATIN_STAYS = {"URL"}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("max_leg_min", "Max leg (min)"),
        ("lto_from_day", "LTO from (days from E-day)"),
        ("dark_from_hour", "Dark from (h)"),
        ("vehicle_day", "Vehicle, one day"),
        ("e_day", "Election day"),
        ("district_name", "District name"),
        ("url", "URL"),
    ],
)
def test_a_field_is_named_with_its_unit(name: str, said: str) -> None:
    assert label(name) == said


def test_all_settings_are_found() -> None:
    names = set(fields_of())
    assert {"max_leg_min", "arrives_day", "opens", "lto_teams", "up_to_km", "currency"} <= names


def test_every_setting_and_column_is_russian() -> None:
    use_language("ru")
    names = {*fields_of(), *(name for kind in vocabulary()["columns"] for name in fields(kind))}
    left = {label(name) for name in names if LATIN.search(label(name))}
    assert left <= LATIN_STAYS
    assert len({english(name) for name in names}) <= len(names)


def test_words_of_documents_are_spoken_and_names_are_not() -> None:
    use_language("ru")
    assert spoken(Phase.COUNTING.value) == "подсчёт голосов"
    assert spoken("opening, voting") == "открытие, голосование"
    assert spoken(Experience.SENIOR.value) == "опытный"
    assert spoken("Opening") == "Opening"
    assert spoken("voting hall") == "voting hall"
    assert spoken("F") == "F"
    assert spoken(3) == 3
    assert [yes_or_no(value=True), yes_or_no(value=False)] == ["да", "нет"]


def test_deeds_are_told_in_words() -> None:
    assert deed_words("revision.save") == "plan saved"
    assert deed_words("job.done") == "job done"
    assert deed_words("moon.land") == "moon.land"
    use_language("ru")
    assert deed_words("job.done") == "задание: готово"


def test_amounts_and_short_days() -> None:
    assert amount(6.5, "h", 1) == "6.5 h"
    assert amount(1200, "") == "1,200"
    assert amount(2, "parsec") == "2 parsec"
    assert f"{date(2022, 11, 20):{short_day()}}" == "20 Nov"
    use_language("ru")
    assert amount(6.5, "h", 1) == "6,5 ч"
    assert f"{date(2022, 11, 20):{short_day()}}" == "20.11."


def test_the_banner_is_the_planners_in_english_and_has_a_translation() -> None:
    view = PlanView(good_mission(), good_plan())
    assert banner_words(view) == view.banner
    assert synthetic_words(view) == ", ".join(view.synthetic)
    use_language("ru")
    assert not LATIN.search(banner_words(view))
