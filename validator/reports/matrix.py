"""The matrix of several translations as text, Markdown, JSON or CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from validator.record import plain
from validator.reports.csv import BYTE_ORDER_MARK
from validator.reports.csv import cell as guarded
from validator.reports.markdown import escaped
from validator.reports.terminal import safe

if TYPE_CHECKING:
    from validator.compare.matrix import Cell, Line, Matrix
    from validator.report import Report

_SIGNS = {
    "same": "=",
    "missing": "✗",
    "extra": "+",
    "review": "?",
    "neither": "∅",
    "not-applicable": "·",
    "unknown": " ",
}
_LEGEND = (
    "= as in the source, ✗ differs or missing, + only in the translation, ? for a person to judge, "
    "∅ in neither, · does not apply; the figures are errors/warnings/advice"
)


def write(matrix: Matrix, form: str, out: TextIO, report: Report) -> None:
    """Write the tables in one form; what could not be read is told with them."""
    {"text": _text, "markdown": _markdown, "json": _json, "csv": _csv}[form](matrix, out, report)


def _tables(matrix: Matrix) -> Iterator[tuple[str, Sequence[Line]]]:
    yield "comparison", matrix.comparisons
    yield "section", matrix.sections
    yield "requirement", matrix.requirements


def _sign(cell: Cell) -> str:
    counts = (cell.errors, cell.warnings, cell.advice)
    figures = "/".join(map(str, counts)) if any(counts) else ""
    return f"{_SIGNS[cell.state]} {figures}".strip()


def _heads(matrix: Matrix) -> list[str]:
    """The language of each column; where that is not enough, its number as well."""
    languages = [column.language for column in matrix.columns]
    return [
        code if languages.count(code) == 1 else f"{code} {number}" for number, code in enumerate(languages, 1)
    ]


def _text(matrix: Matrix, out: TextIO, report: Report) -> None:
    out.write(f"Source: {safe(matrix.source)} ({matrix.language})\n")
    for head, column in zip(_heads(matrix), matrix.columns, strict=True):
        part = f" ({column.part})" if column.part else ""
        out.write(f"{head}: {safe(column.path + part)}\n")
    for what, lines in _tables(matrix):
        if not lines:
            continue
        rows = [[what, *_heads(matrix)], *([line.id, *map(_sign, line.cells)] for line in lines)]
        widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
        out.write("\n")
        for row in rows:
            padded = (f"{text:<{width}}" for text, width in zip(row, widths, strict=True))
            out.write("  ".join(padded).rstrip() + "\n")
    out.write(f"\n{_LEGEND}\n")
    for failure in report.unreadable:
        out.write(f"not compared: {safe(failure.path)}: {safe(failure.reason)}\n")


def _markdown(matrix: Matrix, out: TextIO, report: Report) -> None:
    out.write(f"### Translations of {escaped(matrix.source)} ({matrix.language})\n\n")
    for head, column in zip(_heads(matrix), matrix.columns, strict=True):
        part = f" ({column.part})" if column.part else ""
        out.write(f"- {head}: {escaped(column.path + part)}\n")
    for what, lines in _tables(matrix):
        if lines:
            out.write(f"\n| {what} | {' | '.join(_heads(matrix))} |\n")
            out.write("|---|" + "---|" * len(matrix.columns) + "\n")
            for line in lines:
                out.write(f"| {line.id} | {' | '.join(map(_sign, line.cells))} |\n")
    out.write(f"\n{_LEGEND}\n")
    for failure in report.unreadable:
        out.write(f"\n- **not compared:** {escaped(failure.path)}: {escaped(failure.reason)}\n")


def _json(matrix: Matrix, out: TextIO, report: Report) -> None:
    data = plain(matrix)
    data["unreadable"] = plain(report.unreadable)
    json.dump(data, out, ensure_ascii=False, indent=2)
    out.write("\n")


def _csv(matrix: Matrix, out: TextIO, report: Report) -> None:
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["table", "id", "title", "path", "language", "market", "state", "errors", "warnings", "advice"]
    )
    for what, lines in _tables(matrix):
        writer.writerows(_records(what, lines, matrix))
    for failure in report.unreadable:
        writer.writerow(["unreadable", "", guarded(failure.reason), guarded(failure.path), *[""] * 6])


def _records(what: str, lines: Sequence[Line], matrix: Matrix) -> Iterable[list[str]]:
    for line in lines:
        for column, cell in zip(matrix.columns, line.cells, strict=True):
            counts = (str(cell.errors), str(cell.warnings), str(cell.advice))
            yield [
                what,
                line.id,
                line.title,
                guarded(column.path),
                column.language,
                column.market,
                cell.state,
                *counts,
            ]
