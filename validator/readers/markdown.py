"""Markdown to blocks: CommonMark with tables; every word keeps its line and column."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from validator.document.blocks import Block, BlockKind, Reading
from validator.document.location import Anchor
from validator.document.text import BULLETS, clean
from validator.readers.builder import BlockBuilder, Row, as_item
from validator.readers.decode import decode
from validator.readers.html import blocks_of as html_blocks
from validator.readers.limits import DEFAULT_LIMITS, Limits
from validator.readers.text import blocks_of as text_blocks
from validator.readers.text import lines_of

NAME = "markdown"

# What stands between the text of a link and the text after it.
_LINK_END = re.compile(r"\]\((?:[^()\\\n]|\\.|\([^()\n]{0,500}\)){0,2000}\)|\]\[[^\]\n]{0,1000}\]|\]|>")
# What Pandoc writes behind headings, spans, links and images: "{#id .class key=value}"; and a whole span.
_ATTRIBUTE = r"(?:[#.][\w:-]{1,99}|[\w:-]{1,99}=(?:\"[^\"\n]{0,200}\"|[\w.%-]{1,99})|-)"
_ATTRIBUTES = re.compile(
    rf"(?:(?<!!)\[(?P<span>[^\[\]]{{1,500}})\])?"
    rf"(?P<braces>\{{[ ]?{_ATTRIBUTE}(?:[ ]{_ATTRIBUTE}){{0,9}}[ ]?\}})"
)
_UNSEEN = "\u200b"  # keeps the columns and is dropped when the text is normalised
# A heading whose signs no blank follows; the line under a numbered heading, which is an item for Markdown.
_TIGHT = re.compile(r"^[ ]{0,3}(#{2,6})(?=[^\s#])", re.MULTILINE)
_UNDERLINE = re.compile(r"^([ ]{0,3}\d{1,2}[.)][ ]+\S.*\n)([ ]{0,3}=+)(?=[ \t]*$)", re.MULTILINE)
# A line that is an item for the eye, and the rest of a paragraph for Markdown.
_SIGNED = re.compile(rf"[{BULLETS}]|[-–—*]\u00a0")
_BREAK_TAG = re.compile(r"<br\b", re.IGNORECASE)
_MANY_LINKS = 5000  # the time to look for links grows with the square of the number of brackets
_SEARCHED = 2000  # how far ahead a piece of text is looked for among marks and link targets


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read a Markdown leaflet."""
    decoded = decode(data)
    text = _ATTRIBUTES.sub(_without_attributes, decoded.text) if "{" in decoded.text else decoded.text
    text = _UNDERLINE.sub(lambda match: match[1] + " " * len(match[2]), _TIGHT.sub(_with_blank, text))
    links = text.count("[") <= _MANY_LINKS
    tokens = _parser(limits.max_depth, links).parse(text)
    walk = _Walk(text, limits)
    walk.run(tokens)
    notes = decoded.notes
    if any(token.level >= limits.max_depth - 1 for token in tokens):
        notes = (*notes, f"lists and quotes nested deeper than {limits.max_depth} levels were left out")
    return Reading(NAME, tuple(walk.blocks), notes=notes)


def _without_attributes(match: re.Match[str]) -> str:
    hidden = _UNSEEN * len(match["braces"])
    span = match["span"]
    return hidden if span is None else f"{_UNSEEN}{span}{_UNSEEN}{hidden}"


def _with_blank(match: re.Match[str]) -> str:
    """The signs of a heading, the last one as a blank, so that every word keeps its column."""
    return match[0][:-1] + " "


