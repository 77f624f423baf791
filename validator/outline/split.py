"""From the blocks of a file to its leaflets: one, several, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from validator.document.blocks import Block, Change, Reading
from validator.document.facts import Facts
from validator.document.leaflet import Guess, Leaflet, Section
from validator.document.text import WORD, fold
from validator.document.wordtext import WordText, word_text
from validator.errors import UnreadableError
from validator.lexicon import Lexicon, lexicon
from validator.outline import recognise
from validator.outline.lines import Line, lines
from validator.outline.sections import Candidate, body_headings, candidates, contents_list, heading
from validator.outline.subsections import subsections

_LEAST_SECTIONS = 2
_SURE_SECTIONS = 5
_TITLE_WORDS = 5
_FRONT_WORDS = 15  # a title and a mark of absence are shorter; any opening statement is longer


@dataclass(frozen=True, slots=True)
class _Scan:
    """Blocks with their folded texts and words, computed once, and the lines and headings among them."""

    blocks: Sequence[Block]
    folded: Sequence[str]
    tokens: Sequence[Sequence[str]]
    lines: Sequence[Line]
    candidates: Sequence[Candidate]
    first: int = 0  # the number of its first block in the file


def leaflets(
    reading: Reading, *, market: str = "auto", language: str = "auto", template: str = ""
) -> tuple[Leaflet, ...]:
    """The leaflets of a file; an empty tuple if its text is no leaflet.

    UsageError: the market has no wording in the language, or not this version of the template.
    UnreadableError: the language found has no wording in any market.
    """
    outlines: list[Leaflet] = []
    refusals: list[UnreadableError] = []
    for document in _documents(reading):
        try:
            outlines += _outlines(document, market, language, template)
        except UnreadableError as error:
            if not _is_other(document):
                refusals.append(error)
    if refusals and not outlines:
        raise refusals[0]
    notes = tuple(f"another document of the file was not judged: {refusal}" for refusal in refusals)
    return tuple(_finish(outline, number, len(outlines), notes) for number, outline in enumerate(outlines, 1))


def _documents(reading: Reading) -> list[Reading]:
    """The documents that the format bounds, each as a reading of its own; else the whole."""
    return [
        replace(
            reading,
            blocks=reading.blocks[part.first : part.stop],
            language=part.language or reading.language,
            parts=(part,),
        )
        for part in reading.parts
    ] or [reading]


def _is_other(document: Reading) -> bool:
    """Whether the format calls a document something else than a leaflet."""
    return any(part.kind == "other" for part in document.parts)


def _outlines(reading: Reading, market: str, language: str, template: str) -> list[Leaflet]:
    """The leaflets of one document, without facts."""
    folded = [fold(block.text) for block in reading.blocks]
    tokens = [WORD.findall(text) for text in folded]
    text = word_text(folded, tokens)
    found_language = recognise.language(text, language, reading.language)
    found_market = recognise.market(text, found_language.value, market)
    if not found_language.value:
        return []
    if not found_market.value:
        raise UnreadableError(f"no market has wording in the language found ('{found_language.value}')")
    recognise.require(found_market.value, found_language.value)
    words = lexicon(found_market.value, found_language.value, template)
    scan = _scan(reading.blocks, folded, tokens, words)
    parts = _parts(scan, words)
    if len(parts) > 1:
        scans = [
            replace(_scan(reading.blocks[a:b], folded[a:b], tokens[a:b], words), first=a) for a, b in parts
        ]
    else:
        scans = [scan]
    return [
        replace(outline, language=found_language, market=found_market, template=template)
        for one in scans
        if (outline := _outline(reading, one, text if one is scan else None, words)) is not None
    ]


def _finish(outline: Leaflet, number: int, total: int, notes: tuple[str, ...]) -> Leaflet:
    from validator.facts.collect import collect

    title = _title(outline)
    part = f"{number} of {total}: {title}" if total > 1 else None
    leaflet = replace(outline, title=title, part=part, notes=outline.notes + notes)
    words = lexicon(leaflet.market.value, leaflet.language.value, leaflet.template)
    return replace(leaflet, facts=collect(leaflet, words))


def _scan(
    blocks: Sequence[Block], folded: Sequence[str], tokens: Sequence[Sequence[str]], words: Lexicon
) -> _Scan:
    found = lines(blocks, tokens)
    return _Scan(blocks, folded, tokens, found, candidates(found, blocks, words))


def _parts(scan: _Scan, words: Lexicon) -> list[tuple[int, int]]:
    """The half-open block ranges of the leaflets of a file, cut before each leaflet's title."""
    titles = [line.index for line in scan.lines if line.short and _is_title(line, words)]
    headed = [candidate.line.index for candidate in scan.candidates]
    cuts = [0]
    for title in titles:
        before = sum(cuts[-1] <= index < title for index in headed)
        after = any(index > title for index in headed)
        if before >= _LEAST_SECTIONS and after:
            cuts.append(title)
    return list(zip(cuts, [*cuts[1:], len(scan.blocks)], strict=True))


