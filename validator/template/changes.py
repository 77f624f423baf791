"""What a template changes in a language's wording file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from validator.catalogue import LanguagePack
from validator.document.location import Location
from validator.errors import ConfigurationError
from validator.lawfile import load_law
from validator.record import given
from validator.statements import phrases
from validator.template.edit import Entry, edited
from validator.template.expected import Expected, Outlined
from validator.template.likeness import flat, same
from validator.template.notation import Paragraph
from validator.template.place import Placed

State = Literal["new", "changed", "confirmed", "unchanged", "doubtful", "missing", "slot"]


@dataclass(frozen=True, slots=True)
class Item:
    """What the template says on one entry of the wording file.

    `new`: the language had no wording; `changed`: other words than known; `confirmed`: the words known,
    now seen in the template; `unchanged`: seen there before; `doubtful`: placed, but not for sure;
    `missing`: not in the template; `slot`: no fixed wording to look for. `was` is the wording known
    or, where the language has none (`known` is false), that of the reference pack.
    """

    name: str
    state: State
    was: str = ""
    now: str = ""
    place: Location | None = None
    notes: tuple[str, ...] = ()
    edit: Entry | None = None
    known: bool = True


def items(
    given: Sequence[Paragraph], law: Outlined, placed: Sequence[Placed], source: str, accept: bool
) -> list[Item]:
    """One item for each entry that the market's template has; doubtful ones are edits if accepted."""
    by_entry = {each.entry.keys: each for each in placed}
    return [
        _item(entry, by_entry[entry.keys], given[by_entry[entry.keys].at], source, accept)
        if entry.keys in by_entry
        else _absent(entry)
        for entry in law.entries
    ]


def _absent(entry: Expected) -> Item:
    state: State = "missing" if entry.fixed else "slot"
    return Item(entry.name, state, (entry.old or entry.reference).text, known=bool(entry.old))


def _item(entry: Expected, placed: Placed, paragraph: Paragraph, source: str, accept: bool) -> Item:
    was = (entry.old or entry.reference).text
    kept = bool(entry.old) and same(paragraph.text, was)
    text = was if kept else paragraph.text
    notes = (*placed.doubts, placed.remark) if placed.remark else placed.doubts
    if kept and _shape(was) != _shape(paragraph.text):
        notes += (f"its options or slots are marked otherwise: {paragraph.text}",)
    state: State = "doubtful" if placed.doubts else _state(entry, kept)
    written = accept or state in ("new", "changed", "confirmed")
    edit = _edit(entry, text, source) if written and state != "unchanged" else None
    return Item(entry.name, state, was, text, paragraph.place, notes, edit, bool(entry.old))


def _state(entry: Expected, kept: bool) -> State:
    if not kept or entry.old is None:
        return "changed" if entry.old else "new"
    return "unchanged" if entry.old.seen == "template" else "confirmed"


def _shape(notation: str) -> tuple[str, int, int]:
    return flat(notation), notation.count("<"), notation.count("{")


def _edit(entry: Expected, text: str, source: str) -> Entry:
    old = entry.old
    values = {"text": text, "seen": "template", "source": source}
    moved = old.text if old and old.text != text and old.text not in old.accepted else ""
    # A new entry takes the section of a sub-heading from the reference.
    whole = given(old or entry.reference)
    if not old:
        whole = {key: whole[key] for key in ("section", "group") if key in whole}
    return Entry(entry.keys, values, moved, whole)


def house_edit(edit: Entry) -> Entry:
    """The edit for a file that adds to another one: what that one has stays there."""
    return Entry(edit.keys, edit.values, edit.accepted, {})


def updated(text: str, found: Sequence[Item], joins: bool) -> str:
    """The text of a wording file with what the template says; `joins` if it adds to another file."""
    edits = [item.edit for item in found if item.edit]
    return edited(text, [house_edit(edit) if joins else edit for edit in edits])


def verify(text: str, name: str, folder: Path, folders: tuple[Path, ...]) -> None:
    """Raise a ConfigurationError unless the pack loads with this text as the file of that name."""
    with tempfile.TemporaryDirectory(prefix="leaflet-") as temporary:
        copies = []
        for number, each in enumerate(folders):
            copy = Path(temporary, str(number))
            shutil.copytree(each, copy, ignore=lambda _, names: [n for n in names if n.startswith(".")])
            copies.append(copy)
        target = copies[folders.index(folder)] / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="")
        try:
            pack = load_law(name, LanguagePack, tuple(copies))
        except ConfigurationError as error:
            told = str(error)
            for each, copy in zip(folders, copies, strict=True):
                told = told.replace(str(copy), str(each))
            raise ConfigurationError(
                f"the result is no valid wording file, nothing was written: {told}"
            ) from None
    for wording in pack.statements.values():
        for phrase in phrases(wording.text):
            phrase.find(" words ", 0, 7)
