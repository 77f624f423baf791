"""Figures that one side writes otherwise: in words, in another unit of time, in an address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.compare.data import counted
from validator.compare.units import Unit
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.quantities import Quantity
from validator.facts.contacts import read
from validator.grammar import Grammar, Number
from validator.reporting import named

_STREET = 110  # characters beside the address of a site in which the street of an authority may stand
# A number of a telephone in the writing of a country: a word that says so, and at least seven digits.
_CALLED = re.compile(
    r"(?:t[eé]l|tlf|puh|τηλ|тел|phone|fax|numaralı|call|ring|☎)[^\d+]{0,25}(?:\d[ .-]?){6,20}\d", re.I
)
_LINE = re.compile(r"(?<![\d.,])(?:\d[ .-]?){8,20}\d(?![\d.,]\d)")  # nine digits and more: no amount
_PAGE = re.compile(r"(?<=[.!?:;)]\s)(\d{1,3})(?:\s+([^\W\d_])|\s*$)")
_RANGE = re.compile(r"(?<![\d.,-])(\d{1,2})\s?[-–]\s?(\d{1,2})(?![\d-]|[.,]\d)")
_LISTED = 9  # figures that a list names one by one
_TIMES = frozenset(("time", "months"))


def in_words(leaflet: Leaflet, own: Sequence[Unit], words: Grammar) -> Counter[Decimal]:
    """The numbers that a text writes in words ("two", "twice")."""
    found: Counter[Decimal] = Counter()
    known = counted(leaflet.language.value)
    for unit in own:
        found.update(known[word] for word in leaflet.wordtext.words(unit.block) if word in known)
        for token in words.tokens(leaflet.folded[unit.block], words.dosing):
            if token.kind == "number-word" and isinstance(token.value, Number):
                found[token.value.value.normalize()] += 1
            elif token.kind == "intake":
                found[Decimal(token.value).normalize()] += 1
            elif token.kind in ("other", "alternate"):  # "every other day", "om de dag"
                found[Decimal(2)] += 1
            elif token.kind == "plus-half":
                found[Decimal("0.5")] += 1
            elif token.kind in ("per", "each"):  # "for one year"
                written = leaflet.folded[unit.block][token.start : token.end].split()
                found.update(
                    words.data.numbers.words[each].normalize()
                    for each in written
                    if each in words.data.numbers.words
                )
    return found


def spelt(
    leaflet: Leaflet,
    own: Sequence[Unit],
    words: Grammar,
    lost: Counter[Decimal],
    quantities: Sequence[Quantity],
) -> None:
    """Take out the figures of times that the other side says in words: "7 days" and "a week"."""
    wanted = [q for q in quantities if q.family in _TIMES and lost[q.low.normalize()] > 0]
    if not wanted:
        return
    told = set(_times(leaflet, own, words))
    for each in wanted:
        value = each.low.normalize()
        if (each.family, each.low * each.factor) in told and lost[value] > 0:
            lost[value] -= 1


def _times(leaflet: Leaflet, own: Sequence[Unit], words: Grammar) -> Iterator[tuple[str, Decimal]]:
    """The stretches of time that a text says without figures, as family and value: "a week" is 168 hours."""
    for unit in own:
        before = None
        for token in words.tokens(leaflet.folded[unit.block], words.dosing):
            known = words.units.get(token.value) if token.kind in ("unit", "each") else None
            if known and known.family in _TIMES and (before is None or before.kind != "num"):
                said: object = before.value if before and before.kind == "number-word" else None
                many = said.value if isinstance(said, Number) else Decimal(1)
                yield known.family, many * known.factor
            before = token


def of_contacts(leaflet: Leaflet, own: Sequence[Unit]) -> Iterator[Span]:
    """Telephone numbers and addresses: `compare/contact` compares them.

    What stands around the address of a reporting system is that of an authority, with its street.
    """
    for unit in own:
        text = leaflet.blocks[unit.block].text
        if not unit.figures:
            continue
        for contact in read(text):
            if contact.sure:
                yield Span(unit.block, contact.start, contact.end)
            if contact.kind != "telephone" and any(named(contact.written)):
                yield Span(unit.block, max(0, contact.start - _STREET), contact.end + _STREET)
        for match in (*_CALLED.finditer(text), *_LINE.finditer(text)):
            yield Span(unit.block, *match.span())


def of_pages(leaflet: Leaflet, own: Sequence[Unit], extra: Counter[Decimal]) -> None:
    """Take out the numbers of pages that a conversion left between two sentences, or after the last one."""
    for unit in own:
        for match in _PAGE.finditer(leaflet.blocks[unit.block].text):
            if extra[page := Decimal(match[1])] > 0 and (not match[2] or match[2].isupper()):
                extra[page] -= 1


def inside(leaflet: Leaflet, own: Sequence[Unit], lost: Counter[Decimal]) -> None:
    """Take out the figures of a list that the other side gives as a range: "steps 2, 3, 4" and "2-4"."""
    for unit in own:
        for match in _RANGE.finditer(leaflet.blocks[unit.block].text):
            first, last = (int(each) for each in match.groups())
            if last - first <= _LISTED:
                for value in range(first + 1, last):
                    lost[Decimal(value)] -= lost[Decimal(value)] > 0
