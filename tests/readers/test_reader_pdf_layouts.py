"""PDF as typesetters and printers lay leaflets out: turned, folded, tables without lines, running heads."""

from __future__ import annotations

import io
from itertools import product

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.pdf_files import HEIGHT, WIDTH, Setting, drawn, folded, pdf_of, plain
from tests.readers.test_reader_pdf import LEAFLET, PARAGRAPHS, shown, texts
from validator.readers import pdf

GAP = 0.4
Words = list[tuple[float, float, str]]

_INTRO = "The dose depends on the weight of your child and is measured with the syringe that"
_DOSE = "Take one tablet of 20 mg in the morning and one tablet of 20 mg in the evening with a"


@pytest.mark.parametrize("quarters", [1, 2, 3])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_reads_like_an_upright_one(quarters: int, rotate: int) -> None:
    assert texts(pdf_of(LEAFLET, Setting(paragraph_gap=GAP, quarters=quarters, rotate=rotate))) == PARAGRAPHS


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_so_do_columns_and_heads_of_turned_pages(quarters: int) -> None:
    setting = Setting(
        columns=2, size=8.5, paragraph_gap=GAP, quarters=quarters, head="Velorin, version {page}"
    )
    assert texts(pdf_of(LEAFLET, setting)) == PARAGRAPHS


def _page(words: Words, aside: Words, angle: float, size: float) -> bytes:
    """Words, and others that are turned, which the file draws after the first line."""
    stream = io.BytesIO()
    canvas = Canvas(stream, (WIDTH, HEIGHT), invariant=1)
    for number, (x, y, text) in enumerate(words):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(x, y, text)
        for left, bottom, turned in aside if number == 0 else ():
            canvas.saveState()
            canvas.translate(left, bottom)
            canvas.rotate(angle)
            canvas.setFont("Helvetica", size)
            canvas.drawString(0, 0, turned)
            canvas.restoreState()
    canvas.save()
    return stream.getvalue()


_CUT: Words = [(70, 700, _DOSE), (70, 687, "glass of water."), (70, 660, "Do not chew the tablets.")]


@pytest.mark.parametrize(
    ("place", "angle", "size"),
    [(place, angle, 7) for place, angle in product([(30, 690), (30, 300), (570, 600)], [90, -90])]
    + [((200, 640), 45, 60)],
)
def test_a_note_at_the_side_or_across_the_page_parts_no_dose(
    place: tuple[float, float], angle: float, size: float
) -> None:
    note = "PIL 123456 v3 Velorin" if size == 7 else "DRAFT"
    assert shown(_page(_CUT, [(*place, note)], angle, size)) == [
        f"{_DOSE} glass of water.",
        "Do not chew the tablets.",
        f"furniture {note}",
    ]


def test_a_table_that_is_turned_on_an_upright_page_is_read_after_it() -> None:
    cells = [["Weight", "Dose"], ["10 kg", "5 mg"], ["20 kg", "10 mg"], ["30 kg", "15 mg"]]
    table = [(300 + 20 * r, 200 + 120 * c, text) for r, row in enumerate(cells) for c, text in enumerate(row)]
    assert shown(_page(_CUT, table, 90, 11)) == [
        f"{_DOSE} glass of water.",
        "Do not chew the tablets.",
        *(f"row {weight} | {dose}" for weight, dose in cells),
    ]


_TABLE = [
    [["Body weight"], ["Dose"], ["Volume"]],
    [["5 to 10 kg"], ["50 mg twice a day, in the", "morning and evening"], ["0.5 ml"]],
    [
        ["more than 10 kg and", "less than 40 kg"],
        ["200 mg twice a day, in the", "morning and evening"],
        ["2 ml"],
    ],
    [["over 40 kg"], ["400 mg"], ["4 ml"]],
]


def _table(order: str, gap: float) -> Words:
    """The table without lines, drawn row by row and there cell by cell, line by line, or column by column."""
    placed = []
    y = 700.0
    for number, row in enumerate(_TABLE):
        for column, cell in enumerate(row):
            placed += [(column, number, 70 + 140 * column, y - 13 * at, text) for at, text in enumerate(cell)]
        y -= 13 * max(map(len, row)) + gap
    keys = {
        "cells": lambda each: (each[1], each[0], -each[3]),
        "lines": lambda each: (-each[3], each[0]),
        "columns": lambda each: (each[0], -each[3]),
    }
    return [each[2:] for each in sorted(placed, key=keys[order])]


