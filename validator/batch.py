"""Many inputs through the one road: finding files, judging each by itself, adding up the results.

Nothing that goes wrong in one file reaches another: the result carries the cause instead.
"""

from __future__ import annotations

import hashlib
import os
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from validator._version import __version__
from validator.cache import Cache
from validator.document.outcome import Verdict
from validator.errors import EXIT_UNREADABLE, EXIT_USAGE, ConfigurationError, LeafletError, UnreadableError
from validator.inputs import Input, inputs, must_be_told
from validator.readers import load, read
from validator.report import Document, Evidence, Failure, Notice, Report, Summary, Tool
from validator.resources import house_rules
from validator.review.session import Review
from validator.review.waivers import BESIDE, Standing, beside
from validator.settings import Options

# What judges a leaflet is loaded when the first one is judged: a run over kept results never needs it.
if TYPE_CHECKING:
    from validator.document.leaflet import Leaflet
    from validator.engine import Trial

NO_LEAFLET = "no leaflet was recognised in this file (fewer than two section headings of a known template)"
CLAIMED = (
    "by its codes the file holds a text for patients, but no leaflet was recognised in it"
    " (fewer than two section headings of a known template)"
)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one input: documents, or why it failed (with an exit code), or why it was passed over.

    `cached`: the documents were kept from an earlier run.
    """

    path: str
    documents: tuple[Document, ...] = ()
    failure: str = ""
    code: int = 0
    skipped: str = ""
    trace: str = ""
    cached: bool = False


def open_leaflets(data: bytes, name: str, options: Options) -> tuple[Leaflet, ...]:
    """The leaflets of a file's bytes."""
    with house_rules(options.law):
        return _leaflets(data, name, options.at(name))


def _leaflets(data: bytes, name: str, options: Options) -> tuple[Leaflet, ...]:
    from validator.outline.split import leaflets

    reading = read(
        data,
        name=name,
        limits=options.limits,
        input_format=options.input_format,
        revisions=options.revisions,
    )
    found = leaflets(reading, market=options.market, language=options.language, template=options.template)
    if not found and any(part.kind == "leaflet" for part in reading.parts):
        raise UnreadableError(CLAIMED, text=True)
    return found


def documents(data: bytes, path: str, options: Options, layout: bool = False) -> tuple[Document, ...]:
    """The verdicts on all leaflets of a file's bytes; with `layout` they carry the text."""
    from validator.engine import judge

    sha256 = hashlib.sha256(data).hexdigest()
    options = options.at(path)
    with house_rules(options.law):
        found = _leaflets(data, os.path.basename(path), options)
        return tuple(
            judge(leaflet, path=path, sha256=sha256, options=options, layout=layout) for leaflet in found
        )


def trials(data: bytes, path: str, options: Options) -> tuple[Trial, ...]:
    """The verdicts on all leaflets of a file's bytes, with the leaflets and the places in them.

    Raises UnreadableError, which names the file, if it cannot be read or is no leaflet.
    """
    from validator.engine import trial

    sha256 = hashlib.sha256(data).hexdigest()
    options = options.at(path)
    try:
        with house_rules(options.law):
            found = _leaflets(data, os.path.basename(path), options)
            if not found:
                raise UnreadableError(NO_LEAFLET)
            return tuple(trial(leaflet, path=path, sha256=sha256, options=options) for leaflet in found)
    except UnreadableError as error:
        raise UnreadableError(f"{path}: {error}") from None


def examine(entry: Input, options: Options, kept: Cache | None = None, layout: bool = False) -> Result:
    """Read and judge one input, or take what is kept of it; every failure becomes part of the result.

    With `layout` the documents carry the text; such are not kept.
    """
    try:
        if entry.error:
            raise UnreadableError(entry.error)
        data = load(entry.path, options.limits) if entry.data is None else entry.data
        found = kept.find(data, entry.path, options) if kept and not layout else None
        cached = found is not None
        if found is None:
            found = documents(data, entry.path, options, layout)
            if kept and not layout:
                kept.keep(data, entry.path, options, found)
        return Result(entry.path, found, cached=cached) if found else _no_leaflet(entry)
    except UnreadableError as error:
        if entry.named or entry.error or must_be_told(entry.path, error):
            return Result(entry.path, failure=str(error), code=EXIT_UNREADABLE)
        return Result(entry.path, skipped=str(error))
    except ConfigurationError as error:
        return Result(entry.path, failure=str(error), code=EXIT_USAGE)
    except LeafletError as error:
        return Result(entry.path, failure=str(error), code=EXIT_UNREADABLE)
    except Exception as error:  # one defect of ours must not cost the user the other files
        reason = f"internal error ({type(error).__name__}: {error}); --debug shows where"
        return Result(entry.path, failure=reason, code=EXIT_UNREADABLE, trace=traceback.format_exc())


