"""FHIR ePI, as JSON, NDJSON or XML: each Composition of a file to blocks and a part of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from validator.document.blocks import Block, Reading
from validator.document.text import clean
from validator.errors import UnreadableError
from validator.readers import located_json, markup
from validator.readers.decode import decode
from validator.readers.limits import DEFAULT_LIMITS, Limits
from validator.readers.located_json import Value
from validator.readers.narrative import PATIENT_CODES, Composer, Narrator, Section
from validator.readers.source import Lines, Quoted, quoted

NAME = "fhir"
NAMESPACE = "http://hl7.org/fhir"

Object = dict[str, Value]

# The document types of the EMA's list 100000155531; the list is named in many ways, the codes are not.
_LEAFLET = "100000155538"
_OTHERS = frozenset(
    (
        "100000155532",  # SmPC
        "100000155533",  # Annex II
        "100000155534",  # outer packaging
        "100000155535",  # labelling
        "100000155536",  # immediate packaging
        "100000155537",  # other product information
    )
)

# The main sections in the EMA's list 200000029659; the list, too, is named in many ways.
_SECTIONS = {
    "200000029895": "what-it-is",
    "200000029896": "before-use",
    "200000029905": "how-to-use",
    "200000029910": "side-effects",
    "200000029913": "storage",
    "200000029914": "contents",
}
_HOLDERS = ("Bundle", "Parameters")
_ENCLOSING = ("Binary", "DocumentReference")  # resources that hold whole files
_ENCLOSED = "lost: the text of a section stands in a resource of its own, which was not read"


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read a Composition, or a Bundle with Compositions at any depth."""
    decoded = decode(data)
    text = decoded.text.removeprefix("\ufeff")
    if text.lstrip()[:1] == "<":
        root, lines = markup.parse(text, limits, lambda name, _: name == "div")
        if root.namespace != NAMESPACE:
            raise UnreadableError(f"this is XML, but not FHIR (its root element is '{root.name}')")
        resource: Value = _resource(root)
    else:
        lines = Lines(text)
        resource = located_json.parse(text, lines, limits)
    reader = _Reader(lines, limits)
    reader.resource(resource)
    return reader.reading(decoded.notes)


def _resource(element: markup.Element) -> Object:
    """An XML element that is a resource, in the form that JSON gives it."""
    kind = quoted(element.name, element.content.begin, element.content.begin)
    return {"resourceType": kind} | _object(element)


def _object(element: markup.Element) -> Object:
    several: dict[str, list[Value]] = {}
    for child in element.children:
        several.setdefault(child.name, []).append(_value(child))
    return dict(several)


def _value(element: markup.Element) -> Value:
    if element.name == "div":  # whatever its namespace: FHIR has no other element of that name
        return element.content
    if "value" in element.attributes:
        return element.attributes["value"]
    holds = element.name in ("resource", "contained") and element.children
    return _resource(element.children[0]) if holds else _object(element)


def _objects(parent: Object, name: str) -> Iterator[tuple[str, Object]]:
    """The objects of that name with the rest of their path; anything else there is passed over."""
    value = parent.get(name)
    several = isinstance(value, list)
    for number, each in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(each, dict):
            yield f"{name}[{number}]" if several else name, each


def _string(parent: Object, name: str) -> Quoted | None:
    value = parent.get(name)
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, Quoted) else None


def _codes(parent: Object, name: str) -> set[str]:
    concepts = (concept for _, concept in _objects(parent, name))
    codings = (coding for concept in concepts for _, coding in _objects(concept, "coding"))
    return {str(code) for coding in codings if (code := _string(coding, "code"))}


def _kind(composition: Object) -> Literal["leaflet", "other", ""]:
    codes = _codes(composition, "type")
    if _LEAFLET in codes:
        return "leaflet"
    return "other" if codes & _OTHERS else ""


class _Reader:
    """Finds the Compositions of a file and reads their sections."""

    def __init__(self, lines: Lines, limits: Limits) -> None:
        self.narrator = Narrator(lines, limits)
        self.composer = Composer()
        self.types: list[str] = []
        self.found = self.enclosed = False

    def resource(self, value: Value, path: str = "", language: str = "") -> None:
        """Read a resource, or a list of them; what holds no document is passed over."""
        if isinstance(value, list):
            for number, each in enumerate(value):
                self.resource(each, f"[{number}]", language)
        if not isinstance(value, dict):
            return
        kind = str(_string(value, "resourceType") or "")
        self.types.append(kind)
        path = path or kind
        language = _string(value, "language") or language
        if kind == "Composition":
            self._composition(value, path, language)
        for name in ("entry", "parameter"):  # of a Bundle, and of what an operation hands out
            for entry_path, entry in _objects(value, name) if kind in _HOLDERS else ():
                for inner_path, inner in _objects(entry, "resource"):
                    self.resource(inner, f"{path}.{entry_path}.{inner_path.partition('[')[0]}", language)
        for inner_path, inner in _objects(value, "contained"):
            self.resource(inner, f"{path}.{inner_path}", language)

    def _composition(self, composition: Object, path: str, language: str) -> None:
        self.found = True
        sections = self._sections(composition, path)
        if not sections:
            sections = [Section(None, self._narrative(composition, path))]
        title = _string(composition, "title") or ""
        self.composer.document(sections, title, _kind(composition), language)

    def _sections(self, parent: Object, path: str) -> list[Section]:
        return [self._section(each, f"{path}.{inner}") for inner, each in _objects(parent, "section")]

    def _section(self, section: Object, path: str) -> Section:
        title = _string(section, "title")
        codes = _codes(section, "code")
        named = {_SECTIONS[code] for code in codes if code in _SECTIONS}
        blocks, inner = self._narrative(section, path), self._sections(section, path)
        elsewhere = "entry" in section and "text" not in section and not inner
        self.enclosed = self.enclosed or elsewhere
        return Section(
            self.narrator.title(title, f"{path}.title") if title else None,
            blocks,
            inner,
            patient=bool(codes & PATIENT_CODES),
            missing="emptyReason" in section or elsewhere,
            claims=named.pop() if len(named) == 1 else "",
        )

    def _narrative(self, parent: Object, path: str) -> list[Block]:
        for _, text in _objects(parent, "text"):
            if div := _string(text, "div"):
                return self.narrator.blocks(div, f"{path}.text.div")
        text_alone = _string(parent, "text")
        return self.narrator.blocks(text_alone, f"{path}.text") if text_alone else []

    def reading(self, notes: tuple[str, ...]) -> Reading:
        """All that was read; raises UnreadableError if there was no document."""
        if not self.found:
            kinds = clean(", ".join(dict.fromkeys(filter(None, self.types))))[:200]
            what = (
                f"this FHIR file holds no Composition, only: {kinds}"
                if kinds
                else "this is JSON, but not FHIR"
            )
            enclosing = any(kind in _ENCLOSING for kind in self.types)
            if enclosing:
                what += "; save the file enclosed in it as a file of its own"
            raise UnreadableError(what, text=enclosing)  # any other file is whole and holds no text
        composer = self.composer
        language = composer.parts[0].language if composer.parts else ""
        return Reading(
            NAME,
            tuple(composer.blocks),
            language,
            (*notes, *self.narrator.notes, *([_ENCLOSED] if self.enclosed else [])),
            frozenset({"unavailable"} if composer.missing else ()),
            tuple(composer.parts),
        )
