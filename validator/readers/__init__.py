"""Any file in, located blocks out: the format is told by content, its reader loaded only then."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from validator.document.blocks import Reading, Revisions
from validator.errors import UnreadableError, UsageError
from validator.readers.decode import peek
from validator.readers.limits import DEFAULT_LIMITS, Limits
from validator.readers.limits import load as _load

__all__ = ["DEFAULT_LIMITS", "Limits", "formats", "load", "read"]

_HTML_START = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}>\s*){0,3}<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
# What stands before the root element of XML, and its start tag: atomic, so that no file makes it go back.
_ROOT = re.compile(
    r"(?>\ufeff|\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*+(?>\[.*?\]\s*+)?>)*+<(?:([\w.-]+):)?([\w.-]+)([^<>]*+)>",
    re.S | re.I,
)
_NAMESPACE = re.compile(r"""\bxmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']""")
_XHTML = "http://www.w3.org/1999/xhtml"
_JSON_START = re.compile(r"\ufeff?\s*(?:\{\s*\"|\[\s*\{)")
_HTML_TAG = re.compile(
    r"</?(?:p|div|br|h[1-6]|li|ul|ol|table|tr|td|span|section|article|main)\b[^<>]{0,300}>", re.I
)
# What makes a text Markdown and how much it says; each is sought in the text after a line feed.
_MARKDOWN_SIGNS = (
    (re.compile(r"\n#{1,6} \S"), 30),
    (re.compile(r"(?:\n#{2,6}[^\s#][^\n]*+(?:\n(?!#)[^\n]*+)*+){3}"), 55),  # whose signs no blank follows
    (re.compile(r"(?:<br ?/?>[^<]{0,2000}+){3}", re.IGNORECASE), 55),
    (re.compile(r"(?:\\\n[^\n\\]*+){3}"), 30),
    (re.compile(r"(?:\n#{1,6} [^\n]*+(?:\n(?!#)[^\n]*+)*+){3}"), 25),  # three headings are no accident
    (re.compile(r"\*\*[^\s*]"), 25),
    (re.compile(r"\n\|?[ ]{0,9}:?-{3,}:?[ ]{0,9}\|"), 30),
    (re.compile(r"\]\((?:https?:|#|\w)"), 20),
    (re.compile(r"\n(?:={3,}|-{3,})[ ]*\n"), 15),
    (re.compile(r"\n> \S"), 15),
    (re.compile(r"\\[.()\[\]*_-]"), 10),
    (re.compile(r"\n(?:[-*+] |\d{1,2}\. )\S"), 10),
)
_LISTS = 10  # a text with nothing but lists is read line by line, whatever its name
_SURE = 90
_HEAD = 65_536  # bytes of a large file that tell its format


def _xml_root(head: str) -> tuple[str, str] | None:
    """Name and namespace of the root element of XML; None if it is none, or is HTML."""
    root = _ROOT.match(head) if "<" in head else None
    if root is None:
        return None
    prefix, name, attributes = root.groups()
    spaces = dict(_NAMESPACE.findall(attributes))
    space = " ".join(spaces.get(prefix or "", "").split())
    if space == _XHTML or name.lower() == "html":
        return None
    declared = "<?xml" in head[: root.start(2)] and not _HTML_TAG.match(f"<{name}>")
    return (name, space) if space or declared else None


def _recognise_fhir(head: str, name: str) -> int:
    if _JSON_START.match(head):
        return 100 if '"resourceType"' in head else 85
    root = _xml_root(head)
    return 100 if root and root[1] == "http://hl7.org/fhir" else 0


def _recognise_spl(head: str, name: str) -> int:
    root = _xml_root(head)
    return 100 if root and root[1] == "urn:hl7-org:v3" else 0


def _recognise_pdf(head: str, name: str) -> int:
    return 100 if "%PDF-" in head[:1024] else 0


def _recognise_html(head: str, name: str) -> int:
    if _HTML_START.match(head):
        return 95
    if _xml_root(head):
        return 0
    tags = len(_HTML_TAG.findall(head, 0, 20_000)) if "<" in head else 0
    if tags > 1 and head.lstrip()[:1] == "<":
        return _SURE
    return 60 if tags and name.endswith((".html", ".htm", ".xhtml")) else 0


def _recognise_markdown(head: str, name: str) -> int:
    text = "\n" + head[:20_000].replace("\r\n", "\n").replace("\r", "\n")
    score = sum(weight for sign, weight in _MARKDOWN_SIGNS if sign.search(text))
    if name.endswith((".md", ".markdown")):
        return min(score + 15, 80) if score > _LISTS else 0
    return min(score, 80) if score >= (55 if name.endswith(".txt") else 30) else 0


def _recognise_text(head: str, name: str) -> int:
    return 10


def _recognise_nothing(head: str, name: str) -> int:
    return 0  # an archive is told by its entries, see `archive.sniff`


class _Format(NamedTuple):
    """A format that can be read: the module that reads it and a check that needs no import.

    Where the format `revises`, its reader takes the view of tracked changes as well.
    """

    module: str
    recognises: Callable[[str, str], int]
    revises: bool = False


