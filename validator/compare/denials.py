"""Sentences that say “not” in the source and deny nothing in the translation: for a person to judge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from validator.compare.alignment import Bead, matched, misfit
from validator.compare.data import Denial, denials
from validator.compare.pair import Pair
from validator.compare.units import Unit, clauses, sentences
from validator.document.leaflet import Leaflet
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.document.text import fold, words
from validator.lexicon import lexicon
from validator.statements import Phrase

_ALIKE = 80  # likeness from which a sentence is that of the template, with another profession in it
_TWICE = 2  # denials of a sentence, of which its translation may have lost one
_FITS = 1.0  # standard deviations of length within which a translation condenses nothing
_LONG = 6  # sentences of a paragraph beyond which matching them is left


def compare(pair: Pair) -> Outcome:
    """Where the source denies, the translation denies."""
    from rapidfuzz import fuzz

    ours = denials(pair.source.language.value)
    theirs = denials(pair.target.language.value)
    if ours is None or theirs is None:
        return Outcome(verdict="review", note="no-denials")
    otherwise = _said_otherwise(pair, ours.plain, theirs.loose)
    hits: list[Hit] = []
    for bead in pair.both:
        if not pair.sure(bead) or not ours.plain.search(folded(pair.source, bead.left)):
            continue
        fewer = [*_fewer(pair, bead, ours, theirs), *_one_of_two(pair, bead, ours, theirs)]
        hits += fewer or [
            hit_beside(pair, bead, left, right, "denial")
            for left, right in side_by_side(pair, bead)
            if ours.plain.search(own := folded(pair.source, left))
            and not _denies(theirs, other := folded(pair.target, right), bool(ours.limits.search(own)))
            and own != other  # that is no translation at all
            and not any(fuzz.ratio(phrase.plain, " ".join(words(own))) >= _ALIKE for phrase in otherwise)
        ]
    return Outcome(tuple(hits)) if hits else met("denied-on-both-sides")


def _denies(theirs: Denial, text: str, limited: bool) -> bool:
    """Whether a text denies. Where its source tells an exception, the word for that one does not do so."""
    return bool((theirs.firm if limited else theirs.loose).search(theirs.active(text) if limited else text))


def hit_beside(pair: Pair, bead: Bead, left: tuple[Unit, ...], right: tuple[Unit, ...], case: str) -> Hit:
    """What a part of the translation says less firmly than its source, for review."""
    there, here = span_of(left), span_of(right)
    return Hit(
        "altered",
        case,
        here,
        bead.section,
        pair.target.text(here),
        pair.source.text(there),
        review=True,
        beside=there,
    )


def _fewer(pair: Pair, bead: Bead, ours: Denial, theirs: Denial) -> Iterator[Hit]:
    """Sentences that deny and have no counterpart, where the translation has fewer and is short."""
    source = sentences(pair.source, bead.left, pair.source_grammar)
    target = sentences(pair.target, bead.right, pair.target_grammar)
    denied = [each for each in source if ours.plain.search(folded(pair.source, (each,)))]
    joined = clauses(pair.target, bead.right) - clauses(pair.source, bead.left)
    if len(source) - len(target) <= max(0, joined) or len(source) > _LONG:
        return
    if len(denied) <= sum(bool(theirs.loose.search(folded(pair.target, (each,)))) for each in target):
        return
    # "Do not chew or crush it" may say twice in one sentence what two sentences of the source deny.
    told = sum(len(theirs.single.findall(folded(pair.target, (each,)))) for each in target)
    if sum(len(ours.single.findall(folded(pair.source, (each,)))) for each in denied) <= told:
        return
    left, right = (sum(unit.length for unit in side) for side in (bead.left, bead.right))
    if misfit(left, right, pair.expansion) > 0:
        return
    for each in matched(bead.section, source, target, pair.expansion):
        if each.lonely and each.left and any(unit in denied for unit in each.left):
            yield hit_beside(pair, bead, each.left, bead.right, "sentence")


def _one_of_two(pair: Pair, bead: Bead, ours: Denial, theirs: Denial) -> Iterator[Hit]:
    """Sentences that deny twice, where the translation is as long and denies once ("must not, as it is not").

    "Not known (cannot be estimated)" is no such sentence.
    """
    if any(unit.label for unit in bead.left):
        return
    for left, right in side_by_side(pair, bead):
        own, other = folded(pair.source, left), folded(pair.target, right)
        if len(ours.plain.findall(own)) != _TWICE or len(theirs.single.findall(theirs.active(other))) != 1:
            continue
        source = sentences(pair.source, left, pair.source_grammar)
        target = sentences(pair.target, right, pair.target_grammar)
        here, there = (sum(unit.length for unit in side) for side in (left, right))
        if len(source) == len(target) == 1 and abs(misfit(here, there, pair.expansion)) < _FITS:
            yield hit_beside(pair, bead, left, right, "one-of-two")


Sides = tuple[tuple[Unit, ...], tuple[Unit, ...]]


def side_by_side(pair: Pair, bead: Bead) -> Sequence[Sides]:
    """The sentences of a bead side by side, the whole where their numbers differ; several checks ask."""
    if bead not in pair.sides:
        pair.sides[bead] = tuple(_side_by_side(pair, bead))
    return pair.sides[bead]


def _side_by_side(pair: Pair, bead: Bead) -> Iterator[Sides]:
    ours = sentences(pair.source, bead.left, pair.source_grammar)
    theirs = sentences(pair.target, bead.right, pair.target_grammar)
    if len(ours) != len(theirs) or len(ours) > _LONG:
        yield bead.left, bead.right
        return
    for each in matched(bead.section, ours, theirs, pair.expansion):
        if not each.lonely:
            yield each.left, each.right


def _said_otherwise(pair: Pair, ours: re.Pattern[str], theirs: re.Pattern[str]) -> list[Phrase]:
    """Sentences of the source's template that deny, where that of the target says the same without."""
    source, target = (lexicon(x.market.value, x.language.value) for x in (pair.source, pair.target))
    found: list[Phrase] = []
    for key, wording in source.pack.statements.items():
        other = target.pack.statements.get(key)
        if other and not theirs.search(fold(other.text)):
            found += [phrase for phrase in source.phrases(wording.text) if ours.search(fold(phrase.source))]
    return found


def folded(leaflet: Leaflet, own: tuple[Unit, ...]) -> str:
    """The folded text of some units."""
    return " ".join(leaflet.folded[unit.block][unit.start : unit.end] for unit in own)


def span_of(own: tuple[Unit, ...]) -> Span:
    """The place of some units, from the first to the last."""
    first, last = own[0], own[-1]
    return Span(first.block, first.start, last.end, -1 if first.block == last.block else last.block)
