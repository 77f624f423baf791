"""The functions of the public face; `import validator` offers them without loading this module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from os import PathLike
from typing import Any

from validator import batch
from validator.catalogue import requirements
from validator.document.blocks import Revisions
from validator.document.leaflet import Leaflet
from validator.errors import UnreadableError
from validator.inputs import Input
from validator.readers import load
from validator.records import Requirement
from validator.report import Document, Failure, Report
from validator.settings import Options, require_id, verify

Source = str | PathLike[str] | bytes


def parse(
    source: Source,
    *,
    market: str = "auto",
    language: str = "auto",
    template: str = "",
    law: str = "",
    revisions: Revisions = "accepted",
    name: str = "",
) -> tuple[Leaflet, ...]:
    """The structured documents of a file, or of its bytes; an empty tuple if it is no leaflet."""
    options = _options(market=market, language=language, template=template, law=law, revisions=revisions)
    data = source if isinstance(source, bytes) else load(str(source))
    return batch.open_leaflets(data, name or _name(source), options)


def check(source: Source, *, name: str = "", **settings: Any) -> Report:
    """The report on one file, or on its bytes; `settings` are the fields of `Options`.

    Raises UnreadableError if it cannot be read or is no leaflet.
    """
    options = _options(**settings)
    data = source if isinstance(source, bytes) else load(str(source))
    path = name or _name(source)
    found = batch.documents(data, path, options)
    if not found:
        raise UnreadableError(f"{path}: {batch.NO_LEAFLET}")
    tally = batch.Tally()
    tally.add(batch.Result(path, found))
    return tally.report(found)


def changes(old: Source, new: Source, *, name: str = "", **settings: Any) -> Report:
    """The report on a newer version of a leaflet beside an older one: what it lost, what it changed.

    `name` tells the format of bytes; `settings` are the fields of `Options`. Raises UnreadableError if
    one of them cannot be read or is no leaflet, UsageError if they are in different languages.
    """
    from validator.diff.sources import Side, compared

    options = _options(**settings)
    older, newer = (_side(source, name) for source in (old, new))
    result, notices = compared(Side(*older), Side(*newer), options)
    tally = batch.Tally()
    tally.add(result)
    return tally.report(result.documents, tuple(notices))


def _side(source: Source, name: str) -> tuple[str, str, Callable[[], bytes]]:
    path = name or _name(source)
    return path, path, lambda: source if isinstance(source, bytes) else load(str(source))


def translations(
    source: str | PathLike[str],
    *targets: str | PathLike[str],
    source_language: str = "auto",
    jobs: int = 1,
    **settings: Any,
) -> Report:
    """The report on translations beside their source, or, without targets, on the sides of a bilingual file.

    `settings` are the fields of `Options`; their language is that of the targets. Raises UnreadableError
    if the source cannot be read; targets that cannot be are listed as `unreadable`.
    """
    from validator import collate

    options = _options(**settings)
    ours = _options(**{**settings, "language": source_language})
    first = Input(str(source))
    if targets:
        given = [Input(str(target)) for target in targets]
        results = collate.comparisons(first, given, options, ours, jobs)
    else:
        results = collate.bilingual(first, options, source_language)
    tally = batch.Tally()
    documents: list[Document] = []
    for result in results:
        tally.add(result)
        documents.extend(result.documents)
    return tally.report(tuple(documents))


def check_many(paths: Iterable[str | PathLike[str]], *, jobs: int = 1, **settings: Any) -> Report:
    """One report on many files and folders; what cannot be read is listed in it as `unreadable`."""
    tally = batch.Tally()
    documents: list[Document] = []
    for result in _results(paths, jobs, settings):
        tally.add(result)
        documents.extend(result.documents)
    return tally.report(tuple(documents))


def iter_documents(
    paths: Iterable[str | PathLike[str]], *, jobs: int = 1, **settings: Any
) -> Iterator[Document | Failure]:
    """The results of many files and folders one by one, in order; nothing is kept in memory."""
    results = _results(paths, jobs, settings)  # outside the generator: wrong settings raise at once
    return (item for result in results for item in _items(result))


def _items(result: batch.Result) -> Iterator[Document | Failure]:
    yield from result.documents
    if result.failure:
        yield Failure(path=result.path, reason=result.failure)


def explain(rule: str) -> Requirement:
    """The requirement of a rule id; a UsageError names the closest one if there is none."""
    require_id(rule)
    return requirements()[rule]


def _results(
    paths: Iterable[str | PathLike[str]], jobs: int, settings: dict[str, Any]
) -> Iterator[batch.Result]:
    options = _options(**settings)
    return batch.sweep((str(path) for path in paths), options, jobs)


def _options(**settings: Any) -> Options:
    options = Options(**settings)
    verify(options)
    return options


def _name(source: Source) -> str:
    return "<bytes>" if isinstance(source, bytes) else str(source)
