"""Many inputs through the one road: finding files, judging each by itself, adding up the results.

Nothing that goes wrong in one file reaches another: the result carries the cause instead.
"""

from __future__ import annotations

import hashlib
import os
import stat
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from validator._version import __version__
from validator.document.leaflet import Leaflet
from validator.document.outcome import Verdict
from validator.engine import judge
from validator.errors import EXIT_UNREADABLE, EXIT_USAGE, ConfigurationError, LeafletError, UnreadableError
from validator.outline.split import leaflets
from validator.readers import DEFAULT_LIMITS, load, read
from validator.report import Document, Evidence, Failure, Notice, Report, Summary, Tool
from validator.resources import house_rules
from validator.review.session import Review
from validator.review.waivers import BESIDE, Standing, beside
from validator.settings import Options

NO_LEAFLET = "no leaflet was recognised in this file (fewer than two section headings of a known template)"
# In a folder these names promise a leaflet's text: not being able to read one is a failure. Anything
# else (images, archives, office files without a reader) is passed over and counted.
TEXTUAL = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".docm", ".dotx", ".pdf")
_HIDDEN = (".", "~$")  # Word writes "~$..." beside a file that is open
_UNPACKED = 1_000_000_000  # bytes that all files of one archive may have together


@dataclass(frozen=True, slots=True)
class Input:
    """A file to check; `named` if the user gave its own name; `error` if it is known to be lost."""

    path: str
    named: bool = True
    error: str = ""
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one input: documents, or why it failed (with an exit code), or why it was passed over."""

    path: str
    documents: tuple[Document, ...] = ()
    failure: str = ""
    code: int = 0
    skipped: str = ""
    trace: str = ""


def open_leaflets(data: bytes, name: str, options: Options) -> tuple[Leaflet, ...]:
    """The leaflets of a file's bytes."""
    with house_rules(options.law):
        return _leaflets(data, name, options)


def _leaflets(data: bytes, name: str, options: Options) -> tuple[Leaflet, ...]:
    reading = read(
        data,
        name=name,
        limits=DEFAULT_LIMITS,
        input_format=options.input_format,
        revisions=options.revisions,
    )
    return leaflets(reading, market=options.market, language=options.language, template=options.template)


def documents(data: bytes, path: str, options: Options, layout: bool = False) -> tuple[Document, ...]:
    """The verdicts on all leaflets of a file's bytes; with `layout` they carry the text."""
    sha256 = hashlib.sha256(data).hexdigest()
    with house_rules(options.law):
        found = _leaflets(data, os.path.basename(path), options)
        return tuple(
            judge(leaflet, path=path, sha256=sha256, options=options, layout=layout) for leaflet in found
        )


def examine(entry: Input, options: Options, layout: bool = False) -> Result:
    """Read and judge one input; every failure becomes part of the result."""
    try:
        if entry.error:
            raise UnreadableError(entry.error)
        data = load(entry.path) if entry.data is None else entry.data
        found = documents(data, entry.path, options, layout)
        return Result(entry.path, found) if found else _no_leaflet(entry)
    except UnreadableError as error:
        if entry.named or entry.error or entry.path.lower().endswith(TEXTUAL):
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
    paths: Iterable[str | Path | Input], options: Options, jobs: int = 1, layout: bool = False
) -> Iterator[Result]:
    """Examine all files that the paths mean; a folder that holds no leaflet is a failure of its own.

    With `layout` the documents carry the leaflets' text, for the faces that show it.
    """
    given = list(paths)
    empty = [str(path) for path in given if not isinstance(path, Input) and os.path.isdir(path)]
    for result in run(inputs(given, archives=options.archives), options, jobs, layout):
        if not result.skipped:
            empty = [folder for folder in empty if not result.path.startswith(os.path.join(folder, ""))]
        yield result
    for folder in empty:
        yield Result(folder, failure="no leaflet found in this folder", code=EXIT_UNREADABLE)


def inputs(paths: Iterable[str | Path | Input], *, archives: bool = False) -> Iterator[Input]:
    """Every file that the paths mean; folders are walked in order of names, hidden entries left out.

    With `archives` the files in ZIP archives are meant too, named "archive.zip/inner.txt".
    """
    for entry in _files(paths):
        if archives and entry.data is None and not entry.error and entry.path.lower().endswith(".zip"):
            yield from _unpacked(entry)
        else:
            yield entry


def _unpacked(entry: Input) -> Iterator[Input]:
    """The files in an archive one after the other; archives in it stay closed, names never become paths."""
    from validator.readers.archive import Archive  # zipfile costs start-up time

    try:
        archive = Archive(load(entry.path), replace(DEFAULT_LIMITS, max_unpacked=_UNPACKED))
    except UnreadableError as error:
        yield replace(entry, error=str(error))
        return
    for name in archive.files:
        inner = Input(f"{entry.path}/{name}", False)
        try:
            data = archive.read(name)
        except UnreadableError as error:
            yield replace(inner, error=str(error))
        else:
            yield replace(inner, data=data)


def _files(paths: Iterable[str | Path | Input]) -> Iterator[Input]:
    for path in paths:
        if isinstance(path, Input):
            yield path
        elif os.path.isdir(path):
            yield from _walk(str(path), set())
        else:
            yield Input(str(path))


def _walk(folder: str, seen: set[tuple[int, int]]) -> Iterator[Input]:
    try:
        status = os.stat(folder)
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Input(folder, False, f"the folder cannot be read: {error.strerror}")
        return
    if (identity := (status.st_dev, status.st_ino)) in seen:  # a symbolic link that leads back
        return
    seen.add(identity)
    for entry in entries:
        if entry.name.startswith(_HIDDEN) or entry.name.endswith(BESIDE):
            continue
        if entry.is_dir():
            yield from _walk(entry.path, seen)
        elif _is_file(entry):
            yield Input(entry.path, False)


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a plain file, or a link that leads nowhere (reading it tells so): no pipes or devices."""
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return entry.name.lower().endswith(TEXTUAL)


def run(entries: Iterable[Input], options: Options, jobs: int = 1, layout: bool = False) -> Iterator[Result]:
    """Examine all inputs, in their order, each result as soon as it and those before it are there."""
    work = partial(examine, options=options, layout=layout)
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
