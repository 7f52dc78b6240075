"""Texts that the interface shows but the planner holds: columns, figures, rules, words of plans.

The planner speaks English and knows no catalogue; the interface passes these through ``_`` or
``word``. They are found by looking at the modules, so that a new column cannot be forgotten.
"""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import get_args

import planner.domain
import planner.export.sheets
import planner.referee
from planner.domain.plan import Unassigned
from planner.explain.words import STAGE_LABELS
from planner.export import figures
from planner.export.sheets.table import Column
from planner.intake.guess import fields as columns_of
from planner.intake.words import vocabulary
from planner.jobs import record
from planner.optimizer.allocation import stage as allocation
from planner.optimizer.areas import stage as areas
from planner.optimizer.days import stage as days
from planner.optimizer.pairing import stage as pairing
from planner.optimizer.sampling import stage as sampling
from planner.referee.book import RECORDS
from planner.rules.book import RULES
from planner.scenario.presets import PRESETS
from planner.store import access, records
from tools.texts import Text
from ui.field_labels import english, fields_of
from ui.spoken import OTHERS as SHEET_WORDS
from ui.spoken import SCORE_PARTS

KINDS_OF_RECORDS = ("Districts", "Towns", "Polling stations", "Commissions")
"""Keys of ``planner.export.classification.data_status``."""
TRAVEL = "travel"
"""What a pair does between its stops; the other activities are phases of the plan."""
_FIELDS = {"Table": ("empty",), "Sheet": ("name", "title", "intro"), "Column": ("title",)}
"""Parts of a sheet that are shown, where they are a plain text."""


def document_texts() -> Iterator[Text]:
    """Yield all texts of the planner that the interface translates; some come more than once."""
    for module in _modules(planner.export.sheets):
        yield from _of_sheet(module)
        yield from _chosen_from(module)
    for label, _unit in figures._KNOWN.values():  # noqa: SLF001 - shown by the interface one by one
        yield Text(label, _where(figures))
    for rule in RULES.rules.values():
        yield Text(rule.label, "planner/rules/book.py")
    for module in (*_modules(planner.domain), record, access, records):
        yield from _words(module)
    for text in (*KINDS_OF_RECORDS, TRAVEL):
        yield Text(text, "planner/export/classification.py")
    yield from _other_words()
    yield from _fields_labelled()


def _other_words() -> Iterator[Text]:
    """Yield units, parts of a score and kinds of records, as plans and sheets hold them."""
    for stage in (areas, allocation, pairing, sampling, days):
        yield Text(stage.UNIT, _where(stage))
    for part in SCORE_PARTS:
        yield Text(part, "planner/explain/pair_score.py")
    for kind in get_args(Unassigned.model_fields["kind"].annotation):
        yield Text(kind, "planner/domain/plan.py")
    for text in SHEET_WORDS:
        yield Text(text, "planner/export/sheets")
    for asked in STAGE_LABELS.values():
        yield Text(asked, "planner/explain/words.py")
    for rule in RECORDS.rules.values():
        yield Text(rule.label, "planner/referee/book.py")
    for preset in PRESETS:
        yield Text(preset.question, "planner/scenario/presets.py")
        yield Text(preset.source, "planner/scenario/presets.py")


def _fields_labelled() -> Iterator[Text]:
    """Yield names and units of the fields of a mission and of the columns of all lists."""
    names = [*fields_of(), *(name for kind in vocabulary()["columns"] for name in columns_of(kind))]
    for name in dict.fromkeys(names):
        for text in english(name):
            if text:
                yield Text(text, "ui/field_labels.py")


def _of_sheet(module: ModuleType) -> Iterator[Text]:
    where = _where(module)
    for value in vars(module).values():
        for column in value if isinstance(value, tuple) else (value,):
            if isinstance(column, Column) and "{" not in column.title:
                yield Text(column.title, where)
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        fields = _FIELDS.get(node.func.id, ())
        given = [each.value for each in node.keywords if each.arg in fields]
        if node.func.id == "Column":
            given += node.args[:1]
        for text in (text for each in given for text in _constants(each)):
            if "{" not in text:
                yield Text(text, where)


def _chosen_from(module: ModuleType) -> Iterator[Text]:
    """Yield sentences that a sheet chooses from by a key."""
    for name, value in vars(module).items():
        if isinstance(value, Mapping) and not name.startswith("__"):
            yield from (Text(each, _where(module)) for each in value.values() if type(each) is str)


def _constants(node: ast.expr) -> Iterator[str]:
    """Yield a constant text, or both where a condition chooses between two."""
    if isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _words(module: ModuleType) -> Iterator[Text]:
    """Yield the words of a module's enumerations as ``ui.strings.word`` looks them up."""
    for value in vars(module).values():
        if (
            isinstance(value, type)
            and issubclass(value, StrEnum)
            and value.__module__ == module.__name__
        ):
            for member in value:
                yield Text(member.value.replace("_", " "), _where(module))


def _modules(package: ModuleType) -> list[ModuleType]:
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


def _where(module: ModuleType) -> str:
    root = Path(inspect.getfile(planner.domain)).parents[2]
    return Path(inspect.getfile(module)).relative_to(root).as_posix()
