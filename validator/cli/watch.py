"""`leaflet watch`: checks leaflets again whenever they are saved."""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from validator.cli.extent import cache_of
from validator.cli.options import judging_options, reading, selecting
from validator.cli.review import Reviewing, review
from validator.errors import UnreadableError

if TYPE_CHECKING:
    from validator.configuration import Configuration
    from validator.inputs import Input
    from validator.settings import Options


@click.command("watch", short_help="Check leaflets again whenever they are saved.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@reading
@selecting
@click.option(
    "--interval",
    type=click.FloatRange(min=0.1),
    default=1.0,
    metavar="SECONDS",
    help="How often to look for changes (default: 1).",
)
@click.option("--verbose", "-v", is_flag=True, help="Also show what is met and what does not apply.")
@click.option("--no-color", is_flag=True, help="No colour; the variable NO_COLOR does the same.")
@click.pass_obj
def command(
    config: Configuration,
    /,
    paths: tuple[str, ...],
    interval: float,
    verbose: bool,
    no_color: bool,
    **given: Any,
) -> int:
    """Report the gaps of all leaflets once, then of each that is saved, until Ctrl-C.

    PATH is a file or a folder. Files that are no leaflet are passed over.
    """
    from validator.watching import Watched

    for path in paths:
        if not os.path.exists(path):
            raise UnreadableError(f"{path}: there is no such file or folder")
    options = judging_options(config, given)
    watched, first = Watched(paths), True
    while True:
        if changed := watched.look():
            _report(config, options, changed, verbose, no_color)
        if changed or first:
            click.echo(f"leaflet: watching {', '.join(paths)} (Ctrl-C ends)", err=True)
        first = False
        time.sleep(interval)


def _report(
    config: Configuration, options: Options, changed: list[Input], verbose: bool, no_color: bool
) -> None:
    """One round: the files that changed, as a report in text."""
    from validator.batch import Tally, reviewed, run
    from validator.cli.output import line_width, wants_colour
    from validator.cli.progress import Progress
    from validator.reports import Style, writer
    from validator.settings import other_markets

    colour = wants_colour(no_color, None)
    style = Style(colour, line_width(None), verbose, False, other_markets)
    tally, progress = Tally(), Progress(verbose, False, False, progress=False)
    kept = cache_of(config, {"no_cache": False, "cache": None}, options)
    with (
        review(config, Reviewing(config.baseline, False, None, False)) as judged,
        closing(writer("text", sys.stdout, style)) as report,
    ):
        for result in reviewed(run(changed, options, kept=kept), judged):
            tally.add(result)
            progress.result(result)
            for document in result.documents:
                report.add(document)
        progress.close()
        report.finish(tally.report((), judged.notices()))
    sys.stdout.flush()