def _is_title(line: Line, words: Lexicon) -> bool:
    """A line that is the template's title, or begins with one long enough to be no running text."""
    match = words.titles.whole(line.words) or words.titles.match(line.words)
    if match is None or match.id != "title":
        return False
    return match.words >= _TITLE_WORDS or match.words == line.words.count(" ") - 1


def _outline(reading: Reading, scan: _Scan, text: WordText | None, words: Lexicon) -> Leaflet | None:
    contents = contents_list(scan.candidates, scan.lines, words)
    chosen, repeats = body_headings(scan.candidates, contents)
    # A document that its code calls something else is a leaflet only if there can be no doubt.
    if len(chosen) < (_SURE_SECTIONS if _is_other(reading) else _LEAST_SECTIONS):
        return None
    return Leaflet(
        blocks=tuple(scan.blocks),
        folded=tuple(scan.folded),
        language=Guess(""),
        market=Guess(""),
        sections=_sections(chosen, repeats, scan.lines, scan.blocks, words),
        contents_list=contents,
        wordtext=text or word_text(scan.folded, scan.tokens),
        facts=Facts(),
        format=reading.format,
        declared_language=reading.language,
        notes=reading.notes,
        lossy=_lossy(reading, scan, words, contents.first if contents else chosen[0].line.index),
        changes=_changes(reading, scan),
    )


def _changes(reading: Reading, scan: _Scan) -> tuple[Change, ...]:
    """The open changes in the blocks of a leaflet, numbered as its blocks are."""
    stop = scan.first + len(scan.blocks)
    return tuple(
        replace(change, block=change.block - scan.first)
        for change in reading.changes
        if scan.first <= change.block < stop
    )


def _lossy(reading: Reading, scan: _Scan, words: Lexicon, stop: int) -> frozenset[str]:
    """ "front" if the file says that content is unavailable and nothing stands before the contents list."""
    if "unavailable" not in reading.lossy:
        return reading.lossy
    titles = {line.index for line in scan.lines if _is_title(line, words) or words.titles.whole(line.words)}
    said = sum(len(scan.tokens[index]) for index in range(stop) if index not in titles)
    return reading.lossy | {"front"} if said < _FRONT_WORDS else reading.lossy


def _sections(
    chosen: Sequence[Candidate],
    repeats: dict[str, list[Candidate]],
    found: Sequence[Line],
    blocks: Sequence[Block],
    words: Lexicon,
) -> tuple[Section, ...]:
    numbers = {plan.id: plan.number for plan in words.profile.sections}
    by_index = {line.index: line for line in found}
    sections = [Section("front", 0, chosen[0].line.index)]
    for position, candidate in enumerate(chosen):
        first = candidate.line.index
        stop = chosen[position + 1].line.index if position + 1 < len(chosen) else len(blocks)
        headed = heading(candidate, blocks[first], numbers.get(candidate.id))
        again = tuple(heading(c, blocks[c.line.index], numbers.get(c.id)) for c in repeats[candidate.id])
        sections.append(
            Section(
                candidate.id,
                first,
                stop,
                headed,
                subsections(candidate.id, first + 1, stop, by_index, blocks, words),
                not any(block.text for block in blocks[first + 1 : stop] if block.kind != "furniture"),
                again,
            )
        )
    return tuple(sections)


def _title(leaflet: Leaflet) -> str:
    """The first lines of the leaflet that are not its template title: usually the name."""
    front = leaflet.sections[0]
    stop = leaflet.contents_list.first if leaflet.contents_list else front.stop
    for block in leaflet.blocks[front.first : min(stop, front.first + 6)]:
        if block.text and any(char.isdigit() or char.isupper() for char in block.text):
            return block.text[:80]
    return ""
