"""The report as Markdown for a comment on a pull request: a table, and the details folded away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TextIO

from validator.report import Document, Finding, Judgement, Report
from validator.reports import Style
from validator.reports.aside import Aside
from validator.reports.changes import changes, revised
from validator.reports.terminal import safe
from validator.reports.words import counted, evidence, located, name, place, plural, totals

_ROOM = 30_000  # characters each for table and details: GitHub refuses a comment of more than 65,536
_SIGNS = {"error": "🔴", "warning": "🟠", "advice": "🔵", "waived": "⚪", "known": "⚪"}
# Text never begins a line here, so signs that only count there need no escape.
_MARKUP = re.compile(r"([\\`*_\[\]~|$#])")
# What GitHub and GitLab make of text by themselves: mentions, issues, labels, signs, addresses.
_LIVE = re.compile(
    r"(?<=[@#!~$%])(?=\w)|(?<=&amp;)(?=\w)|(?<=www)(?=\.)|(?<=:)(?=//|[a-z_+-][\w+-]*:)", re.IGNORECASE
)
_BREAK, _COMMENT = "\0", "<!-- -->"  # `safe` leaves no NUL in a text


class Writer:
    """Keeps the documents aside, because the totals stand first; what has no room is counted."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self._out = out
        self._table = _Room()
        self._details = _Room()

    def add(self, document: Document) -> None:
        """Take one document's result."""
        counts = document.counts()
        cells = (escaped(name(document)), document.market, document.language, counted(counts))
        self._table.add(f"| {' | '.join(cells)} |\n")
        if revised(document):
            self._details.add("".join(changes(document, escaped)))
        elif document.findings or _unsettled(document):
            self._details.add("".join(_details(document)))

    def finish(self, report: Report) -> None:
        """Write totals, table, what could not be read, and the details."""
        write = self._out.write
        write(f"### {totals(report.summary)}\n\n")
        if self._table.kept.count:
            write("| leaflet | market | language | result |\n|---|---|---|---|\n")
            self._table.copy_to(self._out, "leaflet")
            write("\n")
        for failure in report.unreadable:
            write(f"- ❌ **not checked:** {escaped(failure.path)}: {escaped(failure.reason)}\n")
        for notice in report.notices:
            write(f"- {_SIGNS[notice.severity]} **{notice.kind}:** {escaped(located(notice))}\n")
        if report.unreadable or report.notices:
            write("\n")
        self._details.copy_to(self._out, "leaflet")
        rest = [*map(escaped, evidence(report))] or [
            f"{report.tool.name} {report.tool.version}, {report.generated}"
        ]
        write(f"<sub>{'<br>'.join(rest)}</sub>\n")

    def close(self) -> None:
        """Remove what was put aside."""
        self._table.kept.close()
        self._details.kept.close()


class _Room:
    """Pieces of a comment as long as there is room for them."""

    def __init__(self) -> None:
        self.kept = Aside()
        self._left = _ROOM
        self._refused = 0

    def add(self, piece: str) -> None:
        self._left -= len(piece)
        if self._left >= 0:
            self.kept.add(piece)
        else:
            self._refused += 1

    def copy_to(self, out: TextIO, what: str) -> None:
        self.kept.copy_to(out)
        if self._refused:
            more = plural(self._refused, f"more {what}")
            out.write(f"\n… and {more}: a comment has no room for more, see the full report.\n\n")


def _details(document: Document) -> Iterator[str]:
    head = f"{_html(name(document))}: {counted(document.counts())}"
    yield f"<details><summary>{head}</summary>\n\n"
    for finding in document.findings:
        yield from _finding(document, finding)
    for judgement in _unsettled(document):
        yield f"- ❔ for a person to judge `{judgement.rule}` {escaped(judgement.reason)}\n"
    yield "\n</details>\n\n"


def _unsettled(document: Document) -> list[Judgement]:
    """What a person must judge and no finding tells of."""
    told = {finding.rule for finding in document.findings}
    return [j for j in document.requirements if j.verdict == "review" and j.rule not in told]


def _finding(document: Document, finding: Finding) -> Iterator[str]:
    head = f"{_SIGNS[finding.status]} **{finding.status}**, {escaped(place(document, finding))}"
    yield f"- {head}, `{finding.rule}`: {escaped(finding.message)}\n"
    yield f"  *{escaped(finding.accepted)}*\n" if finding.accepted else f"  Fix: {escaped(finding.fix)}\n"


def escaped(text: str) -> str:
    """Text that stays text: on one line, no markup, no link, no mention, no reference."""
    return _MARKUP.sub(r"\\\1", _still(text)).replace(_BREAK, _COMMENT)


def _html(text: str) -> str:
    """The same inside a line of HTML, where Markdown is not read."""
    return _still(text).replace(_BREAK, _COMMENT)


def _still(text: str) -> str:
    return _LIVE.sub(_BREAK, safe(text).replace("&", "&amp;").replace("<", "&lt;"))
