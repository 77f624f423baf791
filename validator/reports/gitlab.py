"""The report as GitLab's code quality report: one array of issues."""

from __future__ import annotations

import hashlib
import json
from typing import TextIO

from validator.report import Document, Finding, Report
from validator.reports import Style
from validator.reports.numbered import Numbered
from validator.reports.terminal import safe
from validator.reports.words import located, place, slashes, spot

_SEVERITIES = {"error": "critical", "warning": "major", "advice": "info", "waived": "info", "known": "info"}


class Writer:
    """Writes each issue as it comes."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self._out = out
        self._numbered = Numbered()
        self._count = 0

    def add(self, document: Document) -> None:
        """Write the issues of one document."""
        for finding in document.findings:
            at = finding.location
            line = at.line or at.paragraph or 1
            self._issue(
                finding.rule,
                _description(document, finding),
                _SEVERITIES[finding.status],
                document.path,
                line,
                self._numbered.of(document, finding),
            )

    def finish(self, report: Report) -> None:
        """Write what could not be read and waivers out of order, and close the array."""
        for failure in report.unreadable:
            self._issue("document/unreadable", failure.reason, "blocker", failure.path)
        for notice in report.notices:
            text = located(notice)
            self._issue(notice.kind, text, _SEVERITIES[notice.severity], *spot(notice), text)
        self._out.write("\n]\n" if self._count else "[]\n")

    def close(self) -> None:
        """Nothing is held."""

    def _issue(
        self, check: str, description: str, severity: str, path: str, line: int = 1, content: str = ""
    ) -> None:
        relative = slashes(path)
        # GitLab shows one issue for each fingerprint, over all files.
        key = "\n".join((relative, check, content)).encode(errors="surrogatepass")
        issue = {
            "description": safe(description),
            "check_name": check,
            "fingerprint": hashlib.sha256(key).hexdigest()[:32],
            "severity": severity,
            "location": {"path": relative, "lines": {"begin": line}},
        }
        self._out.write((",\n" if self._count else "[\n") + json.dumps(issue))
        self._count += 1


def _description(document: Document, finding: Finding) -> str:
    text = f"{finding.message} {finding.fix}"
    if not finding.location.line or finding.location.page:
        text = f"{place(document, finding)}: {text}"
    return f"{finding.accepted}: {text}" if finding.accepted else text
