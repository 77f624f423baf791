"""All facts of a leaflet, drawn from its text once."""

from __future__ import annotations

from collections.abc import Iterator

from validator.document.facts import Facts
from validator.document.leaflet import Leaflet
from validator.facts import doses, frequencies, quantities
from validator.facts.black_triangle import black_triangle
from validator.facts.excipients import excipients
from validator.facts.product import composition, composition_has_numbers, product
from validator.facts.references import references
from validator.lexicon import Lexicon


def collect(leaflet: Leaflet, lexicon: Lexicon) -> Facts:
    """The facts of an outlined leaflet."""
    grammar = lexicon.grammar
    passages = quantities.read(_texts(leaflet, "before-use", "how-to-use"), grammar)
    stated, examples = doses.read([p for p in passages if _dosing(leaflet, p.block)])
    headings = {i for i, block in enumerate(leaflet.blocks) if block.kind == "heading" or block.strong}
    effects = list(_texts(leaflet, lexicon.profile.reporting_section))
    definitions, uses = frequencies.read(effects, grammar, headings)
    return Facts(
        product=product(leaflet, lexicon),
        black_triangle=black_triangle(leaflet, lexicon),
        definitions=definitions,
        frequency_uses=uses,
        quantities=tuple(quantity for passage in passages for quantity in passage.quantities),
        doses=stated,
        examples=examples,
        references=references(leaflet, lexicon),
        excipients=excipients(leaflet, lexicon),
        composition=composition(leaflet, lexicon),
        composition_has_numbers=composition_has_numbers(leaflet, lexicon),
    )


def _dosing(leaflet: Leaflet, block: int) -> bool:
    section = leaflet.section_at(block)
    return section is not None and section.id == "how-to-use"


def _texts(leaflet: Leaflet, *sections: str) -> Iterator[tuple[int, str]]:
    for section in sections:
        for index, block in leaflet.body(section):
            if block.kind != "furniture":
                yield index, block.text
