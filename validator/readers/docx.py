"""Word files (DOCX, DOCM, DOTX) to blocks: the text, its notes, and headers and footers kept apart."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from validator.document.blocks import Block, Reading, Revisions
from validator.errors import UnreadableError
from validator.readers.archive import Archive
from validator.readers.builder import is_number
from validator.readers.docx_changes import Changes
from validator.readers.docx_formatting import Element, Numbering, Styles, W
from validator.readers.docx_walker import Walker
from validator.readers.limits import DEFAULT_LIMITS, Limits
from validator.readers.text_furniture import entries, plain_entries

NAME = "docx"

_MAIN = "word/document.xml"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_W14, _W15 = (f"{{http://schemas.microsoft.com/office/word/{year}/wordml}}" for year in (2010, 2012))
# The strict variant of the format differs in its namespaces alone.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_NAMED = 5
# What the XML parser says where one of its own limits is met.
_CAUSES = (("depth", "is nested too deeply"), ("huge", "holds a text that is too long"))
_NO_TEXT = ("separator", "continuationSeparator", "continuationNotice")
_VIEWS = {
    "accepted": "the file holds tracked changes: judged as if all of them were accepted",
    "original": "the file holds tracked changes: judged as it was before them",
}


def read(data: bytes, limits: Limits = DEFAULT_LIMITS, revisions: Revisions = "accepted") -> Reading:
    """Read a Word file with its tracked changes accepted, or as it was before them."""
    package = Package(data, limits)
    root = package.part(package.main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise UnreadableError(f"the Word file has no text: the part {package.main} is missing or is none")
    styles = Styles(package.first("styles"))
    changes = Changes(revisions, _comments(package))
    walker = Walker(styles, Numbering(package.first("numbering"), styles), changes, limits)
    blocks = walker.walk(body)
    blocks.extend(_notes(package, walker))
    for kind in ("header", "footer"):
        for name in package.related(kind):
            part = package.part(name)
            found = [] if part is None else walker.walk(part, name)
            blocks.extend(b._replace(kind="furniture") for b in found if b.kind != "image")
    if len(blocks) > limits.max_blocks:
        raise UnreadableError(f"the file has more than {limits.max_blocks} paragraphs")
    _leave_out_pages(blocks)
    notes = package.notes
    if changes.tracked:
        notes.insert(0, _VIEWS[revisions])
    if walker.embeds:
        notes.append("lost: a document embedded in the file was not read")
    if walker.diagrams:
        notes.append("lost: the text of a diagram (SmartArt) was not read")
    return Reading(NAME, tuple(blocks), notes=tuple(notes), changes=changes.located(blocks))


def _leave_out_pages(blocks: list[Block]) -> None:
    """Entries of a contents list that is typed by hand end in a page number, which belongs to no heading."""
    numbers = [f"{block.marker} " if is_number(block.marker) else "" for block in blocks]
    texts = [number + block.text for number, block in zip(numbers, blocks, strict=True)]
    for at, length in {**dict(entries(texts)), **dict(plain_entries(texts))}.items():
        text = blocks[at].text[: length - len(numbers[at])]
        blocks[at] = blocks[at]._replace(text=text, lead=min(blocks[at].lead, len(text)))


class Package:
    """The parts of the file and how they refer to one another; nothing outside the file is followed."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._missing: list[str] = []
        self._archive = Archive(data, limits)
        self._limits = limits
        self._relations: dict[str, list[tuple[str, str]]] = {}
        self._parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        self.main = next(iter(self._targets("", "officeDocument")), _MAIN)

    def related(self, kind: str) -> list[str]:
        """The names of the parts of a kind that the main part refers to, each once."""
        return self._targets(self.main, kind)

    def first(self, kind: str) -> Element | None:
        """The only part of a kind, None if the file has none."""
        return next((self.part(name) for name in self.related(kind)), None)

    @property
    def notes(self) -> list[str]:
        """What the file refers to and does not hold."""
        named = ", ".join(self._missing[:_NAMED]) + (" ..." if len(self._missing) > _NAMED else "")
        return [f"lost: the file lacks parts that it refers to: {named}"] if self._missing else []

    def part(self, name: str) -> Element | None:
        """The root element of a part; None if it is missing, which is noted."""
        data = self._archive.read(name)
        if data is None:
            self._missing.append(name)
            return None
        return without_fallbacks(self.parse(data, name))

    def _targets(self, source: str, kind: str) -> list[str]:
        if source not in self._relations:
            self._relations[source] = list(self._relate(source))
        found = {name.lower(): name for each, name in self._relations[source] if each == kind}
        return list(found.values())

    def _relate(self, source: str) -> Iterator[tuple[str, str]]:
        """What kind of part stands where, as the relationships of a part tell."""
        folder, base = posixpath.split(source)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        data = self._archive.read(name)
        for each in () if data is None else self.parse(data, name).iter(_RELATIONSHIP):
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
                yield each.get("Type", "").rpartition("/")[2], target.lstrip("/")

    def bytes_of(self, name: str) -> bytes | None:
        """The bytes of a part, None if it is missing."""
        return self._archive.read(name)

    def parse(self, data: bytes, name: str) -> Element:
        """The root element of a part's bytes; UnreadableError says what is wrong with them."""
        if data.count(b"<") + data.count(b"=") > self._limits.max_elements:
            raise UnreadableError(f"the part {name} has more than {self._limits.max_elements} elements")
        try:
            root = etree.fromstring(_STRICT.sub(_TRANSITIONAL, data), self._parser)
        except etree.XMLSyntaxError as error:
            cause = str(error).lower()
            why = next((why for sign, why in _CAUSES if sign in cause), "is no well-formed XML")
            raise UnreadableError(f"the part {name} {why}") from None
        if root.getroottree().docinfo.doctype:
            raise UnreadableError(f"the part {name} declares a document type, which no Word file does")
        return root


