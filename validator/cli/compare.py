"""`leaflet compare`: a translation beside its source."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from validator.cli.options import LANGUAGE, read_stdin, reading
from validator.cli.reporting import report, reporting, settle
from validator.errors import EXIT_CLEAN, EXIT_GAPS, UsageError

if TYPE_CHECKING:
    from validator.batch import Result
    from validator.cli.reporting import Manner
    from validator.configuration import Configuration
    from validator.inputs import Input
    from validator.readers import Limits
    from validator.report import Document
    from validator.settings import Options

_STDIN = "<stdin>"
_EACH = 4  # targets that a process is worth
_MATRIX = ("text", "markdown", "json", "csv")  # the forms of the matrix alone; html has it above the leaflets


@click.command("compare", short_help="Compare translations with their source.")
@click.argument("source")
@click.argument("targets", nargs=-1, metavar="[TARGET...]")
@click.option("--source-language", type=LANGUAGE, help="Language of the source, or auto (default).")
@reading
@reporting(
    click.option("--matrix", is_flag=True, help="Show what is on both sides, by language, in one table."),
    click.option(
        "--jobs",
        "-j",
        type=click.IntRange(min=1),
        metavar="N",
        help="Processes to use (default: for many targets one a processor).",
    ),
)
@click.pass_obj
def command(
    config: Configuration,
    /,
    source: str,
    targets: tuple[str, ...],
    source_language: str | None,
    matrix: bool,
    **given: Any,
) -> int:
    """Compare each TARGET, a translation, with SOURCE: is everything there, with the same numbers?

    A bilingual file (XLIFF, TMX) alone is compared segment by segment. --language is that of the targets.
    SOURCE among several TARGETs is left out: leaflet compare en.docx *.docx --format html
    - is standard input.

    Exit code: 0 nothing above advice, 1 findings, 2 wrong use or broken configuration, 3 some input could
    not be read.
    """
    options, manner = settle(config, given)
    from validator.reports import SHOWING

    if matrix and manner.format not in (*_MATRIX, *SHOWING):
        forms = ", ".join((*_MATRIX, *SHOWING))
        raise UsageError(f"--matrix has no form '{manner.format}': choose {forms}")
    jobs = manner.jobs if given.get("jobs") or config.jobs else _processes(len(targets))
    found = _results(source, targets, source_language or "auto", options, replace(manner, jobs=jobs))
    if matrix and manner.format in _MATRIX:
        return _matrix(found, manner)
    return report(config, given, options, manner, found)


def _processes(targets: int) -> int:
    """How many processes to use: more than one where they save more than they take to start."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(processors, targets // _EACH))


def _results(
    source: str, targets: tuple[str, ...], language: str, options: Options, manner: Manner
) -> Iterable[Result]:
    from validator import collate
    from validator.reports import SHOWING

    layout = manner.format in SHOWING
    if not targets:
        return collate.bilingual(_input(source, options.limits), options, language, layout)
    return collate.comparisons(
        _input(source, options.limits),
        (_input(target, options.limits) for target in _others(source, targets)),
        options,
        replace(options, language=language),
        manner.jobs,
        layout,
    )


def _others(source: str, targets: tuple[str, ...]) -> tuple[str, ...]:
    """The targets without the source itself, which `*.docx` names too; it alone is compared with itself."""
    if source == "-":
        return targets
    own = os.path.realpath(source)
    return tuple(each for each in targets if each == "-" or os.path.realpath(each) != own) or targets


def _input(path: str, limits: Limits) -> Input:
    from validator.inputs import Input

    return Input(_STDIN, data=read_stdin(limits)) if path == "-" else Input(path)


def _matrix(found: Iterable[Result], manner: Manner) -> int:
    """Write the matrix alone; it needs all comparisons before its first line."""
    from validator.batch import Tally
    from validator.cli.output import opened
    from validator.cli.progress import Progress
    from validator.compare.matrix import matrix
    from validator.reports.matrix import write
    from validator.settings import FAIL_ON

    tally = Tally()
    progress = Progress(manner.verbose, manner.quiet, manner.debug, progress=manner.output is not None)
    documents: list[Document] = []
    with opened(manner.output) as out:
        for result in found:
            tally.add(result)
            progress.result(result)
            documents.extend(result.documents)
        progress.close()
        write(matrix(documents), manner.format, out, tally.report())
    failing = () if manner.fail_on == "never" else FAIL_ON[: FAIL_ON.index(manner.fail_on) + 1]
    return tally.code or (EXIT_GAPS if tally.gaps(failing) else EXIT_CLEAN)
