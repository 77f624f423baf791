"""Two folders of leaflets: each file beside the one of the same name, the folders above it included."""

from __future__ import annotations

import filecmp
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from validator.batch import Result
from validator.diff.sources import alone, died, file, guarded, spread
from validator.inputs import Input, inputs
from validator.report import Notice
from validator.settings import Options


@dataclass(frozen=True, slots=True)
class Both:
    """A file in both folders; either side is "" where the folder has none of its name."""

    old: str
    new: str


def folders(
    old: str, new: str, options: Options, jobs: int = 1, layout: bool = False
) -> Iterator[tuple[Result, list[Notice]]]:
    """The comparisons of all leaflets of two folders that differ, in the order of their names."""
    pairs = [each for each in _pairs(_files(old), _files(new)) if not _same(each)]
    work = partial(_compared, options=options, layout=layout)
    return spread(work, pairs, jobs, lambda each: died(each.new or each.old))


def _files(folder: str) -> dict[str, Input]:
    """The files of a folder and of those in it, by their path from there."""
    return {os.path.relpath(each.path, folder): each for each in inputs([folder])}


def _pairs(before: dict[str, Input], after: dict[str, Input]) -> list[Both]:
    """The files that go together: of one name, or of one but for the kind of file where each side has one."""
    renamed = _renamed(before.keys() - after.keys(), after.keys() - before.keys())
    gone = set(renamed.values())
    found = []
    for name in sorted((before.keys() | after.keys()) - gone):
        older = before.get(renamed.get(name, name))
        newer = after.get(name)
        found.append(Both(older.path if older else "", newer.path if newer else ""))
    return found


def _renamed(before: set[str], after: set[str]) -> dict[str, str]:
    """The older name of files that changed their kind: "a/velorin.txt" is "a/velorin.docx" now."""
    ours, theirs = (Counter(os.path.splitext(name)[0] for name in names) for names in (before, after))
    once = {stem for stem, count in ours.items() if count == theirs[stem] == 1}
    older = {os.path.splitext(name)[0]: name for name in before}
    return {name: older[stem] for name in after if (stem := os.path.splitext(name)[0]) in once}


def _compared(both: Both, options: Options, layout: bool) -> tuple[Result, list[Notice]]:
    own = options.at(both.new or both.old)
    if not both.old:
        return alone(file(both.new, own), both.new, "leaflet-added", own)
    if not both.new:
        return alone(file(both.old, own), both.old, "leaflet-removed", own)
    return guarded(file(both.old, own), file(both.new, own), options, named=False, layout=layout)


def _same(both: Both) -> bool:
    """Whether the two files hold the same bytes; what cannot be read is told when it is compared."""
    try:
        return bool(both.old and both.new) and filecmp.cmp(both.old, both.new, shallow=False)
    except OSError:
        return False
