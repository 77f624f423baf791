"""Fixing a file: the fixes are made, the result is checked again, and what did not hold is taken back."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from validator.batch import trials
from validator.document.leaflet import Leaflet
from validator.engine import Trial
from validator.errors import UnreadableError, UsageError
from validator.mending import text
from validator.mending.edits import Left, Mend
from validator.mending.plan import planned
from validator.readers import read
from validator.settings import Options

_FORMATS = ("text", "markdown", "docx")
_ANY = frozenset({"*"})  # some fix did harm; which one must be tried
_SLOT = re.compile(r"\{[^{}]*\}")
_OPEN = "leftover"  # the problem of a slot that was put in to be filled, and of a tracked change


@dataclass(frozen=True, slots=True)
class Fixed:
    """The file after its fixes and its format, what was done, and what is left to a person."""

    form: str
    data: bytes
    done: tuple[Mend, ...] = ()
    left: tuple[Left, ...] = ()


def fixed(data: bytes, path: str, options: Options, now: datetime) -> Fixed:
    """Fix what is safe. Each fix has settled its finding, and none has brought another one but its slots.

    Raises UsageError for a format that is not fixed, UnreadableError for what cannot be read.
    """
    before = trials(data, path, options)
    everything = replace(options, select=(), ignore=())  # a fix must do no harm to any rule
    whole = before if everything == options else trials(data, path, everything)
    form = before[0].leaflet.format
    if form not in _FORMATS:
        raise UsageError(f"{path} has the format {form}: only text, Markdown and Word files are fixed")
    if options.revisions != "accepted":
        raise UsageError("the text before the tracked changes is no text to be fixed")
    refused: frozenset[str] = frozenset()
    while True:
        plans = [planned(trial, refused) for trial in before]
        told = [(trial.leaflet, mends) for trial, (mends, _) in zip(before, plans, strict=True)]
        done = tuple(mend for mends, _ in plans for mend in mends)
        left = tuple(each for _, others in plans for each in others)
        if not done:
            return Fixed(form, data, (), left)
        try:
            new = _written(form, data, told, now)
        except UnreadableError as error:
            raise UnreadableError(f"{path}: {error}") from None
        after = trials(new, path, everything)
        failed = _failed(whole, after, done)
        if not failed:
            still = _found(after)
            left = tuple(each for each in left if still[each.rule, each.fingerprint])
            return Fixed(form, new, done, left)
        refused |= failed if failed is not _ANY else _harmful(form, data, path, everything, now, whole, told)


def _harmful(
    form: str,
    data: bytes,
    path: str,
    options: Options,
    now: datetime,
    before: Sequence[Trial],
    told: Sequence[tuple[Leaflet, Sequence[Mend]]],
) -> frozenset[str]:
    """The rules whose fix brings another finding when it is made alone; all if none does."""
    found = set()
    for leaflet, mends in told:
        for mend in mends:
            new = _written(form, data, [(leaflet, (mend,))], now)
            if _failed(before, trials(new, path, options), (mend,)):
                found.add(mend.rule)
    return frozenset(found or {mend.rule for _, mends in told for mend in mends})


def _written(form: str, data: bytes, told: Sequence[tuple[Leaflet, Sequence[Mend]]], now: datetime) -> bytes:
    if form == "docx":
        from validator.mending import docx

        return docx.fixed(data, told, now)
    return text.fixed(data, told)


def _failed(before: Sequence[Trial], after: Sequence[Trial], done: Sequence[Mend]) -> frozenset[str]:
    """The rules whose fixes did not settle their finding, or left a slot that nobody would be told of.

    `_ANY` if another finding came up.
    """
    now = _found(after)
    still = frozenset(mend.rule for mend in done if now[mend.rule, mend.fingerprint])
    if still := still | _untold(after, done):
        return still
    harm = _found(after, _OPEN) - _found(before, _OPEN)
    return _ANY if harm or len(before) != len(after) else frozenset()


def _untold(after: Sequence[Trial], done: Sequence[Mend]) -> frozenset[str]:
    """The rules whose fixes put in slots that are not reported: they would be taken for finished text."""
    told = " ".join(f.evidence for trial in after for f in trial.document.findings if f.problem == _OPEN)
    lines = ((mend.rule, line.text) for mend in done if mend.insertion for line in mend.insertion.lines)
    return frozenset(rule for rule, line in lines for slot in _SLOT.findall(line) if slot not in told)


def _found(judged: Sequence[Trial], but: str = "") -> Counter[tuple[str, str]]:
    """The findings as rule and fingerprint, those of one problem left out."""
    findings = (finding for trial in judged for finding in trial.document.findings)
    return Counter((each.rule, each.fingerprint) for each in findings if each.problem != but)


def differences(form: str, path: str, before: bytes, after: bytes) -> Iterator[str]:
    """A unified diff: of the lines of the file, or of the paragraphs that a reader of a Word file sees."""
    if form == "docx":
        old, new = ([block.text for block in read(data, name=path).blocks] for data in (before, after))
    else:
        old, new = (list(text.lines_of(data)) for data in (before, after))
    yield from difflib.unified_diff(old, new, path, f"{path} (fixed)", lineterm="")
