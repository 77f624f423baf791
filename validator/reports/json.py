"""The report as JSON, valid against `schemas/report.schema.json`; documents never pile up in memory."""

from __future__ import annotations

import json
import shutil
import tempfile
from typing import Any, TextIO

from validator.report import Document, Report, Summary, Tool
from validator.reports import Style

_IN_MEMORY = 4_000_000  # characters of documents before they go to a temporary file
_MARK = '"documents": []'


class Writer:
    """Keeps the documents' JSON aside, because the summary stands first and is known last."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self._out = out
        self._count = 0
        self._aside = tempfile.SpooledTemporaryFile(  # noqa: SIM115 (close() closes it)
            _IN_MEMORY, "w+", encoding="utf-8", errors="backslashreplace", newline=""
        )

    def add(self, document: Document) -> None:
        """Take one document's result."""
        self._aside.write((",\n    " if self._count else "\n    ") + _indented(_plain(document), 4))
        self._count += 1

    def finish(self, report: Report) -> None:
        """Write head, documents and tail."""
        head, _, tail = _indented(report.to_json(), 0).partition(_MARK)
        self._out.write(head + '"documents": [')
        self._aside.seek(0)
        shutil.copyfileobj(self._aside, self._out)
        self._out.write(("\n  ]" if self._count else "]") + tail + "\n")

    def close(self) -> None:
        """Remove the documents put aside."""
        self._aside.close()


def _plain(document: Document) -> dict[str, Any]:
    """One document in the form that `Report.to_json` gives it."""
    alone = Report(tool=Tool(version=""), generated="", summary=Summary(), documents=(document,))
    plain: dict[str, Any] = alone.to_json()["documents"][0]
    return plain


def _indented(value: dict[str, Any], depth: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + " " * depth)
