"""The report as workflow commands of GitHub Actions: an annotation a finding, at its lines."""

from __future__ import annotations

from typing import TextIO

from validator.report import Document, Finding, Report
from validator.reports import Style
from validator.reports.terminal import safe
from validator.reports.words import evidence, located, place, slashes, spot, totals

_COMMANDS = {"error": "error", "warning": "warning", "advice": "notice"}


class Writer:
    """Writes each annotation as it comes; what is waived or known is a notice that says so."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self._out = out

    def add(self, document: Document) -> None:
        """Write the annotations of one document."""
        for finding in document.findings:
            self._finding(document, finding)

    def finish(self, report: Report) -> None:
        """Write what could not be read, waivers out of order, and the totals."""
        for failure in report.unreadable:
            self._command("error", failure.reason, file=slashes(failure.path), title="document/unreadable")
        for notice in report.notices:
            path, line = spot(notice)
            where = {"file": slashes(path), "line": str(line)} if path else {}
            self._command(_COMMANDS[notice.severity], located(notice), **where, title=notice.kind)
        lines = [totals(report.summary), *evidence(report)]
        self._command("notice", "\n".join(lines), title="leaflet check")

    def close(self) -> None:
        """Nothing is held."""

    def _finding(self, document: Document, finding: Finding) -> None:
        at = finding.location
        where = {"file": slashes(document.path)}
        if at.line and not at.page:
            where |= {"line": str(at.line), "endLine": str(max(at.end_line or 0, at.line))}
            if at.column and at.end_line in (None, at.line) and (at.end_column or 0) > at.column:
                where |= {"col": str(at.column), "endColumn": str(at.end_column)}
        text = f"{finding.message}\n{finding.fix}"
        if "line" not in where:
            text = f"{place(document, finding)}: {text}"
        if finding.accepted:
            text = f"{finding.accepted}: {text}"
        command = "notice" if finding.accepted else _COMMANDS[finding.severity]
        self._command(command, text, **where, title=f"{finding.status}: {finding.rule}")

    def _command(self, command: str, message: str, **properties: str) -> None:
        told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        self._out.write(f"::{command} {told}::{_data(message)}\n")


def _data(text: str) -> str:
    """A message on one line: the runner undoes these escapes and no others."""
    shown = "\n".join(safe(line) for line in text.split("\n"))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
