"""The names of adverse reactions under frequency categories, as a text on them lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from validator.document.blocks import Block
from validator.document.facts import Reaction
from validator.document.location import Span
from validator.document.text import fold, folded_words
from validator.facts.listings import PROSE, Listing, Stretch, breaks, listing
from validator.grammar import Grammar, sentence_ends

_HEAD, _HEAD_LONG = 3, 2  # words, or long ones, of a name after which other names may be enumerated
_LONG = 4  # letters: shorter words are most often articles and prepositions ("aumento de la lipasa")
LONGEST = 4  # words of a name; what is longer says more
_HALF = 2  # words of each of two names that "and" joins
_SHORTEST = 4  # letters
_PART = re.compile(r"(?<!\d)[,;]|[,;](?!\d)|[.:](?=\s|$)|[•\t]")
_MARK = re.compile(r"(?<=[^\W\d_])\d+(?:,\d+)*(?![^\W\d_])|[*†‡§#+^¹²³⁴⁵⁶⁷⁸⁹º]+")
_INNER = re.compile(r"\([^()]*\)\s*(?:\d+(?:,\d+)*)?")  # with the marks of footnotes after it
_NUMBER = re.compile(r"^\d+\s*(?=[^\W\d_])")
_EDGES = " ,;.:•-–\"'\t"  # signs before and after a name
_WORD = re.compile(r"\s*(\S+)")
_FULL = 0.9  # of the longest line of a column: a line that the next word would have made as long was not cut


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of what stands under a category: what is outside and inside of its brackets, folded.

    `first`: an enumeration begins with it. `plain`: nothing before it in its enumeration says more than a
    name, of which it may be a sign ("hypersensitivity reactions including rash, fever", "reactions: rash").
    """

    label: str
    name: str
    inner: tuple[str, ...]
    span: Span
    first: bool
    plain: bool


def parts(blocks: Mapping[int, Block], found: Listing) -> Iterator[Part]:
    """The pieces of all that stands under categories."""
    widths = _widths(blocks)
    for stretch in found.under:
        block = blocks[stretch.block]
        width = widths.get(_column(block, stretch.start), 0)
        plain = first = True
        for start, end in _pieces(block, stretch, width):
            text = block.text[start:end]
            name, inner = _named(text)
            begin = start + len(text) - len(text.lstrip(_EDGES))
            span = Span(stretch.block, begin, start + len(text.rstrip(_EDGES)))
            yield Part(stretch.label, name, inner, span, first, plain)
            sign = text.rstrip()[-1:]
            plain = sign != ":" and (sign != "," or (plain and _is_plain(name)))
            first = sign not in (",", ":")


def _column(block: Block, start: int) -> tuple[int, int]:
    """Which column of which kind of table characters stand in: (0, 0) outside of tables."""
    if block.kind != "row":
        return 0, 0
    return len(block.cells), sum(offset <= start for offset in block.cells)


def _widths(blocks: Mapping[int, Block]) -> dict[tuple[int, int], int]:
    """How many characters the longest line of each column has, where the format has lines."""
    found: dict[tuple[int, int], int] = {}
    for block in blocks.values():
        offsets = [anchor.offset for anchor in block.anchors if anchor.page]
        for first, stop in zip(offsets, [*offsets[1:], len(block.text)], strict=False):
            column = _column(block, first + 1)
            found[column] = max(found.get(column, 0), len(block.text[first:stop].strip()))
    return found


def _pieces(block: Block, stretch: Stretch, width: int) -> Iterator[tuple[int, int]]:
    """The pieces of a stretch: what commas, semicolons, sentences and lines part, brackets left whole."""
    text = block.text
    cuts = {match.end() for match in _PART.finditer(text, stretch.start, stretch.end)}
    cuts |= set(_line_ends(block, stretch, width))
    depth, at, first = 0, stretch.start, stretch.start
    for cut in [*sorted(cuts), stretch.end]:
        depth += text.count("(", at, cut) - text.count(")", at, cut)
        at = cut
        if depth <= 0 or cut == stretch.end:
            if text[first:cut].strip(_EDGES):
                yield first, cut
            first, depth = cut, 0


def _line_ends(block: Block, stretch: Stretch, width: int) -> Iterator[int]:
    """Where a line ends a name: the next word had had room in it or, without lines, begins with a capital."""
    text = block.text
    before = stretch.start
    for at in breaks(block, stretch.start, stretch.end):
        word = _WORD.match(text, at, stretch.end)
        if word is None:
            continue
        if block.anchors[0].page:
            ends = len(text[before:at].strip()) + 1 + len(word[1]) <= _FULL * width
        else:
            ends = word[1][0].isupper() and word[1][1:2].islower()
        if ends:
            yield at
        before = at


