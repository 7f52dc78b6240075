"""Texts that the interface shows but the planner holds: columns, figures, rules, words of plans.

The planner speaks English and knows no catalogue; the interface passes these through ``_`` or
``word``. They are found by looking at the modules, so that a new column cannot be forgotten.
"""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import ModuleType

import planner.domain
import planner.export.sheets
from planner.export import figures
from planner.export.sheets.table import Column
from planner.jobs import record
from planner.rules.book import RULES
from planner.store import access, records
from tools.texts import Text

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
    for label, _unit in figures._KNOWN.values():  # noqa: SLF001 - shown by the interface one by one
        yield Text(label, _where(figures))
    for rule in RULES.rules.values():
        yield Text(rule.label, "planner/rules/book.py")
    for module in (*_modules(planner.domain), record, access, records):
        yield from _words(module)
    for text in (*KINDS_OF_RECORDS, TRAVEL):
        yield Text(text, "planner/export/classification.py")


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
