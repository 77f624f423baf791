"""Substances: what the source names, the translation names in the form of its language; E numbers too.

Known INNs are known in all languages. Of others the words that end like a group of INNs ("-azole",
"-floxacin") are looked for: in another language they are written nearly alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from validator.compare.alignment import Bead
from validator.compare.data import comparison
from validator.compare.pair import Pair, Side
from validator.compare.vocabulary import vocabulary
from validator.compare.words import sounds
from validator.document.leaflet import Leaflet, once
from validator.document.location import Span
from validator.document.outcome import Hit, Outcome, met
from validator.document.text import WORD
from validator.resources import of_law
from validator.substances import named

# "E" is a letter of the Latin, Greek or Cyrillic script.
_E_NUMBER = re.compile(r"(?<![^\W_])[E\u0395\u0415] ?-?(?P<number>\d{3,4})(?=[a-f]?(?![^\W_]|[.,]\d))")
_NEAR = 3  # beads in which a substance may stand that another order of clauses has moved
_LEAST = 7  # letters of a word that is known by its ending
_BEGINNING, _SLIPS = 5, 1  # letters at the beginning that are alike, but for so many
_ALIKE = 70  # likeness of the whole words, of 100
_CLASSES = {**dict.fromkeys("bpfv", "p"), **dict.fromkeys("dt", "t"), **dict.fromkeys("gkhs", "s"), "m": "n"}
_DOUBLE = re.compile(r"(.)\1")
_WITHIN = 90  # likeness of a word to a part of a compound


@dataclass(frozen=True, slots=True)
class _Named:
    """A substance that a bead names: its INN if it is known, the sounds of its name, and its place."""

    inn: str
    sound: str
    span: Span


def compare(pair: Pair) -> Outcome:
    """Every substance of the source is named by the translation where the source names it."""
    hits = [*_numbers(pair), *_names(pair)]
    return Outcome(tuple(hits)) if hits else met("substances")


def _numbers(pair: Pair) -> Iterator[Hit]:
    """E numbers that one of the two leaflets has nowhere; those without another in their place as one."""
    free = list(unshared(pair.target, pair.source))
    lost: list[Span] = []
    for span in unshared(pair.source, pair.target):
        if free:
            yield _additive(pair, [span], free.pop(0))
        else:
            lost.append(span)
    if lost:
        yield _additive(pair, lost, None)


def _additive(pair: Pair, spans: Sequence[Span], instead: Span | None) -> Hit:
    own = ", ".join(pair.source.text(span) for span in spans)
    text = pair.target.text(instead) if instead else ""
    section = pair.source.section_at(spans[0].block)
    return Hit(
        "inconsistent" if instead else "altered",
        "other" if instead else "additive",
        instead or _home(pair, spans[0]),
        section.id if section else "",
        text,
        own,
        {"source": own, "target": text},
        beside=spans[0],
    )


@once
def _additives(leaflet: Leaflet) -> Mapping[str, Span]:
    found: dict[str, Span] = {}
    for index, block in enumerate(leaflet.blocks):
        for match in _E_NUMBER.finditer(block.text):
            found.setdefault(match["number"], Span(index, match.start(), match.end()))
    return found


def unshared(leaflet: Leaflet, other: Leaflet) -> tuple[Span, ...]:
    """Where a leaflet has E numbers that another one has nowhere."""
    theirs = _additives(other)
    return tuple(span for number, span in _additives(leaflet).items() if number not in theirs)


def _home(pair: Pair, span: Span) -> Span | None:
    """The target of the bead that holds a place of the source."""
    bead = next((bead for bead in pair.both if any(unit.block == span.block for unit in bead.left)), None)
    return pair.span(bead, "right") if bead else None


def _names(pair: Pair) -> Iterator[Hit]:
    beads = pair.both
    ours = [_substances(pair, bead, "left") for bead in beads]
    if not any(ours):
        return
    theirs = [_substances(pair, bead, "right") for bead in beads]
    told = [frozenset(map(sounds, pair.words(bead, "right"))) - {""} for bead in beads]
    for at, bead in enumerate(beads):
        if not ours[at]:
            continue
        for one in ours[at]:
            if other := _twin(one, theirs[at], told[at]):
                yield _hit(pair, bead, one, other, "twin")
        near = [place for place in _near(at, len(beads)) if beads[place].section == bead.section]
        lost = [
            one for one in ours[at] if not any(_stands(one, theirs[place], told[place]) for place in near)
        ]
        known = [one for place in near for one in ours[place]]
        new = [other for other in theirs[at] if not any(_same(one, other) for one in known)]
        section = [place for place in range(len(beads)) if beads[place].section == bead.section]
        for one in lost:
            if new:
                yield _hit(pair, bead, one, new.pop(0))
            elif not any(_stands(one, theirs[place], told[place]) for place in section):
                yield _hit(pair, bead, one, None)


def _near(at: int, count: int) -> range:
    return range(max(0, at - _NEAR), min(count, at + _NEAR + 1))


def _stands(one: _Named, named_there: Sequence[_Named], words: Set[str]) -> bool:
    """Whether a substance is named by one side of a bead: as its INN, or by a word written alike."""
    return any(one.inn and one.inn == other.inn for other in named_there) or any(
        _alike(one.sound, word) for word in words
    )


def _same(one: _Named, other: _Named) -> bool:
    return (one.inn == other.inn) if one.inn and other.inn else _alike(one.sound, other.sound)


def _alike(name: str, word: str) -> bool:
    """Whether a word is a name in the writing of another language, or a compound that holds it."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    begins = Levenshtein.distance(name[:_BEGINNING], word[:_BEGINNING], score_cutoff=_SLIPS) <= _SLIPS
    if begins and fuzz.ratio(name, word[: len(name) + 1]) >= _ALIKE:
        return True
    return len(word) > len(name) and fuzz.partial_ratio(name, word, score_cutoff=_WITHIN) > 0


