"""A list of medicines under additional monitoring that a user downloaded, into `law/monitoring.yaml`.

Any file with a table whose head names a column of active substances and one of medicines: Word, HTML, or text
with tabs, commas or semicolons between the columns.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from validator.document.text import without_accents, wording_key
from validator.errors import UnreadableError
from validator.readers import read
from validator.readers.decode import decode
from validator.substances import Left, Monitoring

_SEPARATORS = "\t;,"
_HEAD_LINES = 40  # lines of a text among which the head of the table must be
_PARTS = re.compile(r"\s*(?:[/;,+\n]|\band\b)\s*")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_CAUSE = "not named there any more"


@dataclass(frozen=True, slots=True)
class Update:
    """What a list says: its medicines by substance, what left since the list before, and rows left unread."""

    law: Monitoring
    came: tuple[str, ...]
    left: tuple[str, ...]
    unread: tuple[str, ...]


def updated(data: bytes, name: str, date: str, before: Monitoring) -> Update:
    """The list of a file as the law holds it; an UnreadableError says that there is no such table."""
    medicines: dict[str, tuple[str, ...]] = {}
    unread = []
    for cells in _rows(data, name, before.columns):
        medicine, substance = cells
        inns = [part for part in _PARTS.split(_BRACKETS.sub("", substance).casefold().strip()) if part]
        if not (medicine and inns):
            unread.append(" | ".join(cells))
            continue
        for inn in inns:
            medicines[inn] = tuple(dict.fromkeys((*medicines.get(inn, ()), medicine)))
    gone = sorted(inn for inn in before.medicines if inn not in medicines)
    left = {inn: Left(month=date, cause=_CAUSE) for inn in gone}
    known = {inn: each for inn, each in {**before.left, **left}.items() if inn not in medicines}
    law = Monitoring(date=date, source=before.source, medicines=dict(sorted(medicines.items())), left=known)
    came = tuple(inn for inn in law.medicines if inn not in before.medicines)
    return Update(law, came, tuple(gone), tuple(unread))


def written(law: Monitoring, before: Monitoring, source: str) -> str:
    """The text of the law file; substances that are off the list are taken out of the list before it."""

    def entries(values: Mapping[str, object]) -> Iterator[str]:
        return (f"  {_quoted(key)}: {_quoted(value)}" for key, value in values.items())

    listed: dict[str, object] = {inn: list(names) for inn, names in law.medicines.items()}
    left: dict[str, object] = {inn: {"month": e.month, "cause": e.cause} for inn, e in law.left.items()}
    back: dict[str, object] = {inn: None for inn in before.left if inn not in law.left}
    lines = [
        f"# Written by `leaflet monitoring update` from {source}; it takes the place of what was here.",
        f"date: {_quoted(law.date)}",
        "medicines:",
        *entries(listed),
        "left:" if left or back else "left: {}",
        *entries({**left, **back}),
    ]
    return "\n".join(lines) + "\n"


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _rows(data: bytes, name: str, columns: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Medicine and substance of each row below the head of the table."""
    at: tuple[int, int] | None = None
    for cells in _tables(data, name):
        head = _head(cells, columns)
        if head:
            at = head
        elif at and max(at) < len(cells) and any(cells):
            yield cells[at[0]].strip(), cells[at[1]].strip()
    if at is None:
        raise UnreadableError(
            "no table whose head names a column 'active substance' and one for the medicine: "
            "save the list as CSV, or as a Word or HTML file with its table"
        )


def _head(cells: Sequence[str], columns: Mapping[str, Sequence[str]]) -> tuple[int, int] | None:
    keys = [without_accents(wording_key(cell)) for cell in cells]
    found = {
        column: next((keys.index(key) for word in words if (key := wording_key(word)) in keys), None)
        for column, words in columns.items()
    }
    name, substance = found.get("name"), found.get("substance")
    return None if name is None or substance is None or name == substance else (name, substance)


def _tables(data: bytes, name: str) -> Iterable[list[str]]:
    """The rows of all tables of a file, cell by cell."""
    if not name.lower().endswith((".csv", ".tsv", ".txt")):
        for block in read(data, name=name).blocks:
            if block.cells:
                ends = (*block.cells[1:], len(block.text))
                yield [block.text[a:b].strip() for a, b in zip(block.cells, ends, strict=True)]
        return
    text = decode(data).text
    first = text.split("\n", _HEAD_LINES)[:_HEAD_LINES]
    separator = max(_SEPARATORS, key=lambda sign: max((line.count(sign) for line in first), default=0))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise UnreadableError(f"not read as a table with columns: {error}") from None
