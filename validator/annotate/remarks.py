"""What is written beside a leaflet's words: a remark a finding, and one about the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from validator._version import __version__
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.engine import Trial
from validator.findings import Settled
from validator.report import Document, Finding
from validator.reports.words import counted

AUTHOR = "leaflet-validator"
INITIALS = "LV"


@dataclass(frozen=True, slots=True)
class Remark:
    """Lines of text about some words; `missing` if the words only stand near what is lacking.

    `severity` is that of the finding, "" for a remark about the whole.
    """

    span: Span
    lines: tuple[str, ...]
    severity: str = ""
    missing: bool = False


def remarks(trial: Trial, document: Document) -> Iterator[Remark]:
    """The remarks on one leaflet; `document` is the trial's, perhaps with findings waived."""
    yield Remark(_first(trial.leaflet), tuple(_overview(document)))
    for settled, finding in zip(trial.settled, document.findings, strict=True):
        span = settled.hit.span
        lines = tuple(_lines(finding, span is None))
        yield Remark(span or belongs(trial, settled), lines, finding.severity, span is None)


def belongs(trial: Trial, settled: Settled) -> Span:
    """The words beside which a missing thing is told: the heading of its section, else of the next one.

    What belongs to the opening is told at the first words, what belongs to the end at the last.
    """
    leaflet = trial.leaflet
    wanted = settled.hit.section or settled.entry.section
    order = [plan.id for plan in trial.law.lexicon.profile.sections]
    if wanted == "front" or not leaflet.sections:
        return _first(leaflet)
    later = order[order.index(wanted) :] if wanted in order else []
    for section in leaflet.sections:
        if section.id in later and section.heading:
            return section.heading.span
    return _last(leaflet)


def _first(leaflet: Leaflet) -> Span:
    texts = _texts(leaflet)
    return Span(texts[0], 0, len(leaflet.blocks[texts[0]].text))


def _last(leaflet: Leaflet) -> Span:
    texts = _texts(leaflet)
    return Span(texts[-1], 0, len(leaflet.blocks[texts[-1]].text))


def _texts(leaflet: Leaflet) -> Sequence[int]:
    """The blocks of running text; a leaflet has some, or it would not have been recognised."""
    return [n for n, block in enumerate(leaflet.blocks) if block.text and block.kind != "furniture"]


def _overview(document: Document) -> Iterator[str]:
    part = f" ({document.part})" if document.part else ""
    yield f"{AUTHOR} {__version__}: {counted(document.counts())}{part}"
    yield f"Judged as {document.market}, language {document.language}, by {document.profile}."
    judged = {finding.rule for finding in document.findings}
    for judgement in document.requirements:
        if judgement.verdict == "review" and judgement.rule not in judged:
            yield f"For a person to judge: {judgement.rule}: {judgement.reason}"


def _lines(finding: Finding, missing: bool) -> Iterator[str]:
    accepted = f" ({finding.accepted})" if finding.accepted else ""
    yield f"{finding.severity}: {finding.rule}, {finding.problem}{accepted}"
    yield finding.message
    if missing:
        yield "It is not in the text; these words only show where it belongs."
    yield f"Fix: {finding.fix}"
    for law in finding.citation:
        yield f"Law: {', '.join(part for part in (law.source, law.at, law.url) if part)}"
