"""`leaflet template import`: the wording of an official template document into a wording file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from validator.cli.options import MARKET, choice, configured, input_formats
from validator.errors import EXIT_CLEAN, EXIT_GAPS, UnreadableError, UsageError

if TYPE_CHECKING:
    from validator.configuration import Configuration
    from validator.document.location import Location
    from validator.template.changes import Item
    from validator.template.importer import Import


@click.group("template", short_help="Take wording over from official template documents.")
def command() -> None:
    """For people who keep the law data: see docs/guide-law.md."""


@command.command("import", short_help="Write or update a wording file from a template document.")
@click.argument("path", metavar="FILE")
@configured
@click.option("--market", type=MARKET, required=True, help="Market whose template the document is.")
@click.option("--language", required=True, metavar="CODE", help="Language of the document, such as de.")
@click.option(
    "--date", default="", metavar="DATE", help="Date of the document, told with its name as source."
)
@click.option("--law", metavar="FOLDER", help="Folder of house rules to write into, instead of our law.")
@click.option("--output", "-o", metavar="FILE", help="Write the new wording file here.")
@click.option("--write", is_flag=True, help="Write into the law folder; without it and --output, only tell.")
@click.option("--accept-doubtful", is_flag=True, help="Also write what was placed with doubt.")
@click.option(
    "--input-format",
    type=choice("input format", input_formats),
    metavar="FORMAT",
    help="Format of the document; by default told by its content.",
)
@click.pass_obj
def import_(config: Configuration, /, path: str, **given: Any) -> int:
    """Read the official template document FILE in bracket notation, and say what changes in the wording.

    What the template says becomes the text of an entry; the old text joins the accepted ones.

    Exit code: 0 all was placed, 1 something is in doubt or was not found, 2 wrong use, 3 not read.
    """
    from validator.resources import house_rules

    _check(given)
    with house_rules(_folder(given["law"])):
        result = _imported(path, given)
        _write(result, given)
    for line in _report(result, path, given["accept_doubtful"]):
        click.echo(line, err=given["output"] == "-")
    return EXIT_GAPS if result.of("missing") or _open(result) else EXIT_CLEAN


def _check(given: dict[str, Any]) -> None:
    language = given["language"]
    if given["market"] == "auto":
        raise UsageError("name the market of the template: 'auto' is none")
    if not (language.isascii() and language.isalpha() and language.islower() and 2 <= len(language) <= 3):
        raise UsageError(f"'{language}' is no language code: two or three small letters, such as de")
    if given["output"] and given["write"]:
        raise UsageError("--output and --write exclude each other")


def _folder(law: str | None) -> str:
    from pathlib import Path

    if law and not Path(law).is_dir():
        raise UsageError(f"there is no folder '{law}'")
    return law or ""


def _imported(path: str, given: dict[str, Any]) -> Import:
    from pathlib import Path

    from validator.readers import load
    from validator.template.importer import imported

    try:
        return imported(
            load(path),
            Path(path).name,
            given["market"],
            given["language"],
            date=given["date"],
            accept_doubtful=given["accept_doubtful"],
            input_format=given["input_format"],
        )
    except UnreadableError as error:
        raise UnreadableError(f"{path}: {error}") from None


def _write(result: Import, given: dict[str, Any]) -> None:
    from validator.cli.output import opened

    if given["write"] and not result.complete:
        raise UsageError(
            f"the pack of a new language is not complete and would not load: write it with --output FILE, "
            f"fill in what it marks as missing, then put it in place as {result.file}"
        )
    target = given["output"] or (str(result.file) if given["write"] and result.changed else "")
    if target:
        if given["write"]:
            result.file.parent.mkdir(parents=True, exist_ok=True)
        with opened(target) as out:
            out.write(result.text)


_TITLES = {
    "changed": "Changed: the template's words become the text, the old ones are accepted",
    "new": "New",
    "confirmed": "Confirmed: the words known, now seen in the template",
    "unchanged": "Unchanged",
    "doubtful": "In doubt",
    "missing": "Not found in the template, left as it is",
    "slot": "Without fixed wording, left as it is",
}


def _report(result: Import, path: str, accept: bool) -> Iterator[str]:
    from validator.reports.terminal import safe

    yield safe(f"{path} into {result.file}")
    for state, title in _TITLES.items():
        if found := result.of(state):
            if state == "doubtful":
                title += ", written" if accept else ", not written (--accept-doubtful writes it)"
            yield f"\n{title} ({len(found)})"
            yield from map(
                safe, _entries(found, brief=state in ("confirmed", "unchanged", "missing", "slot"))
            )
    if result.unplaced:
        yield f"\nIn the template, but no entry takes it ({len(result.unplaced)})"
        yield from (safe(f"  {_at(place)}: {text}") for text, place in result.unplaced)
    yield f"\n{_summary(result)}"


def _entries(found: Sequence[Item], brief: bool) -> Iterator[str]:
    for item in found:
        if brief and not item.notes:
            yield f"  {item.name}"
            continue
        yield f"  {item.name}{f' ({_at(item.place)})' if item.place else ''}"
        yield from (f"    {note}" for note in item.notes)
        if not brief:
            if item.was:
                yield f"    {'reference' if item.known is False else 'was'}: {item.was}"
            yield f"    now: {item.now}"


def _at(place: Location) -> str:
    return f"paragraph {place.paragraph}" if place.paragraph is not None else f"line {place.line}"


def _open(result: Import) -> list[Item]:
    return [item for item in result.of("doubtful") if not item.edit]


def _summary(result: Import) -> str:
    if not result.complete:
        from validator.template.draft import incomplete

        return (
            f"A new language: {incomplete(result.text)} entries are missing, and the pack loads only when "
            "all have been written; the grammar of the language stands in a file of its own "
            "(languages/CODE.yaml)."
        )
    counts = ", ".join(f"{len(result.of(state))} {state}" for state in _TITLES if result.of(state))
    return f"{counts}; {'the file changes' if result.changed else 'nothing changes'}."
