"""The report as JSON, valid against `schemas/report.schema.json`; documents never pile up in memory."""

from __future__ import annotations

import json
from typing import Any, TextIO

from validator.report import Document, Report
from validator.reports import Style
from validator.reports.aside import Aside

_MARK = '"documents": []'


class Writer:
    """Keeps the documents' JSON aside, because the summary stands first and is known last."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self._out = out
        self._documents = Aside(",")

    def add(self, document: Document) -> None:
        """Take one document's result."""
        self._documents.add("\n    " + _indented(document.to_json(), 4))

    def finish(self, report: Report) -> None:
        """Write head, documents and tail."""
        head, _, tail = _indented(report.to_json(), 0).partition(_MARK)
        self._out.write(head + '"documents": [')
        self._documents.copy_to(self._out)
        self._out.write(("\n  ]" if self._documents.count else "]") + tail + "\n")

    def close(self) -> None:
        """Remove the documents put aside."""
        self._documents.close()


def _indented(value: dict[str, Any], depth: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + " " * depth)
