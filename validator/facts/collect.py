"""All facts of a leaflet, drawn from its text once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import Any

from validator.document.blocks import Block
from validator.document.facts import Facts
from validator.document.leaflet import Leaflet
from validator.document.quantities import FrequencyDefinition, FrequencyUse, TimeSum
from validator.facts import (
    bands,
    courses,
    cycles,
    days,
    doses,
    frequencies,
    phases,
    portions,
    quantities,
    rhythms,
    worked,
)
from validator.facts.black_triangle import black_triangle
from validator.facts.excipients import additives, excipients, stated
from validator.facts.passage import Passage
from validator.facts.product import composition, composition_has_numbers, product
from validator.facts.references import references
from validator.facts.tables import column_units
from validator.grammar import Grammar
from validator.lexicon import Lexicon

MEASURED = ("before-use", "how-to-use")  # the sections whose quantities are facts
_MOST_TIMES = 100  # phases of treatments in one leaflet; real ones have a few
_SHORT = 80  # characters of a line that may be a heading


def collect(leaflet: Leaflet, lexicon: Lexicon) -> Facts:
    """The facts of an outlined leaflet."""
    cells = column_units(leaflet.body("how-to-use"), lexicon.grammar)
    figured = leaflet.wordtext.figured
    before = (each for each in _texts(leaflet, "before-use") if each[0] in figured)
    passages = quantities.read(before, lexicon.grammar, sparse=True)
    passages += quantities.read(_texts(leaflet, "how-to-use"), lexicon.grammar, cells)
    definitions, uses = _frequencies(leaflet, lexicon)
    return Facts(
        product=product(leaflet, lexicon),
        black_triangle=black_triangle(leaflet, lexicon),
        definitions=definitions,
        frequency_uses=uses,
        **_doses(leaflet, lexicon.grammar, passages),
        references=references(leaflet, lexicon),
        excipients=excipients(leaflet, lexicon),
        stated=stated(leaflet, lexicon, passages),
        additives=additives(leaflet, lexicon),
        composition=composition(leaflet, lexicon),
        composition_has_numbers=composition_has_numbers(leaflet, lexicon),
    )


def loose(blocks: Sequence[Block], lexicon: Lexicon) -> Facts:
    """The facts of texts that belong to no section: the frequency categories that they name."""
    texts = [(index, block.text) for index, block in enumerate(blocks) if block.kind != "furniture"]
    definitions, uses = frequencies.read(texts, lexicon.grammar, frozenset())
    return Facts(definitions=definitions, frequency_uses=uses)


def _frequencies(
    leaflet: Leaflet, lexicon: Lexicon
) -> tuple[tuple[FrequencyDefinition, ...], tuple[FrequencyUse, ...]]:
    headings = {i for i, block in enumerate(leaflet.blocks) if block.kind == "heading" or block.strong}
    effects = list(_texts(leaflet, lexicon.profile.reporting_section))
    return frequencies.read(effects, lexicon.grammar, headings)


def _doses(leaflet: Leaflet, grammar: Grammar, passages: Sequence[Passage]) -> dict[str, Any]:
    """The facts about doses, by their names in `Facts`."""
    dosing = [passage for passage in passages if _dosing(leaflet, passage.block)]
    rows = _rows(leaflet, grammar, dosing)
    return {
        "quantities": tuple(quantity for passage in passages for quantity in passage.quantities),
        "doses": doses.read(dosing, _populations(leaflet, grammar)),
        "days": days.read(dosing, rows),
        "bands": bands.bands(dosing),
        "durations": courses.durations(dosing),
        "times": _times(dosing),
        "rhythms": rhythms.rhythms(dosing),
        "examples": worked.read(dosing),
        "portions": portions.read(dosing, rows),
    }


def _times(dosing: Sequence[Passage]) -> tuple[TimeSum, ...]:
    """Times that must be equal to one another, or to the sum of others."""
    told = chain(phases.sums(dosing), cycles.sums(dosing))
    return (*courses.sums(dosing), *islice(told, _MOST_TIMES))


def _rows(leaflet: Leaflet, grammar: Grammar, dosing: Sequence[Passage]) -> list[Passage]:
    """The rows of the tables on doses, those that hold no figures too."""
    known = {passage.block: passage for passage in dosing if "\t" in passage.text}
    if not known:
        return []
    near = {row for block in known for row in (block - 1, block)}
    texts = [(i, t) for i, t in _texts(leaflet, "how-to-use") if i in near and i not in known and "\t" in t]
    read = quantities.passages(texts, grammar)
    return sorted((*known.values(), *read), key=lambda passage: passage.block)


def _populations(leaflet: Leaflet, grammar: Grammar) -> dict[int, frozenset[str]]:
    """By block, the populations that the nearest heading or introducing line over it names."""
    found: dict[int, frozenset[str]] = {}
    above: frozenset[str] = frozenset()
    for index, block in leaflet.body("how-to-use"):
        found[index] = above
        text = block.text.rstrip()
        heads = block.kind == "heading" or block.strong or text.endswith(":") or _is_line(block, text)
        if heads and block.kind != "row":  # the head of a table tells nothing of what stands below it
            above = grammar.populations(leaflet.folded[index])
    return found


def _is_line(block: Block, text: str) -> bool:
    """Whether a block looks like a heading: short, no list item, without a full stop."""
    return block.kind == "paragraph" and len(text) <= _SHORT and text[-1:] not in (".", ";", ",")


def _dosing(leaflet: Leaflet, block: int) -> bool:
    section = leaflet.section_at(block)
    return section is not None and section.id == "how-to-use"


def _texts(leaflet: Leaflet, *sections: str) -> Iterator[tuple[int, str]]:
    for section in sections:
        for index, block in leaflet.body(section):
            if block.kind != "furniture":
                yield index, _celled(block) if block.cells else block.text


def _celled(block: Block) -> str:
    """The text of a row with a tab before each cell: figures of two cells are not one ("20 100")."""
    starts = [0, *block.cells[1:], len(block.text) + 1]
    return "\t".join(block.text[start : stop - 1] for start, stop in pairwise(starts) if start < stop)