# To add a format: write its module with `read(data, limits)` and enter it here.
_FORMATS = {
    "fhir": _Format("validator.readers.fhir", _recognise_fhir),
    "spl": _Format("validator.readers.spl", _recognise_spl),
    "docx": _Format("validator.readers.docx", _recognise_nothing, revises=True),
    "pdf": _Format("validator.readers.pdf", _recognise_pdf),
    "html": _Format("validator.readers.html", _recognise_html),
    "markdown": _Format("validator.readers.markdown", _recognise_markdown),
    "text": _Format("validator.readers.text", _recognise_text),
}

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODT = b"application/vnd.oasis.opendocument.text"  # the first entry of the archive, not packed
# A web page or mail in one file of several parts, as Word and browsers save it (MHTML, EML).
_MIME = re.compile(
    rb"(?:[A-Za-z-]{2,40}:[^\n]{0,500}\n(?:[ \t][^\n]{0,500}\n){0,20}){0,40}?MIME-Version:\s*1", re.I
)
# Names of streams in such a file: the one that holds the real file, and the text of a Word file.
_ENCRYPTED, _WORD_TEXT = (name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument"))
# What people hand in by mistake or too early: the first bytes and what to call it.
_FOREIGN = (
    (_OLE, "an old Office file (XLS, PPT); save the leaflet as DOCX or PDF"),
    (b"\x89PNG", "a PNG image; it holds no text"),
    (b"\xff\xd8\xff", "a JPEG image; it holds no text"),
    (b"GIF8", "a GIF image; it holds no text"),
    (b"II*\x00", "a TIFF image; it holds no text"),
    (b"MM\x00*", "a TIFF image; it holds no text"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
)
# Near its beginning our own report says who made it; it holds the leaflet's text, and is none.
_OWN_REPORT, _HEAD = b'<meta name="generator" content="leaflet-validator', 2_000
# Office documents in one file of XML, by what stands in the namespace of the root element.
_OFFICE_XML = (
    ("opendocument", "an OpenDocument file in XML (FODT)"),
    ("schemas.microsoft.com/office/", "an Office document saved as XML"),
)


def formats() -> tuple[str, ...]:
    """The names of the formats that can be read."""
    return tuple(_FORMATS)


def load(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a file; a file over the limit is refused before it is read into memory.

    The UnreadableError tells of one that begins like FHIR or SPL that it is a text.
    """
    try:
        return _load(path, limits)
    except UnreadableError as error:
        if os.path.isfile(path) and os.access(path, os.R_OK) and _begins_like_text(path):
            error.text = True
        raise


def _begins_like_text(path: str | Path) -> bool:
    with open(path, "rb") as stream:
        head = peek(stream.read(_HEAD))
    return max(_recognise_fhir(head, ""), _recognise_spl(head, "")) >= _SURE


def read(
    data: bytes,
    *,
    name: str = "",
    limits: Limits = DEFAULT_LIMITS,
    input_format: str | None = None,
    revisions: Revisions = "accepted",
) -> Reading:
    """Read a file's bytes; the format is told by content, `name` only tips the balance.

    `revisions` is the view of tracked changes, where the format has them.

    Raises UnreadableError, in one plain sentence, for what cannot be read, and UsageError for
    an unknown `input_format`.
    """
    if input_format is not None and input_format not in _FORMATS:
        raise UsageError(f"unknown input format {input_format!r}; choose one of: {', '.join(_FORMATS)}")
    limits.check_size(len(data))
    if not data.strip(b" \t\r\n\f\v\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("the file is empty")
    told, sure = (input_format, True) if input_format else _sniff(data, name.lower())
    chosen = _FORMATS[told]
    views = {"revisions": revisions} if chosen.revises else {}
    try:
        reading: Reading = import_module(chosen.module).read(data, limits, **views)
    except UnreadableError as error:
        error.text = (sure or None) if error.text is None else error.text
        raise
    return reading


def _sniff(data: bytes, name: str) -> tuple[str, bool]:
    """The format of the file, and whether its content leaves no doubt about it."""
    _refuse_old_text(data)
    _refuse_foreign(data)
    if data.startswith(_ZIP):
        from validator.readers import archive  # zipfile costs start-up time

        return archive.sniff(data), True
    head = peek(data)
    chosen, best = "text", 0
    for each, entry in _FORMATS.items():
        confidence = entry.recognises(head, name)
        if confidence > best:
            chosen, best = each, confidence
        if best >= _SURE:
            break
    if chosen not in ("fhir", "spl", "html"):
        _refuse_unread_markup(head)
    return chosen, best >= _SURE


def _refuse_foreign(data: bytes) -> None:
    for start, what in _FOREIGN:
        if data.startswith(start):
            raise UnreadableError(f"this is {what}")
    if _OWN_REPORT in data[:_HEAD]:
        raise UnreadableError("this is a report of leaflet-validator, no leaflet", text=False)


def _refuse_old_text(data: bytes) -> None:
    """Texts of programs that no reader knows; in a folder of leaflets they are leaflets."""
    if data.startswith(_ZIP) and _ODT in data[:200]:
        raise UnreadableError("this is an OpenDocument text (ODT); save it as DOCX or PDF", text=True)
    if _MIME.match(data):
        raise UnreadableError(
            "this is a web archive or mail (MHTML); save it as HTML, DOCX or PDF", text=True
        )
    if data.startswith(b"{\\rtf"):
        raise UnreadableError("this is an RTF file; save it as DOCX or PDF", text=True)
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise UnreadableError("this is a password-protected Office file; save it without the password")
    if data.startswith(_OLE) and _WORD_TEXT in data:
        raise UnreadableError("this is an old Word file (DOC); save it as DOCX or PDF", text=True)


def _refuse_unread_markup(head: str) -> None:
    if root := _xml_root(head):
        name, space = root
        office = next((what for sign, what in _OFFICE_XML if sign in space), "")
        if office:
            raise UnreadableError(f"this is {office}; save it as DOCX or PDF", text=True)
        where = f" in namespace '{space}'" if space else ""
        raise UnreadableError(f"this is XML, but neither FHIR nor SPL: its root element is '{name}'{where}")
