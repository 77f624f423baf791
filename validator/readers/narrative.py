"""Documents made of titled sections, as FHIR and SPL have them, to blocks and parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from validator.document.blocks import Block, Part
from validator.document.text import clean, words
from validator.errors import UnreadableError
from validator.readers.builder import BlockBuilder
from validator.readers.html import Walker
from validator.readers.html_events import signs
from validator.readers.limits import Limits
from validator.readers.rejoin import sentences
from validator.readers.source import Lines, Quoted, Source, located

# A title longer than this, or a whole sentence of some length, is body text in the wrong field.
_TITLE_WORDS = 25
_SENTENCE_WORDS = 10
_PART_TITLE = 80
# The codes of FHIR's list of reasons why something is empty: a narrative of one such word says nothing.
_PLACEHOLDERS = frozenset(("unavailable", "notasked", "withheld", "nilknown", "notstarted", "closed"))
# LOINC codes of sections for patients in a US label: Medication Guide, package insert, instructions for use.
PATIENT_CODES = frozenset(("42231-1", "42230-3", "59845-8"))
# HTML that a converter has escaped: an element's end or a line break, written as text.
_ESCAPED_HTML = re.compile(
    r"&lt;(?:/(?:p|div|span|b|strong|i|em|u|ul|ol|li|table|tr|td|h[1-6])\s{0,9}|br\s{0,9}/?\s{0,9})&gt;", re.I
)
# A title in which a converter left markup or a named reference; "<name>" is a slot of the template.
_MARKED_UP = re.compile(
    r"</?(?:p|div|span|b|strong|i|em|u|sup|sub|br|h[1-6])\b[^<>]{0,300}>|&(?:#?\w{2,8});", re.I
)
_CDATA = re.compile(r"<!\[CDATA\[(?=\s*<)|(?<=[>\s])\]\]>")  # around markup that is escaped as a whole


@dataclass(slots=True)
class Section:
    """A section of a document: its title, its own blocks, the sections in it.

    `patient` says that its code marks a text for patients inside a document for professionals;
    `missing` that the file itself says its content is not there; `claims` is the main section that its
    code says it is.
    """

    title: Block | None
    blocks: list[Block]
    sections: list[Section] = field(default_factory=list)
    patient: bool = False
    missing: bool = False
    claims: str = ""

    def walk(self) -> Iterator[Section]:
        """This section and all below it."""
        yield self
        for section in self.sections:
            yield from section.walk()


class Narrator:
    """Turns titles and narratives of one file into blocks with places."""

    def __init__(self, file: Lines, limits: Limits) -> None:
        self.file, self.limits = file, limits
        self.notes: list[str] = []
        self._made = 0
        self._signs = 0

    def title(self, value: Quoted, path: str) -> Block | None:
        """A title, which is plain text by the standard; markup in it is read all the same."""
        source = self._source(value)
        if _MARKED_UP.search(source.text):
            return next(iter(self._walked(source, path, _TitleWalker(self.limits))), None)
        builder = BlockBuilder(self.limits)
        builder.add(source.text, 1, 1)
        return next(iter(self._finished([builder.finish("heading")], source, path)), None)

    def blocks(self, value: Quoted, path: str, walker: Walker | None = None) -> list[Block]:
        """The blocks of a narrative, read as HTML; HTML that was escaped as a whole is read all the same."""
        source = self._source(value)
        if _ESCAPED_HTML.search(source.text):
            source = source.unescaped()
        elif _CDATA.search(source.text):
            bare = _CDATA.sub(lambda match: " " * len(match.group()), source.text)
            source = Source(bare, source.starts, source.places)
        return self._walked(source, path, walker or Walker(self.limits))

    def _walked(self, source: Source, path: str, walker: Walker) -> list[Block]:
        self._signs += signs(source.text)
        self.limits.check_tags(self._signs)
        walker.run(source.text)
        if walker.notes:
            self.notes.append(f"an unfinished tag or comment hides the rest of {path}")
        return self._finished(sentences(walker.blocks, walker.broken), source, path)

    def _source(self, value: Quoted) -> Source:
        signs = sum(self.file.text.count(sign, value.begin, value.end) for sign in "\\&")
        if signs > self.limits.max_block_chars:
            limit = self.limits.max_block_chars
            raise UnreadableError(f"the file has a text with more than {limit} escaped characters")
        return Source.of(value, self.file.text)

    def _finished(self, blocks: list[Block | None] | list[Block], source: Source, path: str) -> list[Block]:
        within = Lines(source.text)
        made = [located(block, source, within, self.file, path) for block in blocks if block]
        self._made += len(made)
        if self._made > self.limits.max_blocks:
            raise UnreadableError(f"the file has more than {self.limits.max_blocks} paragraphs")
        return made


class _TitleWalker(Walker):
    """Reads a title as one line, whatever elements it is made of."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.context = self.context._replace(kind="heading")

    def run(self, text: str, line: int = 1) -> None:
        super().run(text, line)
        super()._flush()

    def _flush(self) -> None:
        self.builder.blank(self.lineno, self.offset + 1)
        self.images.clear()


