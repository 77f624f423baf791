"""Composes a complete leaflet from a language pack alone, piece by piece, so that pieces can be left out.

Composed leaflets prove that law and code agree with each other, not that the law is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from validator.plan import Entry, Plan, plan
from validator.records import Example
from validator.statements import paste

NAME = "Velorin"
SUBSTANCE = "velorastine"
STRENGTH = "10 mg"
DATE = "06/2026"
_SLOTS = {"X": NAME, "active substance": SUBSTANCE}
_FILLING = "The patients in the study were treated with the medicine for the time of the study."
_YEAR = re.compile(r"([^\W\d_])\1{3}")  # "YYYY", "ÅÅÅÅ": a slot that holds it is a date


@dataclass(frozen=True)
class Piece:
    """A paragraph of the leaflet; `rule` is the requirement that it fulfils, "" for filling."""

    text: str
    rule: str = ""
    section: str = "front"


def compose(market: str, language: str) -> list[Piece]:
    """All pieces of a complete leaflet of a medicine like most: what only few are asked for is left out."""
    law = plan(market, language)
    pieces = [
        Piece(_fill(law.lexicon.pack.title.text), "document/title"),
        Piece(f"{NAME} {STRENGTH}\n{SUBSTANCE}"),
    ]
    pieces += [*_statements(law, "front"), *_statements(law, "any")]
    if law.lexicon.pack.contents_title:
        pieces.append(Piece(_contents(law), "section/contents-list"))
    for section in law.lexicon.profile.sections:
        heading = "\n" + _fill(law.lexicon.heading_text(section.id))
        pieces.append(Piece(heading, f"section/{section.id}", section.id))
        pieces.append(Piece(f"{NAME} {STRENGTH} {SUBSTANCE}.", section=section.id))
        pieces += _statements(law, section.id)
    return [*pieces, *_statements(law, "end")]


def example_text(rule: str, example: Example) -> str:
    """The complete leaflet with an example's texts in it and without what the example leaves out."""
    gone = {rule, *example.without} if rule.startswith("statement/") else set(example.without)
    sections = {name.removeprefix("section/") for name in gone if name.startswith("section/")}
    pieces = [
        piece
        for piece in compose(example.market, example.language)
        if piece.rule not in gone and piece.section not in sections
    ]
    for section, text in example.texts.items():
        after = max(
            (i for i, piece in enumerate(pieces) if piece.section == section), default=len(pieces) - 1
        )
        if section == "front":  # before the list of the sections, which closes the front
            after = 1
        pieces.insert(after + 1, Piece(text, section=section))
    before = smpc_text(example.smpc) + "\n\n" if example.smpc else ""
    return before + text_of(pieces)


def smpc_text(effects: str, heading: str = "4.8 Undesirable effects", filling: str = _FILLING) -> str:
    """An SmPC with this section 4.8, long enough to be told from the opening of a leaflet."""
    return f"ANNEX I\n{heading}\n{effects}\n5. PHARMACOLOGICAL PROPERTIES\n" + "\n".join([filling] * 60)


def text_of(pieces: Iterable[Piece], without: str = "") -> str:
    """The leaflet's text; the pieces of one rule may be left out."""
    return "\n\n".join(piece.text for piece in pieces if not without or piece.rule != without) + "\n"


def _contents(law: Plan) -> str:
    pack = law.lexicon.pack
    headings = [_fill(law.lexicon.heading_text(section.id)) for section in law.lexicon.profile.sections]
    end = [_fill(pack.contents_end.text)] if pack.contents_end else []
    return "\n".join([_fill(pack.contents_title.text), *headings, *end])


def _statements(law: Plan, section: str) -> Iterator[Piece]:
    for entry in law.entries:
        few = any(pattern.startswith("=") for pattern in entry.applies.values())
        if entry.section == section and entry.requirement.id.startswith("statement/") and not few:
            yield Piece(
                _statement(law, entry), entry.requirement.id, section if section != "any" else "front"
            )


def _statement(law: Plan, entry: Entry) -> str:
    pack = law.lexicon.pack
    wording = pack.statements[entry.task.params["statement"]]
    text = _fill(wording.text)
    if entry.requirement.kind == "active-substance":
        text += f" {SUBSTANCE} {STRENGTH}."
    parts = [part for part in entry.task.params.get("parts", ()) if part in pack.statements]
    told = [_headed(law, part, _fill(pack.statements[part].text)) for part in parts]
    return "\n\n".join([_headed(law, entry.task.params.get("subheading", ""), text), *told])


def _headed(law: Plan, key: str, text: str) -> str:
    heading = law.lexicon.pack.subheadings.get(key)
    return f"{_fill(heading.text)}\n{text[0].upper()}{text[1:]}." if heading else text


def _fill(notation: str) -> str:
    """A wording with every slot filled by the words inside its braces."""
    return re.sub(r"\{([^{}]*)\}", _filled, paste(notation, NAME, oral=True))


def _filled(slot: re.Match[str]) -> str:
    words = slot.group(1)
    return DATE if _YEAR.search(words) else _SLOTS.get(words, words)
