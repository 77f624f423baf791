"""Every hostile input of our list through the whole tool: little time, a plain sentence or a report, and the batch goes on.

The readers' own tests look at each format more closely.
"""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from tests.docx_files import docx_of
from tests.formats import as_json, as_xml, bundle, composition, fhir, section, spl
from tests.leaflets import input_of
from tests.pdf_files import plain, stream
from validator.batch import documents, sweep
from validator.settings import Options

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
            packed.writestr(name, data)
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
_FILES = {
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """All of them in a folder, with a good leaflet that comes last."""
    for name, (data, _) in _FILES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "zz-good.txt").write_text(TEXT, "utf-8")
    return tmp_path


def test_the_batch_goes_on_and_every_file_has_its_reason(folder: Path) -> None:
    started = time.process_time()
    results = {Path(result.path).name: result for result in sweep([folder], Options())}
    assert time.process_time() - started < 60
    assert set(results) == {*_FILES, "zz-good.txt"}
    assert [name for name, result in results.items() if result.trace] == []
    assert results["zz-good.txt"].documents
    for name, (_, reason) in _FILES.items():
        said = results[name].failure or results[name].skipped
        assert said.startswith(reason), name
        assert bool(said) == bool(reason), f"{name}: {said}"
        assert bool(results[name].documents) == (not reason), name


def test_what_is_outside_or_runs_as_a_program_is_never_read(folder: Path) -> None:
    for result in sweep([folder], Options()):
        for document in result.documents:
            assert "root:" not in repr(document)
            assert "Injected" not in repr(document)


_RUNS = {
    "digits": "1", "spaces": " ", "no-break spaces": "\u00a0", "opening brackets": "(", "closing brackets": ")",
    "square brackets": "]", "angle brackets": "<", "braces": "{", "full stops": ".", "dashes": "-",
    "quotes": "“", "one word": "a", "accents": "\u0301", "halves": "½", "triangles": "▼", "decimals": "1.",
    "ranges": "1-", "fractions": "1/", "thousands": "1,", "numbers": "1 ", "amounts": "1 mg ", "factors": "2 x ",
    "frequencies": "may affect up to 1 in 10 people ", "labels": "Very common: ", "doses": "take 1 tablet once a day ",
    "bands": "10 kg to 20 kg: 5 mg. ", "references": "see section 4 ", "asides": "(see ", "placeholders": "{EXP}",
    "short lines": "1\n", "items": "• a\n", "headings": "4. Possible side effects\n", "bullets": "• ",
    "titles": "Package leaflet: Information for the user\n", "addresses": "http://", "abbreviations": "e.g. ",
    "additives": "E1", "excipients": "lactose ",
}  # fmt: skip
_LENGTH = 30_000


def _after(text: str, heading: str, run: str) -> str:
    """The text with a paragraph more after the line that begins a section."""
    at = text.index("\n", text.rindex(heading))
    return f"{text[:at]}\n\n{run}\n\n{text[at:]}"


@pytest.mark.parametrize("unit", _RUNS.values(), ids=_RUNS)
def test_long_runs_take_time_in_proportion(unit: str) -> None:
    text = TEXT
    for heading in ("3. How to take", "4. Possible side effects", "6. Contents of the pack"):
        text = _after(text, heading, unit * (_LENGTH // len(unit)))
    started = time.process_time()
    assert documents(text.encode(), "x.txt", Options(market="eu", language="en"))
    assert time.process_time() - started < 10


def test_brackets_without_end_are_told_a_few_times() -> None:
    text = _after(TEXT, "3. How to take", ")" * 5000 + " text " + "(" * 5000)
    (document,) = documents(text.encode(), "x.txt", Options())
    assert sum(finding.rule == "consistency/brackets" for finding in document.findings) == 20
