"""Several translations of one source at a glance: section by language, and requirement by language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from validator.catalogue import requirements
from validator.compare.matrix import Cell, Line, State, matrix
from validator.report import Document
from validator.reports.html.heat import Column, Heat, Row, Spot, Tone

_TOLD: dict[State, tuple[Tone, str]] = {
    "same": ("met", "as in the source"),
    "missing": ("error", "missing or different in the translation"),
    "extra": ("warning", "only in the translation"),
    "review": ("review", "for a person to judge"),
    "neither": ("none", "in neither"),
    "not-applicable": ("none", "does not apply"),
    "unknown": ("none", "not asked for here"),
}


class Translations:
    """Keeps what the tables need of each comparison, as it comes."""

    def __init__(self) -> None:
        self._kept: list[tuple[Document, str]] = []

    def add(self, document: Document, href: str) -> None:
        """Take one document, and where it stands side by side with its source; others are passed over."""
        if document.compared and document.compared.rows:
            self._kept.append((replace(document, layout=None), href))

    def maps(self) -> tuple[Heat, ...]:
        """The tables; none where nothing was compared."""
        known = matrix([document for document, _ in self._kept])
        columns = tuple(
            Column(column.language, f"{column.path} (language {column.language}, market {column.market})")
            for column in known.columns
        )
        tables = (
            ("Sections", "Section", known.sections, lambda line: line.id),
            ("Requirements", "Requirement", known.requirements, lambda line: requirements()[line.id].section),
        )
        return tuple(
            Heat(f"{caption} beside the source, by translation", corner, columns, self._rows(lines, section))
            for caption, corner, lines, section in tables
            if lines
        )

    def _rows(self, lines: Sequence[Line], section: Callable[[Line], str]) -> tuple[Row, ...]:
        return tuple(
            Row(line.title, tuple(self._spots(line.cells, section(line))), line.id) for line in lines
        )

    def _spots(self, cells: Sequence[Cell], section: str) -> Iterator[tuple[Spot]]:
        """The cells of a line, each leading to its section where both leaflets stand side by side."""
        for cell, (document, href) in zip(cells, self._kept, strict=True):
            rows = document.compared.rows if document.compared else ()
            there = any(row.section == section for row in rows)
            yield (_spot(cell, f"{href}-{section}" if there and section else href),)


def _spot(cell: Cell, href: str) -> Spot:
    tone, words = _TOLD[cell.state]
    if cell.state == "review" and cell.errors + cell.warnings:
        tone = "error" if cell.errors else "warning"
    counts = {"error": cell.errors, "warning": cell.warnings, "advice": cell.advice}
    told = ", ".join(f"{number} {severity}" for severity, number in counts.items() if number)
    count = sum(counts.values()) or None
    return Spot(tone, count, f"{words}: {told}" if told else words, href)
