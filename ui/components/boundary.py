"""The error boundary: a code, what is wrong and what to do; the trace goes to a log."""

import os
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from planner.errors import InputError, PlannerError
from ui.components.findings import findings_table
from ui.components.text import plain
from ui.strings import _


@contextmanager
def boundary() -> Iterator[None]:
    """Show errors of the block as messages; Streamlit's own signals pass through."""
    try:
        yield
    except PlannerError as error:
        show_error(error)
    except Exception:  # noqa: BLE001 - the last line: the trace goes to a log, never to the user
        _show(
            "UI-BUG",
            _("something went wrong that should not"),
            _("please report it with {log}").format(log=_log(traceback.format_exc())),
        )


def show_error(error: PlannerError) -> None:
    """Show an error with its code, its remedy and, where it has them, all its findings."""
    _show(error.code, error.message, error.remedy)
    if isinstance(error, InputError) and error.findings:
        findings_table(error.findings)


def _show(code: str, message: str, remedy: str) -> None:
    st.error(f"**{plain(code)}** · {plain(message)}", icon=":material/error:")
    if remedy:
        st.markdown(f"**{_('What to do:')}** {plain(remedy)}")


def _log(trace: str) -> str:
    handle, name = tempfile.mkstemp(prefix="mission-planner-ui-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        log.write(trace)
    return name
