"""PDF: reading order, paragraphs, lists, tables, furniture, images, places, what cannot be read, hostile files."""

from __future__ import annotations

import contextlib
import random
import time

import pypdfium2
import pytest

from tests.leaflets import input_of
from tests.pdf_files import Setting, assembled, drawn, pdf_of, plain, scanned, stream
from validator.document.blocks import Block
from validator.errors import UnreadableError
from validator.readers import Limits, read
from validator.readers.limits import DEFAULT_LIMITS
from validator.readers.pdf_layout import layout
from validator.readers.pdf_page import read_pages
from validator.readers.pdf_rows import Strip, rows_of

LEAFLET = input_of("eu-tablet")
PARAGRAPHS = [line.removeprefix("• ") for line in LEAFLET.split("\n") if line.strip()]
GAP = 0.4


def texts(data: bytes) -> list[str]:
    """The blocks of a file that are its text."""
    return [block.text for block in read(data).blocks if block.kind not in ("furniture", "image")]


def shown(data: bytes) -> list[str]:
    """The blocks of a file, each with its kind, its marker and its cells."""
    return [_show(block) for block in read(data).blocks]


def _show(block: Block) -> str:
    kind = "" if block.kind == "paragraph" else f"{block.kind} "
    strong = "!" if block.strong and block.kind == "paragraph" else ""
    lead = f"({block.lead})" if block.lead else ""
    text = block.text
    if block.cells:
        text = " | ".join(
            text[a:b].strip() for a, b in zip(block.cells, (*block.cells[1:], len(text)), strict=True)
        )
    return f"{kind}{block.marker + ' ' if block.marker else ''}{strong}{lead}{text}"


SETTINGS = {
    "one column": Setting(paragraph_gap=GAP),
    "two columns": Setting(columns=2, size=8.5, paragraph_gap=GAP),
    "two columns, drawn row by row": Setting(columns=2, size=8.5, paragraph_gap=GAP, rows=True),
    "three columns": Setting(columns=3, size=7, paragraph_gap=GAP),
    "words broken at line ends": Setting(columns=2, size=8.5, paragraph_gap=GAP, hyphens=True),
    "running head and foot": Setting(paragraph_gap=GAP, head="Velorin, version 3", foot="Page {page} of 9"),
    "pages that end in sentences": Setting(paragraph_gap=GAP, break_at=13),
    "bullets of a symbol font": Setting(paragraph_gap=GAP, symbol_font=True),
    "lines far apart": Setting(leading=1.7, paragraph_gap=GAP),
}


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_the_paragraphs_come_back_however_they_are_set(setting: Setting) -> None:
    assert texts(pdf_of(LEAFLET, setting)) == PARAGRAPHS


def test_headings_items_and_furniture() -> None:
    blocks = read(pdf_of(LEAFLET, Setting(paragraph_gap=GAP))).blocks
    kinds = {block.text: (block.kind, block.strong, block.marker) for block in blocks}
    assert kinds["1. What Velorin is and what it is used for"] == ("heading", True, "")
    assert kinds["Warnings and precautions"] == ("heading", True, "")
    assert kinds["headache"] == ("item", False, "•")
    assert kinds["This leaflet was last revised in 06/2026."] == ("paragraph", False, "")
    assert [text for text, (kind, *_) in kinds.items() if kind == "furniture"] == ["1", "2", "3"]


def test_larger_type_is_a_heading() -> None:
    words = [
        (70, 700 - 13 * n, "one of the lines that is followed by the next one and goes on") for n in range(9)
    ]
    small = _lines([*words, (70, 583, "until its end.")])
    assert (
        shown(plain(b"BT /F1 16 Tf 70 760 Td (A larger line) Tj ET\n" + small))[0] == "heading A larger line"
    )
    assert shown(plain(b"BT /F1 11 Tf 70 760 Td (An equal line) Tj ET\n" + small))[0] == "An equal line"


