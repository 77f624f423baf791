"""The faces of a report, one module a format; each takes documents as they come and closes with the rest.

A format module has a class `Writer(out, style)` with `add(document)` and `finish(report)`, where
`report` carries everything but the documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, TextIO

from validator.report import Document, Report

FORMATS: Mapping[str, str] = {
    "text": "validator.reports.text",
    "json": "validator.reports.json",
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a report is shown: colour, line width (0: not wrapped), how much, and the markets one may name."""

    colour: bool = False
    width: int = 0
    verbose: bool = False
    quiet: bool = False
    markets: tuple[str, ...] = ()


class ReportWriter(Protocol):
    """What every format offers."""

    def add(self, document: Document) -> None:
        """Take one document's result."""

    def finish(self, report: Report) -> None:
        """Close with summary and failures."""


def writer(name: str, out: TextIO, style: Style) -> ReportWriter:
    """The writer of a format of `FORMATS`."""
    made: ReportWriter = import_module(FORMATS[name]).Writer(out, style)
    return made
