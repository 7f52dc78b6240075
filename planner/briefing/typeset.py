"""From content to PDF by typst: fonts of our own, no network, no file of the machine."""

import tempfile
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from planner.briefing.text import document
from planner.errors import PlannerError

TEMPLATE = "briefing.typ"


def typeset(content: Any, fonts: Sequence[Path] = ()) -> bytes:  # noqa: ANN401 - JSON
    """Return the PDF of a briefing; equal content gives equal bytes with one version of typst.

    Parameters
    ----------
    content
        What the template shows, as for JSON.
    fonts
        Further folders of fonts, for scripts beyond Latin, Greek, Cyrillic, Georgian, Armenian.

    Raises
    ------
    PlannerError
        ``BR-MISSING`` without typst; ``BR-TYPST`` if it cannot set the page.
    """
    try:
        import typst  # noqa: PLC0415 - an extra
    except ImportError as fault:
        raise PlannerError(
            "BR-MISSING",
            "a briefing is set by typst, which is not installed",
            "Install mission-planner[briefing], or take the workbook (--as xlsx).",
        ) from fault
    here = files("planner.briefing")
    with tempfile.TemporaryDirectory() as alone, as_file(here / "fonts") as own:
        # The root holds the template and nothing else, nor is there a package to be found.
        main = Path(alone, TEMPLATE)
        main.write_bytes((here / TEMPLATE).read_bytes())
        try:
            return typst.compile(
                str(main),
                root=alone,
                font_paths=[str(path) for path in (own, *fonts)],
                ignore_system_fonts=True,
                sys_inputs={"content": document(content)},
                package_path=alone,
                package_cache_path=alone,
            )
        except RuntimeError as fault:
            raise PlannerError(
                "BR-TYPST",
                f"typst cannot set the briefing: {fault}",
                "Report it with the scenarios, and take the workbook (--as xlsx) meanwhile.",
            ) from fault
