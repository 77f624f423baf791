"""A report made by hand, so that the faces are tested apart from the engine."""

from __future__ import annotations

from typing import Any

import pytest

from validator.report import (
    Document,
    Failure,
    Finding,
    Judgement,
    Law,
    Place,
    Recognised,
    Report,
    Summary,
    Tool,
    Waiver,
)


def finding(**values: Any) -> Finding:
    """A finding; what is not given is filled in."""
    given: dict[str, Any] = {
        "rule": "statement/keep-leaflet",
        "problem": "altered",
        "severity": "warning",
        "message": "The statement differs from the required wording.",
        "location": Place(line=7, column=1, end_line=7, end_column=20, section="front"),
        "citation": (Law(source="QRD template", at="Annex IIIB", url="https://example.org"),),
        "fix": "Insert: Keep this leaflet.",
        "fingerprint": "0123456789abcdef",
    }
    return Finding(**{**given, **values})


def document(*findings: Finding, **values: Any) -> Document:
    """A document; its verdicts cover all four kinds."""
    given: dict[str, Any] = {
        "path": "leaflet.txt",
        "sha256": "0" * 64,
        "format": "text",
        "language": "en",
        "market": "tr",
        "profile": "tr-kt",
        "recognised": Recognised(language=("frequent words: the, of",), market=("“different age groups”",)),
        "requirements": (
            Judgement(rule="section/what-it-is", verdict="met", reason="line 10"),
            Judgement(rule="section/before-use", verdict="gap", reason="The section is missing."),
            Judgement(rule="section/how-to-use", verdict="met", reason="line 20"),
            Judgement(rule="section/storage", verdict="gap", reason="The section is missing."),
            Judgement(rule="section/subsection", verdict="met", reason=""),
            Judgement(rule="black-triangle/listing", verdict="review", reason="to be looked up"),
            Judgement(
                rule="excipient/soya", verdict="not-applicable", reason="not among the listed ingredients"
            ),
        ),
        "findings": findings,
    }
    return Document(**{**given, **values})


def report(*documents: Document, **values: Any) -> Report:
    """A report on documents."""
    given: dict[str, Any] = {
        "tool": Tool(version="0.1.0"),
        "generated": "2026-01-01T00:00:00Z",
        "profile": "tr-kt",
        "summary": Summary(
            documents=len(documents), unreadable=1, errors=2, warnings=1, requirements={"met": 2, "gap": 2}
        ),
        "documents": documents,
    }
    return Report(**{**given, **values})


@pytest.fixture
def full() -> Report:
    """A report that uses everything a report can say."""
    point = {"line": 20, "column": 3, "end_line": 20, "end_column": 3}
    gone = Place(line=76, column=14, end_line=76, end_column=14, section="storage")
    first = document(
        finding(evidence="Keep this.", expected="Keep this leaflet. You may need to read it again."),
        finding(
            rule="section/before-use",
            problem="missing",
            severity="error",
            location=Place(**point, section="before-use"),
        ),
        finding(rule="section/storage", problem="missing", severity="error", location=gone),
        notes=("3 bytes could not be decoded",),
        part="1 of 2: A medicine",
    )
    second = document(
        finding(
            waived=Waiver(reason="agreed with the agency", by="RA", until="2027-01-01"), severity="advice"
        ),
        path="zwei.txt",
    )
    return report(first, second, unreadable=(Failure(path="x.txt", reason="the file is empty"),))