@pytest.mark.parametrize("gap", [0, 6])
@pytest.mark.parametrize("order", ["cells", "lines", "columns"])
def test_a_table_without_lines_is_read_row_by_row(order: str, gap: float) -> None:
    words = [
        (70, 740, _INTRO),
        (70, 727, "comes with the bottle."),
        *_table(order, gap),
        (70, 560, f"{_INTRO}."),
    ]
    assert shown(drawn(words)) == [
        f"{_INTRO} comes with the bottle.",
        *("row " + " | ".join(" ".join(cell) for cell in row) for row in _TABLE),
        f"{_INTRO}.",
    ]


_WEEKS = [
    [(0, "Week"), (1, "Strength"), (2, "How many tablets to take in a day"), (5, "Total dose")],
    [(2, "Breakfast"), (3, "Lunch"), (4, "Dinner")],
    *(
        [(0, f"{n}"), (1, "30 mg"), (2, "1"), (3, f"{n}"), (4, "1"), (5, f"{30 * (n + 2)} mg")]
        for n in range(4)
    ),
]


def test_a_head_across_columns_mixes_no_cells() -> None:
    lefts = (70, 120, 180, 260, 330, 420)
    words = [(lefts[c], 700 - 22 * r, text) for r, row in enumerate(_WEEKS) for c, text in row]
    assert shown(drawn([(70, 740, f"{_INTRO}."), *words])) == [
        f"{_INTRO}.",
        *("row " + " | ".join(dict(row).get(c, "") for c in range(6)) for row in _WEEKS),
    ]


def test_short_rows_that_fill_their_columns_stay_apart() -> None:
    cells = [("Frequency", "Effects"), ("very common", "headache"), ("uncommon", "nausea"), ("rare", "fits")]
    words = [(70 + 140 * c, 700 - 13 * r, text) for r, row in enumerate(cells) for c, text in enumerate(row)]
    assert shown(drawn(words)) == [f"row {one} | {other}" for one, other in cells]


HEADINGS = frozenset(line for line in PARAGRAPHS if line[0] in "123456" and PARAGRAPHS.count(line) > 1)


@pytest.mark.parametrize("shift", [0.0, 3.0])
@pytest.mark.parametrize("across", ["nothing", "the title", "all headings"])
@pytest.mark.parametrize("columns", [2, 3])
def test_a_folded_leaflet(columns: int, across: str, shift: float) -> None:
    assert len(HEADINGS) == 6
    wide = {"nothing": frozenset[str](), "the title": frozenset(PARAGRAPHS[:1])}.get(
        across, HEADINGS | set(PARAGRAPHS[:1])
    )
    assert texts(folded(LEAFLET, columns, wide, shift=shift)) == PARAGRAPHS


@pytest.mark.parametrize("shift", [0.0, 3.0])
@pytest.mark.parametrize("across", ["nothing", "all headings"])
@pytest.mark.parametrize("columns", [2, 3, 4])
def test_so_does_one_that_is_drawn_line_by_line(columns: int, across: str, shift: float) -> None:
    wide = frozenset[str]() if across == "nothing" else HEADINGS
    found = texts(folded(LEAFLET, columns, wide, shift=shift, line_by_line=True))
    if columns < 4:
        assert found == PARAGRAPHS
    assert " ".join(found) == " ".join(PARAGRAPHS)  # four columns are so narrow that a paragraph falls apart


@pytest.mark.parametrize("rows", [False, True])
def test_four_columns_of_which_the_last_has_few_lines(rows: bool) -> None:
    """Columns are so narrow that a sentence that ends its line may look like the end of a paragraph."""
    found = texts(pdf_of(LEAFLET, Setting(columns=4, size=6.5, paragraph_gap=GAP, rows=rows)))
    assert " ".join(found) == " ".join(PARAGRAPHS)


def test_a_dose_that_a_column_ends_is_whole() -> None:
    lines = [f"line {number} of the text goes on with the" for number in range(9)]
    left = [
        (70, 700 - 13 * n, text)
        for n, text in enumerate([*lines, "next one. Take one tablet of 20 mg in the"])
    ]
    right = [(320, 700 - 13 * n, text) for n, text in enumerate(["morning. Then", *lines, "end."])]
    assert any("Take one tablet of 20 mg in the morning." in text for text in texts(drawn([*left, *right])))


