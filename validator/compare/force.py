"""Sentences that the source makes urgent or a duty and the translation does not: for a person to judge."""

from __future__ import annotations

from collections.abc import Iterator

from validator.catalogue import language_pack
from validator.compare.alignment import misfit
from validator.compare.data import denials, hedges, urgency
from validator.compare.denials import folded, hit_beside, side_by_side
from validator.compare.pair import Pair
from validator.compare.units import Unit
from validator.document.leaflet import Leaflet
from validator.document.outcome import Hit, Outcome, met
from validator.document.text import folded_words, words

_LONG = 250  # characters of one sentence; a paragraph may ask for several things
_FITS = 4.0  # standard deviations of length beyond which two texts are no sentence and its translation


def compare(pair: Pair) -> Outcome:
    """What is to be done at once, and what must be, stands in the translation as such."""
    ours, theirs = urgency(pair.source.language.value), urgency(pair.target.language.value)
    if ours is None or theirs is None:
        return Outcome(verdict="review", note="no-force")
    denied = denials(pair.source.language.value)
    hedged, softened = hedges(pair.source.language.value), hedges(pair.target.language.value)
    duties, options = _modal(pair.source, "strong"), _modal(pair.source, "weak")
    their_duties, their_options = _modal(pair.target, "strong"), _modal(pair.target, "weak")
    hits: list[Hit] = []
    for bead in pair.both:
        whole = folded(pair.source, bead.left)
        soft = softened is not None and softened.plain.search(folded(pair.target, bead.right)) is not None
        asked = soft or ours.plain.search(whole) or duties.intersection(folded_words(whole))
        if not pair.sure(bead) or not asked:
            continue
        for left, right in side_by_side(pair, bead):
            own, other = folded(pair.source, left), folded(pair.target, right)
            if own == other or abs(_misfit(pair, left, right)) > _FITS:
                continue
            if ours.plain.search(own) and not theirs.loose.search(other):
                hits.append(hit_beside(pair, bead, left, right, "urgency"))
                continue
            said, told = set(folded_words(own)), set(folded_words(other))
            must = said & duties and not said & options and not (denied and denied.plain.search(own))
            if must and told & their_options and not told & their_duties:
                hits.append(hit_beside(pair, bead, left, right, "duty"))
            elif softened and hedged and denied and len(other) < _LONG and softened.plain.search(other):
                # "Do not", "avoid" or "must" that became "preferably not", "a moderate amount".
                if (denied.loose.search(own) or said & duties) and not hedged.loose.search(own):
                    hits.append(hit_beside(pair, bead, left, right, "hedge"))
    return Outcome(tuple(hits)) if hits else met("as-binding")


def _misfit(pair: Pair, left: tuple[Unit, ...], right: tuple[Unit, ...]) -> float:
    return misfit(sum(u.length for u in left), sum(u.length for u in right), pair.expansion)


def _modal(leaflet: Leaflet, key: str) -> frozenset[str]:
    """The words of a duty, or of what may be done, in a language; "not" is `compare/denial`."""
    told = language_pack(leaflet.market.value, leaflet.language.value).modality
    denied = frozenset(_plain(told.get("not", ())))
    return frozenset(_plain(told.get(key, ()))) - denied


def _plain(entries: tuple[str, ...]) -> Iterator[str]:
    return (word for entry in entries for word in words(entry))
