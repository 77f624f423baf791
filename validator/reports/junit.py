"""The report as JUnit XML: a suite a leaflet, a test case a requirement; what fails the run fails here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TextIO
from xml.sax.saxutils import escape, quoteattr

from validator.report import Document, Finding, Judgement, Report
from validator.reports import Style
from validator.reports.terminal import safe
from validator.reports.words import located, name, place


class _Case(NamedTuple):
    """A test case; `tag` is "failure", "error", "skipped", "system-out" or "" if there is nothing to tell."""

    name: str
    tag: str = ""
    message: str = ""
    text: str = ""


class Writer:
    """Writes each suite as its document comes."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self._out = out
        self._failing = style.failing
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="leaflet check">\n')

    def add(self, document: Document) -> None:
        """Write the suite of one document."""
        facts = {
            key: str(getattr(document, key)) for key in ("sha256", "format", "language", "market", "profile")
        }
        self._suite(name(document), list(self._cases(document)), facts)

    def finish(self, report: Report) -> None:
        """Write suites for what could not be read, for waivers out of order, and for the evidence."""
        for failure in report.unreadable:
            self._suite(failure.path, [_Case("document/unreadable", "error", failure.reason)])
        notices = [
            _Case(notice.kind, "failure" if notice.severity in self._failing else "skipped", located(notice))
            for notice in report.notices
        ]
        facts = {"tool": f"{report.tool.name} {report.tool.version}", "generated": report.generated}
        if report.evidence:
            options = report.evidence.options.items()
            facts |= {"law": report.evidence.law, **{f"option.{key}": str(value) for key, value in options}}
        self._suite("leaflet-validator", notices, facts)
        self._out.write("</testsuites>\n")

    def close(self) -> None:
        """Nothing is held."""

    def _cases(self, document: Document) -> Iterator[_Case]:
        found: dict[str, list[Finding]] = {}
        for finding in document.findings:
            found.setdefault(finding.rule, []).append(finding)
        for judgement in document.requirements:
            yield self._case(document, judgement, found.pop(judgement.rule, []))
        for rule, findings in found.items():
            yield self._case(document, Judgement(rule=rule, verdict="gap", reason=""), findings)

    def _case(self, document: Document, judgement: Judgement, findings: list[Finding]) -> _Case:
        text = "\n\n".join(_told(document, finding) for finding in findings)
        failing = [f for f in findings if not f.accepted and f.severity in self._failing]
        if failing:
            return _Case(judgement.rule, "failure", failing[0].message, text)
        if findings and all(finding.accepted for finding in findings):
            return _Case(judgement.rule, "skipped", findings[0].accepted, text)
        if judgement.verdict in ("review", "not-applicable") or (judgement.verdict == "gap" and not findings):
            return _Case(judgement.rule, "skipped", f"{judgement.verdict}: {judgement.reason}", text)
        return _Case(judgement.rule, "system-out" if findings else "", "", text)

    def _suite(self, title: str, cases: list[_Case], facts: dict[str, str] | None = None) -> None:
        counts = {
            plural: sum(case.tag == tag for case in cases)
            for plural, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
        }
        numbers = "".join(f' {key}="{count}"' for key, count in counts.items())
        self._out.write(f'  <testsuite name={_quoted(title)} tests="{len(cases)}"{numbers} time="0">\n')
        self._out.writelines(_properties((facts or {}).items()))
        for case in cases:
            self._out.write(_element(title, case))
        self._out.write("  </testsuite>\n")


def _properties(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    lines = [f"      <property name={_quoted(key)} value={_quoted(value)}/>\n" for key, value in facts]
    if lines:
        yield from ("    <properties>\n", *lines, "    </properties>\n")


def _element(title: str, case: _Case) -> str:
    head = f'    <testcase classname={_quoted(title)} name={_quoted(case.name)} time="0"'
    if not case.tag:
        return head + "/>\n"
    message = f" message={_quoted(case.message)}" if case.message else ""
    kind = f" type={_quoted(case.name)}" if case.tag in ("failure", "error") else ""
    inner = f"<{case.tag}{message}{kind}>{_escaped(case.text)}</{case.tag}>"
    if case.tag == "skipped" and case.text:  # its content is shown by no reader
        inner = f"<skipped{message}/><system-out>{_escaped(case.text)}</system-out>"
    return f"{head}>{inner}</testcase>\n"


def _told(document: Document, finding: Finding) -> str:
    """A finding in some lines."""
    lines = [f"{finding.status}, {place(document, finding)}: {finding.message}", f"fix: {finding.fix}"]
    lines += [f"law: {', '.join(part for part in (law.source, law.at) if part)}" for law in finding.citation]
    if finding.accepted:
        lines.append(finding.accepted)
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return quoteattr(safe(text))


def _escaped(text: str) -> str:
    """Text of an element: control characters are no XML, line ends are kept."""
    return "\n".join(escape(safe(line)) for line in text.split("\n"))