def _twin(one: _Named, named_there: Sequence[_Named], words: Set[str]) -> _Named | None:
    """A substance of the translation that is written nearly as that of the source, which it lacks."""
    if any(one.inn and one.inn == other.inn for other in named_there):
        return None
    alike = {word for word in words if _alike(one.sound, word)}
    if any(_spelt(one.sound, word) for word in alike):
        return None
    return next((other for other in named_there if other.sound in alike), None)


def _spelt(name: str, word: str) -> bool:
    """Whether a word that is alike has all consonants of a name, and no prefix that makes another INN."""
    before = word[: max(0, word.find(name[:_BEGINNING]))]
    return before not in _isomers() and _consonants(name) in _consonants(word)


def _consonants(sound: str) -> str:
    """The consonants of a word, those as one that are exchanged between languages."""
    return _DOUBLE.sub(
        r"\1", "".join(_CLASSES.get(letter, letter) for letter in sound if letter not in "aeiou")
    )


@of_law
def _isomers() -> frozenset[str]:
    """Beginnings that make another INN of one ("es-", "levo-"), as they sound; "es-" before an "s", too."""
    return frozenset(
        sound for each in comparison().isomers for sound in (sounds(each), sounds(each)[:-1])
    ) - {""}


def _hit(pair: Pair, bead: Bead, one: _Named, instead: _Named | None, case: str = "other") -> Hit:
    own = pair.source.text(one.span)
    span = instead.span if instead else pair.span(bead, "right")
    text = pair.target.text(span) if span else ""
    return Hit(
        "inconsistent" if instead else "altered",
        case if instead else "unnamed",
        span,
        bead.section,
        text,
        own,
        {"source": own, "target": text},
        review=case == "twin" or bead.moved or not pair.sure(bead),
        beside=one.span,
    )


def _substances(pair: Pair, bead: Bead, side: Side) -> list[_Named]:
    """The substances that one side of a bead names, each once."""
    leaflet, own = (pair.source, bead.left) if side == "left" else (pair.target, bead.right)
    ordinary = vocabulary(leaflet.market.value, leaflet.language.value)
    found: dict[str, _Named] = {}
    for unit in own:
        text = " ".join(leaflet.wordtext.words(unit.block))
        known = named(f" {text} ")
        for match in WORD.finditer(leaflet.folded[unit.block]):
            word = match.group()
            inn = next((inn for inn in known if inn in named(f" {word} ")), "") if known else ""
            if inn or (len(word) >= _LEAST and word not in ordinary and _ends_so(word)):
                one = _Named(inn, sounds(inn.split()[0] if inn else word), Span(unit.block, *match.span()))
                found.setdefault(inn or one.sound, one)
    return list(found.values())


@lru_cache(maxsize=20_000)
def _ends_so(word: str) -> bool:
    """Whether a word ends like a group of INNs, whatever vowel its language puts after it."""
    sound = sounds(word)
    return len(sound) >= _LEAST - 2 and sound.rstrip("aeiou").endswith(_endings())


@of_law
def _endings() -> tuple[str, ...]:
    return tuple(sounds(ending).rstrip("aeiou") for ending in comparison().endings)
