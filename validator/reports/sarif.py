"""The report as SARIF 2.1.0, for code scanning: what is waived or known is suppressed, never dropped."""

from __future__ import annotations

import json
import os
import re
from pathlib import PurePath
from typing import Any, TextIO
from urllib.parse import quote

from validator.record import plain
from validator.report import Document, Finding, Notice, Place, Report
from validator.reports import RuleText, Style
from validator.reports.aside import Aside
from validator.reports.numbered import Numbered
from validator.reports.terminal import safe
from validator.reports.words import beside, located, place, slashes, spot

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "advice": "note"}
_MARKS = ('"artifacts": []', '"results": []')


class Writer:
    """Keeps results and files aside: the rules that they name stand before them."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self._out = out
        self._style = style
        self._rules: dict[str, int] = {}
        self._artifacts = Aside(",")
        self._results = Aside(",")
        self._numbered = Numbered()
        self._sha256 = ""

    def add(self, document: Document) -> None:
        """Take one document's result."""
        if document.sha256 != self._sha256 or not self._artifacts.count:
            self._sha256 = document.sha256
            self._artifacts.add(_piece(_artifact(document)))
        for finding in document.findings:
            self._results.add(_piece(self._result(document, finding)))

    def finish(self, report: Report) -> None:
        """Write the log: the tool with its rules, the run, then files and results."""
        log = json.dumps(self._log(report), ensure_ascii=False, indent=2)
        for mark, aside in zip(_MARKS, (self._artifacts, self._results), strict=True):
            head, _, log = log.partition(mark)
            self._out.write(head + mark[:-1])
            aside.copy_to(self._out)
            self._out.write("\n      ]" if aside.count else "]")
        self._out.write(log + "\n")

    def close(self) -> None:
        """Remove what was put aside."""
        self._artifacts.close()
        self._results.close()

    def _log(self, report: Report) -> dict[str, Any]:
        driver = {
            "name": report.tool.name,
            "version": report.tool.version,
            "semanticVersion": report.tool.version,
            "rules": [_rule(rule, self._style.rule(rule)) for rule in self._rules],
        }
        run: dict[str, Any] = {
            "tool": {"driver": driver},
            "invocations": [_invocation(report)],
            "columnKind": "unicodeCodePoints",
            "artifacts": [],
            "results": [],
            "properties": {"summary": plain(report.summary)},
        }
        if report.evidence:
            run["properties"]["evidence"] = plain(report.evidence)
        return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}

    def _result(self, document: Document, finding: Finding) -> dict[str, Any]:
        number = self._numbered.of(document, finding)
        result = {
            "ruleId": finding.rule,
            "ruleIndex": self._rules.setdefault(finding.rule, len(self._rules)),
            "level": _LEVELS[finding.severity],
            "message": {"text": _said(f"{finding.message} {finding.fix}")},
            "locations": [_location(document, finding)],
            "partialFingerprints": {
                "leafletFinding/v1": number,
                # The only name that GitHub reads; without it, it would hash lines of text.
                "primaryLocationLineHash": number,
            },
            "properties": _properties(document, finding),
        }
        if finding.accepted:
            reason = safe(finding.waived.words if finding.waived else "in the baseline")
            result["suppressions"] = [{"kind": "external", "justification": reason}]
        return result


def _piece(value: dict[str, Any]) -> str:
    return "\n        " + json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n        ")


def _rule(rule: str, text: RuleText) -> dict[str, Any]:
    law = [f"{source} ({address})" if address else source for source, address in text.law]
    help_ = "\n\n".join(part for part in (text.why, text.fix, *(f"Law: {source}" for source in law)) if part)
    made: dict[str, Any] = {
        "id": rule,
        "name": "".join(part.title() for part in rule.replace("/", "-").split("-")),
        "shortDescription": {"text": text.title or rule},
        "fullDescription": {"text": text.why or text.title or rule},
        "help": {"text": help_ or rule, "markdown": _markdown(text) or rule},
        "properties": {"tags": [rule.split("/")[0]]},
    }
    if address := next((address for _, address in text.law if address.startswith("http")), ""):
        made["helpUri"] = address
    return made


