"""The leaflet against itself: one name, one substance, the same strengths, closed brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice
from unicodedata import combining, normalize

from validator.checks.registry import Task, kind
from validator.checks.spelling import misspelt, written
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met, not_applicable
from validator.document.quantities import Quantity
from validator.document.text import fold, wording_key, words
from validator.facts import quantities
from validator.substances import named

_PAIRS = {")": "(", "]": "[", "}": "{"}
_LIST_LABEL = re.compile(r"(?:^|[\s,;(])[\w]{1,3}$")
_BRACKET = re.compile(r"[()\[\]{}]")
_EVIDENCE = 60
_NAME_LETTERS = 5  # of a name that can be known in another spelling
_OFTEN = 3  # times as often as its slip a name stands
_MOST = 20  # findings: a text with more open brackets than that is no leaflet, and nobody reads on


@kind("consistency/product-name")
def product_name(leaflet: Leaflet, task: Task) -> Outcome:
    """The headings name the medicine in one way, and the name holds no other brand."""
    product = leaflet.facts.product
    if product.name_span is None:
        return not_applicable("no-name")
    hits = [*_brackets_in_name(leaflet), *_two_names(leaflet), *_misspelt(leaflet)]
    return Outcome(tuple(hits)) if hits else met("name", product.name_span, name=product.name)


def _brackets_in_name(leaflet: Leaflet) -> Iterator[Hit]:
    """A name that carries a bracket, used beside the same name without it."""
    product = leaflet.facts.product
    match = re.match(r"([^()]{2,}?)\s*\(([^()]+)\)$", product.name)
    if match is None:
        return
    long, short = fold(product.name), fold(match.group(1))
    with_bracket = sum(folded.count(long) for folded in leaflet.folded)
    alone = (
        sum(len(re.findall(rf"\b{re.escape(short)}\b", folded)) for folded in leaflet.folded) - with_bracket
    )
    if alone <= 0:
        return
    values = {
        "first": match.group(1),
        "first_count": str(alone),
        "second": product.name,
        "second_count": str(with_bracket),
        "bracket": match.group(2),
    }
    first = next(index for index, folded in enumerate(leaflet.folded) if long in folded)
    start = leaflet.folded[first].index(long)
    span = Span(first, start, start + len(long))
    case = "other-brand" if len(words(match.group(2))) > 1 else ""
    yield Hit("inconsistent", case, span, "front", leaflet.text(span), match.group(1), values)


def _two_names(leaflet: Leaflet) -> Iterator[Hit]:
    """Headings whose names share no word with the name used most."""
    product = leaflet.facts.product
    own = set(words(product.name))
    counts = Counter(fold(leaflet.text(span)) for span in product.other_names)
    for span in product.other_names:
        name = leaflet.text(span)
        if not own & set(words(name)) and not _one_in_other(name, product.name):
            values = {
                "first": product.name,
                "first_count": str(1 + len(product.other_names) - counts[fold(name)]),
                "second": name,
                "second_count": str(counts[fold(name)]),
            }
            yield Hit("inconsistent", "", span, "front", name, product.name, values)
            return


def _misspelt(leaflet: Leaflet) -> Iterator[Hit]:
    """The name, here and there with a slip in it; what comes often is a word of its own."""
    text = leaflet.wordtext.text
    brand, *rest = words(leaflet.facts.product.name) or [""]
    substances = {word for each in leaflet.facts.product.active_substances for word in words(each)}
    for name in (brand, *rest[:1]) if brand in substances else (brand,):  # "Simvastatin Velora"
        if (
            len(name) < _NAME_LETTERS
            or not name.isalpha()
            or (often := text.count(f" {name} ")) < _OFTEN
            or named(name)
        ):
            continue
        for span in misspelt(leaflet, name, 1, partial(_comes_often, text, often)):
            slip = fold(leaflet.text(span))
            # "Candesartan" of "candesartan cilexetil" is no slip of "Candesanta".
            if named(slip) or any(each.startswith(slip) for each in substances):
                continue
            stands = leaflet.section_at(span.block)
            right = written(leaflet, name)
            section = stands.id if stands else ""
            yield Hit("inconsistent", "misspelt", span, section, leaflet.text(span), right, {"name": right})


def _comes_often(text: str, often: int, word: str) -> bool:
    """Whether a word comes too often in a text to be a slip of a name that comes so often."""
    return text.count(f" {word} ") * _OFTEN > often


def _one_in_other(one: str, other: str) -> bool:
    """Whether a name is in another ("Levodopa/Carbidopa" in "levodopacarbidopa", "Velora" in "Velorát").

    One may end otherwise in another case.
    """
    first, second = _letters(one), _letters(other)
    if first in second or second in first:
        return True
    return len(first) > _NAME_LETTERS and first[:-1] == second[:-1]  # "Atorvexa", "Atorvexu"


def _letters(name: str) -> str:
    """The letters of a name, without accents: an ending may change the vowel before it."""
    return "".join(char for char in normalize("NFD", "".join(words(name))) if not combining(char))


@kind("consistency/strength")
def strength(leaflet: Leaflet, task: Task) -> Outcome:
    """At least one strength of the name stands in the composition."""
    facts = leaflet.facts
    if not facts.product.strengths or not facts.composition:
        return not_applicable("no-strength")
    named_as, composed_of = ({_value(q) for q in each} for each in (facts.product.amounts, facts.composition))
    same = named_as & composed_of
    # As many here as there, and not all alike: "750 mg, 125 mg" of what holds 500 mg and 125 mg.
    if same and (len(named_as) != len(composed_of) or named_as == composed_of):
        return met("strengths", strengths=", ".join(facts.product.strengths))
    if any({"ml", "l"} & {*q.per} for q in facts.composition) and not any(
        q.per for q in facts.product.amounts
    ):
        return Outcome(verdict="review", note="dose-or-content")  # a pen is named by what it gives at once
    composed = ", ".join(leaflet.text(quantity.span) for quantity in facts.composition)
    values = {"first": ", ".join(facts.product.strengths), "second": composed}
    return Outcome((Hit("inconsistent", section="front", values=values, review=True),))


@kind("consistency/each-strength")
def each_strength(leaflet: Leaflet, task: Task) -> Outcome:
    """Each of several strengths in the title stands in the section on the composition, too."""
    amounts = leaflet.facts.product.amounts
    told = {_value(quantity) for quantity in leaflet.facts.composition}
    if not told.issuperset(map(_value, amounts)):  # some may stand further down
        figured = leaflet.wordtext.figured
        body = [(index, block.text) for index, block in leaflet.body(task.section) if index in figured]
        read = quantities.passages(body, task.lexicon.grammar)
        told |= {_value(quantity) for passage in read for quantity in passage.quantities}
    if told.isdisjoint(_value(amount) for amount in amounts):
        return not_applicable("other-strengths")  # that is for consistency/strength to tell
    hits = tuple(
        Hit("missing", "", amount.span, task.section, leaflet.text(amount.span))
        for amount in amounts
        if _value(amount) not in told
    )
    return Outcome(hits) if hits else met("each-strength", amounts[0].span, count=str(len(amounts)))


def _value(quantity: Quantity) -> tuple[Decimal, str]:
    """What of a strength must agree: the figure in the base unit, per whatever unit."""
    return quantity.low * quantity.factor, quantity.family


@kind("consistency/active-substance")
def active_substance(leaflet: Leaflet, task: Task) -> Outcome:
    """The substance of the composition is named in the lines of the title."""
    substances = leaflet.facts.product.active_substances
    front = leaflet.sections[0]
    stop = leaflet.contents_list.first if leaflet.contents_list else front.stop
    title = " ".join(leaflet.folded[front.first : stop])
    if not substances or not title.strip():
        return not_applicable("no-substance")
    name = substances[0]
    stems = [word[:5] for word in words(name) if len(word) >= 5]
    if not stems or any(stem in title for stem in stems) or name in named(wording_key(title)):
        return met("substance", name=name)
    return Outcome(verdict="review", note="substance-not-in-title", values={"name": name})


@kind("consistency/brackets")
def brackets(leaflet: Leaflet, task: Task) -> Outcome:
    """Every bracket that a section opens it closes again."""
    hits = (hit for section in leaflet.sections for hit in _unbalanced(leaflet, section.id))
    first = tuple(islice(hits, _MOST))
    return Outcome(first) if first else met("balanced")


def _unbalanced(leaflet: Leaflet, section_id: str) -> Iterator[Hit]:
    section = leaflet.section(section_id)
    if section is None or _plainly_balanced(leaflet.folded[section.first : section.stop]):
        return
    open_ones: dict[str, list[tuple[int, int]]] = {sign: [] for sign in _PAIRS.values()}
    for index in range(section.first, section.stop):
        text = leaflet.blocks[index].text
        for match in _BRACKET.finditer(text):
            sign, at = match.group(), match.start()
            if sign in open_ones:
                open_ones[sign].append((index, at))
            elif open_ones[_PAIRS[sign]]:
                open_ones[_PAIRS[sign]].pop()
            elif not _LIST_LABEL.search(text[max(0, at - _EVIDENCE) : at]):
                yield _hit(leaflet, "unopened", index, max(0, at - _EVIDENCE), at + 1, section_id)
    for index, at in sorted(place for places in open_ones.values() for place in places):
        yield _hit(leaflet, "", index, at, min(len(leaflet.blocks[index].text), at + _EVIDENCE), section_id)


def _plainly_balanced(texts: Sequence[str]) -> bool:
    """A quick look: nothing is left once the innermost pairs are taken out, twice."""
    signs = "".join(_BRACKET.findall("".join(texts)))
    for _ in range(2):
        for closing, opening in _PAIRS.items():
            signs = signs.replace(opening + closing, "")
    return not signs


def _hit(leaflet: Leaflet, case: str, index: int, start: int, end: int, section: str) -> Hit:
    return Hit("inconsistent", case, Span(index, start, end), section, leaflet.blocks[index].text[start:end])