def _lines(words: list[tuple[float, float, str]]) -> bytes:
    return b"".join(b"BT /F1 11 Tf %d %d Td (%s) Tj ET\n" % (x, y, text.encode()) for x, y, text in words)


_LONG = "This line is as long as a line of running text that is set in one column and then"
_CASES: dict[str, tuple[list[tuple[float, float, str]], list[str]]] = {
    "a sentence goes on": ([(70, 700, _LONG), (70, 687, "goes on.")], [f"{_LONG} goes on."]),
    "a short line ends its paragraph": (
        [(70, 713, _LONG), (70, 700, "ends."), (70, 687, "Another one")],
        [f"{_LONG} ends.", "Another one"],
    ),
    "a gap": ([(70, 700, f"{_LONG} and"), (70, 670, "Then more")], [f"{_LONG} and", "Then more"]),
    "a first line set in": (
        [(70, 713, _LONG), (70, 700, f"{_LONG} end"), (85, 687, _LONG), (70, 674, "ends.")],
        [f"{_LONG} {_LONG} end", f"{_LONG} ends."],
    ),
    "a hanging item": (
        [(70, 700, "-"), (90, 700, _LONG), (90, 687, "goes on."), (70, 674, "-"), (90, 674, "two")],
        [f"item - {_LONG} goes on.", "item - two"],
    ),
    "a number before a wide blank": (
        [(70, 700, "*4.8"), (110, 700, "*Undesirable effects"), (70, 674, "Text.")],
        ["heading 4.8 Undesirable effects", "Text."],
    ),
    "a bold beginning": (
        [(70, 700, "*Common:"), (126, 700, "headache and fever.")],
        ["(7)Common: headache and fever."],
    ),
    "a hyphen that belongs to the word": (
        [
            (70, 713, "Ask before breast-feeding, or if " + "x" * 40 + " is new to you or breast-"),
            (70, 700, "feeding."),
        ],
        ["Ask before breast-feeding, or if " + "x" * 40 + " is new to you or breast-feeding."],
    ),
    "a hyphen of the typesetter": (
        [(70, 713, "This medicine, or if " + "x" * 48 + " is new to you, the medi-"), (70, 700, "cine.")],
        ["This medicine, or if " + "x" * 48 + " is new to you, the medicine."],
    ),
    "a hyphen before a number": ([(70, 713, f"{_LONG} COVID-"), (70, 700, "19.")], [f"{_LONG} COVID-19."]),
    "a line of hyphens": (
        [(70, 713, f"{_LONG} ends"), (70, 700, "-" * 100), (70, 687, "for nurses only")],
        [f"{_LONG} ends", "-" * 100, "for nurses only"],
    ),
    "numbers side by side": (
        [
            (x, y, text)
            for y, row in ((700, ("1", "30 mg", "2")), (680, ("2", "4.5", "60 mg")))
            for x, text in zip((70, 100, 160), row, strict=True)
        ],
        ["row 1 | 30 mg | 2", "row 2 | 4.5 | 60 mg"],
    ),
    "a table": (
        [
            (70, 700, "Common"),
            (200, 700, "headache"),
            (70, 680, "Rare"),
            (200, 680, "fever"),
            (200, 667, "chills"),
        ],
        ["row Common | headache", "row Rare | fever chills"],
    ),
    "a table of which a cell is empty": (
        [
            (70, 700, "A"),
            (200, 700, "b"),
            (300, 700, "c"),
            (70, 680, "D"),
            (300, 680, "f"),
            (70, 660, "G"),
            (200, 660, "h"),
            (300, 660, "i"),
        ],
        ["row A | b | c", "row D |  | f", "row G | h | i"],
    ),
    "one line with a blank in it is no table": ([(70, 700, "EXP"), (200, 700, "Lot")], ["EXP Lot"]),
    "lines that pdfium runs into one": (
        [(70, 700, "cell"), (70, 680, "•"), (90, 680, "item")],
        ["cell", "item • item"],
    ),
}