_HEADS = {
    "the same": (("Velorin 20 mg",), []),
    "a page number in it": (("Velorin 20 mg - {page}",), []),
    "left and right": (("Velorin 20 mg", "Package leaflet"), ["Velorin 20 mg", "Package leaflet"]),
    "left and right, a page number": (("Velorin {page}", "{page} Leaflet"), []),
}


@pytest.mark.parametrize("lines", [13, 18])
@pytest.mark.parametrize(("heads", "left"), _HEADS.values(), ids=_HEADS)
def test_running_heads_in_bold(heads: tuple[str, ...], left: list[str], lines: int) -> None:
    """Of words without a number the first on a left and on a right page may be a title, and stay."""
    found = texts(pdf_of(LEAFLET, Setting(paragraph_gap=GAP, break_at=lines, heads=heads)))
    assert [text for text in found if text in PARAGRAPHS] == PARAGRAPHS
    assert [text for text in found if text not in PARAGRAPHS] == left


def _broken_by(*heads: str) -> list[str]:
    """Two or more pages whose text goes on over the page end, below a head."""
    pages = []
    for number, head in enumerate(heads):
        end = [(70.0, 60.0, f"{_DOSE} {'abcdef'[number]}")]
        pages.append([(70.0, 800.0, head), (70.0, 760.0, f"glass {'abcdef'[number]}."), *end])
    return texts(drawn(*pages))


def test_a_dose_is_whole_when_a_head_in_bold_stands_in_it() -> None:
    assert f"{_DOSE} a glass b." in _broken_by("*Velorin 20 mg", "*Velorin 20 mg")


def test_a_heading_that_stands_once_stays() -> None:
    assert "Other medicines" in _broken_by("*Velorin 20 mg", "*Other medicines")


def test_a_font_that_does_not_say_how_high_it_is() -> None:
    """LibreOffice writes so: pdfium guesses by one letter, and lines that begin with another differ."""
    lines = ["The whole of this line is running text, and the next one goes on with", "some words."]
    content = b"BT /F1 11 Tf 13 TL 70 700 Td (%s) Tj T* (%s) Tj ET" % (lines[0].encode(), lines[1].encode())
    font = b"<< /Type /Font /Subtype /TrueType /BaseFont /Plain /FirstChar 32 /LastChar 126 /Widths [%s] /FontDescriptor 8 0 R >>"
    flat = b"<< /Type /FontDescriptor /FontName /Plain /Flags 32 /FontBBox [0 0 900 500] /Ascent 500 /Descent 0 /StemV 80 >>"
    data = plain(content, extra={9: font % (b"500 " * 95), 8: flat})
    assert texts(data) == [" ".join(lines)]
    assert {round(piece.height) for piece in pdf.lines(data).values()} == {12}


_WEIGH = "Take one tablet if you weigh "


@pytest.mark.parametrize(
    ("under", "expected"),
    [
        ("nothing", "><"),
        ("line", "≥≤"),
        ("box", "≥≤"),
        ("underscore", "≥≤"),
        ("whole line", "><"),
        ("through", "><"),
    ],
)
def test_a_sign_with_a_short_line_under_it(under: str, expected: str) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, (WIDTH, HEIGHT), invariant=1)
    for sign, y in ((">", 700.0), ("<", 660.0)):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(70, y, f"{_WEIGH}{sign} 40 kg.")
        left, width = 70 + stringWidth(_WEIGH, "Helvetica", 11), stringWidth(sign, "Helvetica", 11)
        canvas.setLineWidth(0.6)
        if under == "underscore":
            canvas.drawString(left, y, "_")
        elif under == "box":
            canvas.rect(left, y - 1.8, width, 0.5, stroke=0, fill=1)
        elif under != "nothing":
            start, stop = (70, 300) if under == "whole line" else (left, left + width)
            level = y + 3 if under == "through" else y - 1.5
            canvas.line(start, level, stop, level)
    canvas.save()
    assert texts(stream.getvalue()) == [f"{_WEIGH}{sign} 40 kg." for sign in expected]


_HEAD = ["Body weight", "Dose", "Volume"]
_ROWS = [[f"{n} to {n + 5} kg", f"{n * 10} mg", f"{n} ml"] for n in range(5, 50, 5)]


def _placed(rows: list[list[str]], top: float, strong: bool = False) -> Words:
    mark = "*" * strong
    return [
        (70.0 + 140 * column, top - 13 * number, mark + text)
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
        if text
    ]


