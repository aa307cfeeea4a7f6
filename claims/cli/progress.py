"""A progress bar on standard error, for work longer than two seconds, never in a pipe; and Ctrl-C."""

from __future__ import annotations

import signal
import sys
import time
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

from claims.cli.guard import say
from claims.pipeline import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_PATIENCE = 2.0  # seconds before a bar appears


class TerminalProgress(Progress):
    """Shows the stages, and turns the first Ctrl-C into a request to finish what is in flight."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._name = ""
        self._total: int | None = None
        self._done = 0.0
        self._counts: dict[str, float] = {}
        self._started = self._stage_started = time.monotonic()
        self._stopping = False
        self._before: Any = None

    def __enter__(self) -> TerminalProgress:
        self._before = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._before)
        if self._bar is not None:
            self._bar.stop()

    def stage(self, name: str, total: int | None) -> None:
        self._name, self._total, self._done, self._counts = name, total, 0.0, {}
        self._stage_started = time.monotonic()
        if self._bar is not None:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(name, total=total, counts="")

    def advance(self, items: float, **counts: float) -> None:
        self._done += items
        self._counts.update(counts)
        if self._shown and self._bar is None and time.monotonic() - self._started > _PATIENCE:
            self._open()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done, counts=self._line())

    def stopping(self) -> bool:
        return self._stopping

    def _line(self) -> str:
        elapsed = time.monotonic() - self._stage_started
        parts = [f"{self._done / elapsed:.1f}/s"] if self._done and elapsed > 0 else []
        for name, value in self._counts.items():
            parts.append(f"${value:.4f}" if name == "cost" else f"{value:,.0f} {name}")
        return ", ".join(parts)

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[counts]}"),
            console=Console(file=sys.stderr),
            transient=True,
        )
        self._bar.start()
        self._task = self._bar.add_task(self._name, total=self._total, counts=self._line())
        self._bar.update(self._task, completed=self._done)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        if self._stopping:
            raise KeyboardInterrupt
        self._stopping = True
        say("claims: stopping after what is in flight; Ctrl-C again stops at once")