@pytest.mark.parametrize(("words", "expected"), _CASES.values(), ids=_CASES)
def test_blocks(words: list[tuple[float, float, str]], expected: list[str]) -> None:
    assert shown(drawn(words)) == expected


def test_a_sentence_goes_on_over_the_page_and_keeps_both_places() -> None:
    pages = [
        [(70, 60, f"{_LONG} {'xabc'[n]}"), (290, 20, str(n)), (70, 800, f"goes on {'xabc'[n]}.")]
        for n in (1, 2, 3)
    ]
    blocks = read(drawn(*pages)).blocks
    whole = next(block for block in blocks if block.text == f"{_LONG} a goes on b.")
    assert [(anchor.page, anchor.line) for anchor in whole.anchors] == [(1, 2), (2, 1)]
    assert [block.text for block in blocks if block.kind == "furniture"] == ["1", "2", "3"]


_HEADS = {
    "page numbers": (["1", "2"], 2),
    "numbers in words": (["Page 1 of 2", "Page 2 of 2"], 2),
    "the same words on three pages": (["Version of May"] * 3, 3),
    "the same words on two pages": (["Version of May"] * 2, 0),
    "bold titles of three leaflets": (["*Package leaflet"] * 3, 0),
    "bold heads of many pages": (["*Velorin"] * 7, 7),
    "numbers that do not count": (["5 mg", "10 mg"], 0),
    "sentences whose numbers count by chance": (
        ["The scores are given in table 4:", "The scores are given in table 5:"],
        0,
    ),
    "heads of a part of a book": (["page 14", "page 15"], 2),
}


@pytest.mark.parametrize(("heads", "count"), _HEADS.values(), ids=_HEADS)
def test_furniture(heads: list[str], count: int) -> None:
    pages = [[(70, 810, head), (70, 700, f"Text {'abcdefg'[n]}")] for n, head in enumerate(heads)]
    assert [block.kind for block in read(drawn(*pages)).blocks].count("furniture") == count


@pytest.mark.parametrize("triangle", ["image", "inline image", "drawing"])
def test_a_small_image_stands_before_its_paragraph(triangle: str) -> None:
    blocks = read(pdf_of(LEAFLET, Setting(paragraph_gap=GAP, triangle=triangle))).blocks
    at = [block.kind for block in blocks].index("image")
    assert blocks[at].text == ""
    assert blocks[at + 1].text.startswith("This medicine is subject to additional monitoring.")
    assert blocks[at].place().line == blocks[at + 1].place().line
    assert blocks[at].place().page == 1


def test_a_drawn_square_is_no_triangle() -> None:
    blocks = read(pdf_of(LEAFLET, Setting(paragraph_gap=GAP, triangle="square"))).blocks
    assert "image" not in [block.kind for block in blocks]


@pytest.mark.parametrize(
    "name", ["one column", "two columns", "words broken at line ends", "running head and foot"]
)
def test_every_place_holds_the_words(name: str) -> None:
    data = pdf_of(LEAFLET, SETTINGS[name])
    lines = _lines_of_pages(data)
    for block in read(data).blocks:
        ends = [anchor.offset for anchor in block.anchors[1:]] + [len(block.text)]
        for anchor, end in zip(block.anchors, ends, strict=True):
            words = block.text[anchor.offset : end].strip()
            line = lines[anchor.page, anchor.line]
            start = max(anchor.column - 1, 0)
            stands = line[0][start : start + end - anchor.offset].strip(" \ufffe")
            assert words.strip(" -") == stands.strip(" -")
            assert words.split()[:1] == [] or words.split()[0] in line[1]


