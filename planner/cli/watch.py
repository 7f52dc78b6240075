"""Watching a plan being made: a live table, and Ctrl-C for the best plan so far."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Console
from rich.live import Live
from rich.table import Table

from planner.domain.plan import StageName


class Watch:
    """Shows incumbent, bound and gap of each stage; cancelled by the first Ctrl-C.

    Parameters
    ----------
    console
        Where to show it; a console that is no terminal gets one line a stage.
    """

    def __init__(self, console: Console) -> None:
        self.cancelled = False
        self._console = console
        self._rows: dict[StageName, tuple[float, float | None, float | None]] = {}
        self._started: dict[StageName, float] = {}
        self._live: Live | None = None

    def report(self, stage: StageName, incumbent: float | None, bound: float | None) -> None:
        """Take a stage's best objective and bound so far."""
        now = time.monotonic()
        if stage not in self._started:
            self._started[stage] = now
            if self._live is None:
                self._console.print(f"{stage.value} …", style="dim")
        self._rows[stage] = (now - self._started[stage], incumbent, bound)
        if self._live is not None:
            self._live.update(self._table())

    @contextmanager
    def watching(self) -> Iterator["Watch"]:
        """Show progress, and turn the first Ctrl-C into a wish for the best plan so far."""
        before = signal.signal(signal.SIGINT, self._cancel)
        try:
            if self._console.is_terminal:
                with Live(self._table(), console=self._console, refresh_per_second=4) as live:
                    self._live = live
                    yield self
            else:
                yield self
        finally:
            self._live = None
            signal.signal(signal.SIGINT, before)

    def _cancel(self, _signal: int, _frame: FrameType | None) -> None:
        if self.cancelled:
            raise KeyboardInterrupt
        self.cancelled = True
        self._console.print("Stopping: the best plan so far is kept. Ctrl-C again gives it up.")

    def _table(self) -> Table:
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
        table.add_column("stage")
        for column in ("best", "bound", "gap", "seconds"):
            table.add_column(column, justify="right")
        for stage in StageName:
            seconds, best, bound = self._rows.get(stage, (None, None, None))
            table.add_row(
                stage.value,
                "" if best is None else f"{best:,.2f}",
                "" if bound is None else f"{bound:,.2f}",
                _gap(best, bound),
                "" if seconds is None else f"{seconds:.0f}",
            )
        return table


def _gap(best: float | None, bound: float | None) -> str:
    if best is None or bound is None:
        return ""
    scale = max(abs(best), abs(bound))
    return f"{abs(bound - best) / scale:.2%}" if scale else "0.00%"
