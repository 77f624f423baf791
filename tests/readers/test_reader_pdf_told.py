"""PDF: what cannot be taken from its text, and is told: fields and comments, digits that mean others."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.pdf_files import HEIGHT, WIDTH, plain, stream
from validator.readers import pdf
from validator.readers.pdf_digits import has_doubtful_digits
from validator.readers.pdf_parts import Stream


def _beside(kind: str) -> bytes:
    """A page of text with something of this kind on it."""
    stream = io.BytesIO()
    canvas = Canvas(stream, (WIDTH, HEIGHT), invariant=1)
    canvas.drawString(70, 700, "Take one tablet.")
    if kind == "note":
        canvas.freeTextAnnotation("Not with milk.", "/Helv 10 Tf 0 g", Rect=(70, 600, 270, 620))
    elif kind == "comment":
        canvas.textAnnotation("Is this right?", Rect=(70, 600, 90, 620))
    elif kind == "link":
        canvas.linkURL("https://example.org", (70, 700, 170, 712))
    elif kind in ("field", "empty field"):
        value = "Not with milk." if kind == "field" else ""
        canvas.acroForm.textfield(name="n", value=value, x=70, y=600, width=200, height=20)
    elif kind == "box":
        canvas.acroForm.checkbox(name="n", checked=True, x=70, y=600)
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["nothing", "link", "empty field", "box", "field", "note", "comment"])
def test_words_beside_the_text_are_told(kind: str) -> None:
    note = "lost: what form fields, typed notes or comments say on page 1 was not read"
    reading = pdf.read(_beside(kind))
    assert [block.text for block in reading.blocks] == ["Take one tablet."]
    assert reading.notes == ((note,) if kind in ("field", "note", "comment") else ())


_WORDS = b"BT /F1 11 Tf 70 700 Td (Take 3 tablets of 20 mg.) Tj ET"
_CODES = b"/CIDInit /ProcSet findresource begin\n%s\nend"
_NOTE = "lost, perhaps: a font of the file takes one digit for another, so that figures may be wrong"


def _chars(meanings: dict[int, str], width: int = 2) -> bytes:
    pairs = b"\n".join(b"<%0*X> <%04X>" % (width, code, ord(sign)) for code, sign in meanings.items())
    return _CODES % (b"%d beginbfchar\n%s\nendbfchar" % (len(meanings), pairs))


@pytest.mark.parametrize(
    ("table", "text", "told"),
    [
        (_chars({0x33: "3", 0x32: "2"}), "Take 3 tablets of 20 mg.", False),
        (_chars({0x33: "8", 0x32: "2"}), "Take 8 tablets of 20 mg.", True),
        (_chars({0x33: "l"}), "Take l tablets of 20 mg.", True),
        (_CODES % b"1 beginbfrange\n<20> <7E> <0020>\nendbfrange", "Take 3 tablets of 20 mg.", False),
        (_CODES % b"1 beginbfrange\n<30> <39> <0031>\nendbfrange", "Take 4 tablets of 31 mg.", True),
        (_CODES % b"1 beginbfrange\n<32> <33> [<0033> <0032>]\nendbfrange", "Take 2 tablets of 30 mg.", True),
    ],
)
def test_digits_that_mean_others_than_their_codes(table: bytes, text: str, told: bool) -> None:
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 8 0 R >>"
    )
    reading = pdf.read(plain(_WORDS, extra={8: stream(table), 9: font}))
    assert [block.text for block in reading.blocks] == [text]
    assert reading.notes == ((_NOTE,) if told else ())


_IN_ORDER = {ord(sign) - 29: sign for sign in "abcdefghijklmnop0123456789"}
_BY_USE = dict(enumerate("Take3blsof20mg.192", 3))


@pytest.mark.parametrize(
    ("meanings", "doubtful"),
    [
        (_IN_ORDER, False),
        (_IN_ORDER | {ord("3") - 29: "8", ord("8") - 29: "3"}, True),
        (_BY_USE, False),  # glyphs that are numbered as the text needs them tell nothing
    ],
)
def test_digits_of_a_font_whose_glyphs_have_numbers(meanings: dict[int, str], doubtful: bool) -> None:
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 8 0 R >>"
    assert has_doubtful_digits([font], [Stream(8, b"<< >>", _chars(meanings, 4))]) == doubtful