def _lines_of_pages(data: bytes) -> dict[tuple[int, int], tuple[str, str]]:
    """The lines by page and number: as the reader counts them, and what pdfium says stands in their box."""
    found = {}
    for number, page in enumerate(read_pages(data, DEFAULT_LIMITS)):
        assert page is not None
        rows = rows_of(page.pieces)
        edges = [row for row in rows if row[0].bottom > 790], [row for row in rows if row[0].bottom < 40]
        body = [row for row in rows if 40 <= row[0].bottom <= 790]
        parts = layout(body, page.pieces, 525)
        inner = [piece for part in parts for piece in (part.pieces if isinstance(part, Strip) else ())]
        pieces = [
            *(piece for row in edges[0] for piece in row),
            *inner,
            *(p for row in edges[1] for p in row),
        ]
        with pypdfium2.PdfDocument(data) as other:
            textpage = other[number].get_textpage()
            for line, piece in enumerate(pieces, 1):
                box = (piece.left - 1, piece.bottom, piece.right + 1, piece.bottom + piece.height)
                words = textpage.get_text_bounded(*box)
                found[number + 1, line] = (piece.text, words)
            textpage.close()
    return found


_UNREADABLE = {
    "scan": (scanned(3), "the PDF has no text layer (3 pages of images); run text recognition (OCR) on it first"),
    "scan with a stamp": (scanned(1, "received 1.2.2026"), "the PDF has no text layer (1 page of images); run text recognition (OCR) on it first"),
    "password": (pdf_of("Text.", password="x"), "the PDF is protected by a password; save it without one"),
    "no pages": (assembled({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}), "the PDF is damaged, cut short or without pages"),
    "blank page": (plain(b""), "the PDF holds no text that can be read; export it again with its text"),
    "head alone": (b"%PDF-1.7\n", "the PDF is damaged, cut short or without pages"),
    "no text in it": (b"%PDF-1.7\n" + b"not a PDF " * 99, "the PDF is damaged, cut short or without pages"),
    "the first half": (pdf_of(LEAFLET)[:3000], "the PDF is damaged, cut short or without pages"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "message"), _UNREADABLE.values(), ids=_UNREADABLE)
def test_what_cannot_be_read_is_named(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert str(caught.value) == message


def test_what_was_lost_is_noted() -> None:
    text = plain(_lines([(70, 700, "Keep this leaflet.")]))
    assert read(text).notes == ()
    assert read(text.replace(b"%%EOF", b"")).notes == (
        "lost, perhaps: the file has no end mark and may be cut short",
    )
    image = stream(
        b"\0" * 300,
        b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
    )
    half = assembled({
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R 5 0 R 5 0 R] /Count 3 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 9 0 R >> >> >>",
        4: stream(_lines([(70, 700, "Keep this leaflet.")])),
        5: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R /Resources << /XObject << /I 7 0 R >> >> >>",
        6: stream(b"q 595 0 0 842 0 0 cm /I Do Q"),
        7: image,
        9: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    })  # fmt: skip
    assert read(half).notes == ("lost: pages 2-3 without text layer (images)",)


def _form(
    number: int, inner: int, times: int, named: bytes = b"/XObject << /X", name: bytes = b"/X"
) -> dict[int, bytes]:
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << %s %d 0 R >> >>" % (named, inner)
    return {number: stream(b"%s Do " % name * times, head)}


