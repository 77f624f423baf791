"""The report as CSV for spreadsheets: one line a finding, and no cell that a spreadsheet would compute."""

from __future__ import annotations

import csv
from typing import TextIO

from validator.report import Document, Finding, Report
from validator.reports import Style
from validator.reports.terminal import safe
from validator.reports.words import evidence, located, place

COLUMNS = (
    "kind",
    "path",
    "part",
    "product",
    "market",
    "profile",
    "language",
    "status",
    "severity",
    "rule",
    "problem",
    "section",
    "place",
    "message",
    "found",
    "expected",
    "fix",
    "law",
    "accepted because",
    "fingerprint",
    "sha256",
)
# Without the mark, Excel reads the file in the code page of the country and spoils every accent.
BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


class Writer:
    """Writes each line as it comes."""

    def __init__(self, out: TextIO, style: Style) -> None:
        out.write(BYTE_ORDER_MARK)
        self._rows = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
        self._rows.writeheader()

    def add(self, document: Document) -> None:
        """Write the findings of one document."""
        for finding in document.findings:
            self._row("finding", **_cells(document, finding))

    def finish(self, report: Report) -> None:
        """Write what could not be read, waivers out of order, and the evidence."""
        for failure in report.unreadable:
            self._row("unreadable", path=failure.path, message=failure.reason, severity="error")
        for notice in report.notices:
            self._row(notice.kind, path=notice.at, message=located(notice), severity=notice.severity)
        for line in evidence(report):
            self._row("evidence", message=line)

    def close(self) -> None:
        """Nothing is held."""

    def _row(self, kind: str, **cells: str) -> None:
        self._rows.writerow({"kind": kind, **{key.replace("_", " "): cell(cells[key]) for key in cells}})


def _cells(document: Document, finding: Finding) -> dict[str, str]:
    law = "; ".join(", ".join(part for part in (law.source, law.at) if part) for law in finding.citation)
    return {
        **{key: getattr(document, key) for key in ("path", "market", "profile", "language", "sha256")},
        **{
            key: getattr(finding, key)
            for key in ("severity", "rule", "problem", "message", "expected", "fix")
        },
        "part": document.part or "",
        "product": document.product.name,
        "status": finding.status,
        "section": finding.location.section or "",
        "place": place(document, finding),
        "found": finding.evidence,
        "law": law,
        "accepted_because": finding.accepted,
        "fingerprint": finding.fingerprint,
    }


def cell(text: str) -> str:
    """A cell on one line; an apostrophe before it keeps a spreadsheet from computing it."""
    shown = safe(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown
