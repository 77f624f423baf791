"""The report as JSON lines: one document a line as soon as it is there, then the report without documents."""

from __future__ import annotations

import json
from typing import Any, TextIO

from validator.report import Document, Report
from validator.reports import Style


class Writer:
    """Writes each document at once, so that a reader of a pipe can follow."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self._out = out

    def add(self, document: Document) -> None:
        """Write one document."""
        self._line(document.to_json())

    def finish(self, report: Report) -> None:
        """Write the last line, told by its key `summary`."""
        self._line(report.to_json())

    def close(self) -> None:
        """Nothing is held."""

    def _line(self, value: dict[str, Any]) -> None:
        # ASCII alone: U+2028 and the like end a line for some readers.
        self._out.write(json.dumps(value, separators=(",", ":")) + "\n")
        self._out.flush()