_WORDS = b"BT /F1 11 Tf 70 700 Td (Keep this leaflet.) Tj ET\n"
_XOBJECT = b"/XObject << /X 10 0 R >>"
_ENDLESS = "a drawing in the PDF contains itself, or drawings in drawings without end"
_HOSTILE = {
    "a drawing that draws itself": (plain(_WORDS + b"/X Do", more=_XOBJECT, extra=_form(10, 10, 3)), _ENDLESS),
    "drawings in drawings": (
        plain(_WORDS + b"/X Do", more=_XOBJECT, extra={k: v for n in range(10, 22) for k, v in _form(n, n + 1, 10).items()}),
        _ENDLESS,
    ),
    **{
        f"drawings in drawings, {how}": (
            plain(_WORDS + b"/X Do", more=_XOBJECT, extra={k: v for n in range(10, 22) for k, v in _form(n, n + 1, 10, *names).items()}),
            _ENDLESS,
        )
        for how, names in {
            "named in numbers": (b"/XObject << /X#2f", b"/#58#2F"),
            "listed in numbers": (b"/XO#62ject << /X",),
            "a comment between": (b"/XObject << /X%\n",),
            "a NUL between": (b"/XObject << /X\0",),
        }.items()
    },
    "pages that are their own parent": (
        assembled({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"}),
        "the PDF holds no text that can be read; export it again with its text",
    ),
    "a bomb": (plain(_WORDS + b"q Q " * 13_000_000), "the PDF unpacks to more than 50 MB in one place"),
    "many pages": (plain(_WORDS, pages=5001), "the PDF has more than 5000 pages"),
    "many drawn objects": (plain(_WORDS + b"0 0 1 1 re f\n" * 501_000), "a page of the PDF has more than 500000 drawn objects"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "message"), _HOSTILE.values(), ids=_HOSTILE)
def test_hostile_files_are_refused_in_time(data: bytes, message: str) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert str(caught.value) == message
    assert time.monotonic() - started < 5


def test_a_drawing_used_again_and_again_is_harmless() -> None:
    data = plain(
        _WORDS + b"/X Do " * 50,
        more=_XOBJECT,
        extra={**_form(10, 11, 9), 11: stream(b"0 0 1 1 re f", b"/Subtype /Form /BBox [0 0 9 9]")},
    )
    assert texts(data) == ["Keep this leaflet."]


_ODD = {
    "an image larger than memory": plain(
        _WORDS + b"q 16 0 0 13 50 700 cm /X Do Q",
        more=_XOBJECT,
        extra={10: stream(b"\0" * 99, b"/Subtype /Image /Width 1000000 /Height 1000000 /BitsPerComponent 8 /ColorSpace /DeviceRGB")},
    ),
    "a count that lies": plain(_WORDS).replace(b"/Count 1", b"/Count 999999999"),
    "places beyond numbers": plain(b"BT /F1 11 Tf 1e30 1e30 Td (x y) Tj ET BT /F1 1e38 Tf (abc def) Tj ET\n" + _WORDS),
    "type of no size": plain(b"BT /F1 0 Tf 5 5 Td (zero) Tj ET\n" + _WORDS),
    "words on words": plain(_WORDS * 2000),
    "a page without bounds": plain(_WORDS).replace(b"[0 0 595 842]", b"[0 0 9e9 9e9]"),
}  # fmt: skip


@pytest.mark.parametrize("data", _ODD.values(), ids=_ODD)
def test_odd_files_are_read(data: bytes) -> None:
    assert "Keep this leaflet." in " ".join(texts(data))


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(max_pages=1), "the PDF has more than 1 pages"),
        (Limits(max_characters=100), "the PDF has more than 100 characters of text"),
        (Limits(max_objects=10), "a page of the PDF has more than 10 drawn objects"),
        (Limits(max_blocks=5), "the file has more than 5 paragraphs"),
    ],
)
def test_limits(limits: Limits, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(pdf_of(LEAFLET), limits=limits)
    assert str(caught.value) == message


def test_mutated_files_never_end_in_a_traceback() -> None:
    chance = random.Random(7)
    sources = [pdf_of(LEAFLET, Setting(columns=2, triangle="image")), scanned(2, "stamp")]
    for _ in range(300):
        data = bytearray(chance.choice(sources))
        for _ in range(chance.randint(1, 40)):
            at = chance.randrange(len(data))
            match chance.randrange(3):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[at : at + chance.randint(1, 200)]
                case _:
                    data[at:at] = data[: chance.randint(1, 200)]
            if len(data) < 100:
                break
        with contextlib.suppress(UnreadableError):
            read(bytes(data), input_format="pdf")
