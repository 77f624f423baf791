"""The product as the leaflet names it: name, substances, strengths, form, route, how it is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from validator.document.facts import Product
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.quantities import Quantity
from validator.document.text import WORD, fold, wording_key, words
from validator.facts import quantities
from validator.facts.excipients import ingredients, introduction
from validator.facts.regimen import regimen
from validator.facts.revision import revised
from validator.facts.substances import STRENGTH_FAMILIES, active_substances, signalled
from validator.lexicon import Lexicon
from validator.substances import origin_of

_NAME_LINES = 8
_NUMBER = re.compile(r"\s*\d{1,2}\s*[.):\-]?\s*")  # of a heading
# Article 16a(1)(a) of Directive 2001/83/EC: they are for use without a prescriber.
_SUPPLIED = {"traditional-herbal": "no"}
_LIQUID = frozenset(("ml", "l"))
_LONGEST_NAME = 200  # characters; longer blocks at the top are running text


def product(leaflet: Leaflet, lexicon: Lexicon) -> Product:
    """All product facts of a leaflet."""
    spans = list(_names(leaflet, lexicon))
    name_span = _uninflected(leaflet, spans)
    composed = set(signalled(leaflet, lexicon))
    lines = list(_name_lines(leaflet))
    title = [index for index, _ in lines]
    amounts = _amounts(((at, text) for at, text in lines if at not in composed), lexicon)
    facts = lexicon.pack.facts
    whole = leaflet.wordtext.text
    further = _regions(leaflet, "how-to-use", "contents")
    forms = _regions(leaflet, "front", "contents", "what-it-is", "how-to-use")
    use = _regions(leaflet, "front", "what-it-is", "how-to-use") if leaflet.section("how-to-use") else [whole]
    route = _route(facts, _regions(leaflet, "front", "what-it-is"), [*further, whole])
    name = leaflet.text(name_span) if name_span else ""
    substances = active_substances(leaflet, lexicon, title, name)
    # What a medicine is stands at the top; further down other medicines are spoken of, too.
    kind, origin = (
        _most(facts.get(fact, {}), _regions(leaflet, "front", "what-it-is")) for fact in ("kind", "origin")
    )
    origin = origin or ("biological" if kind == "vaccine" else origin_of(substances))
    return Product(
        name=name,
        name_span=name_span,
        other_names=tuple(s for s in spans if s != name_span),
        active_substances=substances,
        strengths=tuple(dict.fromkeys(leaflet.text(amount.span) for amount in amounts)),
        amounts=amounts,
        form=_most(facts.get("form", {}), [*forms, whole]),
        route=route,
        prescription=_most(facts.get("prescription", {}), [whole]) or _SUPPLIED.get(origin, ""),
        kind=kind,
        origin=origin,
        presentations=_presentations(leaflet, amounts, substances),
        population=_most(facts.get("population", {}), [whole]),
        administration=_administration(
            facts.get("administration", {}), route, " ".join(use), _opening(leaflet), _running(leaflet)
        ),
        doses=_any(facts.get("doses", {}), whole),
        preparation=_any(facts.get("preparation", {}), whole),
        regimen=regimen(leaflet, lexicon),
        revised=revised(leaflet, lexicon),
    )


def _names(leaflet: Leaflet, lexicon: Lexicon) -> Iterator[Span]:
    """What fills the name slot of the headings, in the body and in the contents list."""
    headed = [(s.id, s.heading.block) for s in leaflet.sections if s.heading]
    entries = leaflet.contents_list.entries if leaflet.contents_list else ()
    for section, block in [*headed, *entries]:
        wording = lexicon.pack.sections[section]
        number = _NUMBER.match(leaflet.folded[block])
        found = list(WORD.finditer(leaflet.folded[block], number.end() if number else 0))
        for text in (wording.text, *wording.accepted):
            if span := _slot(leaflet, block, found, lexicon, text):
                if not lexicon.harmless.issuperset(words(leaflet.text(span))):  # "this medicine"
                    yield span
                break


def _uninflected(leaflet: Leaflet, spans: Sequence[Span]) -> Span | None:
    """The name with which most names begin: "Velorin", beside "Velorinia" and "Velorin-valmistetta"."""
    names = [fold(leaflet.text(span)) for span in spans]
    begun = [sum(other.startswith(name) for other in names) for name in names]
    return max(zip(begun, spans, strict=True), key=lambda pair: pair[0], default=(0, None))[1]


def _slot(
    leaflet: Leaflet, block: int, found: Sequence[re.Match[str]], lexicon: Lexicon, text: str
) -> Span | None:
    """The name in a heading; `found` are its words."""
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
    elif "{X}-" in text and (hyphen := name.rfind("-", start, end)) > start:
        end = hyphen
    while end < len(name) and name[end] in "®™)" and (name[end] != ")" or "(" in name[start:end]):
        end += 1
    return Span(block, start, end)


def _name_lines(leaflet: Leaflet) -> Iterator[tuple[int, str]]:
    front = leaflet.sections[0]
    stop = leaflet.contents_list.first if leaflet.contents_list else front.stop
    for index, block in enumerate(leaflet.blocks[: min(stop, _NAME_LINES)]):
        if len(block.text) <= _LONGEST_NAME:
            yield index, block.text


def _regions(leaflet: Leaflet, *sections: str) -> list[str]:
    """The words of some sections with their headings, in the order asked for; the contents list left out."""
    found = []
    for section in sections:
        if stands := leaflet.section(section):
            contents = leaflet.contents_list
            stop = contents.first if contents and section == "front" else stands.stop
            start, end = leaflet.wordtext.bounds(stands.first, max(stop, stands.first))
            found.append(leaflet.wordtext.text[start:end])
    return found


def _most(choices: Mapping[str, Sequence[str]], texts: Sequence[str]) -> str:
    """The choice that the first telling one of some texts names most often, the earliest of equals."""
    for text in texts:
        found = {
            key: (sum(text.count(phrase) for phrase in places), -min(places.values()))
            for key, names in choices.items()
            if (
                places := {phrase: at for phrase in map(wording_key, names) if (at := text.find(phrase)) >= 0}
            )
        }
        if found:
            return max(found, key=lambda key: found[key])
    return ""


def _route(facts: Mapping[str, Mapping[str, Sequence[str]]], top: Sequence[str], rest: Sequence[str]) -> str:
    """The route that the first telling text names; at the top, where no words name one, the form implies it.

    A tablet may be made into an enema: "tablets" says how a medicine looks, "rectal" how it is used. Further
    down the skin and the bowel are spoken of for other reasons, so there all words count alike.
    """
    forms = {wording_key(name) for names in facts.get("form", {}).values() for name in names}
    routes = facts.get("route", {})
    named = {key: [name for name in names if wording_key(name) not in forms] for key, names in routes.items()}
    found = (_most(choices, [text]) for text in top for choices in (named, routes))
    return next(filter(None, found), "") or _most(routes, rest)


def _opening(leaflet: Leaflet) -> str:
    """The words of the opening statements and of the section headings."""
    headings = (section.heading.block for section in leaflet.sections if section.heading)
    return " ".join((*_regions(leaflet, "front"), *(_words(leaflet, block) for block in headings)))


def _running(leaflet: Leaflet) -> str:
    """The words on use that stand under the sub-headings."""
    section = leaflet.section("how-to-use")
    headings = {sub.heading.block for sub in section.subsections} if section else set()
    blocks = (index for index, _ in leaflet.body("how-to-use") if index not in headings)
    return " ".join(_words(leaflet, block) for block in blocks)


def _words(leaflet: Leaflet, block: int) -> str:
    start, end = leaflet.wordtext.bounds(block, block + 1)
    return leaflet.wordtext.text[start:end]


def _administration(
    choices: Mapping[str, Sequence[str]], route: str, text: str, opening: str, running: str
) -> str:
    """ "self" or "professional" where the text says only one of them; "" where it says both or none.

    What goes into a vein is given by a professional, or in the presence of one. Where “before you are given”
    stands at the top, a sub-heading of the template (“if you forget to use”) alone does not say otherwise.
    """
    said = {key: _holds(phrases, text) for key, phrases in choices.items()}
    professional = said.get("professional", False) or (route == "injection" and said.get("vein", False))
    alone = said.get("self", False)
    given = _holds(choices.get("professional", ()), opening)
    if professional and given and not _holds(choices.get("self", ()), f"{opening} {running}"):
        return "professional"
    if professional == alone:
        return ""
    return "professional" if professional else "self"


def _presentations(leaflet: Leaflet, amounts: Sequence[Quantity], substances: Sequence[str]) -> str:
    """Whether the title tells more strengths than there are substances, and as many of each.

    “600 mg/300 mg” is one strength of two substances.
    """
    told = {(amount.low * amount.factor, amount.family) for amount in amounts}
    alike = len({(amount.family, not _LIQUID.isdisjoint(amount.per)) for amount in amounts}) == 1
    if not substances or not alike or any(_joined(leaflet, *pair) for pair in pairwise(amounts)):
        return ""
    each, rest = divmod(len(told), len(substances))
    return "several-strengths" if each > 1 and not rest else ""


def _joined(leaflet: Leaflet, one: Quantity, other: Quantity) -> bool:
    between = leaflet.blocks[one.span.block].text[one.span.end : other.span.start]
    return one.span.block == other.span.block and between.strip() in ("/", "+", "-", "–")


def _any(choices: Mapping[str, Sequence[str]], text: str) -> str:
    """The first choice of which a text holds one of the phrases, "" if it holds none."""
    return next((key for key, phrases in choices.items() if _holds(phrases, text)), "")


def _holds(phrases: Iterable[str], text: str) -> bool:
    return any(wording_key(phrase) in text for phrase in phrases)


def _amounts(blocks: Iterable[tuple[int, str]], lexicon: Lexicon) -> tuple[Quantity, ...]:
    """The amounts of a substance in some blocks, each value once."""
    found: dict[tuple[object, ...], Quantity] = {}
    for passage in quantities.read(blocks, lexicon.grammar):
        for amount in passage.quantities:
            if amount.family in STRENGTH_FAMILIES and amount.unit not in ("kg", "lb"):
                found.setdefault((amount.base, amount.family, amount.per), amount)
    return tuple(found.values())


def composition(leaflet: Leaflet, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """The amounts stated with the active substance."""
    firsts = signalled(leaflet, lexicon)
    blocks = sorted({i for first in firsts for i in range(first, min(first + 3, len(leaflet.blocks)))})
    return _amounts(((index, leaflet.blocks[index].text) for index in blocks), lexicon)


def composition_has_numbers(leaflet: Leaflet, lexicon: Lexicon) -> bool:
    """Whether any figure stands with the active substance, in whatever unit (MBq, cells, units).

    Figures in the list of the other ingredients are none of these.
    """
    contains = [
        sub for section in leaflet.sections for sub in section.subsections if sub.id == "what-it-contains"
    ]
    blocks = {i for sub in contains for i in range(sub.heading.block, sub.stop)}
    blocks.update(signalled(leaflet, lexicon))
    others = ingredients(leaflet, lexicon)
    texts = [leaflet.blocks[index].text for index in blocks if index not in others]
    if (first := introduction(leaflet, lexicon)) and first.block in blocks:
        texts.append(leaflet.blocks[first.block].text[: first.start])
    return any(char.isdigit() for text in texts for char in text)
