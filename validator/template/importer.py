"""Reads a template document and says what becomes of a language's wording file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from validator.catalogue import language_pack
from validator.document.location import Location
from validator.errors import ConfigurationError, UnreadableError
from validator.readers import read
from validator.resources import law_folders
from validator.template.changes import Item, items, updated, verify
from validator.template.draft import draft
from validator.template.expected import fixed, outlined, reference_language
from validator.template.notation import Paragraph, paragraphs
from validator.template.place import Placed, placements
from validator.template.zones import Zones, zones

_OWN_LANGUAGE = 55  # mean likeness of the headings to those known


@dataclass(frozen=True, slots=True)
class Import:
    """What a template says: entry by entry, the paragraphs that found no place, and the new text of the file.

    `complete` is false for a new language: its draft waits for what no template holds. `text` is the
    file as it would be written; `file` is where it belongs.
    """

    file: Path
    items: tuple[Item, ...]
    unplaced: tuple[tuple[str, Location], ...]
    text: str
    changed: bool
    complete: bool = True

    def of(self, *states: str) -> list[Item]:
        """The items in these states."""
        return [item for item in self.items if item.state in states]


def imported(
    data: bytes,
    name: str,
    market: str,
    language: str,
    *,
    date: str = "",
    accept_doubtful: bool = False,
    input_format: str | None = None,
) -> Import:
    """What the template document in `data` changes in the wording of a market in a language.

    The file belongs to the last folder of law in force: the house rules, if there are any. Raises
    UnreadableError where the document is no template of the market, ConfigurationError where the
    wording file cannot be changed so that it loads.
    """
    law = outlined(market, language)
    given = paragraphs(read(data, name=name, input_format=input_format).blocks)
    found = zones(given, law) if given else None
    if found is None:
        raise UnreadableError("no template of a leaflet was recognised: its section headings were not found")
    placed = placements(given, law, found)
    _verify_language(placed, market, language)
    source = f"template {name}, {date}" if date else f"template {name}"
    told = items(given, law, placed, source, accept_doubtful)
    folders = law_folders()
    file = folders[-1] / market / f"wording.{language}.yaml"
    result = Import(file, tuple(told), tuple(_unplaced(given, found, placed)), "", False)
    if law.pack is None:
        reference = language_pack(market, reference_language(market))
        text = draft(told, market, language, source, reference)
        return replace(result, text=text, changed=True, complete=False)
    before = _text_of(file)
    text = updated(before, told, joins=len(folders) > 1)
    if text != before:
        verify(text, f"{market}/{file.name}", folders[-1], folders)
    return replace(result, text=text, changed=text != before)


def _verify_language(placed: list[Placed], market: str, language: str) -> None:
    """A template in another language has headings like none of the pack."""
    scores = [each.score for each in placed if each.entry.keys[0] == "sections" and each.entry.old]
    if scores and sum(scores) / len(scores) < _OWN_LANGUAGE:
        raise UnreadableError(
            f"the headings are unlike those of market '{market}' in language '{language}': "
            "is the document in this language?"
        )


def _text_of(file: Path) -> str:
    if not file.is_file():
        return ""
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise ConfigurationError(f"{file}: not valid YAML: the file is not UTF-8") from None


def _unplaced(given: list[Paragraph], found: Zones, placed: list[Placed]) -> Iterator[tuple[str, Location]]:
    """Paragraphs of the leaflet with words of their own that no entry took, the list of contents aside."""
    taken = {each.at for each in placed} | set(found.contents)
    for i in found.all:
        if i not in taken and fixed(given[i].text):
            yield given[i].text, given[i].place
