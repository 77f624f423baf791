"""The two versions of a leaflet from where they are kept: files, git revisions, a Word file's changes."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from validator import batch
from validator.batch import NO_LEAFLET, Result
from validator.diff.git import Blob, Changed, Repository
from validator.diff.revision import Version, compare
from validator.document.blocks import Revisions
from validator.document.leaflet import Leaflet
from validator.errors import EXIT_UNREADABLE, LeafletError, UnreadableError, UsageError
from validator.inputs import must_be_told
from validator.readers import load
from validator.report import Document, Notice
from validator.resources import house_rules
from validator.settings import Options

Item = TypeVar("Item")
Kind = Literal["leaflet-added", "leaflet-removed", "leaflet-renamed"]
_WORD = "docx"
_PLAIN = "holds no tracked changes: there is nothing to compare"


@dataclass(frozen=True, slots=True)
class Side:
    """One version: the name it is told by, the name that tells its format, and how its bytes are read."""

    path: str
    name: str
    load: Callable[[], bytes]
    revisions: Revisions = "accepted"


def file(path: str, options: Options) -> Side:
    """A version that is a file."""
    return Side(path, Path(path).name, partial(load, path, options.limits))


def files(old: str, new: str, options: Options, layout: bool = False) -> tuple[Result, list[Notice]]:
    """The comparison of two files; with `layout` the report carries the text of the newer one."""
    return guarded(file(old, options), file(new, options), options, layout=layout)


def tracked(path: str, options: Options, layout: bool = False) -> tuple[Result, list[Notice]]:
    """The comparison of a Word file as it was before its tracked changes with what it is after them."""
    data = load(path, options.limits)
    name = Path(path).name
    older = Side(f"{path} (before its tracked changes)", name, lambda: data, "original")
    return guarded(older, Side(path, name, lambda: data), options, layout=layout)


def revisions(
    found: Repository,
    base: str,
    head: str,
    paths: Sequence[str],
    options: Options,
    shown: str,
    jobs: int = 1,
    layout: bool = False,
) -> Iterator[tuple[Result, list[Notice]]]:
    """The comparisons of all leaflets that differ between two revisions, or from the working tree.

    `base` and `head` are names of commits, `shown` is what the older one is called.
    """
    work = partial(_changed, found=found, options=options, shown=shown, layout=layout)
    return spread(work, list(found.changed(base, head, paths)), jobs, partial(_lost, found))


def spread(
    work: Callable[[Item], tuple[Result, list[Notice]]],
    items: Sequence[Item],
    jobs: int,
    lost: Callable[[Item], tuple[Result, list[Notice]]],
) -> Iterator[tuple[Result, list[Notice]]]:
    """The comparisons of many files, in their order, by as many processes as asked for."""
    if jobs <= 1 or len(items) < 2:
        return (work(item) for item in items)
    from validator.parallel import ordered

    return ordered(work, iter(items), jobs, lost)


def died(path: str) -> tuple[Result, list[Notice]]:
    """What is told of a file whose process ended before it answered."""
    return Result(path, failure="the process that read this file died", code=EXIT_UNREADABLE), []


def _lost(found: Repository, changed: Changed) -> tuple[Result, list[Notice]]:
    blob = changed.new or changed.old
    return died(found.shown(blob.path) if blob else "")


def _changed(
    changed: Changed, found: Repository, options: Options, shown: str, layout: bool
) -> tuple[Result, list[Notice]]:
    old, new = (_side(found, blob, prefix) for blob, prefix in ((changed.old, shown), (changed.new, "")))
    if old and new:
        result, notices = guarded(old, new, options, named=False, layout=layout)
        if changed.old and changed.new and changed.old.path != changed.new.path and result.documents:
            text = f"renamed from {found.shown(changed.old.path)}"
            notices = [_notice("leaflet-renamed", new.path, text), *notices]
        return result, notices
    if new:
        return alone(new, new.path, "leaflet-added", options)
    assert old is not None
    assert changed.old is not None
    return alone(old, found.shown(changed.old.path), "leaflet-removed", options)


def alone(side: Side, path: str, kind: Kind, options: Options) -> tuple[Result, list[Notice]]:
    """What is told of a file that one of the two versions lacks: `path` is the name to tell it by."""
    try:
        if not _leaflets(side, options):
            return Result(path, skipped=NO_LEAFLET), []
    except LeafletError as error:
        return Result(path, skipped=str(error)), []
    text = "the leaflet is new: there is no older version to compare it with"
    if kind == "leaflet-removed":
        text = "the leaflet is gone, and with it all that it said"
    return Result(path), [_notice(kind, path, text)]


def _side(found: Repository, blob: Blob | None, prefix: str) -> Side | None:
    if blob is None:
        return None
    shown = found.shown(blob.path)
    return Side(f"{prefix}:{blob.path}" if prefix else shown, Path(blob.path).name, lambda: found.read(blob))


def _notice(kind: Kind, path: str, text: str) -> Notice:
    return Notice(
        kind=kind, severity="warning" if kind == "leaflet-removed" else "advice", message=text, at=path
    )


def guarded(
    older: Side, newer: Side, options: Options, *, named: bool = True, layout: bool = False
) -> tuple[Result, list[Notice]]:
    """The comparison; what goes wrong becomes part of the result.

    A changed file of a repository that is no leaflet in either version is passed over.
    """
    try:
        return compared(older, newer, options, named=named, layout=layout)
    except LeafletError as error:
        return Result(newer.path, failure=str(error), code=error.exit_code), []
    except Exception as error:  # one defect of ours must not cost the user the other files
        reason = f"internal error ({type(error).__name__}: {error}); --debug shows where"
        return Result(newer.path, failure=reason, code=EXIT_UNREADABLE, trace=traceback.format_exc()), []


def compared(
    older: Side, newer: Side, options: Options, *, named: bool = True, layout: bool = False
) -> tuple[Result, list[Notice]]:
    """The comparison of all leaflets of two versions of a file.

    Raises UnreadableError if one cannot be read or holds no leaflet; `named` says that the user named
    the files: else what is no leaflet in either version is passed over. With `layout` the documents carry
    the text of the newer version.
    """
    options = options.at(newer.path)
    with house_rules(options.law):
        return _compared(older, newer, options, named, layout)


def _compared(
    older: Side, newer: Side, options: Options, named: bool, layout: bool
) -> tuple[Result, list[Notice]]:
    try:
        after, sha_new = _read(newer, options)
        before, sha_old = _read(older, options)
    except UnreadableError as error:
        if named or must_be_told(newer.name, error):
            raise
        return Result(newer.path, skipped="not readable as a leaflet"), []
    if not after and not before and not named:
        return Result(newer.path, skipped=NO_LEAFLET), []
    for side, found in ((older, before), (newer, after)):
        if not found:
            raise UnreadableError(f"{side.path}: {NO_LEAFLET}")
    notices: list[Notice] = []
    documents: list[Document] = []
    for old, new in _paired(before, after, newer.path, notices):
        if old.language.value != new.language.value:
            raise UsageError(
                f"the older version is in language '{old.language.value}', the newer one in "
                f"'{new.language.value}': 'leaflet compare' is for translations"
            )
        old = _as_judged(older, old, new, options)
        versions = Version(old, older.path, sha_old), Version(new, newer.path, sha_new)
        made = compare(*versions, options, layout)
        documents.append(_noted(made, new) if older.revisions == "original" else made)
    return Result(newer.path, tuple(documents)), notices


def _noted(document: Document, new: Leaflet) -> Document:
    """Without tracked changes both versions are one: that must be told, or silence would mislead."""
    if new.changes:
        return document
    what = (
        _PLAIN
        if new.format == _WORD
        else "a file alone is compared by its tracked changes; this one has none"
    )
    return replace(document, notes=(*document.notes, what))


def _read(side: Side, options: Options) -> tuple[tuple[Leaflet, ...], str]:
    data = side.load()
    return _leaflets(side, options, data), hashlib.sha256(data).hexdigest()


def _leaflets(side: Side, options: Options, data: bytes | None = None) -> tuple[Leaflet, ...]:
    own = replace(options, revisions=side.revisions)
    return batch.open_leaflets(side.load() if data is None else data, side.name, own)


def _as_judged(side: Side, old: Leaflet, new: Leaflet, options: Options) -> Leaflet:
    """The older version read by the market of the newer one."""
    if old.market.value == new.market.value:
        return old
    given = replace(options, market=new.market.value, language=new.language.value)
    again = _leaflets(side, given)
    if not again:
        raise UnreadableError(f"{side.path}: not recognised as a leaflet of market '{new.market.value}'")
    return next((each for each in again if each.facts.product.name == old.facts.product.name), again[0])


def _paired(
    before: Sequence[Leaflet], after: Sequence[Leaflet], path: str, notices: list[Notice]
) -> Iterator[tuple[Leaflet, Leaflet]]:
    """Leaflets of two files that belong together: in order if they are as many, else by their titles."""
    if len(before) == len(after):
        yield from zip(before, after, strict=True)
        return
    rest = list(before)
    for new in after:
        same = [old for old in rest if _title(old) == _title(new)] or (rest if len(after) == 1 else [])
        if same:
            rest.remove(same[0])
            yield same[0], new
        else:
            notices.append(_notice("leaflet-added", path, f"the leaflet “{_title(new)}” is new in this file"))
    for old in rest:
        notices.append(
            _notice("leaflet-removed", path, f"the leaflet “{_title(old)}” is gone from this file")
        )


def _title(leaflet: Leaflet) -> str:
    return " ".join((leaflet.title or leaflet.facts.product.name).split())
