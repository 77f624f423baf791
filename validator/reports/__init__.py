"""The faces of a report, one module a format; each takes documents as they come and closes with the rest.

A format module has a class `Writer(out, style)` with `add(document)`, `finish(report)`, where
`report` carries everything but the documents, and `close()`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, TextIO

from validator.report import Document, Report

FORMATS: Mapping[str, str] = {
    name: f"validator.reports.{name}"
    for name in ("text", "json", "jsonl", "sarif", "junit", "markdown", "csv", "github", "gitlab", "html")
}


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a report says of a rule apart from any finding; `law` has text and address of each source."""

    title: str = ""
    why: str = ""
    fix: str = ""
    law: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How a report is shown: in colour, how wide (0: not wrapped), how much of it.

    `others` names the markets that could judge a document of this market and language as well,
    `rule` tells of a rule by its id, `failing` holds the severities that fail the run. `pages` opens a
    file beside the report by its name; without it the report is one file.
    """

    colour: bool = False
    width: int = 0
    verbose: bool = False
    quiet: bool = False
    others: Callable[[str, str], Sequence[str]] = lambda market, language: ()
    rule: Callable[[str], RuleText] = lambda rule: RuleText()
    failing: Sequence[str] = ("error",)
    pages: Callable[[str], AbstractContextManager[TextIO]] | None = None


# Faces that show the leaflet itself: its text travels with the result.
SHOWING = ("html",)


class ReportWriter(Protocol):
    """What every format offers."""

    def add(self, document: Document) -> None:
        """Take one document's result."""

    def finish(self, report: Report) -> None:
        """Write summary and failures."""

    def close(self) -> None:
        """Let go of what is held, also when the run was broken off."""


def writer(name: str, out: TextIO, style: Style) -> ReportWriter:
    """The writer of a format of `FORMATS`."""
    made: ReportWriter = import_module(FORMATS[name]).Writer(out, style)
    return made
