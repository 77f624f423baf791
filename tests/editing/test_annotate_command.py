"""`leaflet annotate`: the original is never touched, and what cannot be annotated is told in one line."""

from __future__ import annotations

import os
import zipfile
from io import BytesIO

import pytest

from tests.docx_files import docx_of
from tests.editing.conftest import SPOILT
from tests.editing.test_annotate_docx import commented
from tests.pdf_files import pdf_of


def with_entries(*entries: tuple[str, bytes]) -> bytes:
    """A Word file with further entries that its text does not need."""
    stream = BytesIO(docx_of(SPOILT))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.fixture
def given(tmp_path):
    path = tmp_path / "leaflet.docx"
    path.write_bytes(docx_of(SPOILT))
    return path


@pytest.mark.parametrize("link", [None, os.symlink, os.link], ids=["itself", "symlink", "hardlink"])
def test_the_original_is_refused_as_output(leaflet, given, tmp_path, link):
    before, output = given.read_bytes(), given
    if link:
        output = tmp_path / "other.docx"
        link(given, output)
    result = leaflet("annotate", given, "-o", output)
    assert (result.code, result.out) == (2, "")
    assert result.error_lines == [
        f"leaflet: error: {output} is the original, which is never changed: name another file"
    ]
    assert given.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({"leaflet.docx", output.name})


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        (
            "a.txt",
            SPOILT.encode(),
            2,
            "has the format text: only Word and PDF files have a place for remarks",
        ),
        ("a.docx", b"PK\x03\x04", 3, "damaged"),
        ("a.docx", docx_of("Nothing of a leaflet."), 3, "no leaflet was recognised in this file"),
        (
            "a.docx",
            with_entries(("word/media/a.png", b"0" * 60_000_000)),
            3,
            "unpacks to more than the limit",
        ),
        ("a.docx", with_entries(("a.xml", b"1"), ("A.xml", b"2")), 3, "two parts of one name"),
    ],
)
def test_what_cannot_be_annotated(leaflet, tmp_path, name, content, code, told):
    path = tmp_path / name
    path.write_bytes(content)
    result = leaflet("annotate", path, "-o", tmp_path / "copy.docx")
    assert result.code == code
    assert len(result.error_lines) == 1
    assert str(path) in result.err
    assert told in result.err
    assert not (tmp_path / "copy.docx").exists()


def test_standard_output_takes_no_copy(leaflet, given):
    assert leaflet("annotate", given, "-o", "-").code == 2


def test_waivers_and_the_date_are_those_of_the_run(process, given, tmp_path):
    waiver = '[[waiver]]\nrule = "statement/keep-leaflet"\nreason = "on the carton"\nby = "A. Person"\n'
    (tmp_path / "leaflet.docx.waivers.toml").write_text(waiver, "utf-8")
    copies = []
    for number in (1, 2):
        copy = tmp_path / f"copy{number}.docx"
        assert process("annotate", given, "-o", copy, SOURCE_DATE_EPOCH="1767225600").code == 0
        copies.append(copy.read_bytes())
    assert copies[0] == copies[1]
    overview, missing, _ = (lines for _, lines in commented(copies[0]))
    assert missing[0] == "error: statement/keep-leaflet, missing (waived: on the carton (A. Person))"
    assert overview[0].endswith(": 1 warning, 1 waived")


def test_two_copies_of_a_pdf_are_the_same_bytes(process, tmp_path):
    """PDFium names each version by chance."""
    given = tmp_path / "leaflet.pdf"
    given.write_bytes(pdf_of(SPOILT))
    copies = []
    for number in (1, 2):
        copy = tmp_path / f"copy{number}.pdf"
        assert process("annotate", given, "-o", copy, SOURCE_DATE_EPOCH="1767225600").code == 0
        copies.append(copy.read_bytes())
    assert copies[0] == copies[1]
    assert copies[0].startswith(given.read_bytes())
    assert copies[0].count(b"/ID") == 2
