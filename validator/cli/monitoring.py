"""`leaflet monitoring update`: the list of medicines under additional monitoring that a user downloaded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from validator.cli.options import configured
from validator.errors import EXIT_CLEAN, EXIT_GAPS, UnreadableError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from validator.configuration import Configuration
    from validator.monitoring import Update

_FILE = "monitoring.yaml"
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_SHOWN = 20  # substances or rows that are named


@click.group("monitoring", short_help="Update the list of medicines under additional monitoring.")
def command() -> None:
    """Whether a medicine carries the black triangle (▼) is told by a list that changes every month."""


@command.command("update", short_help="Take over a list that you downloaded.")
@click.argument("path", metavar="FILE")
@configured
@click.option("--date", required=True, metavar="YYYY-MM", help="Month of the list.")
@click.option("--law", metavar="FOLDER", help="Folder of house rules to write into; by default the key law.")
@click.option("--write", is_flag=True, help="Write the list into the folder; without it, only tell.")
@click.pass_obj
def update(config: Configuration, /, path: str, date: str, law: str | None, write: bool) -> int:
    """Read the list in FILE (a table in Word, HTML, CSV or text with tabs) and say what changed.

    Exit code: 0 the whole list was read, 1 some rows were not, 2 wrong use, 3 no list was read.
    """
    from validator.monitoring import updated, written
    from validator.readers import load
    from validator.resources import house_rules
    from validator.substances import monitoring

    if not _MONTH.fullmatch(date):
        raise UsageError(f"'{date}' is no month: write it as 2026-11")
    folder = _folder(law, write)
    with house_rules(law or ""):
        before = monitoring()
    from pathlib import Path

    try:
        found = updated(load(path), path, date, before)
    except UnreadableError as error:
        raise UnreadableError(f"{path}: {error}") from None
    if write and folder:
        from validator.cli.output import opened

        with opened(str(folder / _FILE)) as out:
            out.write(written(found.law, before, Path(path).name))
    for line in _report(found, before.date, folder / _FILE if write and folder else None):
        click.echo(line)
    return EXIT_GAPS if found.unread else EXIT_CLEAN


def _folder(law: str | None, write: bool) -> Path | None:
    """The folder of house rules in force: the law that comes with the program stays as it is."""
    from pathlib import Path

    from validator.resources import law_folders

    if law and not Path(law).is_dir():
        raise UsageError(f"there is no folder '{law}'")
    folders = law_folders()
    own = Path(law) if law else folders[-1] if len(folders) > 1 else None
    if write and own is None:
        raise UsageError("name the folder of your house rules to write into: --law FOLDER, or the key law")
    return own


def _report(found: Update, before: str, file: Path | None) -> Iterator[str]:
    from validator.reports.terminal import safe

    names = {name for each in found.law.medicines.values() for name in each}
    yield (
        f"List of {found.law.date}: {len(names)} medicines, {len(found.law.medicines)} active substances "
        f"(before: list of {before})"
    )
    yield from map(safe, _told("On it now", found.came))
    yield from map(safe, _told("No longer on it", found.left))
    yield from map(safe, _told("Rows without a medicine or a substance, not read", found.unread))
    yield safe(f"Written to {file}" if file else "Nothing was written; --write does.")


def _told(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        more = f"; and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
        yield f"{title} ({len(items)}): {'; '.join(items[:_SHOWN])}{more}"
