"""`leaflet check`: the gaps of one or many leaflets."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from validator.cli.extent import Statistics, cache_of, limiting, touched
from validator.cli.options import read_stdin, reading
from validator.cli.reporting import report, reporting, settle
from validator.errors import UnreadableError

if TYPE_CHECKING:
    from validator.configuration import Configuration
    from validator.inputs import Input
    from validator.readers import Limits

_STDIN = "<stdin>"


@click.command("check", short_help="Report the gaps of leaflets.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@reading
@reporting(
    limiting,
    click.option("--archives", is_flag=True, help="Also read the files in ZIP archives."),
    click.option("--skip-others", is_flag=True, help="Pass over files that are no leaflet, also named ones."),
    click.option(
        "--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="Processes to use (default: 1)."
    ),
)
@click.pass_obj
def command(config: Configuration, /, paths: tuple[str, ...], **given: Any) -> int:
    """Report which mandatory content is missing, altered or contradictory.

    PATH is a file, a folder (all leaflets in it) or - for standard input.

    Exit code: 0 no gap, 1 gaps, 2 wrong use or broken configuration, 3 some input could not be read.
    """
    options, manner = settle(config, given)
    from validator.batch import sweep
    from validator.inputs import inputs
    from validator.reports import SHOWING
    from validator.review.waivers import orphans

    kept, wanted = cache_of(config, given, options), touched(given, paths, options)
    statistics = Statistics()
    sources = [_source(path, options.limits, not given["skip_others"]) for path in paths]
    found = sweep(sources, options, manner.jobs, kept=kept, wanted=wanted, layout=manner.format in SHOWING)
    looked = () if wanted else [path for path in paths if os.path.isdir(path)]
    notices = tuple(orphans(looked))

    def count() -> int:
        return sum(1 for entry in inputs(sources) if wanted is None or wanted(entry.path))

    known = None if options.archives else count
    code = report(config, given, options, manner, found, notices, statistics.add, known)
    if given["statistics"]:
        statistics.tell()
    return code


def _source(path: str, limits: Limits, named: bool) -> str | Input:
    """What a path of the command line means; a file that is not `named` may be no leaflet."""
    from validator.inputs import Input

    if path != "-":
        return path if named or not os.path.isfile(path) else Input(path, named=False)
    try:
        return Input(_STDIN, data=read_stdin(limits))
    except UnreadableError as error:
        return Input(_STDIN, error=str(error))
