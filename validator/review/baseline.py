"""The baseline: the findings that were known before, so that only new ones fail the run.

A finding is known by its file without the suffix (the same leaflet may come in another format)
and its fingerprint, as often as the baseline says.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Literal, TextIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from validator.errors import ConfigurationError
from validator.records import Severity
from validator.report import Document, Finding, Notice
from validator.settings import seen_from

_Key = tuple[str, str]


class Entry(BaseModel):
    """Findings that are alike: how often one fingerprint occurs in a file."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    path: str
    rule: str
    problem: str
    fingerprint: str
    count: int = Field(default=1, ge=1)


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    version: Literal[1]
    findings: tuple[Entry, ...]


class Baseline:
    """What was known, and what of it was met in this run."""

    def __init__(self, path: str) -> None:
        """Read a baseline; a ConfigurationError says what is wrong with it."""
        self._path = path
        self._folder = os.path.dirname(os.path.abspath(path))
        found = _read(Path(path)).findings
        self._entries = {(_stem(entry.path), entry.fingerprint): entry for entry in found}
        self._left = Counter({key: entry.count for key, entry in self._entries.items()})
        self._stems = {stem for stem, _ in self._entries}
        self._judged: set[_Key] = set()

    def meet(self, document: Document) -> None:
        """Remember which rules were judged for a file that the baseline knows."""
        stem = self._stem_of(document.path)
        if stem in self._stems:
            self._judged.update((stem, judgement.rule) for judgement in document.requirements)

    def knows(self, document: Document, finding: Finding) -> bool:
        """Whether a finding was known; each entry answers as often as it counts."""
        key = self._stem_of(document.path), finding.fingerprint
        if self._left[key] <= 0:
            return False
        self._left[key] -= 1
        return True

    def gone(self, severity: Severity) -> Iterator[Notice]:
        """The entries that no longer occur; what this run did not look at is left alone."""
        for key, entry in self._entries.items():
            left = self._left[key]
            judged = (key[0], entry.rule) in self._judged
            if left and (judged or not os.path.exists(os.path.join(self._folder, entry.path))):
                times = f" ({left} of {entry.count})" if entry.count > 1 else ""
                said = f"{entry.rule} ({entry.problem}) in {entry.path} no longer occurs{times}"
                text = f"{said}; write the baseline anew"
                yield Notice(kind="baseline-gone", severity=severity, message=text, at=self._path)

    def _stem_of(self, path: str) -> str:
        return _stem(seen_from(path, self._folder))


class BaselineWriter:
    """Writes a baseline while the run goes on, one finding a line."""

    def __init__(self, path: str, out: TextIO) -> None:
        self._folder = os.path.dirname(os.path.abspath(path))
        self._out = out
        self._separator = "\n"
        out.write('{"version": 1, "findings": [')

    def add(self, path: str, findings: Sequence[Finding]) -> None:
        """Write the findings of one file."""
        counts = Counter(finding.fingerprint for finding in findings)
        first = {finding.fingerprint: finding for finding in reversed(findings)}
        for fingerprint in sorted(counts, key=lambda each: (first[each].rule, each)):
            found = first[fingerprint]
            entry: dict[str, Any] = {
                "path": seen_from(path, self._folder),
                "rule": found.rule,
                "problem": found.problem,
                "fingerprint": fingerprint,
                "count": counts[fingerprint],
            }
            self._out.write(self._separator + json.dumps(entry))
            self._separator = ",\n"

    def close(self) -> None:
        """Write the end."""
        self._out.write("\n]}\n")


def _stem(path: str) -> str:
    return str(PurePosixPath(path).with_suffix("")) if PurePosixPath(path).name else path


def _read(path: Path) -> _File:
    try:
        return _File.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"{path}: the baseline cannot be read ({error.strerror})") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        cause = f"{where}: {first['msg']}" if where else first["msg"]
        raise ConfigurationError(f"{path}: not a baseline: {cause}") from None
