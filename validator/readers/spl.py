"""US Structured Product Labeling to blocks: texts for patients are leaflets, the rest of the label is not.

Highlights (`excerpt`) repeat what the sections say and are left out, like product data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from validator.document.blocks import Block, Reading
from validator.errors import UnreadableError
from validator.readers import markup
from validator.readers.builder import BlockBuilder
from validator.readers.decode import decode
from validator.readers.html import Walker
from validator.readers.html_parts import Attributes
from validator.readers.limits import DEFAULT_LIMITS, Limits
from validator.readers.markup import Element
from validator.readers.narrative import PATIENT_CODES, Composer, Narrator, Section

NAME = "spl"
NAMESPACE = "urn:hl7-org:v3"

# The elements of an SPL narrative by the HTML element that means the same.
_AS_HTML = {
    "paragraph": "p",
    "item": "li",
    "content": "span",
    "linkhtml": "a",
    "rendermultimedia": "img",
}


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read a label; a file without text for patients is one part that is no leaflet."""
    decoded = decode(data)
    root, lines = markup.parse(
        decoded.text.removeprefix("\ufeff"),
        limits,
        lambda name, space: space == NAMESPACE and name in ("text", "title"),
    )
    if (root.name, root.namespace) != ("document", NAMESPACE):
        raise UnreadableError(f"this is XML, but not an SPL document (its root element is '{root.name}')")
    reader = _Reader(Narrator(lines, limits), limits)
    composer = Composer()
    title = "".join(block.text for block in reader.title(root, "/document"))
    kind: Literal["leaflet", "other"] = "leaflet" if _is_for_patients(root) else "other"
    composer.document(reader.sections(root, "/document"), title, kind, _language(root))
    notes = (*decoded.notes, *reader.narrator.notes)
    return Reading(NAME, tuple(composer.blocks), _language(root), notes, parts=tuple(composer.parts))


def _is_for_patients(element: Element) -> bool:
    code = element.find("code")
    return code is not None and code.attribute("code") in PATIENT_CODES


def _language(element: Element) -> str:
    code = element.find("languageCode")
    return code.attribute("code") if code else ""


class _Reader:
    """Reads the sections of a label."""

    def __init__(self, narrator: Narrator, limits: Limits) -> None:
        self.narrator, self.limits = narrator, limits

    def sections(self, parent: Element, path: str) -> list[Section]:
        """The sections right below an element, each with its path in the file."""
        found = []
        for number, component in enumerate(parent.all("component"), 1):
            inner = f"{path}/component[{number}]"
            if body := component.find("structuredBody"):
                found += self.sections(body, f"{inner}/structuredBody")
            found += [self._section(each, f"{inner}/section") for each in component.all("section")]
        return found

    def _section(self, section: Element, path: str) -> Section:
        text = section.find("text")
        title = self.title(section, path)
        blocks: list[Block] = []
        if text:
            walker = _Walker(self.limits, _images(section))
            blocks = self.narrator.blocks(text.content, f"{path}/text", walker)
        inner = self.sections(section, path)
        return Section(title[0] if title else None, blocks, inner, _is_for_patients(section))

    def title(self, element: Element, path: str) -> list[Block]:
        """The title of a section or document, if it has one: a heading."""
        title = element.find("title")
        if title is None:
            return []
        walker = _Walker(self.limits, {})
        walker.context = walker.context._replace(kind="heading")
        return self.narrator.blocks(title.content, f"{path}/title", walker)


def _images(section: Element) -> dict[str, str]:
    """The alternative text of each image of a section by its id."""
    media = [each for component in section.all("component") for each in component.all("observationMedia")]
    texts = {each.attribute("ID"): each.find("text") for each in media}
    return {key: text.content for key, text in texts.items() if text}


class _Walker(Walker):
    """The HTML reader's walker over SPL: each element is taken for the HTML element that means the same."""

    def __init__(self, limits: Limits, images: Mapping[str, str]) -> None:
        super().__init__(limits)
        self.images_by_id = images
        self.named: list[str] = []  # the HTML names of the open elements; the file is well-formed
        self.interrupted: list[tuple[BlockBuilder, list[Block]]] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        name = self._name(tag, attributes)
        self.named.append(name)
        if tag == "footnote":
            self.interrupted.append((self.builder, self.into))
            self.builder, self.into = BlockBuilder(self.limits), []
        super().start(name, self._styled(name, attributes))

    def empty(self, tag: str, attributes: Attributes) -> None:
        name = self._name(tag, attributes)
        super().empty(name, self._styled(name, attributes))

    def handle_endtag(self, tag: str) -> None:
        name = self.named.pop() if self.named else tag
        if tag == "caption" and name == "span":  # the sign of a list item
            self.builder.blank(self.lineno, self.offset + 1)
        if name not in ("img", "br"):
            super().handle_endtag(name)
        if tag == "footnote" and self.interrupted:
            self._end_footnote()

    def _end_footnote(self) -> None:
        """A footnote, like an image, stands after the paragraph that it interrupts."""
        self._flush()
        notes = self.into
        self.builder, self.into = self.interrupted.pop()
        self.images += notes

    def _name(self, tag: str, attributes: Attributes) -> str:
        if tag == "list":
            return "ol" if (attributes.get("listtype") or "").lower() == "ordered" else "ul"
        if tag == "caption" and self.named[-1:] == ["li"]:
            return "span"
        return _AS_HTML.get(tag, tag)

    def _styled(self, name: str, attributes: Attributes) -> Attributes:
        if name == "img":
            return {"alt": self.images_by_id.get(attributes.get("referencedobject") or "", "")}
        styles = (attributes.get("stylecode") or "").lower().split()
        return {"style": "font-weight:bold"} if "bold" in styles else {}
