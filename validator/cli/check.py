"""`leaflet check`: the gaps of one or many leaflets."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from validator.cli.extent import Statistics, cache_of, limiting, touched
from validator.cli.options import choice, judging_options, read_stdin, reading, report_formats, selecting
from validator.cli.review import asked, evidence, review, reviewing
from validator.errors import EXIT_CLEAN, EXIT_GAPS, UnreadableError

if TYPE_CHECKING:
    from validator.configuration import Configuration
    from validator.inputs import Input
    from validator.reports import RuleText, Style
    from validator.settings import Options

_STDIN = "<stdin>"


def _fail_on() -> Sequence[str]:
    from validator.settings import FAIL_ON

    return FAIL_ON


@dataclass(frozen=True, slots=True)
class _Manner:
    """How the run behaves, apart from what the engine judges by."""

    format: str
    fail_on: str
    jobs: int
    output: str | None
    verbose: bool
    quiet: bool
    no_color: bool
    debug: bool


@click.command("check", short_help="Report the gaps of leaflets.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@reading
@click.option(
    "--format", "-f", type=choice("format", report_formats), help="Form of the report (default: text)."
)
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    help="Write the report to a file; html also to a folder (no .html name).",
)
@click.option("--fail-on", type=choice("severity", _fail_on), help="Least severity for exit code 1.")
@selecting
@reviewing
@limiting
@click.option("--archives", is_flag=True, help="Also read the files in ZIP archives.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="Processes to use (default: 1).")
@click.option(
    "--verbose", "-v", is_flag=True, help="Also show what is met, what does not apply, what was passed over."
)
@click.option("--quiet", "-q", is_flag=True, help="Show findings and errors alone.")
@click.option("--no-color", is_flag=True, help="No colour; the variable NO_COLOR does the same.")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
@click.pass_obj
def command(config: Configuration, /, paths: tuple[str, ...], **given: Any) -> int:
    """Report which mandatory content is missing, altered or contradictory.

    PATH is a file, a folder (all leaflets in it) or - for standard input.

    Exit code: 0 no gap, 1 gaps, 2 wrong use or broken configuration, 3 some input could not be read.
    """
    options, manner = _settle(config, given)
    from validator.batch import Tally, reviewed, sweep
    from validator.cli.output import folder, opened
    from validator.cli.progress import Progress
    from validator.reports import SHOWING, writer

    showing = manner.format in SHOWING
    output, pages = folder(manner.output) if showing else (manner.output, None)
    style = _style(manner, pages)
    kept, wanted_path = cache_of(config, given, options), touched(given, paths, options)
    tally, statistics = Tally(), Statistics()
    progress = Progress(manner.verbose, manner.quiet, manner.debug, progress=manner.output is not None)
    wanted = asked(config, given)
    with (
        review(config, wanted) as judged,
        opened(output) as out,
        closing(writer(manner.format, out, style)) as report,
    ):
        sources = [_source(path) for path in paths]
        found = sweep(sources, options, manner.jobs, kept=kept, wanted=wanted_path, layout=showing)
        for result in reviewed(found, judged):
            tally.add(result)
            statistics.add(result)
            progress.result(result)
            for document in result.documents:
                report.add(document)
        progress.close()
        notices = judged.notices()
        report.finish(tally.report((), notices, evidence(options, manner.fail_on, wanted)))
    if given["statistics"]:
        statistics.tell()
    failing = tally.gaps(style.failing) or any(notice.severity in style.failing for notice in notices)
    return tally.code or (EXIT_GAPS if failing else EXIT_CLEAN)


def _style(manner: _Manner, pages: Any) -> Style:
    """How the report is shown; `pages` is the folder of a report of several pages."""
    from validator.cli.output import line_width, wants_colour
    from validator.reports import Style
    from validator.settings import other_markets

    return Style(
        wants_colour(manner.no_color, manner.output),
        line_width(manner.output),
        manner.verbose,
        manner.quiet,
        other_markets,
        _rule_text,
        _failing(manner.fail_on),
        pages,
    )


def _rule_text(rule: str) -> RuleText:
    from validator.explanation import rule_text

    return rule_text(rule)


def _failing(fail_on: str) -> Sequence[str]:
    """The severities that lead to exit code 1."""
    severities = _fail_on()
    return () if fail_on == "never" else severities[: severities.index(fail_on) + 1]


def _source(path: str) -> str | Input:
    from validator.inputs import Input

    if path != "-":
        return path
    try:
        return Input(_STDIN, data=read_stdin())
    except UnreadableError as error:
        return Input(_STDIN, error=str(error))


def _settle(config: Configuration, given: dict[str, Any]) -> tuple[Options, _Manner]:
    """Command line over configuration file over defaults."""
    options = replace(judging_options(config, given), archives=given["archives"] or config.archives)
    manner = _Manner(
        format=given["format"] or config.format or "text",
        fail_on=given["fail_on"] or config.fail_on or "error",
        jobs=given["jobs"] or config.jobs or 1,
        **{key: given[key] for key in ("output", "verbose", "quiet", "no_color", "debug")},
    )
    return options, manner
