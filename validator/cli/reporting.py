"""What the commands that write a report have in common: options, and the way from results to an exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from validator.cli.options import Decorated, choice, judging_options, report_formats, selecting
from validator.cli.review import asked, evidence, review, reviewing
from validator.errors import EXIT_CLEAN, EXIT_GAPS

if TYPE_CHECKING:
    from validator.batch import Result
    from validator.configuration import Configuration
    from validator.report import Notice
    from validator.reports import RuleText, Style
    from validator.settings import Options


def _fail_on() -> Sequence[str]:
    from validator.settings import FAIL_ON

    return FAIL_ON


@dataclass(frozen=True, slots=True)
class Manner:
    """How the run behaves, apart from what the engine judges by."""

    format: str
    fail_on: str
    jobs: int
    output: str | None
    verbose: bool
    quiet: bool
    no_color: bool
    debug: bool


def _written(function: Decorated) -> Decorated:
    for decorate in (
        click.option("--fail-on", type=choice("severity", _fail_on), help="Least severity for exit code 1."),
        click.option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the report to a file; html also to a folder (no .html name).",
        ),
        click.option(
            "--format",
            "-f",
            type=choice("format", report_formats),
            help="Form of the report (default: text).",
        ),
    ):
        function = decorate(function)
    return function


def _spoken(function: Decorated) -> Decorated:
    for decorate in (
        click.option("--debug", is_flag=True, help="Show the traceback of an internal error."),
        click.option("--no-color", is_flag=True, help="No colour; the variable NO_COLOR does the same."),
        click.option("--quiet", "-q", is_flag=True, help="Show findings and errors alone."),
        click.option(
            "--verbose",
            "-v",
            is_flag=True,
            help="Also show what is met, what does not apply, what was passed over.",
        ),
    ):
        function = decorate(function)
    return function


def reporting(*own: Callable[[Any], Any]) -> Callable[[Decorated], Decorated]:
    """The options of every command that writes a report; those of the command itself stand among them."""

    def decorate(function: Decorated) -> Decorated:
        function = _spoken(function)
        for each in reversed(own):
            function = each(function)
        return _written(selecting(reviewing(function)))

    return decorate


def settle(config: Configuration, given: dict[str, Any]) -> tuple[Options, Manner]:
    """Command line over configuration file over defaults."""
    archives = given.get("archives") or config.archives
    options = replace(judging_options(config, given), archives=archives)
    manner = Manner(
        format=given["format"] or config.format or "text",
        fail_on=given["fail_on"] or config.fail_on or "error",
        jobs=given.get("jobs") or config.jobs or 1,
        **{key: given[key] for key in ("output", "verbose", "quiet", "no_color", "debug")},
    )
    return options, manner


def report(
    config: Configuration,
    given: dict[str, Any],
    options: Options,
    manner: Manner,
    results: Iterable[Result],
    more: Sequence[Notice] = (),
    told: Callable[[Result], None] | None = None,
    count: Callable[[], int] | None = None,
) -> int:
    """Write the report on results as they come, and give the exit code.

    `more` are notices of the command itself; it may grow while the results are drawn. `told` hears of
    each result, with what is waived or known marked; `count` is how many there will be, if that is known.
    """
    from validator.batch import Tally, reviewed
    from validator.cli.output import folder, opened
    from validator.cli.progress import Progress
    from validator.reports import SHOWING, writer

    output, pages = folder(manner.output) if manner.format in SHOWING else (manner.output, None)
    style = _style(manner, pages)
    tally = Tally()
    apart = manner.output is not None
    progress = Progress(manner.verbose, manner.quiet, manner.debug, progress=apart, count=count)
    wanted = asked(config, given)
    with (
        review(config, wanted) as judged,
        opened(output) as out,
        closing(writer(manner.format, out, style)) as written,
    ):
        for result in reviewed(results, judged):
            tally.add(result)
            progress.result(result)
            if told:
                told(result)
            for document in result.documents:
                written.add(document)
        progress.close()
        notices = (*judged.notices(), *more)
        written.finish(tally.report((), notices, evidence(options, manner.fail_on, wanted)))
    failing = tally.gaps(style.failing) or any(notice.severity in style.failing for notice in notices)
    return tally.code or (EXIT_GAPS if failing else EXIT_CLEAN)


def _style(manner: Manner, pages: Any) -> Style:
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
