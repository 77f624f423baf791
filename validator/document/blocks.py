"""A block is one paragraph, heading, list item or table row, with its place from birth."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from validator.document.location import Anchor, Location

BlockKind = Literal["paragraph", "heading", "item", "row", "image", "furniture"]
# Which text of a file with tracked changes: with all of them accepted, or as it was before them.
Revisions = Literal["accepted", "original"]


class Block(NamedTuple):
    """One paragraph, heading, list item, table row or image of the file.

    `text` is normalised (see `document.text`); `anchors` tie its characters to the file.
    `level` is the heading level or list depth that the format itself states, 0 if none.
    `strong` says that the whole block is emphasised; `lead` is the length of an emphasised
    run at its start (a run-in heading), 0 if none. `marker` is the list marker or number that
    the format shows apart from the text. `cells` are the offsets at which the cells of a row
    begin. `claims` is the template id of the main section that the format's own code says this
    heading opens: evidence, never trusted against the words. `furniture` blocks (page numbers,
    running heads) belong to no section. `paragraph` is set where the format counts paragraphs
    instead of lines; so do the anchors then.
    """

    text: str
    kind: BlockKind = "paragraph"
    anchors: tuple[Anchor, ...] = ()
    level: int = 0
    strong: bool = False
    lead: int = 0
    marker: str = ""
    cells: tuple[int, ...] = ()
    paragraph: int | None = None
    xpath: str | None = None
    claims: str = ""

    def place(self, start: int = 0, end: int | None = None) -> Location:
        """The place in the file of the characters from start to end (default: the whole block)."""
        end = len(self.text) if end is None else end
        if not self.anchors:
            return Location(paragraph=self.paragraph, xpath=self.xpath)
        first = self._anchor(start)
        last = self._anchor(max(start, end - 1))
        if self.paragraph is not None:
            return Location(
                column=first.column + start - first.offset,
                end_column=last.column + end - last.offset if first.line == last.line else None,
                paragraph=first.line,
                xpath=self.xpath,
            )
        return Location(
            line=first.line,
            column=first.column + start - first.offset,
            end_line=last.line,
            end_column=last.column + end - last.offset,
            page=first.page or None,
            xpath=self.xpath,
        )

    def _anchor(self, offset: int) -> Anchor:
        at = bisect_right(self.anchors, offset, key=lambda anchor: anchor.offset) - 1
        return self.anchors[max(at, 0)]


@dataclass(frozen=True, slots=True)
class Part:
    """A document inside a file, bounded by the format (a FHIR Composition): half-open block range.

    `kind` is "leaflet", "other" (SmPC, labelling) or "" where the format does not tell; `language`
    is what the format declares for it. `continues`: the part right before it has the same rank and is for
    the same readers; if neither is a leaflet by itself, both may be pieces of one.
    """

    first: int
    stop: int
    title: str = ""
    kind: Literal["leaflet", "other", ""] = ""
    language: str = ""
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """An open revision or comment: its kind, its words, who made it, and the block it stands in.

    What the blocks do not hold (a deletion that was accepted) has no length there.
    """

    kind: Literal["insertion", "deletion", "move", "formatting", "comment"]
    text: str
    author: str
    block: int
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader got out of one file: its format, its blocks in reading order, remarks on the way.

    `notes` tell what was lost or repaired (truncated nesting, undecodable bytes); `language`
    is what the file itself declares, never trusted against the text. `lossy` holds "unavailable"
    if the file says itself that a part of its content is missing. `parts` are the documents that
    the format bounds, empty if it holds one text; `changes` are open revisions and comments.
    """

    format: str
    blocks: tuple[Block, ...]
    language: str = ""
    notes: tuple[str, ...] = ()
    lossy: frozenset[str] = field(default_factory=frozenset)
    parts: tuple[Part, ...] = ()
    changes: tuple[Change, ...] = ()