class Composer:
    """Puts a file's documents in order; each of them, and each text for patients in one, is a part."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parts: list[Part] = []
        self.missing = False
        self._first = 0
        self._unsure: frozenset[str] = frozenset()

    def document(
        self, sections: list[Section], title: str, kind: Literal["leaflet", "other", ""], language: str
    ) -> None:
        """Add a document; beside a text for patients in it the rest of it is no leaflet."""
        if not kind and any(inner.patient for section in sections for inner in section.walk()):
            kind = "other"
        claimed = Counter(inner.claims for section in sections for inner in section.walk())
        self._unsure = frozenset(claims for claims, count in claimed.items() if count > 1)
        self._part = Part(0, 0, clean(title), kind, language)
        self._siblings(sections, 1)
        self._cut()

    def _siblings(self, sections: list[Section], level: int) -> None:
        after_patient = False
        for section in sections:
            self._section(section, level, after_patient)
            after_patient = section.patient

    def _section(self, section: Section, level: int, after_patient: bool) -> None:
        around = self._part
        if section.patient and around.kind != "leaflet":
            self._cut()
            title = section.title.text if section.title else ""
            self._part = replace(around, title=title, kind="leaflet", continues=after_patient)
        self._own(section, level)
        self._siblings(section.sections, level + 1)
        if self._part is not around:
            self._cut()
            self._part = around

    def _own(self, section: Section, level: int) -> None:
        title, blocks = section.title, section.blocks
        if len(blocks) == 1 and blocks[0].text.replace(" ", "").lower() in _PLACEHOLDERS:
            blocks = []
        # A section that only holds others is marked as empty by converters too: nothing is lost there.
        if not (blocks or section.sections) and (section.blocks or section.missing):
            self.missing = True
        if title:
            title, blocks = _once(title, blocks)
            # A code that several sections carry says nothing about any of them.
            claims = section.claims if section.claims not in self._unsure else ""
            heads = _is_heading(title)
            title = title._replace(level=level, claims=claims) if heads else title._replace(kind="paragraph")
            self.blocks.append(title)
        for block in blocks:
            inner = block.level + level if block.kind == "heading" else block.level
            self.blocks.append(block._replace(level=inner))

    def _cut(self) -> None:
        if len(self.blocks) > self._first:
            title = self._part.title or self.blocks[self._first].text[:_PART_TITLE]
            self.parts.append(replace(self._part, first=self._first, stop=len(self.blocks), title=title))
        self._first = len(self.blocks)


def _is_heading(title: Block) -> bool:
    found = words(title.text)
    return len(found) <= (_SENTENCE_WORDS if title.text.endswith(".") else _TITLE_WORDS)


def _once(title: Block, blocks: list[Block]) -> tuple[Block, list[Block]]:
    """Title and narrative; where the narrative begins with the title once more, the fuller of the two."""
    at = next((at for at, block in enumerate(blocks) if block.kind != "image"), len(blocks))
    if at == len(blocks) or _unnumbered(title) != _unnumbered(blocks[at]):
        return title, blocks
    kept = max(title, blocks[at], key=lambda block: len(words(block.text)))
    return kept._replace(kind="heading"), blocks[:at] + blocks[at + 1 :]


def _unnumbered(block: Block) -> list[str]:
    found = words(block.text)
    return found[1:] if len(found) > 1 and found[0].isdecimal() else found
