"""Hostile files of every format: `python -m tests.hostile_files` writes the small ones to `fixtures/hostile`."""

from __future__ import annotations

import io
import zipfile

from tests.docx_files import docx_of
from tests.formats import as_json, as_xml, bundle, composition, fhir, section, spl
from tests.leaflets import FIXTURES, input_of
from tests.pdf_files import plain, stream

FOLDER = FIXTURES / "hostile"
_LARGEST = 100_000  # bytes of a file that is kept; larger ones are made by the test

TEXT = input_of("eu-tablet")
_ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_OUTSIDE = '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
_INCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
_FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>"
_DOCTYPE = "the file declares a document type (DOCTYPE); for safety such XML is not read"


def _xml(declared: str, root: str) -> bytes:
    return f'<?xml version="1.0"?>{declared}{root}'.encode()


def _zip(*files: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files:
            packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _word(inner: str, before: str = "") -> bytes:
    """Our leaflet as a Word file with something more in its document part."""
    source = zipfile.ZipFile(io.BytesIO(docx_of(TEXT)))
    files = {name: source.read(name) for name in source.namelist()}
    document = files["word/document.xml"].decode()
    head, _, rest = document.partition("?>")
    files["word/document.xml"] = f"{head}?>{before}{rest.replace('</w:body>', f'{inner}</w:body>')}".encode()
    return _zip(*files.items())


def _page(inner: str) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.splitlines() if line)
    return f"<html><body>{paragraphs}{inner}</body></html>".encode()


_FHIR = '<Bundle xmlns="http://hl7.org/fhir"><type value="document"/>&b;</Bundle>'
_SPL = '<document xmlns="urn:hl7-org:v3">&b;</document>'
# The file's name, its bytes, and how the reason begins for which it is refused; "" where the leaflet is judged.
FILES: dict[str, tuple[bytes, str]] = {
    "entity-bomb-fhir.xml": (_xml(_ENTITIES, _FHIR), _DOCTYPE),
    "entity-bomb-spl.xml": (_xml(_ENTITIES, _SPL), _DOCTYPE),
    "entity-bomb.docx": (_word("&b;", _ENTITIES), "the part word/document.xml declares a document type"),
    "outside-fhir.xml": (_xml(_OUTSIDE, _FHIR), _DOCTYPE),
    "outside-spl.xml": (_xml(_OUTSIDE, _SPL), _DOCTYPE),
    "outside.docx": (_word("&b;", _OUTSIDE), "the part word/document.xml declares a document type"),
    "include-fhir.xml": (as_xml(fhir(TEXT, nested=True)).replace(b"<type ", _INCLUDE.encode() + b"<type ", 1), ""),
    "include-spl.xml": (spl(TEXT).replace(b"<component>", _INCLUDE.encode() + b"<component>", 1), ""),
    "include.docx": (_word(_INCLUDE), ""),
    "bomb.docx": (_word("<w:r/>" * 2_000_000), "word/document.xml unpacks to more than 200 times its size"),
    "path.docx": (_zip(("../../word/document.xml", b"x")), "this is a ZIP archive"),
    "deep.xml": (_xml("", '<Bundle xmlns="http://hl7.org/fhir">' + "<entry>" * 10_000), "the XML is nested deeper than 100 levels"),
    "deep.json": (b'{"resourceType":"Bundle","a":' + b"[" * 10_000, "the JSON is nested deeper than 100 levels"),
    "deep.html": (_page("<div>" * 10_000 + "x"), ""),
    "deep-fhir.json": (as_json(bundle(composition(section("A", "<div>" + "<b>" * 10_000 + "</div>")))), "by its codes the file holds a text for patients"),
    "deep.md": (TEXT.encode() + b"\n\n" + b">" * 10_000 + b" x", ""),
    "empty-runs.docx": (_word("<w:p>" + "<w:r/><w:r></w:r>" * 100 + "</w:p>"), ""),
    "loop.pdf": (plain(b"BT /F1 9 Tf (a) Tj ET /X Do", more=b"/XObject << /X 10 0 R >>", extra={10: stream(b"/X Do /X Do", _FORM)}), "a drawing in the PDF contains itself"),
    "many.html": (_page("<b></b>" * 5_000_000), "the file has more than 500000 tags"),
    "lines.html": (("<p>" + "word " * 16 + "</p>").encode() * 100_000, "the file has a paragraph of more than 1000000 characters"),
    "zeros.txt": (TEXT.replace(" ", " \0", 20).encode(), ""),
    "wrong-encoding.html": (_page("").replace(b"<html>", b'<html><meta charset="utf-16">'), ""),
    "script.html": (_page('<script>document.write("<p>9. Injected</p>")</script><p onclick="x()">Ask.</p>'), ""),
    "signs.txt": (b"\xff\xfe" + b"\0" * 5000, "the file is empty"),
    "cut.pdf": (plain(b"BT ET")[:200], "the PDF is damaged"),
}  # fmt: skip


KEPT = {name: data for name, (data, _) in FILES.items() if len(data) <= _LARGEST}

_ABOUT = """# Hostile files

What a broken program or an attacker may hand in; `python -m tests.hostile_files` writes this folder.
`tests/test_hostile.py` checks it, with two larger files that it makes itself. Runs of signs that keep patterns busy
are made there, archives in archives in `tests/cli/test_archives.py`, mutated files in `tests/readers/test_reader_fuzz.py`.

| file | what comes of it |
|---|---|
"""


def main() -> None:
    """Write the folder anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, data in KEPT.items():
        (FOLDER / name).write_bytes(data)
    rows = (f"| {name} | {FILES[name][1] or 'the leaflet in it is judged'} |" for name in KEPT)
    (FOLDER / "README.md").write_text(_ABOUT + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