@lru_cache(maxsize=4)
def _parser(max_depth: int, links: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": max_depth}).enable("table")
    # Left unjoined, entities and escapes stay apart from the text that stands in the file as it is.
    parser.disable("text_join")
    return parser if links else parser.disable(["link", "image"])


class _Walk:
    """Goes over the tokens once and keeps where in the file it stands."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.lines = text.split("\n")
        self.limits = limits
        self.builder = BlockBuilder(limits)
        self.blocks: list[Block] = []
        self.heading = 0
        self.lists: list[bool] = []  # for each open list: whether it is ordered
        self.marker = ""
        self.cells: list[list[Block]] | None = None
        self.column = 0  # where in the line of a table row the next cell is looked for
        self.strong = 0

    def run(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.type == "inline":
                self.inline(token)
            elif token.type == "html_block":
                self.blocks.extend(html_blocks(token.content, _first_line(token), self.limits))
            elif token.type in ("fence", "code_block"):
                self.verbatim(token)
            else:
                self.structure(token)

    def structure(self, token: Token) -> None:
        """Note which heading, list, item or row begins or ends."""
        match token.type:
            case "heading_open":
                self.heading = int(token.tag[1:])
            case "heading_close":
                self.heading = 0
            case "bullet_list_open" | "ordered_list_open":
                self.lists.append(token.type == "ordered_list_open")
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self.marker = f"{token.info}." if self.lists[-1] else "•"
            case "list_item_close":
                self.marker = ""
            case "tr_open":
                self.cells, self.column = [], 0
            case "tr_close":
                self.end_row()

    def end_row(self) -> None:
        row = Row()
        row.cells = self.cells or []
        self.cells = None
        self.blocks.extend(row.blocks())

    def verbatim(self, token: Token) -> None:
        """Indented or fenced text is read like plain text; its lines stand in the file as they are."""
        first = _first_line(token) + (token.type == "fence")
        last = first + token.content.count("\n")
        text = "\n".join(self.lines[first - 1 : last - 1])
        self.blocks.extend(text_blocks(lines_of(text, first), self.builder))

    def inline(self, token: Token) -> None:
        """The content of one paragraph, heading or cell."""
        if self.cells is not None:
            self.cells.append([])
            token.content = token.content.replace("|", "\\|")  # as it stands in the file
        source = _Source(token, self.lines, self.column if self.cells is not None else 0)
        children = token.children or []
        for number, child in enumerate(children):
            if child.type == "softbreak" and _begins_item(children[number + 1 : number + 2]):
                source.find("\n")
                self.flush()
            else:
                self.child(child, source)
        self.flush()
        if self.cells is not None:
            self.column = source.end_column()

    def child(self, child: Token, source: _Source) -> None:
        match child.type:
            case "text":
                self.text(child, source)
            case "code_inline":
                self.code(child, source)
            case "text_special":
                line, column = source.find(child.markup)
                # An escaped sign stands behind its backslash; an entity is written otherwise.
                self.builder.add_sign(
                    child.content, line, column + (child.info == "escape"), strong=self.bold
                )
            case "softbreak":
                self.builder.blank(*source.find("\n"))
            case "hardbreak":
                self.line_break(*source.find("\n"))
            case "strong_open":
                self.strong += 1
            case "strong_close":
                self.strong -= 1
            case "link_close":
                source.skip(_LINK_END)
            case "image":
                self.image(child, source)
            case "html_inline":
                place = source.find(child.content)
                if _BREAK_TAG.match(child.content):
                    self.line_break(*place)

    def line_break(self, line: int, column: int) -> None:
        """A new line is a new paragraph, but not within a heading."""
        if self.heading:
            self.builder.blank(line, column)
        else:
            self.flush()

    @property
    def bold(self) -> bool:
        return self.strong > 0

    def text(self, child: Token, source: _Source) -> None:
        for index, piece in enumerate(
            child.content.split("|") if self.cells is not None else [child.content]
        ):
            if index:  # in a table it stands behind a backslash
                self.builder.add_sign("|", *source.find("|"), strong=self.bold)
            if piece:
                self.builder.add(piece, *source.find(piece), strong=self.bold)

    def code(self, child: Token, source: _Source) -> None:
        """Code may run over a line end, which its content shows as a blank: so word by word."""
        source.find(child.markup)
        for index, word in enumerate(child.content.split(" ")):
            if index:
                self.builder.blank(*source.find(""))
            self.builder.add(word, *source.find(word), strong=self.bold)
        source.find(child.markup)

    def image(self, child: Token, source: _Source) -> None:
        """An image parts a paragraph; one in a table stands before its row."""
        if self.cells is None:
            self.flush()
        line, column = source.find("![")
        self.blocks.append(Block(clean(child.content), "image", (Anchor(0, line, column + 2),)))
        source.find(child.content)
        source.skip(_LINK_END)

    def flush(self) -> None:
        """Finish the open block, if it holds anything."""
        kind: BlockKind = "heading" if self.heading else "item" if self.marker else "paragraph"
        level = self.heading or (len(self.lists) if self.marker else 0)
        block = self.builder.finish(kind, level=level, marker=self.marker)
        if block is None:
            return
        if self.cells is None and (kind == "paragraph" or self.marker == "•"):
            block = as_item(block)
        self.marker = ""
        self.put(block)

    def put(self, block: Block) -> None:
        if self.cells:
            self.cells[-1].append(block)
        else:
            self.blocks.append(block)


def _begins_item(following: list[Token]) -> bool:
    return bool(following) and following[0].type == "text" and _SIGNED.match(following[0].content) is not None


def _first_line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


class _Source:
    """The raw text of one inline token and, line by line, where it stands in the file."""

    def __init__(self, token: Token, lines: list[str], column: int) -> None:
        self.raw = token.content
        self.at = 0
        self.line = _first_line(token)
        self.begin = 0  # where in `raw` the current line begins
        self.lines = lines
        self.searched_from = column
        first = self.raw.partition("\n")[0].strip()
        while token.map and self.line < token.map[1] and first not in lines[self.line - 1]:
            self.line += 1  # a line of nothing but a no-break space was left out
        self.indent = self._indent()

    def _indent(self) -> int:
        """How far the current line of raw text is moved to the right in the file."""
        end = self.raw.find("\n", self.begin)
        text = self.raw[self.begin : end if end >= 0 else len(self.raw)]
        if self.line > len(self.lines):
            return 0
        # A tab before the text may have become blanks: the text itself is what is looked for.
        bare = text.strip()
        found = self.lines[self.line - 1].find(bare, self.searched_from)
        return found - text.find(bare) if found >= 0 else self.searched_from

    def find(self, text: str) -> tuple[int, int]:
        """The line and column of the next occurrence of this text, and move behind it."""
        found = self.raw.find(text, self.at, self.at + len(text) + _SEARCHED)
        begin = found if found >= 0 else self.at
        self._advance(begin)
        place = (self.line, begin - self.begin + self.indent + 1)
        if found >= 0:
            self.at = begin + len(text)
            self._advance(self.at)
        return place

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Move behind a mark that begins here."""
        if match := pattern.match(self.raw, self.at):
            self.at = match.end()

    def _advance(self, to: int) -> None:
        """Make the line that holds this offset of the raw text the current one."""
        while (end := self.raw.find("\n", self.begin, to)) >= 0:
            self.begin = end + 1
            self.line += 1
            self.searched_from = 0
            self.indent = self._indent()

    def end_column(self) -> int:
        """Where in its line the raw text ends."""
        return self.indent + len(self.raw) - self.begin
