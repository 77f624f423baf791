"""Many translations of one source in one table: by requirement and by section, a column a translation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from validator.catalogue import requirements
from validator.document.outcome import Verdict
from validator.record import record
from validator.report import Document, Finding

State = Literal["same", "missing", "extra", "review", "neither", "not-applicable", "unknown"]
_SAID: Mapping[Verdict, bool | None] = {"met": True, "gap": False, "review": None, "not-applicable": None}


@record
class Column:
    """A translation: its file, its language, and which leaflet of the file it is."""

    path: str
    language: str
    market: str
    part: str = ""


@record
class Cell:
    """How a translation stands to its source in one thing, with the number of findings about it."""

    state: State
    errors: int = 0
    warnings: int = 0
    advice: int = 0


@record
class Line:
    """A requirement, a comparison or a section in all translations, in the order of the columns."""

    id: str
    title: str
    cells: tuple[Cell, ...]


@record
class Matrix:
    """The tables: `comparisons` are the rules of the comparison itself."""

    source: str
    language: str
    columns: tuple[Column, ...]
    comparisons: tuple[Line, ...]
    sections: tuple[Line, ...]
    requirements: tuple[Line, ...]


def matrix(documents: Sequence[Document]) -> Matrix:
    """The matrix of the comparisons of one source; documents without a comparison are left out."""
    compared = [document for document in documents if document.compared]
    first = compared[0].compared if compared else None
    return Matrix(
        source=first.path if first else "",
        language=first.language if first else "",
        columns=tuple(
            Column(path=each.path, language=each.language, market=each.market, part=each.part or "")
            for each in compared
        ),
        comparisons=tuple(_comparisons(compared)),
        sections=tuple(_sections(compared)),
        requirements=tuple(_requirements(compared)),
    )


def _comparisons(documents: Sequence[Document]) -> Iterable[Line]:
    rules = dict.fromkeys(judgement.rule for each in documents for judgement in each.requirements)
    for rule in rules:
        cells = []
        for document in documents:
            verdict = next((j.verdict for j in document.requirements if j.rule == rule), None)
            counts = _counts(finding for finding in document.findings if finding.rule == rule)
            cells.append(Cell(state=_judged(verdict, counts), **counts))
        yield Line(id=rule, title=requirements()[rule].title, cells=tuple(cells))


def _judged(verdict: Verdict | None, counts: Mapping[str, int]) -> State:
    if verdict is None:
        return "unknown"
    if verdict == "not-applicable":
        return "not-applicable"
    if counts["errors"] or counts["warnings"]:
        return "missing"
    return "review" if counts["advice"] or verdict == "review" else "same"


def _sections(documents: Sequence[Document]) -> Iterable[Line]:
    rows = [row for each in documents if each.compared for row in each.compared.rows]
    for section in dict.fromkeys(row.section for row in rows if row.section):
        cells = tuple(_section(document, section) for document in documents)
        yield Line(id=section, title=section.replace("-", " "), cells=cells)


def _section(document: Document, section: str) -> Cell:
    rows = [row for row in document.compared.rows if row.section == section] if document.compared else []
    ours, theirs = any(row.other for row in rows), any(row.own for row in rows)
    counts = _counts(finding for finding in document.findings if finding.location.section == section)
    if not ours and not theirs:
        return Cell(state="neither", **counts)
    if not theirs:
        return Cell(state="missing", **counts)
    if not ours:
        return Cell(state="extra", **counts)
    return Cell(state="review" if any(counts.values()) else "same", **counts)


def _requirements(documents: Sequence[Document]) -> Iterable[Line]:
    rules = dict.fromkeys(
        both.rule for each in documents if each.compared for both in each.compared.requirements
    )
    for rule in rules:
        cells = tuple(_requirement(document, rule) for document in documents)
        if any(cell.state not in ("not-applicable", "unknown") for cell in cells):
            yield Line(id=rule, title=requirements()[rule].title, cells=cells)


def _requirement(document: Document, rule: str) -> Cell:
    known = document.compared.requirements if document.compared else ()
    both = next((each for each in known if each.rule == rule), None)
    if both is None:
        return Cell(state="unknown")
    if both.own == both.other == "not-applicable":
        return Cell(state="not-applicable")
    return Cell(state=_said(_SAID[both.other], _SAID[both.own]))


def _said(other: bool | None, own: bool | None) -> State:
    if other is None or own is None:
        return "review"
    if other == own:
        return "same" if own else "neither"
    return "missing" if other else "extra"


def _counts(findings: Iterable[Finding]) -> dict[str, int]:
    found = [finding.severity for finding in findings]
    return {
        "errors": found.count("error"),
        "warnings": found.count("warning"),
        "advice": found.count("advice"),
    }
