"""Findings as highlights in a PDF file: on their words, after the bytes that were there."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import ImageChops
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from tests.editing.conftest import SPOILT
from tests.leaflets import input_of
from tests.pdf_files import Setting, pdf_of
from validator.readers import read


class Note(NamedTuple):
    """An annotation of a page: its kind, the words under it, its author and its text."""

    page: int
    kind: int
    words: str
    author: str
    text: str
    top: float


def text_of(annotation: pdfium.FPDF_ANNOTATION, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    units = (ctypes.c_ushort * (length // 2))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, units, length)
    return bytes(units).decode("utf-16-le").rstrip("\0")


def notes(data: bytes) -> Iterator[Note]:
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document, 1):
        textpage = page.get_textpage()
        for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
            annotation = pdfium.FPDFPage_GetAnnot(page, index)
            words = []
            for at in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
                quad = pdfium.FS_QUADPOINTSF()
                pdfium.FPDFAnnot_GetAttachmentPoints(annotation, at, ctypes.byref(quad))
                words.append(textpage.get_text_bounded(quad.x3, quad.y3, quad.x2, quad.y2).strip())
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            frame = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(frame))
            texts = (text_of(annotation, b"T"), text_of(annotation, b"Contents"))
            yield Note(number, kind, " ".join(words), *texts, frame.top)
            pdfium.FPDFPage_CloseAnnot(annotation)
    document.close()


@pytest.fixture
def annotated(leaflet, tmp_path):
    def annotate(data: bytes, *options: str) -> bytes:
        source, copy = tmp_path / "leaflet.pdf", tmp_path / "reviewed.pdf"
        source.write_bytes(data)
        result = leaflet("annotate", source, "-o", copy, *options)
        assert result.code == 0, result.err
        assert source.read_bytes() == data
        return copy.read_bytes()

    return annotate


@pytest.mark.parametrize(
    "setting", [Setting(), Setting(columns=2), Setting(bullet="·"), Setting(quarters=1), Setting(quarters=3)]
)
def test_each_finding_is_a_highlight_on_its_words(annotated, setting):
    found = list(notes(annotated(pdf_of(SPOILT, setting))))
    assert {note.author for note in found} == {"leaflet-validator"}
    icon, *highlights = found
    assert (icon.page, icon.kind) == (1, pdfium.FPDF_ANNOT_TEXT)
    assert ": 1 error, 1 warning\n" in icon.text
    assert {note.kind for note in highlights} == {pdfium.FPDF_ANNOT_HIGHLIGHT}
    missing, altered = highlights
    assert missing.words == "Package leaflet: Information for the patient"
    assert missing.text.startswith("error: statement/keep-leaflet, missing\n")
    assert altered.words == "Keep this medicine out of the sight and grasp of children"
    assert "“grasp” instead of “reach”" in altered.text


def test_the_bytes_of_the_original_stay_as_they_are(annotated):
    before = pdf_of(SPOILT)
    after = annotated(before)
    assert after.startswith(before)
    assert [block.text for block in read(after).blocks] == [block.text for block in read(before).blocks]


def test_the_marks_show_on_the_page(annotated):
    """Where the highlight lies the white of the page is coloured, elsewhere it is as before."""
    before, after = pdf_of(SPOILT), annotated(pdf_of(SPOILT))
    changed = 0
    for old, new in zip(pypdfium2.PdfDocument(before), pypdfium2.PdfDocument(after), strict=True):
        was, now = (page.render(may_draw_forms=False).to_pil().convert("L") for page in (old, new))
        differing = sum(ImageChops.difference(was, now).histogram()[1:])
        assert differing < 0.05 * was.width * was.height
        changed += differing
    assert changed > 1000


def test_findings_on_the_same_words_share_a_mark(annotated):
    lost = SPOILT.replace("• If you have any further questions, ask your doctor or pharmacist.\n", "")
    assert lost != SPOILT
    found = [note for note in notes(annotated(pdf_of(lost))) if note.words.startswith("Package leaflet")]
    (one,) = found
    assert [line.split(",")[0] for line in one.text.split("\n") if line.startswith("error: ")] == [
        "error: statement/further-questions",
        "error: statement/keep-leaflet",
    ]


def test_a_picture_is_told_by_a_note_beside_its_line(annotated):
    """What has no words to mark is not left out: where the black triangle belongs a picture stands."""
    data = pdf_of(input_of("eu-tablet"), Setting(triangle="image"))
    overview, picture = notes(annotated(data))
    assert "no gap, 1 advice" in overview.text
    assert picture.text.startswith("advice: black-triangle/symbol, missing\n")
    assert (picture.page, picture.kind, picture.words) == (1, pdfium.FPDF_ANNOT_TEXT, "")
    assert 50 < overview.top - picture.top < 300  # further down, beside the line


def test_a_file_that_only_its_owner_may_change_is_refused(leaflet, tmp_path):
    encryption = pdfencrypt.StandardEncryption("", ownerPassword="secret", canModify=0)
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=encryption)
    for number, line in enumerate(line for line in SPOILT.split("\n") if line):
        if number % 45 == 0 and number:
            canvas.showPage()
        canvas.drawString(40, 800 - 16 * (number % 45), line[:110])
    canvas.save()
    (tmp_path / "locked.pdf").write_bytes(stream.getvalue())
    assert leaflet("check", tmp_path / "locked.pdf", "--fail-on", "never").code == 0
    refused = leaflet("annotate", tmp_path / "locked.pdf", "-o", tmp_path / "copy.pdf")
    assert refused.code == 3
    assert "a PDF that is encrypted, or may keep a program busy, is not annotated" in refused.err
    assert not (tmp_path / "copy.pdf").exists()
