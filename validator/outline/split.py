"""From the blocks of a file to its leaflets: one, several, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from validator.document.blocks import Block, Part, Reading
from validator.document.facts import Facts, Reaction
from validator.document.leaflet import Guess, Leaflet, Section
from validator.errors import UnreadableError
from validator.lexicon import Lexicon, lexicon
from validator.outline import recognise, smpc
from validator.outline.documents import documents, is_title
from validator.outline.lines import Line, Words, words_of
from validator.outline.parting import parted
from validator.outline.sections import (
    Candidate,
    body_headings,
    candidates,
    contents_lists,
    contents_paragraph,
    heading,
)
from validator.outline.subsections import subsections

_LEAST_SECTIONS = 2
_SURE_SECTIONS = 5
_FRONT_WORDS = 15  # a title and a mark of absence are shorter; any opening statement is longer


def leaflets(
    reading: Reading, *, market: str = "auto", language: str = "auto", template: str = ""
) -> tuple[Leaflet, ...]:
    """The leaflets of a file; an empty tuple if its text is no leaflet.

    UsageError: the market has no wording in the language, or not this version of the template.
    UnreadableError: the language found has no wording in any market.
    """
    outlines: list[Leaflet] = []
    refusals: list[UnreadableError] = []
    seen: list[smpc.Document] = []
    for document, words in _documents(reading, market, language):
        found: list[Leaflet] = []
        try:
            found = _outlines(document, words, market, language, template)
        except UnreadableError as error:
            if not _is_other(document):
                refusals.append(error)
        (part,) = document.parts
        seen.append(smpc.Document(part.first, part.stop, found[0].language.value if found else ""))
        outlines += found
    if refusals and not outlines:
        raise refusals[0]
    notes = tuple(f"another document of the file was not judged: {refusal}" for refusal in refusals)
    starts = [document.first for document in seen if document.language]
    read = _reactions(smpc.effects(reading.blocks, seen), outlines, starts)
    return tuple(
        _finish(outline, number, len(outlines), notes, read.get(first, ()))
        for number, (outline, first) in enumerate(zip(outlines, starts, strict=True), 1)
    )


def _reactions(
    effects: Mapping[int, Mapping[int, Block]], outlines: Sequence[Leaflet], starts: Sequence[int]
) -> dict[int, tuple[Reaction, ...]]:
    """What the SmPCs list, by the first blocks of the leaflets they belong to."""
    if not effects:
        return {}
    from validator.facts.reactions import reactions

    done: dict[int, tuple[Reaction, ...]] = {}
    found: dict[int, tuple[Reaction, ...]] = {}
    for outline, first in zip(outlines, starts, strict=True):
        if section := effects.get(first):
            words = lexicon(outline.market.value, outline.language.value, outline.template)
            if id(section) not in done:
                done[id(section)] = reactions(section, words.grammar)
            found[first] = done[id(section)]
    return found


def unsectioned(reading: Reading, *, market: str = "auto", language: str = "auto") -> Leaflet:
    """The text of a file as one leaflet without sections: for texts that are parts of one.

    UnreadableError: the language is not recognised, or has no wording in any market.
    """
    text = words_of(reading.blocks)
    found_language = recognise.language(text.text, language, reading.language)
    found_market = recognise.market(text.text, found_language.value, market)
    if not found_language.value or not found_market.value:
        raise UnreadableError("the language of the text was not recognised: state it")
    recognise.require(found_market.value, found_language.value)
    from validator.facts.collect import loose

    return Leaflet(
        blocks=tuple(text.blocks),
        folded=tuple(text.folded),
        language=found_language,
        market=found_market,
        sections=(),
        contents_list=None,
        wordtext=text.text,
        facts=loose(reading.blocks, lexicon(found_market.value, found_language.value)),
        format=reading.format,
        declared_language=reading.language,
        notes=reading.notes,
    )


def _documents(reading: Reading, market: str, language: str) -> list[tuple[Reading, Words]]:
    """The documents of a file, each as a reading of its own with its words."""
    words = words_of(reading.blocks)
    parts = documents(reading, words, market=market, language=language)
    return [(_part(reading, part), words.part(part.first, part.stop)) for part in parts]


def _part(reading: Reading, part: Part) -> Reading:
    return replace(
        reading,
        blocks=reading.blocks[part.first : part.stop],
        language=part.language or reading.language,
        parts=(part,),
        changes=tuple(
            replace(change, block=change.block - part.first)
            for change in reading.changes
            if part.first <= change.block < part.stop
        ),
    )


def _is_other(document: Reading) -> bool:
    """Whether the format calls a document something else than a leaflet."""
    return any(part.kind == "other" for part in document.parts)


def _outlines(reading: Reading, text: Words, market: str, language: str, template: str) -> list[Leaflet]:
    """The leaflets of one document, without facts."""
    found_language = recognise.language(text.text, language, reading.language)
    found_market = recognise.market(text.text, found_language.value, market)
    if not found_language.value:
        return []
    if not found_market.value:
        raise UnreadableError(f"no market has wording in the language found ('{found_language.value}')")
    recognise.require(found_market.value, found_language.value)
    words = lexicon(found_market.value, found_language.value, template)
    text, changes = parted(text, reading.changes, words)
    outline = _outline(replace(reading, changes=changes), text, words)
    if outline is None:
        return []
    return [replace(outline, language=found_language, market=found_market, template=template)]


def _finish(
    outline: Leaflet, number: int, total: int, notes: tuple[str, ...], reactions: tuple[Reaction, ...]
) -> Leaflet:
    from validator.facts.collect import collect

    words = lexicon(outline.market.value, outline.language.value, outline.template)
    title = _title(outline, words)
    part = f"{number} of {total}: {title}{_pages(outline.blocks)}" if total > 1 else None
    leaflet = replace(outline, title=title, part=part, notes=outline.notes + notes)
    return replace(leaflet, facts=replace(collect(leaflet, words), smpc=reactions))


def _outline(reading: Reading, text: Words, words: Lexicon) -> Leaflet | None:
    found = text.lines
    headed = candidates(found, text.blocks, words)
    lists = contents_lists(headed, found, text.blocks, words)
    chosen, repeats = body_headings(headed, lists)
    contents = lists[0] if lists else contents_paragraph(text, chosen[0].line.block if chosen else 0, words)
    # A document that its code calls something else is a leaflet only if there can be no doubt.
    if len(chosen) < (_SURE_SECTIONS if _is_other(reading) else _LEAST_SECTIONS):
        return None
    return Leaflet(
        blocks=tuple(text.blocks),
        folded=tuple(text.folded),
        language=Guess(""),
        market=Guess(""),
        sections=_sections(chosen, repeats, found, text.blocks, words),
        contents_list=contents,
        wordtext=text.text,
        facts=Facts(),
        format=reading.format,
        declared_language=reading.language,
        notes=reading.notes,
        lossy=_lossy(reading, text, found, words, contents.first if contents else chosen[0].line.block),
        changes=reading.changes,
    )


def _lossy(reading: Reading, text: Words, found: Sequence[Line], words: Lexicon, stop: int) -> frozenset[str]:
    """ "front" if the file says that content is unavailable and nothing stands before the contents list."""
    if "unavailable" not in reading.lossy:
        return reading.lossy
    titles = {line.block for line in found if is_title(line, words) or words.titles.whole(line.words)}
    said = sum(len(text.tokens[index]) for index in range(stop) if index not in titles)
    return reading.lossy | {"front"} if said < _FRONT_WORDS else reading.lossy


def _sections(
    chosen: Sequence[Candidate],
    repeats: dict[str, list[Candidate]],
    found: Sequence[Line],
    blocks: Sequence[Block],
    words: Lexicon,
) -> tuple[Section, ...]:
    numbers = {plan.id: plan.number for plan in words.profile.sections}
    by_index = {line.block: line for line in found}
    sections = [Section("front", 0, chosen[0].line.block)]
    for position, candidate in enumerate(chosen):
        first = candidate.line.block
        stop = chosen[position + 1].line.block if position + 1 < len(chosen) else len(blocks)
        headed = heading(candidate, blocks[first], numbers.get(candidate.id))
        again = tuple(heading(c, blocks[c.line.block], numbers.get(c.id)) for c in repeats[candidate.id])
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


def _pages(blocks: Sequence[Block]) -> str:
    first, last = blocks[0].place().page, blocks[-1].place().page
    if not first:
        return ""
    return f", page {first}" if first == last else f", pages {first}-{last}"


def _title(leaflet: Leaflet, words: Lexicon) -> str:
    """The first line of the leaflet that is not its template title: usually the name."""
    front = leaflet.sections[0]
    stop = leaflet.contents_list.first if leaflet.contents_list else front.stop
    for index in range(front.first, min(stop, front.first + 6)):
        block = leaflet.blocks[index]
        named = any(char.isdigit() or char.isupper() for char in block.text)
        if named and block.kind != "furniture":
            if words.titles.whole(f" {' '.join(leaflet.wordtext.words(index))} ") is None:
                return block.text[:80]
    return ""
