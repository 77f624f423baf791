"""Where one document of a file ends and the next begins: told by the format, else by the titles of leaflets.

An EMA product information holds the SmPC, annexes, labelling and one to a dozen leaflets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from validator.catalogue import languages
from validator.document.blocks import Block, Part, Reading
from validator.lexicon import Lexicon, lexicon
from validator.outline import recognise
from validator.outline.lines import Line, Words
from validator.outline.sections import body_headings, candidates, contents_lists

_OTHER_WORDS = 400  # before the first title: more than any leaflet has there, less than any SmPC
_TITLE_WORDS = 5
_LEAST_SECTIONS = 2  # with fewer a part is no leaflet by itself
_WINDOW, _SAMPLE = 10_000, 2_000  # characters: how often the language is looked at, and in how much text


def documents(
    reading: Reading, words: Words, *, market: str = "auto", language: str = "auto"
) -> tuple[Part, ...]:
    """The documents in a file in reading order; the whole if nothing bounds them.

    `words` are those of its blocks. What stands before the first leaflet (SmPC, labelling) is of
    kind "other".
    """
    whole = (Part(0, len(reading.blocks)),)
    known = _lexicons(words, market, language)
    parts = _whole(words, reading.parts, known) or whole
    return tuple(piece for part in parts for piece in _cut(words, part, known))


def _whole(words: Words, parts: Sequence[Part], known: Sequence[Lexicon]) -> list[Part]:
    """The parts of a file; a leaflet whose sections are parts of their own is one again."""
    runs: list[list[Part]] = []
    for part in parts:
        if part.continues and runs:
            runs[-1].append(part)
        else:
            runs.append([part])
    found: list[Part] = []
    for run in runs:
        in_pieces = len(run) > 1 and all(_headings(words, part, known) < _LEAST_SECTIONS for part in run)
        found += [replace(run[0], stop=run[-1].stop)] if in_pieces else run
    return found


def _headings(words: Words, part: Part, known: Sequence[Lexicon]) -> int:
    """How many sections of a template begin in a part."""
    piece = words.part(part.first, part.stop)
    found = ((candidates(piece.lines, piece.blocks, law), law) for law in known)
    begun = (body_headings(each, contents_lists(each, piece.lines, piece.blocks, law)) for each, law in found)
    return max((len(chosen) for chosen, _ in begun), default=0)


def _cut(words: Words, part: Part, known: Sequence[Lexicon]) -> list[Part]:
    """A document cut before the title of each leaflet in it."""
    words = words.part(part.first, part.stop)
    blocks = words.blocks
    titles = _titles(words, known)
    if not titles or (len(titles) == 1 and not _is_long(blocks[: titles[0]])):
        return [part]
    starts = _starts(words, titles, known)
    other = _is_long(blocks[: starts[0]])
    pieces = pairwise([0, *(starts if other else starts[1:]), len(blocks)])
    return [
        replace(
            part,
            first=part.first + first,
            stop=part.first + stop,
            title=blocks[first].text,
            kind="other" if (other and not first) or part.kind == "other" else "leaflet",
        )
        for first, stop in pieces
    ]


def _is_long(blocks: Sequence[Block]) -> bool:
    return sum(len(block.text.split()) for block in blocks) >= _OTHER_WORDS


def _titles(words: Words, known: Sequence[Lexicon]) -> list[int]:
    """The numbers of the blocks that are the title of a leaflet."""
    return [line.block for line in words.lines if line.short and any(is_title(line, law) for law in known)]


def _starts(words: Words, titles: Sequence[int], known: Sequence[Lexicon]) -> list[int]:
    """The titles that begin a leaflet: where the headings begin anew, so no title that is repeated."""
    blocks = words.blocks
    found = words.lines
    order = {plan.id: number for law in known for number, plan in enumerate(law.profile.sections)}
    headings = sorted({(c.line.block, order[c.id]) for law in known for c in candidates(found, blocks, law)})
    starts = [titles[0]]
    for title in titles[1:]:
        before = [number for index, number in headings if starts[-1] <= index < title]
        after = next((number for index, number in headings if index > title), None)
        if after is None:
            break
        if before and after <= before[-1]:
            starts.append(title)
        elif not before and _is_long(blocks[starts[-1] : title]):
            starts[-1] = title
    return starts


def is_title(line: Line, words: Lexicon) -> bool:
    """A line that is the template's title, or begins with one long enough to be no running text."""
    closed = words.titles.closed
    if closed is not None and line.opening not in closed:
        return False
    match = words.titles.whole(line.words) or words.titles.match(line.words)
    if match is None or match.id != "title":
        return False
    return match.words >= _TITLE_WORDS or match.words == line.words.count(" ") - 1


def _lexicons(words: Words, market: str, language: str) -> list[Lexicon]:
    """The wording of every language that a stretch of the text is in, in the market told by its cues."""
    codes = [language] if language != "auto" else _languages(words)
    names = ((recognise.market(words.text, code, market).value, code) for code in codes)
    return [lexicon(name, code) for name, code in names if name and code in languages(name)]


def _languages(words: Words) -> list[str]:
    text = words.text.text
    samples = (text[at : at + _SAMPLE].split() for at in range(0, len(text), _WINDOW))
    guesses = (recognise.most_frequent(recognise.frequent(sample)) for sample in samples)
    return sorted({code for code in guesses if code})
