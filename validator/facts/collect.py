"""All facts of a leaflet, drawn from its text once."""

from __future__ import annotations

from collections.abc import Iterator

from validator.document.facts import Facts
from validator.document.leaflet import Leaflet
from validator.facts import doses, frequencies, quantities
from validator.facts.black_triangle import black_triangle
from validator.facts.excipients import excipients
from validator.facts.product import composition_amounts, composition_has_numbers, product
from validator.facts.references import references
from validator.lexicon import Lexicon


def collect(leaflet: Leaflet, lexicon: Lexicon) -> Facts:
    """The facts of an outlined leaflet."""
    grammar = lexicon.grammar
    dosing = list(_texts(leaflet, "before-use", "how-to-use"))
    found = quantities.read(dosing, grammar)
    stated, examples = doses.read(found, dosing, grammar)
    headings = {i for i, block in enumerate(leaflet.blocks) if block.kind == "heading" or block.strong}
    effects = list(_texts(leaflet, lexicon.profile.reporting_section))
    definitions, uses = frequencies.read(effects, grammar, headings)
    return Facts(
        product=product(leaflet, lexicon),
        black_triangle=black_triangle(leaflet, lexicon),
        definitions=definitions,
        frequency_uses=uses,
        quantities=found,
        doses=stated,
        examples=examples,
        references=references(leaflet, lexicon),
        excipients=excipients(leaflet, lexicon),
        composition_amounts=composition_amounts(leaflet, lexicon),
        composition_has_numbers=composition_has_numbers(leaflet, lexicon),
    )


def _texts(leaflet: Leaflet, *sections: str) -> Iterator[tuple[int, str]]:
    for section in sections:
        for index, block in leaflet.body(section):
            if block.kind != "furniture":
                yield index, block.text