def _named(text: str) -> tuple[str, tuple[str, ...]]:
    """The name outside of brackets, without marks of footnotes, and what stands in each bracket."""
    folded = fold(text).strip(_EDGES)
    inner = tuple(_clean(piece) for piece in re.findall(r"\(([^()]*)\)", folded))
    return _clean(_INNER.sub(" ", folded)), tuple(filter(None, inner))


def _clean(text: str) -> str:
    plain = " ".join(_MARK.sub(" ", text).split()).strip(_EDGES)
    return _NUMBER.sub("", plain)


def _is_plain(name: str) -> bool:
    """Whether a name says too little to hold a sign ("reaction with rash")."""
    words = name.split()
    long = sum(len(word) >= _LONG for word in words)
    return len(words) <= _HEAD or (len(words) <= LONGEST and long <= _HEAD_LONG)


def halves(name: str, grammar: Grammar) -> tuple[str, ...]:
    """The two short names that "and" joins in one: "nausea and vomiting"; () where there are none."""
    words = name.split()
    joins = {fold(word) for word in grammar.data.dosing["and"]}
    at = [place for place, word in enumerate(words) if word in joins]
    if len(at) != 1 or not 0 < at[0] < len(words) - 1:
        return ()
    both = (words[: at[0]], words[at[0] + 1 :])
    short = all(len(half) <= _HALF and len(" ".join(half)) >= _SHORTEST for half in both)
    return tuple(" ".join(half) for half in both) if short else ()


def is_name(text: str) -> bool:
    """Whether a text may be the name of a reaction by its length."""
    return len(text) >= _SHORTEST and len(text.split()) <= LONGEST


class Index:
    """Which categories stand with every run of words that is short enough for a name."""

    def __init__(self) -> None:
        self._labels: dict[str, set[str]] = {}

    def add(self, folded: str, labels: Iterable[str]) -> None:
        """Note the categories of a text."""
        words = folded_words(folded)
        for start in range(len(words)):
            for stop in range(start + 1, min(start + LONGEST, len(words)) + 1):
                self._labels.setdefault(" ".join(words[start:stop]), set()).update(labels)

    def labels(self, term: str) -> Set[str]:
        """The categories of all texts that hold the words of a term."""
        return self._labels.get(" ".join(folded_words(term)), frozenset())


def mentions(blocks: Mapping[int, Block], rest: Iterable[int], grammar: Grammar) -> Index:
    """What sentences outside of lists say with a category: an effect in one may stand under two."""
    index = Index()
    for number in rest:
        text = blocks[number].text
        folded = fold(text)
        if grammar.names_category(folded):
            ends = [*sentence_ends(folded, text), len(text)]
            for start, stop in zip([0, *ends], ends, strict=False):
                tokens = grammar.tokens(folded[start:stop], grammar.frequency)
                index.add(folded[start:stop], {token.value for token in tokens if token.kind == "label"})
    return index


def reactions(blocks: Mapping[int, Block], grammar: Grammar) -> tuple[Reaction, ...]:
    """The reactions that a section 4.8 lists under categories, each once, in their order.

    `sure` are those whose categories are all known: without a qualification in brackets, and in no table that
    could not be read.
    """
    found = listing(blocks, grammar)
    first = min((stretch.block for stretch in found.under), default=0)
    rest = [index for index in found.rest if index > first]  # before it, only the summary of the profile
    elsewhere = mentions(blocks, rest, grammar)
    for text in _unread(blocks, rest):
        elsewhere.add(text, {""})
    labels: dict[str, list[str]] = {}
    places: dict[str, Span] = {}
    doubtful: set[str] = set()
    for part in parts(blocks, found):
        if len(part.name) < _SHORTEST:
            continue
        qualified = not part.plain or any(not any(map(str.isdigit, inner)) for inner in part.inner)
        for name in (part.name, *halves(part.name, grammar)):
            labels.setdefault(name, []).append(part.label)
            places.setdefault(name, part.span)
            doubtful |= {name} if qualified else set()
    return tuple(
        Reaction(
            term,
            tuple(dict.fromkeys(labels[term])),
            blocks[span.block].text[span.start : span.end],
            blocks[span.block].place(span.start, span.end),
            term not in doubtful and elsewhere.labels(term) <= {*labels[term]},
        )
        for term, span in places.items()
    )


def _unread(blocks: Mapping[int, Block], rest: Iterable[int]) -> Iterator[str]:
    """The rows and lines under no category that is known, folded; headings of running text are none."""
    for index in rest:
        block = blocks[index]
        following = blocks.get(index + 1)
        heads = following is not None and len(following.text.split()) > PROSE
        if block.kind == "row" or (len(block.text.split()) <= PROSE and not heads):
            yield _MARK.sub(" ", fold(block.text))
