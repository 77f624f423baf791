"""The report for people at a terminal: by document and section, findings first, nothing cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TextIO

from validator.report import Document, Finding, Judgement, Report
from validator.reports import Style
from validator.reports.beside import side_by_side, sides
from validator.reports.terminal import paint, safe, wrap
from validator.reports.words import beside, counted, evidence, located, name, place, plural, totals

_BODY, _LABEL = 6, 10  # columns
_SECTIONS = {"": "The leaflet as a whole", "front": "Opening of the leaflet", "end": "End of the leaflet"}
_LISTED = (
    ("met", "Met"),
    ("gap", "Not met"),
    ("review", "For a person to judge"),
    ("not-applicable", "Does not apply"),
)


class Writer:
    """Writes each document as it comes, and the totals at the end."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self._out = out
        self._style = style

    def add(self, document: Document) -> None:
        """Write one document."""
        if self._style.quiet and not document.findings:
            return
        self._line(paint(safe(name(document)), "bold", self._style.colour))
        if not self._style.quiet:
            self._head(document)
        for section, findings in _by_section(document.findings).items():
            self._line()
            self._line("  " + paint(_section_title(section), "bold", self._style.colour))
            for finding in findings:
                self._finding(document, finding)
        if not self._style.quiet:
            self._verdicts(document)
            if document.compared and self._style.verbose:
                for line in side_by_side(document.compared, self._style.width):
                    self._line(line)
            self._line()
            self._verdict_line(document)
        self._line()

    def finish(self, report: Report) -> None:
        """Write the totals over several documents, and what could not be read.

        What must be put in order may fail the run, so it is told in a quiet report, too.
        """
        for failure in () if self._style.quiet else report.unreadable:  # standard error has them
            self._line(
                wrap(f"not checked: {safe(failure.path)}: {safe(failure.reason)}", 0, self._style.width, 2)
            )
        for notice in report.notices:
            self._line(wrap(safe(f"{notice.severity}: {located(notice)}"), 0, self._style.width, 2))
        if self._style.quiet:
            return
        if (total := report.summary).documents + total.unreadable > 1:
            self._line(totals(total))
        if report.evidence:
            self._line()
            for line in evidence(report):
                self._line(safe(line))

    def close(self) -> None:
        """Nothing is held."""

    def _head(self, document: Document) -> None:
        judged = f"Judged as {document.market}, language {document.language} ({document.profile})"
        seen = document.recognised
        reasons = [
            f"{kind} ({', '.join(found)})"
            for kind, found in (("market", seen.market), ("language", seen.language))
            if found
        ]
        if reasons:
            judged += f". Guessed: {', '.join(reasons)}"
        self._text(f"{judged}.{self._hint(document)}", 2)
        if document.compared:
            other = document.compared
            self._text(f"Compared with {other.path} ({other.market}, language {other.language}).", 2)
        for note in document.notes:
            self._text(f"note: {note}", 2)

    def _hint(self, document: Document) -> str:
        """How to have the market otherwise, where it was guessed."""
        others = self._style.others(document.market, document.language) if document.recognised.market else ()
        named = " or ".join(f"--market {name}" for name in others)
        return f" Use {named} to judge it by another template." if named else ""

    def _finding(self, document: Document, finding: Finding) -> None:
        colour = self._style.colour
        mark = finding.status if finding.accepted else paint(finding.severity, finding.severity, colour)
        self._line(f"    {mark}  {safe(place(document, finding))}  {paint(finding.rule, 'dim', colour)}")
        self._text(finding.message, _BODY)
        for label, text in self._details(document, finding):
            first, *more = text.split("\n")
            self._text(f"{label + ':':<{_LABEL}}{first}", _BODY, _LABEL)
            for line in more:
                self._text(line, _BODY + _LABEL)

    def _details(self, document: Document, finding: Finding) -> Iterable[tuple[str, str]]:
        translated = document.compared and document.compared.language != document.language
        if translated and finding.beside:
            yield from sides(finding)
        elif finding.evidence and finding.evidence.lower() not in finding.message.lower():
            yield "found", f"“{finding.evidence}”"
        if (
            finding.expected
            and not (translated and finding.beside)
            and finding.expected not in finding.fix
            and finding.expected not in finding.message
        ):
            yield "expected", f"“{finding.expected}”"
        if not translated and document.compared and (before := beside(finding)):
            yield "beside", f"{document.compared.path}, {before}"
        yield "fix", finding.fix
        for law in finding.citation:
            yield "law", ", ".join(part for part in (law.source, law.at) if part)
        if finding.waived:
            yield "waived", finding.waived.words

    def _verdicts(self, document: Document) -> None:
        """The verdicts: with --verbose all of them, otherwise only what no finding tells of."""
        told = {finding.rule for finding in document.findings}
        for verdict, title in _LISTED:
            listed = [j for j in document.requirements if j.verdict == verdict]
            if not self._style.verbose:
                listed = [j for j in listed if verdict == "review" and j.rule not in told]
            if listed:
                self._line()
                self._line("  " + paint(title, "bold", self._style.colour))
                for text in map(_verdict, listed) if self._style.verbose else _by_reason(listed):
                    self._text(text, 4, 4)

    def _verdict_line(self, document: Document) -> None:
        verdicts = Counter(judgement.verdict for judgement in document.requirements)
        counts = document.counts()
        parts = [f"{plural(verdicts['met'], 'requirement')} met"]
        if verdicts["gap"]:
            parts.append(f"{verdicts['gap']} not met")
        parts.append(f"{verdicts['not-applicable']} not applicable")
        parts.append(f"{verdicts['review']} {'needs' if verdicts['review'] == 1 else 'need'} a person")
        colour = next((name for name in ("error", "warning", "advice") if counts[name]), "clean")
        found = counted(counts)
        line = wrap(f"{found}: {', '.join(parts)}", 2, self._style.width)
        self._line(line.replace(found, paint(found, colour, self._style.colour), 1))

    def _text(self, text: str, indent: int, hanging: int = 0) -> None:
        self._line(wrap(safe(text), indent, self._style.width, hanging))

    def _line(self, text: str = "") -> None:
        self._out.write(text + "\n")


def _by_section(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.location.section or "", []).append(finding)
    return found


def _section_title(section: str) -> str:
    return _SECTIONS.get(section) or safe(f"Section “{section.replace('-', ' ')}”")


def _verdict(judgement: Judgement) -> str:
    return f"{judgement.rule}: {judgement.reason}" if judgement.reason else judgement.rule


def _by_reason(judgements: Iterable[Judgement]) -> Iterable[str]:
    """Verdicts with the same reason in one line, in the order of the first of them."""
    rules: dict[str, list[str]] = {}
    for judgement in judgements:
        rules.setdefault(judgement.reason, []).append(judgement.rule)
    return (f"{', '.join(same)}: {reason}" if reason else ", ".join(same) for reason, same in rules.items())
