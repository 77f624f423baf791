"""What a check tells on standard error while it runs: failures, files passed over, progress."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from validator.reports.terminal import safe

if TYPE_CHECKING:
    from validator.batch import Result

_PROGRESS_FROM = 20  # files; fewer are done before a counter helps anybody
_BAR = 30  # columns


class Progress:
    """Keeps people informed without touching standard output."""

    def __init__(
        self,
        verbose: bool,
        quiet: bool,
        debug: bool,
        progress: bool,
        count: Callable[[], int] | None = None,
    ) -> None:
        """`progress`: the report goes to a file; where it streams over the terminal it is the progress.

        `count` tells how many results there will be; it is asked once, if the bar is shown at all.
        """
        self._verbose = verbose
        self._quiet = quiet
        self._debug = debug
        apart = progress or not sys.stdout.isatty()
        self._progress = apart and sys.stderr.isatty() and not quiet
        self._count = count
        self._all = 0
        self._told: set[str] = set()
        self._done = 0
        self._skipped = 0

    def result(self, result: Result) -> None:
        """Tell of one result what the report does not show at once."""
        self._done += 1
        if result.failure:
            self._failure(result)
        elif result.skipped:
            self._skipped += 1
            if self._verbose:
                self._say(f"leaflet: passed over {result.path}: {result.skipped}")
        if self._progress and self._done >= _PROGRESS_FROM:
            sys.stderr.write(f"\r{self._bar()}")
            sys.stderr.flush()

    def close(self) -> None:
        """Tell how many files were passed over."""
        self._clear()
        if self._skipped and not self._quiet:
            files = "1 file that is" if self._skipped == 1 else f"{self._skipped} files that are"
            hint = "" if self._verbose else " (--verbose names them)"
            self._say(f"leaflet: passed over {files} no leaflet{hint}")

    def _bar(self) -> str:
        """How far the run is: a bar where the end is known, else a counter."""
        if self._count:
            self._all, self._count = self._count(), None
        if self._all < self._done:
            return f"{self._done} files"
        full = _BAR * self._done // self._all
        return f"[{'#' * full}{'-' * (_BAR - full)}] {self._done} of {self._all} files"

    def _failure(self, result: Result) -> None:
        from validator.errors import EXIT_USAGE

        broken_law = result.code == EXIT_USAGE
        line = result.failure if broken_law else f"{result.path}: {result.failure}"
        if line not in self._told:  # a broken law file is told once, not for every leaflet
            self._say(f"leaflet: error: {line}")
        if broken_law:
            self._told.add(line)
        if self._debug and result.trace:
            self._clear()
            sys.stderr.write(result.trace)

    def _say(self, line: str) -> None:
        self._clear()
        sys.stderr.write(safe(line) + "\n")

    def _clear(self) -> None:
        if self._progress and self._done >= _PROGRESS_FROM:
            sys.stderr.write("\r\033[K")