def _no_leaflet(entry: Input) -> Result:
    if entry.named:
        return Result(entry.path, failure=NO_LEAFLET, code=EXIT_UNREADABLE)
    return Result(entry.path, skipped=NO_LEAFLET)


def sweep(
    paths: Iterable[str | Path | Input],
    options: Options,
    jobs: int = 1,
    *,
    kept: Cache | None = None,
    wanted: Callable[[str], bool] | None = None,
    layout: bool = False,
) -> Iterator[Result]:
    """Examine all files that the paths mean; a folder that holds no leaflet is a failure of its own.

    `wanted` says of a path whether it is to be examined at all; then a folder may well have none.
    With `layout` the documents carry the leaflets' text, for the faces that show it.
    """
    given = list(paths)
    empty = [str(path) for path in given if not isinstance(path, Input) and os.path.isdir(path)]
    found = inputs(given, archives=options.archives, limits=options.limits)
    if wanted:
        found, empty = (entry for entry in found if wanted(entry.path)), []
    for result in run(found, options, jobs, kept, layout):
        if not result.skipped:
            empty = [folder for folder in empty if not result.path.startswith(os.path.join(folder, ""))]
        yield result
    for folder in empty:
        yield Result(folder, failure="no leaflet found in this folder", code=EXIT_UNREADABLE)


def run(
    entries: Iterable[Input],
    options: Options,
    jobs: int = 1,
    kept: Cache | None = None,
    layout: bool = False,
) -> Iterator[Result]:
    """Examine all inputs, in their order, each result as soon as it and those before it are there."""
    work = partial(examine, options=options, kept=kept, layout=layout)
    if jobs <= 1:
        return map(work, entries)
    from validator.parallel import ordered

    return ordered(work, iter(entries), jobs, _lost)


def reviewed(results: Iterable[Result], review: Review) -> Iterator[Result]:
    """The results with their findings marked; a broken file of waivers is a failure of its own."""
    for result in results:
        if result.documents:
            own: tuple[Standing, ...] = ()
            try:
                own = beside(result.path)
            except ConfigurationError as error:
                yield Result(result.path + BESIDE, failure=str(error), code=EXIT_USAGE)
            result = replace(result, documents=review.mark(result.documents, own))
        yield result


def _lost(entry: Input) -> Result:
    return Result(entry.path, failure="the process that read this file died", code=EXIT_UNREADABLE)


def now() -> datetime:
    """The time of the run in UTC; `SOURCE_DATE_EPOCH` makes it reproducible."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


class Tally:
    """Adds up results without keeping them: memory does not grow with the number of files."""

    def __init__(self) -> None:
        self.failures: list[Failure] = []
        self.skipped = 0
        self.documents = 0
        self.code = 0
        self._severities: Counter[str] = Counter()
        self._verdicts: Counter[Verdict] = Counter()
        self._profiles: set[str] = set()

    def add(self, result: Result) -> None:
        """Count one result."""
        self.skipped += bool(result.skipped)
        if result.failure:
            self.failures.append(Failure(path=result.path, reason=result.failure))
            # A broken law file (2) is worse than an unreadable input (3): it may spoil every verdict.
            self.code = EXIT_USAGE if EXIT_USAGE in (self.code, result.code) else result.code
        for document in result.documents:
            self.documents += 1
            self._profiles.add(document.profile)
            self._severities.update(document.counts())
            self._verdicts.update(judgement.verdict for judgement in document.requirements)

    def gaps(self, severities: Sequence[str]) -> int:
        """How many findings have one of these severities and no waiver."""
        return sum(self._severities[severity] for severity in severities)

    def report(
        self,
        documents: tuple[Document, ...] = (),
        notices: tuple[Notice, ...] = (),
        evidence: Evidence | None = None,
    ) -> Report:
        """The report over everything counted so far, with what the caller kept or knows."""
        summary = Summary(
            documents=self.documents,
            unreadable=len(self.failures),
            skipped=self.skipped,
            errors=self._severities["error"],
            warnings=self._severities["warning"],
            advice=self._severities["advice"],
            waived=self._severities["waived"],
            baselined=self._severities["known"],
            requirements=dict(sorted(self._verdicts.items())),
        )
        return Report(
            tool=Tool(version=__version__),
            generated=now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            profile=next(iter(self._profiles)) if len(self._profiles) == 1 else None,
            summary=summary,
            documents=documents,
            unreadable=tuple(self.failures),
            notices=notices,
            evidence=evidence,
        )
