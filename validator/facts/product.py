"""The product as the leaflet names it: name, substances, strengths, form, route, how it is given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from validator.document.facts import Product
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.quantities import Quantity
from validator.document.text import WORD, fold, fold_wording, wording_key
from validator.facts import quantities
from validator.facts.excipients import ingredients, introduction
from validator.lexicon import Lexicon
from validator.substances import substances

_NAME_LINES = 8
_STRENGTH_FAMILIES = frozenset(("mass", "amount", "activity", "units", "radioactivity", "share"))
_LONGEST_NAME = 200  # characters; longer blocks at the top are running text
_END_OF_NAME = re.compile(r"[.;:(]| \d| which | that | and | as | is | are |$")


def product(leaflet: Leaflet, lexicon: Lexicon) -> Product:
    """All product facts of a leaflet."""
    spans = list(_names(leaflet, lexicon))
    names = Counter(fold(leaflet.text(span)) for span in spans)
    name_span = next((s for s in spans if fold(leaflet.text(s)) == names.most_common(1)[0][0]), None)
    amounts = _amounts(_name_lines(leaflet), lexicon)
    facts = lexicon.pack.facts
    whole = leaflet.wordtext.text
    return Product(
        name=leaflet.text(name_span) if name_span else "",
        name_span=name_span,
        other_names=tuple(s for s in spans if s != name_span),
        active_substances=_substances(leaflet, lexicon),
        strengths=tuple(dict.fromkeys(leaflet.text(amount.span) for amount in amounts)),
        amounts=amounts,
        form=_first(facts.get("form", {}), _head_words(leaflet)) or _first(facts.get("form", {}), whole),
        route=_first(facts.get("route", {}), _head_words(leaflet)) or _first(facts.get("route", {}), whole),
        prescription=_first(facts.get("prescription", {}), whole),
        kind=_first(facts.get("kind", {}), whole),
        population=_first(facts.get("population", {}), whole),
        administration=_administration(facts.get("administration", {}), whole),
    )


def _names(leaflet: Leaflet, lexicon: Lexicon) -> Iterator[Span]:
    """What fills the name slot of the headings, in the body and in the contents list."""
    headed = [(s.id, s.heading.block) for s in leaflet.sections if s.heading]
    entries = leaflet.contents_list.entries if leaflet.contents_list else ()
    for section, block in [*headed, *entries]:
        wording = lexicon.pack.sections[section]
        for text in (wording.text, *wording.accepted):
            if span := _slot(leaflet, block, lexicon, text):
                yield span
                break


def _slot(leaflet: Leaflet, block: int, lexicon: Lexicon, text: str) -> Span | None:
    folded = leaflet.folded[block]
    number = re.match(r"\s*\d{1,2}\s*[.):\-]?\s*", folded)
    found = list(WORD.finditer(folded, number.end() if number else 0))
    line = f" {' '.join(match.group() for match in found)} "
    slots = lexicon.phrases(text)[0].name(line)
    if slots is None:
        return None
    end = found[slots[1] - 1].end()
    start = found[slots[0]].start()
    name = leaflet.blocks[block].text
    glued = name.find("’", start, end) if "’" in name[start:end] else name.find("'", start, end)
    if glued > start and not text.rstrip("?").endswith("{X}"):
        end = glued
    while end < len(name) and name[end] in "®™)" and (name[end] != ")" or "(" in name[start:end]):
        end += 1
    return Span(block, start, end)


def _name_lines(leaflet: Leaflet) -> Iterator[tuple[int, str]]:
    front = leaflet.sections[0]
    stop = leaflet.contents_list.first if leaflet.contents_list else front.stop
    for index, block in enumerate(leaflet.blocks[: min(stop, _NAME_LINES)]):
        if len(block.text) <= _LONGEST_NAME:
            yield index, block.text


def _head_words(leaflet: Leaflet) -> str:
    first = leaflet.sections[1].stop if len(leaflet.sections) > 1 else len(leaflet.blocks)
    start, end = leaflet.wordtext.bounds(0, first)
    return leaflet.wordtext.text[start:end]


def _first(choices: Mapping[str, Sequence[str]], text: str) -> str:
    """The choice whose phrase stands first in the text."""
    places = {
        key: min((at for phrase in phrases if (at := text.find(wording_key(phrase))) >= 0), default=-1)
        for key, phrases in choices.items()
    }
    found = {key: at for key, at in places.items() if at >= 0}
    return min(found, key=lambda key: found[key]) if found else ""


def _administration(choices: Mapping[str, Sequence[str]], text: str) -> str:
    """ "self" or "professional" where the text says only one of them; "" where it says both or none."""
    said = {key: any(wording_key(phrase) in text for phrase in phrases) for key, phrases in choices.items()}
    professional, alone = said.get("professional", False), said.get("self", False)
    if professional == alone:
        return ""
    return "professional" if professional else "self"


def _amounts(blocks: Iterable[tuple[int, str]], lexicon: Lexicon) -> tuple[Quantity, ...]:
    """The amounts of a substance in some blocks, each value once."""
    found: dict[tuple[object, ...], Quantity] = {}
    for passage in quantities.read(blocks, lexicon.grammar):
        for amount in passage.quantities:
            if amount.family in _STRENGTH_FAMILIES and amount.unit not in ("kg", "lb"):
                found.setdefault((amount.base, amount.family, amount.per), amount)
    return tuple(found.values())


def composition(leaflet: Leaflet, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """The amounts stated with the active substance."""
    signalled = _signalled(leaflet, lexicon)
    blocks = sorted({i for first in signalled for i in range(first, min(first + 3, len(leaflet.blocks)))})
    return _amounts(((index, leaflet.blocks[index].text) for index in blocks), lexicon)


def composition_has_numbers(leaflet: Leaflet, lexicon: Lexicon) -> bool:
    """Whether any figure stands with the active substance, in whatever unit (MBq, cells, units).

    Figures in the list of the other ingredients are none of these.
    """
    contains = [
        sub for section in leaflet.sections for sub in section.subsections if sub.id == "what-it-contains"
    ]
    blocks = {i for sub in contains for i in range(sub.heading.block, sub.stop)}
    blocks.update(_signalled(leaflet, lexicon))
    others = ingredients(leaflet, lexicon)
    texts = [leaflet.blocks[index].text for index in blocks if index not in others]
    if (first := introduction(leaflet, lexicon)) and first.block in blocks:
        texts.append(leaflet.blocks[first.block].text[: first.start])
    return any(char.isdigit() for text in texts for char in text)


def _signalled(leaflet: Leaflet, lexicon: Lexicon) -> list[int]:
    """The blocks that speak of the active substance."""
    words = leaflet.wordtext
    found: set[int] = set()
    for signal in lexicon.pack.statements["active-substance"].signals:
        key = wording_key(signal)
        at = words.text.find(key)
        while at >= 0:
            found.add(words.span(at, at + len(key)).block)
            at = words.text.find(key, at + 1)
    return sorted(found)


def _substances(leaflet: Leaflet, lexicon: Lexicon) -> tuple[str, ...]:
    """INNs that rules know, named together with "active substance"; else the words after it."""
    language = leaflet.language.value
    signals = lexicon.pack.statements["active-substance"].signals
    blocks = _signalled(leaflet, lexicon)
    opening = leaflet.section("what-it-is")
    known = {
        inn
        for index in {*blocks, *range(opening.stop if opening else 0)}
        for inn, record in substances().substances.items()
        if any(fold_wording(name) in leaflet.folded[index] for name in record.names.get(language, ()))
    }
    return tuple(sorted(known)) or _named(leaflet, blocks, signals)


def _named(leaflet: Leaflet, blocks: Sequence[int], signals: Sequence[str]) -> tuple[str, ...]:
    for index in blocks:
        folded = leaflet.folded[index]
        for signal in signals:
            match = re.search(
                rf"{re.escape(fold_wording(signal))}s?(?: is| are|:)? ([a-z][^\n]{{2,80}})", folded
            )
            if match:
                stop = _END_OF_NAME.search(match.group(1))
                name = match.group(1)[: stop.start() if stop else None].strip(" ,")
                if name and len(name.split()) <= 4:
                    return (name,)
    return ()
