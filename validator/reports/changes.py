"""A leaflet beside its older version in Markdown: a table of what changed, edits of wording folded away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from validator.report import Document, Finding
from validator.reports.words import beside, place, plural

FAMILY = "diff/"
_WORDING = "diff/wording"
_SIGNS = {"error": "🔴", "warning": "🟠", "advice": "🔵", "waived": "⚪", "known": "⚪"}
_ROOM, _WORDING_ROOM = 18_000, 8_000  # characters; a comment on GitHub has 65,536 for everything
_CELL = 500  # characters of one cell; the full report has all

Escape = Callable[[str], str]


def revised(document: Document) -> bool:
    """Whether a document was compared with its older version."""
    return document.compared is not None and any(
        judgement.rule.startswith(FAMILY) for judgement in document.requirements
    )


def changes(document: Document, escaped: Escape) -> Iterator[str]:
    """The tables of one leaflet; what has no room is counted."""
    told = [finding for finding in document.findings if finding.rule != _WORDING]
    wording = [finding for finding in document.findings if finding.rule == _WORDING]
    older = document.compared.path if document.compared else ""
    yield f"**{escaped(document.path)}** against {escaped(older)}\n\n"
    for note in document.notes:
        yield f"- {escaped(note)}\n"
    if told:
        yield "| severity | change | place | before | after |\n|---|---|---|---|---|\n"
        order = sorted(told, key=lambda finding: list(_SIGNS).index(finding.status))
        yield from _rows((_row(document, finding, escaped) for finding in order), _ROOM, len(order))
    else:
        yield "No safety content changed.\n"
    if wording:
        yield f"\n<details><summary>{plural(len(wording), 'edit')} of wording alone</summary>\n\n"
        yield "| place | before | after |\n|---|---|---|\n"
        rows = (
            f"| {_place(document, finding, escaped)} | {_cell(finding.expected, escaped)} "
            f"| {_cell(finding.evidence, escaped)} |\n"
            for finding in wording
        )
        yield from _rows(rows, _WORDING_ROOM, len(wording))
        yield "\n</details>\n"
    yield "\n"


def _row(document: Document, finding: Finding, escaped: Escape) -> str:
    rule = finding.rule.removeprefix(FAMILY).replace("-", " ")
    accepted = f" ({escaped(finding.accepted)})" if finding.accepted else ""
    cells = (
        f"{_SIGNS[finding.status]} {finding.status}",
        f"{rule}{accepted}",
        _place(document, finding, escaped),
        _cell(finding.expected, escaped),
        _cell(finding.evidence, escaped),
    )
    return f"| {' | '.join(cells)} |\n"


def _place(document: Document, finding: Finding, escaped: Escape) -> str:
    where, before = place(document, finding), beside(finding)
    if not finding.evidence:  # it is gone: the older version alone has the words
        return escaped(f"{before} of the older version" if before else where)
    return escaped(f"{where} (was {before})" if before not in ("", where) else where)


def _cell(text: str, escaped: Escape) -> str:
    return escaped(text if len(text) <= _CELL else text[: _CELL - 1].rstrip() + "…") or "–"


def _rows(rows: Iterable[str], room: int, count: int) -> Iterator[str]:
    shown = 0
    for row in rows:
        room -= len(row)
        if room < 0:
            break
        shown += 1
        yield row
    if shown < count:
        yield f"\n… and {count - shown} more: a comment has no room for them, see the full report.\n"
