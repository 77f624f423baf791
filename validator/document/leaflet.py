"""The structured document: a leaflet's sections over its blocks, and the facts drawn from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from validator.document.blocks import Block, Change
from validator.document.location import Location, Span

if TYPE_CHECKING:
    from validator.document.facts import Facts
    from validator.document.wordtext import WordText

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Guess:
    """A value that was recognised, with the reasons; `given` if the user stated it instead."""

    value: str
    reasons: tuple[str, ...] = ()
    given: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as found: its block, the number it carries, and how it deviates from the template.

    `deviations`: "number", "unnumbered"; "code": the file's own code says another section, against the
    words; and how the words agree: "accepted", "fuzzy", "coded" (only the code tells), "foreign"
    (in the language that templates are first written in), "shape". `text` is
    without the number. `start`/`end` cut a run-in heading out of its block.
    """

    block: int
    start: int
    end: int
    text: str
    number: str = ""
    deviations: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """The heading's characters, number included."""
        return Span(self.block, self.start, self.end)


@dataclass(frozen=True, slots=True)
class SubSection:
    """A sub-heading and what follows it up to the next one; `id` is "" where the template knows none.

    The body is the rest of the heading's block from `heading.end` and the blocks up to `stop`.
    """

    id: str
    heading: Heading
    stop: int
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A main section: template id ("front", "what-it-is" ... "end"), heading and half-open block range."""

    id: str
    first: int
    stop: int
    heading: Heading | None = None
    subsections: tuple[SubSection, ...] = ()
    empty: bool = False
    repeats: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentsList:
    """The list of headings at the top: title block and the entries' blocks with their section ids."""

    first: int
    stop: int
    title: int | None
    entries: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Leaflet:
    """One leaflet of one file: the only thing that checks look at.

    `kept` is for `once` alone.

    `template` is the version of the market's template it is read and judged by; "" is the one in force.
    """

    blocks: tuple[Block, ...]
    folded: tuple[str, ...]
    language: Guess
    market: Guess
    sections: tuple[Section, ...]
    contents_list: ContentsList | None
    wordtext: WordText
    facts: Facts
    format: str = "text"
    title: str = ""
    declared_language: str = ""
    part: str | None = None
    notes: tuple[str, ...] = ()
    lossy: frozenset[str] = field(default_factory=frozenset)
    changes: tuple[Change, ...] = ()
    template: str = ""
    kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def section(self, section_id: str) -> Section | None:
        """The section of that template id, or None."""
        for section in self.sections:
            if section.id == section_id:
                return section
        return None

    def section_at(self, block: int) -> Section | None:
        """The section that holds a block."""
        return next((s for s in self.sections if s.first <= block < s.stop), None)

    def text(self, span: Span) -> str:
        """The words of a span; blocks are joined by blanks."""
        if span.last < 0:
            return self.blocks[span.block].text[span.start : span.end]
        between = self.blocks[span.block + 1 : span.last]
        inner = [block.text for block in between if block.kind != "furniture"]
        first, last = self.blocks[span.block].text[span.start :], self.blocks[span.last].text[: span.end]
        return " ".join(text for text in (first, *inner, last) if text)

    def place(self, span: Span) -> Location:
        """The place of a span in the file."""
        start = self.blocks[span.block].place(span.start, span.end if span.last < 0 else None)
        if span.last < 0:
            return start
        stop = self.blocks[span.last].place(0, span.end)
        end_column = stop.end_column if start.paragraph is None else None  # it would be of another paragraph
        return replace(start, end_line=stop.end_line, end_column=end_column)

    def body(self, section_id: str) -> Iterator[tuple[int, Block]]:
        """The blocks of a section with their numbers, its heading left out."""
        section = self.section(section_id)
        if section is None:
            return
        for index in range(section.first, section.stop):
            if section.heading is None or index != section.heading.block:
                yield index, self.blocks[index]


Asked = Callable[Concatenate["Leaflet", Given], Answer]


def once(read: Asked[Given, Answer]) -> Asked[Given, Answer]:
    """Keep with a leaflet what a function draws from it: many checks ask the same."""

    @wraps(read)
    def answer(leaflet: Leaflet, *given: Given.args, **named: Given.kwargs) -> Answer:
        key = (read, given)
        if key not in leaflet.kept:
            leaflet.kept[key] = read(leaflet, *given, **named)
        found: Answer = leaflet.kept[key]
        return found

    return cast("Asked[Given, Answer]", answer)