def without_fallbacks(root: Element) -> Element:
    """The same tree with each alternative content once: the first one, the others are for older programs."""
    for alternatives in list(root.iter(_ALTERNATIVES)):
        for other in alternatives[1:]:
            alternatives.remove(other)
    return root


def _comments(package: Package) -> dict[str, tuple[str, str]]:
    """Author and words of each open comment by its id; comments marked as done are left out."""
    extended = package.first("commentsExtended")
    done = set()
    for each in () if extended is None else extended:
        if each.get(f"{_W15}done") in ("1", "true"):
            done.add(each.get(f"{_W15}paraId"))
    root = package.first("comments")
    found = {}
    for comment in () if root is None else root.iter(f"{W}comment"):
        paragraphs = list(comment.iter(f"{W}p"))
        if not any(p.get(f"{_W14}paraId") in done for p in paragraphs if p.get(f"{_W14}paraId")):
            words = " ".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs)
            found[comment.get(f"{W}id", "")] = (comment.get(f"{W}author", ""), words)
    return found


def _notes(package: Package, walker: Walker) -> Iterator[Block]:
    """The footnotes and endnotes that the text refers to, in its order.

    They stand after the whole text: at the foot of a page they would cut a list or a section in two.
    """
    wanted = list(dict.fromkeys(walker.references))
    for kind in ("footnote", "endnote"):
        ids = [note_id for each, note_id in wanted if each == kind]
        name = next(iter(package.related(f"{kind}s")), "") if ids else ""
        root = package.part(name) if name else None
        known: dict[str, tuple[Element, int]] = {}
        before = 0
        for note in () if root is None else root.iter(f"{W}{kind}"):
            if note.get(f"{W}type") not in _NO_TEXT:
                known[note.get(f"{W}id", "")] = (note, before)
            before += sum(1 for _ in note.iter(f"{W}p"))
        for note_id in ids:
            if note_id in known:
                note, start = known[note_id]
                yield from walker.walk(note, name, start)
