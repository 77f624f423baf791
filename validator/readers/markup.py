"""XML made safe: no document type, no entity, no network, a bound on depth; every element with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from xml.parsers import expat

from validator.errors import UnreadableError
from validator.readers.limits import Limits
from validator.readers.source import Lines, Quoted, quoted

_START_TAG = re.compile(r"<[^\s/>]+")
_ATTRIBUTE = re.compile(r"\s*([^\s=/>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_NOT_LINE_END = re.compile(r"[^\n]")


@dataclass(slots=True)
class Element:
    """An element: its name and namespace, its attributes by local name, its inside as it is written.

    The inside of an opaque element is text alone: what it holds does not become children.
    """

    name: str
    namespace: str
    attributes: dict[str, Quoted]
    content: Quoted
    children: list[Element] = field(default_factory=list)

    def find(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> list[Element]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]

    def attribute(self, name: str) -> str:
        """The value of an attribute, "" if it is not there."""
        return self.attributes.get(name, "")


def parse(text: str, limits: Limits, opaque: Callable[[str, str], bool]) -> tuple[Element, Lines]:
    """The root element of an XML text and its lines; `opaque(name, namespace)` says what is not looked into.

    Raises UnreadableError for what is not well-formed, declares a document type or nests too deep.
    """
    lines = Lines(text)
    tree = _Tree(lines, limits, opaque)
    parser = expat.ParserCreate("utf-8", "\n")  # overrides what the file declares: it is decoded already
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda name, _: tree.start(name, parser)
    parser.EndElementHandler = lambda _: tree.end(parser)
    # What the declaration says of version and encoding is settled; blanks before it would be an error.
    body = _DECLARATION.sub(lambda match: _NOT_LINE_END.sub(" ", match.group()), text, count=1)
    try:
        parser.Parse(body.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise UnreadableError(
            f"the file is not well-formed XML: {what} (line {error.lineno}, column {error.offset + 1})"
        ) from None
    return tree.root, lines


def _refuse_doctype(*_: object) -> None:
    raise UnreadableError("the file declares a document type (DOCTYPE); for safety such XML is not read")


class _Tree:
    """Builds elements out of the parser's events; inside an opaque element it only counts."""

    def __init__(self, lines: Lines, limits: Limits, opaque: Callable[[str, str], bool]) -> None:
        self.lines, self.limits, self.opaque = lines, limits, opaque
        self.made = 0
        self.open: list[Element] = []
        self.inside = 0
        self.prefix = ""  # of the opaque element that is open
        self.root: Element

    def start(self, qualified: str, parser: expat.XMLParserType) -> None:
        if self.inside:
            self.inside += 1
            return
        self.made += 1
        if len(self.open) >= self.limits.max_depth:
            raise UnreadableError(f"the XML is nested deeper than {self.limits.max_depth} levels")
        if self.made > self.limits.max_nodes:
            raise UnreadableError(f"the XML has more than {self.limits.max_nodes} elements")
        namespace, _, name = qualified.rpartition("\n")
        begin = self._offset(parser)
        attributes, end = self._attributes(begin)
        element = Element(name, namespace, attributes, quoted("", end, end))
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)
        if self.opaque(name, namespace):
            self.inside = 1
            self.prefix = self.lines.text[begin + 1 : end].partition(name)[0]

    def end(self, parser: expat.XMLParserType) -> None:
        if self.inside > 1:
            self.inside -= 1
            return
        element = self.open.pop()
        if self.inside:
            begin, end = element.content.begin, self._offset(parser)
            element.content = quoted(self._unprefixed(self.lines.text[begin:end]), begin, end)
            self.inside = 0

    def _unprefixed(self, text: str) -> str:
        """A text without the prefix of the element around it; blanks after the names keep the places."""
        if ":" not in self.prefix:
            return text
        blanks = " " * len(self.prefix)
        return re.sub(rf"(</?){re.escape(self.prefix)}([\w.-]+)", rf"\1\2{blanks}", text)

    def _offset(self, parser: expat.XMLParserType) -> int:
        return self.lines.offset(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def _attributes(self, at: int) -> tuple[dict[str, Quoted], int]:
        """The attributes of the start tag at this offset, and where the tag ends."""
        text = self.lines.text
        tag = _START_TAG.match(text, at)
        at = tag.end() if tag else at
        found = {}
        while match := _ATTRIBUTE.match(text, at):
            group = 2 if match.group(2) is not None else 3
            name = match.group(1).rpartition(":")[2]
            found[name] = quoted(unescape(match.group(group)), match.start(group), match.end(group), "xml")
            at = match.end()
        return found, text.find(">", at) + 1
