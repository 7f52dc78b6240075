"""Fields of a mission as widgets; what is typed is kept as a draft until it is saved."""

import json
import types
from collections.abc import Sequence
from datetime import time
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

import streamlit as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from planner.domain.mission import Mission
from planner.workspace.mission_edit import Values, value_at
from ui.field_labels import label
from ui.state import Page
from ui.strings import _, word

PREFIX = "mission:"


def drafted(page: Page) -> dict[str, Any]:
    """Return the values that the user has typed and not yet saved, by dotted path."""
    drafts = page.workspace.store.drafts.all(page.user, page.folder.id)
    return {
        name.removeprefix(PREFIX): json.loads(text)
        for name, text in drafts.items()
        if name.startswith(PREFIX)
    }


def discard(page: Page, paths: Sequence[str]) -> None:
    """Forget typed values; the widgets show the mission's own again."""
    page.workspace.store.drafts.clear(
        page.user, page.folder.id, *(f"{PREFIX}{path}" for path in paths)
    )
    for path in paths:
        st.session_state.pop(f"{_key(page, path)}-seen", None)


def fields(
    page: Page, document: Values, section: str, names: Sequence[str], drafts: Values
) -> None:
    """Draw some fields of one part of a mission, three in a row.

    Parameters
    ----------
    document
        The mission as JSON holds it.
    section
        Dotted path of the part, e.g. ``policies.day``; empty for the mission itself.
    names
        Fields of the part.
    drafts
        What :func:`drafted` returned.
    """
    model: type[BaseModel] = Mission
    for part in section.split(".") if section else ():
        model = _model(model.model_fields[part])
    columns = st.columns(3)
    for number, name in enumerate(names):
        path = f"{section}.{name}" if section else name
        with columns[number % 3]:
            _field(page, path, model.model_fields[name], drafts.get(path, value_at(document, path)))


def _model(info: FieldInfo) -> type[BaseModel]:
    found = info.annotation
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        msg = f"Expected a part of the mission, got {found}."
        raise TypeError(msg)
    return found


def _key(page: Page, path: str) -> str:
    return f"field-{page.folder.id}-{path}"


def _field(page: Page, path: str, info: FieldInfo, value: Any) -> None:  # noqa: ANN401 - any field
    kind, optional = _kind(info.annotation)
    key = _key(page, path)
    words = label(path.rpartition(".")[2])
    shown = _shown(kind, value)
    brought = _bring(key, shown)
    common: dict[str, Any] = {
        "key": key,
        "on_change": _keep,
        "args": (page, path),
        "disabled": not page.may_plan,
    }
    # A value that was brought stands in the session; a number that may be empty has to say so.
    start: dict[str, Any] = {} if brought else {"value": shown}
    if brought and optional and kind in (int, float):
        start = {"value": None}
    if kind is bool:
        st.checkbox(words, **start, **common)
    elif isinstance(kind, type) and issubclass(kind, StrEnum):
        options = [each.value for each in kind]
        index = 0 if brought else options.index(value)
        st.selectbox(words, options, index, format_func=word, **common)
    elif kind in (int, float):
        low, high = _limits(info, kind)
        st.number_input(
            words,
            min_value=low,
            max_value=high,
            step=1 if kind is int else None,
            format=None if kind is int else "%g",
            placeholder=_("not set") if optional else None,
            **start,
            **common,
        )
    elif kind is time:
        st.time_input(words, step=300, **start, **common)
    else:
        st.text_input(words, max_chars=200, **start, **common)


def _shown(kind: Any, value: Any) -> Any:  # noqa: ANN401 - any field
    """Return a value of the document as its widget holds it."""
    if kind is time:
        return time.fromisoformat(value)
    if kind in (int, float):
        return None if value is None else kind(value)
    return bool(value) if kind is bool else value or ""


def _bring(key: str, shown: Any) -> bool:  # noqa: ANN401 - any field
    """Put the value into a widget that shows an older one; say whether that was needed.

    A widget goes on showing what it showed first, also after somebody else has saved another value
    or a person has discarded theirs.
    """
    seen = f"{key}-seen"
    old = key in st.session_state and st.session_state.get(seen) != shown
    needed = old and st.session_state[key] != shown
    if needed:
        st.session_state[key] = shown
    st.session_state[seen] = shown
    return bool(needed)


def _keep(page: Page, path: str) -> None:
    if _key(page, path) not in st.session_state:
        return
    value = st.session_state[_key(page, path)]
    if isinstance(value, time):
        value = value.isoformat()
    page.workspace.store.drafts.put(page.user, page.folder.id, f"{PREFIX}{path}", json.dumps(value))


def _kind(annotation: Any) -> tuple[Any, bool]:  # noqa: ANN401 - a type
    """Return the plain type of an annotation, and whether it may be None."""
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [each for each in get_args(annotation) if each is not type(None)]
        return _kind(inner[0])[0], True
    if hasattr(annotation, "__metadata__"):
        return _kind(get_args(annotation)[0])
    if hasattr(annotation, "__supertype__"):
        return annotation.__supertype__, False
    return annotation, False


def _limits(info: FieldInfo, kind: type) -> tuple[Any, Any]:
    """Return the least and the most that a field takes, as its model says."""
    low, high = None, None
    metadata = list(info.metadata)
    for part in get_args(info.annotation):
        metadata += getattr(part, "__metadata__", ())
    for each in metadata:
        constraints = getattr(each, "metadata", None) or [each]
        for one in constraints:
            low = getattr(one, "ge", low) if getattr(one, "ge", None) is not None else low
            high = getattr(one, "le", high) if getattr(one, "le", None) is not None else high
    return (None if low is None else kind(low)), (None if high is None else kind(high))
