"""The report as Markdown for a comment on a pull request: a table, and the details folded away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from validator.report import Document, Finding, Judgement, Report
from validator.reports import Style
from validator.reports.changes import changes, revised
from validator.reports.terminal import safe
from validator.reports.words import counted, evidence, located, name, place, totals

# Characters each for table and details, and for one leaflet: GitHub refuses a comment of more than 65,536.
_ROOM, _OF_ONE = 30_000, 20_000
_RANKS = {"error": 0, "warning": 1, "advice": 2, "waived": 3, "known": 3}
_SIGNS = {"error": "🔴", "warning": "🟠", "advice": "🔵", "waived": "⚪", "known": "⚪"}
# Text never begins a line here, so signs that only count there need no escape.
_MARKUP = re.compile(r"([\\`*_\[\]~|$#])")
# What GitHub and GitLab make of text by themselves: mentions, issues, labels, signs, addresses.
_LIVE = re.compile(
    r"(?<=[@#!~$%])(?=\w)|(?<=&amp;)(?=\w)|(?<=www)(?=\.)|(?<=:)(?=//|[a-z_+-][\w+-]*:)", re.IGNORECASE
)
_BREAK, _COMMENT = "\0", "<!-- -->"  # `safe` leaves no NUL in a text


class Writer:
    """Keeps what has room until the totals are known, which stand first; the rest is counted."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self._out = out
        self._table = _Room(_ROOM)
        self._details = _Room(_ROOM)

    def add(self, document: Document) -> None:
        """Take one document's result."""
        counts = document.counts()
        cells = (escaped(name(document)), document.market, document.language, counted(counts))
        rank = min((_RANKS[finding.status] for finding in document.findings), default=len(_RANKS))
        self._table.add(f"| {' | '.join(cells)} |\n", rank)
        if revised(document):
            self._details.add("".join(changes(document, escaped)), rank)
        elif document.findings or _unsettled(document):
            self._details.add("".join(_details(document)), rank)

    def finish(self, report: Report) -> None:
        """Write totals, table, what could not be read, and the details."""
        write = self._out.write
        write(f"### {totals(report.summary)}\n\n")
        if table := "".join(self._table.pieces(("leaflet", "leaflets"))):
            write(f"| leaflet | market | language | result |\n|---|---|---|---|\n{table}\n")
        for failure in report.unreadable:
            write(f"- ❌ **not checked:** {escaped(failure.path)}: {escaped(failure.reason)}\n")
        for notice in report.notices:
            write(f"- {_SIGNS[notice.severity]} **{notice.kind}:** {escaped(located(notice))}\n")
        if report.unreadable or report.notices:
            write("\n")
        self._out.writelines(self._details.pieces(("leaflet", "leaflets")))
        rest = [*map(escaped, evidence(report))] or [
            f"{report.tool.name} {report.tool.version}, {report.generated}"
        ]
        write(f"<sub>{'<br>'.join(rest)}</sub>\n")

    def close(self) -> None:
        """Nothing is held."""


class _Room:
    """Pieces of a comment as long as there is room for them; the gravest come in first."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: list[tuple[int, int, str]] = []  # rank, number, text
        self._used: Counter[int] = Counter()  # by rank: no more is kept than could be shown
        self._count = 0

    def add(self, piece: str, rank: int) -> None:
        """Take a piece; the lower its rank the graver it is."""
        self._used[rank] += len(piece)
        if self._used[rank] <= self._room:
            self._kept.append((rank, self._count, piece))
        self._count += 1

    def pieces(self, what: tuple[str, str]) -> Iterator[str]:
        """The pieces that have room, in the order given, and how many had none."""
        left, shown = self._room, []
        for _, number, piece in sorted(self._kept):
            if len(piece) <= left:
                left -= len(piece)
                shown.append((number, piece))
        yield from (piece for _, piece in sorted(shown))
        if refused := self._count - len(shown):
            more = f"1 more {what[0]}" if refused == 1 else f"{refused} more {what[1]}"
            yield f"\n… and {more}: a comment has no room for more, see the full report.\n\n"


def _details(document: Document) -> Iterator[str]:
    head = f"{_html(name(document))}: {counted(document.counts())}"
    yield f"<details><summary>{head}</summary>\n\n"
    told = _Room(_OF_ONE)
    for finding in document.findings:
        told.add("".join(_finding(document, finding)), _RANKS[finding.status])
    for judgement in _unsettled(document):
        text = f"- ❔ for a person to judge `{judgement.rule}` {escaped(judgement.reason)}\n"
        told.add(text, len(_RANKS))
    yield from told.pieces(("entry", "entries"))
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
