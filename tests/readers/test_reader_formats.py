"""Which reader is chosen, what is refused and how files are loaded and decoded."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from validator.errors import UnreadableError, UsageError
from validator.readers import Limits, formats, load, read
from validator.readers.decode import decode

_CHOSEN = {
    "plain text": (b"1. What it is\n\nText.", "", "text"),
    "html by its start": (b"<!DOCTYPE html><p>x", "a.txt", "html"),
    "html in a .md file": (b"<html><body><p>x</p></body></html>", "a.md", "html"),
    "html fragment": (b"<div><p>a</p><p>b</p></div>", "", "html"),
    "xhtml": (
        b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><p>x</p></html>',
        "",
        "html",
    ),
    "an XHTML fragment": (b'<div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div>', "", "html"),
    "a fragment declared as XML": (b'<?xml version="1.0"?><div><p>x</p></div>', "", "html"),
    "html with a word about FHIR": (b'<p>x</p><pre>&lt;a xmlns="http://hl7.org/fhir"&gt;</pre>', "", "html"),
    "FHIR JSON": (b'{"entry": [], "resourceType": "Composition"}', "a.txt", "fhir"),
    "FHIR XML": (
        b'<?xml version="1.0"?><!-- <a> --><Composition xmlns="http://hl7.org/fhir"/>',
        "a.html",
        "fhir",
    ),
    "FHIR in UTF-16": ('<Composition xmlns="http://hl7.org/fhir"/>'.encode("utf-16"), "", "fhir"),
    "SPL": (b'<document xmlns="urn:hl7-org:v3" xmlns:xsi="urn:x"><title>a</title></document>', "", "spl"),
    "a text in braces": (b"{Name of the medicine} 5 mg", "", "text"),
    "html in UTF-16": ("<html><p>x</p></html>".encode("utf-16"), "", "html"),
    "markdown without a name": (b"# A\n\n**b**\n", "", "markdown"),
    "markdown by name": (b"1\\. a\n\n- b\n", "a.md", "markdown"),
    "nothing but lists in a .md file": (b"1. a\n2. b\n", "a.md", "text"),
    "plain text in a .md file": (b"What it is\n\ta\n", "a.md", "text"),
    "a hash in a text": (b"# 1 in 10\nText", "a.txt", "text"),
    "less-than in a text": (b"for <5 years> and more", "", "text"),
}


@pytest.mark.parametrize(("data", "name", "expected"), _CHOSEN.values(), ids=_CHOSEN)
def test_format_is_told_by_content(data: bytes, name: str, expected: str) -> None:
    assert read(data, name=name).format == expected


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _zip(*names: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


_REFUSED = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \r\n\t\n", "the file is empty"),
    "mark only": (b"\xef\xbb\xbf", "the file is empty"),
    "PDF": (b"%PDF-1.7\n", "the PDF is damaged, cut short or without pages"),
    "half a ZIP": (b"PK\x03\x04abc", "the ZIP archive is damaged or cut off"),
    "ZIP": (_zip("a.txt", "word.txt"), "this is a ZIP archive; --archives reads the files in it"),
    "empty ZIP": (_zip(), "this is a ZIP archive; --archives reads the files in it"),
    "Word 2003 as XML": (
        b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>',
        "this is an Office document saved as XML; save it as DOCX or PDF",
    ),
    "FODT": (
        b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        "this is an OpenDocument file in XML (FODT); save it as DOCX or PDF",
    ),
    "XLSX": (
        _zip("[Content_Types].xml", "xl/workbook.xml"),
        "this is an Excel file (XLSX); save the leaflet as DOCX, HTML or text",
    ),
    "ODT": (
        _zip("mimetype", "content.xml"),
        "this is an OpenDocument file (ODT); save it as DOCX or PDF",
    ),
    "protected Office file": (
        _OLE + "EncryptedPackage".encode("utf-16-le"),
        "this is a password-protected Office file; save it without the password",
    ),
    "DOC": (
        _OLE + "WordDocument".encode("utf-16-le"),
        "this is an old Word file (DOC); save it as DOCX or PDF",
    ),
    "XLS": (_OLE, "this is an old Office file (XLS, PPT); save the leaflet as DOCX or PDF"),
    "MHTML": (
        b"From: <Saved by a browser>\r\nSubject: =?utf-8?Q?Leaflet?=\r\n one\r\nMIME-Version: 1.0\r\n",
        "this is a web archive or mail (MHTML); save it as HTML, DOCX or PDF",
    ),
    "RTF": (b"{\\rtf1 x}", "this is an RTF file; save it as DOCX or PDF"),
    "image": (b"\x89PNG\r\n", "this is a PNG image; it holds no text"),
    "XML": (
        b'<?xml version="1.0"?><a><p>x</p><p>y</p></a>',
        "this is XML, but neither FHIR nor SPL: its root element is 'a'",
    ),
    "XML with a namespace": (
        b'<!-- c --><x:a y="&lt;" xmlns:x="urn:b"><x:p>x</x:p></x:a>',
        "this is XML, but neither FHIR nor SPL: its root element is 'a' in namespace 'urn:b'",
    ),
    "XML with a namespace over two lines": (
        b'<?xml version="1.0"?><a xmlns=" urn:\n b"/>',
        "this is XML, but neither FHIR nor SPL: its root element is 'a' in namespace 'urn: b'",
    ),
    "XML with entities": (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        "this is XML, but neither FHIR nor SPL: its root element is 'a'",
    ),
    "binary": (bytes(range(256)) * 8, "this is a binary file, not text"),
}


@pytest.mark.parametrize(("data", "message"), _REFUSED.values(), ids=_REFUSED)
def test_what_cannot_be_read_is_named(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert str(caught.value) == message


def test_unknown_format_lists_the_choices() -> None:
    with pytest.raises(
        UsageError,
        match="unknown input format 'word'; choose one of: fhir, spl, docx, pdf, html, markdown, text",
    ):
        read(b"x", input_format="word")
    assert formats() == ("fhir", "spl", "docx", "pdf", "html", "markdown", "text")


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(max_bytes=10), "the file is larger than the limit of 1e-05 MB"),
        (Limits(max_blocks=2), "the file has more than 2 paragraphs"),
        (Limits(max_block_chars=5), "the file has a paragraph of more than 5 characters"),
    ],
)
def test_limits(limits: Limits, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(b"a paragraph\n\nb\n\nc", limits=limits)
    assert str(caught.value) == message


def test_load(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.txt"
    path.write_bytes(b"0123456789")
    assert load(path, Limits(max_bytes=10)) == b"0123456789"
    for wrong, message in [
        (path, "the file is larger than the limit of 9e-06 MB"),
        (tmp_path, "this is a folder, not a file"),
        (tmp_path / "none", "the file does not exist"),
    ]:
        with pytest.raises(UnreadableError) as caught:
            load(wrong, Limits(max_bytes=9))
        assert str(caught.value) == message


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (b'<Bundle xmlns="http://hl7.org/fhir">', True),
        (b'<?xml version="1.0"?><document xmlns="urn:hl7-org:v3">', True),
        (b'{"resourceType": "Bundle",', True),
        (b'{"name": "package",', None),
        (b'<office xmlns="urn:x">', None),
    ],
)
def test_what_is_too_large_and_begins_like_fhir_or_spl_is_told(
    tmp_path: Path, start: bytes, told: bool | None
) -> None:
    path = tmp_path / "large"
    path.write_bytes(start + b" " * 100)
    with pytest.raises(UnreadableError) as caught:
        load(path, Limits(max_bytes=100))
    assert caught.value.text is told


def test_load_from_a_pipe_stops_at_the_limit() -> None:
    reader, writer = os.pipe()
    os.write(writer, b"x" * 100)
    os.close(writer)
    with pytest.raises(UnreadableError):
        load(f"/dev/fd/{reader}", Limits(max_bytes=50))
    os.close(reader)


_TURKISH = (
    "Bu ilacı kullanmaya başlamadan önce dikkatlice okuyunuz, çünkü önemli bilgiler içerir. İğne, şişe."
)
_ENCODED = {
    "UTF-8 mark": (_TURKISH.encode("utf-8-sig"), _TURKISH),
    "UTF-16": (_TURKISH.encode("utf-16"), _TURKISH),
    "UTF-16 without mark": (_TURKISH.encode("utf-16-le"), _TURKISH),
    "UTF-32": (_TURKISH.encode("utf-32"), _TURKISH),
    "Turkish Windows": (_TURKISH.encode("cp1254"), _TURKISH),
    "Polish Windows": (
        "Należy zapoznać się z treścią ulotki".encode("cp1250"),
        "Należy zapoznać się z treścią ulotki",
    ),
    "Greek Windows": ("Διαβάστε προσεκτικά το φύλλο".encode("cp1253"), "Διαβάστε προσεκτικά το φύλλο"),
    "Bulgarian Windows": (
        "Прочетете внимателно листовката".encode("cp1251"),
        "Прочетете внимателно листовката",
    ),
    "Greek ISO": ("Άλλα φάρμακα και το φύλλο".encode("iso8859_7"), "Άλλα φάρμακα και το φύλλο"),
    "Bulgarian ISO": (
        "Прочетете внимателно листовката".encode("iso8859_5"),
        "Прочетете внимателно листовката",
    ),
    "Bulgarian KOI8": ("Прочетете внимателно листовката".encode("koi8_r"), "Прочетете внимателно листовката"),
    "German Macintosh": ("für Ärzte, daß Öl größer".encode("mac_roman"), "für Ärzte, daß Öl größer"),
    "Spanish Macintosh": ("niños, según el médico".encode("mac_roman"), "niños, según el médico"),
    "French Windows": ("L’enfant a été traité – œdème".encode("cp1252"), "L’enfant a été traité – œdème"),
    "declared": (b"<meta charset=iso-8859-1>\xe9t\xe9 l\x92", "<meta charset=iso-8859-1>été l’"),
    "declared wrongly": ("<meta charset=iso-8859-1>été".encode(), "<meta charset=iso-8859-1>été"),
    "declared for another language": (
        "<meta charset=iso-8859-1>treścią się będą, że są".encode("cp1250"),
        "<meta charset=iso-8859-1>treścią się będą, że są",
    ),
    "declared as nonsense": (b"<meta charset=rot13>d\xf8de", "<meta charset=rot13>døde"),
    "line ends": (b"a\r\nb\rc\n", "a\nb\nc\n"),
    "a few zeros": (b"a lea\0flet of many words", "a lea\u200bflet of many words"),
    "one bad byte": ("ğüşıöç".encode() * 20 + b"\xff", "ğüşıöç" * 20 + "\ufffd"),
}


@pytest.mark.parametrize(("data", "text"), _ENCODED.values(), ids=_ENCODED)
def test_decoding(data: bytes, text: str) -> None:
    assert decode(data).text == text


def test_what_was_guessed_or_lost_is_noted() -> None:
    false = b"<meta charset=utf-8>d\xf8de"
    notes = [
        decode(data).notes
        for data in (b"d\xf8de", false, "ğ".encode() * 20 + b"\xff", b"abc def ghi\0", b"a")
    ]
    assert notes == [
        ("the file does not say its encoding; read as cp1252",),
        ("the file is not in the encoding it names; read as cp1252",),
        ("some bytes are not valid utf-8 and were replaced",),
        ("NUL characters were dropped",),
        (),
    ]


def test_readers_are_loaded_only_when_needed() -> None:
    code = (
        "import sys; from validator.readers import read; read(b'plain text');"
        "print([name for name in ('markdown_it', 'html.parser', 'charset_normalizer', 'lxml', 'zipfile') if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert run.stdout.strip() == "[]"
