"""Fingerprints that are unique in a file, for formats whose readers keep one finding for each."""

from __future__ import annotations

from collections import Counter

from validator.report import Document, Finding


class Numbered:
    """Counts equal fingerprints; the documents of one file come one after the other."""

    def __init__(self) -> None:
        self._path = ""
        self._seen: Counter[str] = Counter()

    def of(self, document: Document, finding: Finding) -> str:
        """The fingerprint with the number of its occurrence in the file: "0123456789abcdef:1"."""
        if document.path != self._path:
            self._path = document.path
            self._seen.clear()
        self._seen[finding.fingerprint] += 1
        return f"{finding.fingerprint}:{self._seen[finding.fingerprint]}"
