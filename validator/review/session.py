"""One run's review: marks what is waived or known, and tells what must be put in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from validator.records import Severity
from validator.report import Document, Finding, Notice
from validator.review.waivers import Standing, notices

if TYPE_CHECKING:
    from validator.review.baseline import Baseline, BaselineWriter


class Review:
    """Goes through the documents of one file after the other; nothing of them is kept."""

    def __init__(
        self,
        today: date,
        waivers: Sequence[Standing] = (),
        baseline: Baseline | None = None,
        writer: BaselineWriter | None = None,
        gone: Severity = "advice",
    ) -> None:
        """`gone`: how severe an entry of the baseline is that no longer occurs."""
        self._today = today
        self._waivers = waivers
        self._baseline = baseline
        self._writer = writer
        self._gone = gone
        self._notices: list[Notice] = []

    def mark(self, documents: Sequence[Document], own: Sequence[Standing]) -> tuple[Document, ...]:
        """The documents of one file with their findings marked; `own` are the waivers beside it."""
        marked = tuple(self._document(document, own) for document in documents)
        self._notices.extend(notices(own, self._today))
        if self._writer is None:
            return marked
        self._writer.add(
            documents[0].path, [f for document in marked for f in document.findings if not f.waived]
        )
        return tuple(
            replace(document, findings=tuple(_known(f, True) for f in document.findings))
            for document in marked
        )

    def notices(self) -> tuple[Notice, ...]:
        """What must be put in order, once all documents are through."""
        gone = self._baseline.gone(self._gone) if self._baseline else ()
        return (*notices(self._waivers, self._today), *self._notices, *gone)

    def _document(self, document: Document, own: Sequence[Standing]) -> Document:
        waivers = [standing for standing in (*self._waivers, *own) if standing.meets(document)]
        if self._baseline:
            self._baseline.meet(document)
        findings = []
        for finding in document.findings:
            known = self._baseline is not None and self._baseline.knows(document, finding)
            findings.append(_known(self._waive(finding, waivers), known))
        return replace(document, findings=tuple(findings))

    def _waive(self, finding: Finding, waivers: Sequence[Standing]) -> Finding:
        """The finding with the first waiver that holds; an expired one is counted and holds no more."""
        for standing in waivers:
            if standing.covers(finding):
                standing.covered += 1
                if not standing.expired(self._today):
                    return replace(finding, waived=standing.accepted)
        return finding


def _known(finding: Finding, known: bool) -> Finding:
    return replace(finding, baselined=True) if known and not finding.waived else finding
