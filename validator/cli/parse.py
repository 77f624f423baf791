"""`leaflet parse`: the structured document as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from validator.cli.options import read_stdin, reading, reading_options
from validator.errors import EXIT_CLEAN, LeafletError, UnreadableError

if TYPE_CHECKING:
    from validator.configuration import Configuration
    from validator.settings import Options


@click.command("parse", short_help="Print the structured document as JSON.")
@click.argument("path", metavar="PATH")
@reading
@click.option("--output", "-o", metavar="FILE", help="Write to a file instead of standard output.")
@click.pass_obj
def command(config: Configuration, /, path: str, output: str | None, **given: Any) -> int:
    """Print what was understood of a leaflet: sections, blocks with their places, facts.

    PATH is a file or - for standard input. A file that holds several leaflets gives a list.
    """
    import json

    from validator.cli.output import opened

    options = reading_options(config, given)
    found = _documents(path, options)
    with opened(output) as out:
        json.dump(found[0] if len(found) == 1 else found, out, ensure_ascii=False, indent=2)
        out.write("\n")
    return EXIT_CLEAN


def _documents(path: str, options: Options) -> list[dict[str, Any]]:
    from validator.batch import NO_LEAFLET, open_leaflets
    from validator.export import leaflet_json
    from validator.readers import load
    from validator.settings import verify

    verify(options)
    try:
        data = read_stdin(options.limits) if path == "-" else load(path, options.limits)
        found = open_leaflets(data, path, options)
    except UnreadableError as error:
        raise UnreadableError(f"{path}: {error}") from None
    except LeafletError as error:
        raise type(error)(f"{path}: {error}") from None
    if not found:
        raise UnreadableError(f"{path}: {NO_LEAFLET}")
    return [leaflet_json(leaflet, path) for leaflet in found]