@pytest.mark.parametrize("strong", [False, True])
@pytest.mark.parametrize("end", ["", "Do not take more."])
def test_the_head_of_a_table_stands_again_on_the_next_page(strong: bool, end: str) -> None:
    pages = [
        _placed([_HEAD], top, strong) + _placed(rows, top - 13)
        for rows, top in ((_ROWS[:3], 130), (_ROWS[3:6], 770), (_ROWS[6:], 770))
    ]
    pages[-1] += [(50.0, 700.0, end)] * bool(end)
    found = shown(drawn(*pages))
    assert [line for line in found if line.startswith("row")] == [
        "row " + " | ".join(row) for row in [_HEAD, *_ROWS]
    ]
    assert [line for line in found if line.startswith("furniture")] == [f"furniture {w}" for w in _HEAD] * 2
    assert found[-1] == (end or "row " + " | ".join(_ROWS[-1]))


@pytest.mark.parametrize("head", [True, False])
def test_a_row_that_a_page_end_parts_is_whole(head: bool) -> None:
    cut = ["10 to 15 kg", "100 mg twice a day, in the", "2 ml"]
    first = _placed([_HEAD, *_ROWS[:3], cut], 770)
    second = _placed([_HEAD] * head + [["", "morning and evening", ""], *_ROWS[3:]], 770)
    rows = [line for line in shown(drawn(first, second)) if line.startswith("row")]
    whole = [cut[0], f"{cut[1]} morning and evening", cut[2]]
    assert rows == ["row " + " | ".join(row) for row in [_HEAD, *_ROWS[:3], whole, *_ROWS[3:]]]


def test_rows_that_are_alike_on_two_pages_are_no_heads() -> None:
    """Only what the table begins with is a head; one row alone that stands twice is another row."""
    first, second = _placed([_HEAD, *_ROWS], 770), _placed([_ROWS[-1], _ROWS[0]], 770)
    rows = [line for line in shown(drawn(first, second)) if line.startswith("row")]
    assert rows == ["row " + " | ".join(row) for row in [_HEAD, *_ROWS, _ROWS[-1], _ROWS[0]]]


_BANDS = [
    ["Body weight", "Morning dose", "Evening dose"],
    ["20 to 29 kg", "25 mg (1 tablet)", "none"],
    ["30 to 44 kg", "25 mg (1 tablet)", "25 mg (1 tablet)"],
    ["45 kg and more", "50 mg (2 tablets)", "50 mg (2 tablets)"],
]


def _tight(blank: float, ruled: bool) -> bytes:
    """A table whose columns are as wide as their widest cell, as programs fit them; with lines if `ruled`."""
    widths = [max(stringWidth(row[n], "Helvetica", 11) for row in _BANDS) + blank for n in range(3)]
    stream = io.BytesIO()
    canvas = Canvas(stream, (WIDTH, HEIGHT), invariant=1)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(70, 740, f"{_INTRO}.")
    for down, row in enumerate(_BANDS):
        for column, cell in enumerate(row):
            left = 70 + sum(widths[:column])
            canvas.drawString(left, 710 - 17 * down, cell)
            if ruled:
                canvas.rect(left - blank / 2, 705 - 17 * down, widths[column], 17)
                canvas.line(left - blank / 2, 705 - 17 * down, left - blank / 2, 722 - 17 * down)
    canvas.drawString(70, 710 - 17 * len(_BANDS), "Swallow the tablets with water.")
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize(("blank", "ruled"), [(4.0, True), (7.0, True), (7.0, False), (12.0, False)])
def test_cells_that_stand_close_to_each_other(blank: float, ruled: bool) -> None:
    assert shown(_tight(blank, ruled)) == [
        f"{_INTRO}.",
        *("row " + " | ".join(row) for row in _BANDS),
        "Swallow the tablets with water.",
    ]


def test_words_of_a_paragraph_below_a_table_are_no_cells() -> None:
    left = 70 + stringWidth("Take the drops with ", "Helvetica", 11)
    rows = [(70.0, 700.0 - 13 * n, str(n)) for n in range(4)] + [
        (left, 700.0 - 13 * n, f"{n} ml") for n in range(4)
    ]
    assert (
        shown(drawn([*rows, (70.0, 648.0, "Take the drops with water.")]))[-1] == "Take the drops with water."
    )
