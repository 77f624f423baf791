"""`leaflet annotate`: a copy of a Word or PDF file with the findings at their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from validator.cli.options import judging_options, reading, selecting
from validator.cli.review import Reviewing, review
from validator.errors import EXIT_CLEAN, ConfigurationError, UnreadableError

if TYPE_CHECKING:
    from validator.configuration import Configuration


@click.command("annotate", short_help="Copy a Word or PDF file with the findings as comments.")
@click.argument("path", metavar="FILE")
@click.option("--output", "-o", metavar="FILE", required=True, help="The copy to write; never FILE itself.")
@reading
@selecting
@click.pass_obj
def command(config: Configuration, /, path: str, output: str, **given: Any) -> int:
    """Write a copy of FILE with each finding at its words: comments in Word, highlights with notes in PDF.

    FILE itself is never touched. Missing things are told at the section where they belong.

    Exit code: 0 the copy is written, 2 wrong use, 3 FILE could not be read or is no leaflet.
    """
    from validator.annotate.copies import annotated
    from validator.batch import Result, now, reviewed, trials
    from validator.cli.output import refuse_same, write_copy
    from validator.readers import load

    options = judging_options(config, given)
    refuse_same(path, output)
    data = load(path, options.limits)
    found = trials(data, path, options)
    with review(config, Reviewing(config.baseline, False, None, False)) as judged:
        results = list(reviewed([Result(path, tuple(each.document for each in found))], judged))
    if broken := next((result.failure for result in results if result.failure), ""):
        raise ConfigurationError(broken)
    documents = results[-1].documents
    try:
        copy = annotated(data, path, found, documents, options.revisions, now())
    except UnreadableError as error:
        raise UnreadableError(f"{path}: {error}") from None
    write_copy(path, output, copy)
    count = sum(len(document.findings) for document in documents)
    click.echo(f"{output}: {count} finding{'' if count == 1 else 's'} of {path}", err=True)
    return EXIT_CLEAN