def _markdown(text: RuleText) -> str:
    """The help with links; bracket notation must not be taken for markup."""
    law = [f"- [{source}]({address})" if address else f"- {source}" for source, address in text.law]
    lines = [text.why, "", f"**What to do:** {text.fix}", "", *law]
    return "\n".join(lines).replace("<", "&lt;").strip() if text.why or law else ""


def _artifact(document: Document) -> dict[str, Any]:
    return {"location": {"uri": uri(document.path)}, "hashes": {"sha-256": document.sha256}}


def _location(document: Document, finding: Finding) -> dict[str, Any]:
    where = safe(place(document, finding))
    section = finding.location.section
    logical = [{"name": safe(section), "kind": "section"}] if section else []
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri(document.path)},
            "region": _region(finding.location),
        },
        "logicalLocations": [*logical, {"name": where, "kind": "place"}],
    }


def _region(at: Place) -> dict[str, int]:
    """Lines and columns; a missing thing is marked by the whole line before which it belongs.

    Viewers want a line. Where a format has none, it is the paragraph, else the first one.
    """
    line = at.line or at.paragraph or 1
    end = max(at.end_line or line, line)
    if at.column is None or at.end_column is None or (line, at.column) >= (end, at.end_column):
        return {"startLine": line, "endLine": line}
    return {"startLine": line, "startColumn": at.column, "endLine": end, "endColumn": at.end_column}


def _properties(document: Document, finding: Finding) -> dict[str, Any]:
    law = [", ".join(part for part in (cited.source, cited.at) if part) for cited in finding.citation]
    told = {
        "problem": finding.problem,
        "part": safe(document.part or ""),
        "profile": document.profile,
        "language": document.language,
        "page": finding.location.page or 0,
        "paragraph": finding.location.paragraph or 0,
        "evidence": safe(finding.evidence),
        "expected": safe(finding.expected),
        "law": law,
        "beside": safe(finding.beside.text) if finding.beside else "",
        "besidePlace": beside(finding),
    }
    return {key: value for key, value in told.items() if value}


def _invocation(report: Report) -> dict[str, Any]:
    """The run; files that could not be read and waivers out of order are its notifications."""
    made: dict[str, Any] = {"executionSuccessful": not report.unreadable, "endTimeUtc": report.generated}
    if report.unreadable:
        made["toolExecutionNotifications"] = [
            {
                "level": "error",
                "descriptor": {"id": "document/unreadable"},
                "message": {"text": _said(f"{failure.path}: {failure.reason}")},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(failure.path)}}}],
            }
            for failure in report.unreadable
        ]
    if report.notices:
        made["toolConfigurationNotifications"] = [_notification(notice) for notice in report.notices]
    return made


def _notification(notice: Notice) -> dict[str, Any]:
    made: dict[str, Any] = {
        "level": _LEVELS[notice.severity],
        "descriptor": {"id": notice.kind},
        "message": {"text": _said(located(notice))},
    }
    path, line = spot(notice)
    if path:
        at = {"artifactLocation": {"uri": uri(path)}, "region": {"startLine": line}}
        made["locations"] = [{"physicalLocation": at}]
    return made


def _said(text: str) -> str:
    """A message: no words of a leaflet become a link, which viewers make of "[text](target)" (3.11.6)."""
    text = safe(text)
    return re.sub(r"[\[\]]", r"\\\g<0>", text) if "](" in text else text


def uri(path: str) -> str:
    """A path as a URI reference: relative ones stay relative, every unusual sign is escaped."""
    escaped = quote(os.fsencode(slashes(path)), safe="/")
    if not PurePath(path).is_absolute():
        return escaped
    return f"file://{escaped}" if escaped.startswith("/") else f"file:///{escaped}"
