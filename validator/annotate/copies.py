"""The copy of a file with the findings at their places, whichever format it has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from validator.annotate.remarks import remarks
from validator.document.blocks import Revisions
from validator.engine import Trial
from validator.errors import UsageError
from validator.report import Document


def annotated(
    data: bytes,
    path: str,
    trials: Sequence[Trial],
    documents: Sequence[Document],
    revisions: Revisions,
    now: datetime,
) -> bytes:
    """The bytes of the copy; `documents` are those of the trials, perhaps with findings waived.

    Raises UsageError for a format in which nothing can be written beside the words.
    """
    told = [
        (trial.leaflet, tuple(remarks(trial, document)))
        for trial, document in zip(trials, documents, strict=True)
    ]
    form = trials[0].leaflet.format
    if form == "docx":
        from validator.annotate import docx

        return docx.annotated(data, told, revisions, now)
    if form == "pdf":
        from validator.annotate import pdf

        return pdf.annotated(data, told, now)
    raise UsageError(f"{path} has the format {form}: only Word and PDF files have a place for remarks")
