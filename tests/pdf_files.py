"""Sets a leaflet's text as a PDF the way a typesetter would: columns, heads, bold headings, bullets, hyphens."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
HYPHENATED = {
    "medicine": "medi-cine",
    "important": "impor-tant",
    "pharmacist": "pharma-cist",
    "prescribed": "pre-scribed",
}
_LIST = re.compile(r"(•|\d\.)\s+")


@dataclass(frozen=True)
class Setting:
    """How a text is set; `head` and `foot` may hold {page}; `break_at` starts a page after so many lines."""

    columns: int = 1
    size: float = 11.0
    leading: float = 1.2
    paragraph_gap: float = 0.0  # of a line
    head: str = ""
    foot: str = "{page}"
    headings: frozenset[str] | None = None  # what is set in bold; None: what looks like a heading
    bullet: str = "•"
    symbol_font: bool = False
    hyphens: bool = False
    rows: bool = False  # draw columns row by row
    triangle: str = "glyph"  # or "image", "inline image", "drawing", "square"
    break_at: int = 1000
    quarters: int = 0  # by which each page is turned, anticlockwise
    rotate: int = 0  # by which a viewer turns it back, or not, in degrees
    heads: tuple[str, ...] = ()  # in bold, of right and left pages in turn


@dataclass(frozen=True)
class Line:
    """A line to draw: words, where they begin, what stands before them, bold or not."""

    text: str
    left: float = 0.0
    sign: str = ""
    bold: bool = False
    gap: float = 0.0


def is_heading(line: str) -> bool:
    """What our leaflets set in bold: short lines that are no sentence and no list item."""
    return (
        line[-1] not in ".:,;"
        and len(line) < 80
        and line[0] not in "•▼"
        and line[0].isupper() | line[0].isdigit()
    )


def pdf_of(text: str, setting: Setting | None = None, *, password: str = "") -> bytes:
    """A PDF of a leaflet whose lines are its paragraphs."""
    setting = setting or Setting()
    stream = io.BytesIO()
    encrypt = pdfencrypt.StandardEncryption(password) if password else None
    canvas = Canvas(stream, (WIDTH, HEIGHT), encrypt=encrypt, invariant=1)
    column = (WIDTH - 140 - 24 * (setting.columns - 1)) / setting.columns
    lines = list(_lines(text, setting, column))
    height = setting.size * setting.leading
    page, columns = 1, []
    while lines:
        columns, lines = _fill(lines, setting, height)
        if setting.quarters:
            _turn(canvas, setting.quarters)
        if setting.rotate:
            canvas.setPageRotation(setting.rotate)
        _draw(canvas, columns, setting, column, height, page)
        canvas.showPage()
        page += 1
    canvas.save()
    return stream.getvalue()


def _lines(text: str, setting: Setting, width: float) -> Iterator[Line]:
    for paragraph in text.split("\n"):
        if not paragraph.strip():
            continue
        known = setting.headings
        bold = is_heading(paragraph) if known is None else paragraph in known
        match = _LIST.match(paragraph)
        sign = match.group(1) if match else ""
        left = 18.0 if sign else 0.0
        gap = setting.paragraph_gap
        for words in _wrapped(paragraph[match.end() :] if match else paragraph, width - left, setting, bold):
            yield Line(words, left, sign, bold, gap)
            sign, gap = "", 0.0


def _wrapped(text: str, width: float, setting: Setting, bold: bool) -> Iterator[str]:
    font = "Helvetica-Bold" if bold else "Helvetica"
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if stringWidth(longer, font, setting.size) <= width:
            line = longer
            continue
        first, _, second = HYPHENATED.get(word, "").partition("-")
        if setting.hyphens and second and stringWidth(f"{line} {first}-", font, setting.size) <= width:
            yield f"{line} {first}-".strip()
            line = second
        else:
            yield line
            line = word
    yield line


def _fill(lines: list[Line], setting: Setting, height: float) -> tuple[list[list[Line]], list[Line]]:
    columns = []
    for _ in range(setting.columns):
        room, taken = HEIGHT - 150, 0
        while taken < len(lines) and taken < setting.break_at:
            room -= height * (1 + lines[taken].gap)
            if room < 0:
                break
            taken += 1
        columns.append(lines[:taken])
        lines = lines[taken:]
    return columns, lines


def _draw(
    canvas: Canvas, columns: list[list[Line]], setting: Setting, width: float, height: float, page: int
) -> None:
    canvas.setFont("Helvetica", 9)
    if setting.head:
        canvas.drawString(70, HEIGHT - 40, setting.head.format(page=page))
    if setting.heads:
        canvas.setFont("Helvetica-Bold", 11)
        words = setting.heads[(page - 1) % len(setting.heads)].format(page=page)
        if page % 2:
            canvas.drawRightString(WIDTH - 70, HEIGHT - 50, words)
        else:
            canvas.drawString(70, HEIGHT - 50, words)
    placed = []
    for number, lines in enumerate(columns):
        y = HEIGHT - 75
        for line in lines:
            y -= height * (1 + line.gap)
            placed.append((70 + number * (width + 24), y, line))
    if setting.rows:
        placed.sort(key=lambda each: (-round(each[1]), each[0]))
    for x, y, line in placed:
        _draw_line(canvas, x, y, line, setting)
    canvas.setFont("Helvetica", 9)
    if setting.foot:
        canvas.drawCentredString(WIDTH / 2, 30, setting.foot.format(page=page))


def _turn(canvas: Canvas, quarters: int) -> None:
    """What is drawn from here on stands turned on the page."""
    canvas.setPageSize((HEIGHT, WIDTH) if quarters % 2 else (WIDTH, HEIGHT))
    canvas.translate(*[(0, 0), (HEIGHT, 0), (WIDTH, HEIGHT), (0, WIDTH)][quarters])
    canvas.rotate(90 * quarters)


def _draw_line(canvas: Canvas, x: float, y: float, line: Line, setting: Setting) -> None:
    font = "Helvetica-Bold" if line.bold else "Helvetica"
    if line.sign:
        canvas.setFont("Symbol" if setting.symbol_font and line.sign == "•" else font, setting.size)
        canvas.drawString(x, y, setting.bullet if line.sign == "•" else line.sign)
    text = line.text
    if text.startswith("▼"):
        text = text[1:]
        if setting.triangle == "glyph":
            canvas.setFont("ZapfDingbats", setting.size)
            canvas.drawString(x, y, "▼")
            x += stringWidth("▼", "ZapfDingbats", setting.size)
        else:
            if setting.triangle == "image":
                canvas.drawImage(ImageReader(black()), x, y, 12, 10)
            elif setting.triangle == "drawing":
                path = canvas.beginPath()
                path.moveTo(x, y + 9)
                path.lineTo(x + 11, y + 9)
                path.lineTo(x + 5.5, y)
                path.close()
                canvas.drawPath(path, stroke=0, fill=1)
            elif setting.triangle == "square":
                canvas.rect(x, y, 9, 9, fill=1)
            else:
                canvas.drawInlineImage(black(), x, y, 12, 10)
            x += 15
    canvas.setFont(font, setting.size)
    canvas.drawString(x + line.left, y, text)


class _LineByLine(Canvas):
    """Draws the words of a page from top to bottom, whatever column they stand in."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._font: tuple[Any, ...] = ()
        self._words: list[tuple[int, float, float, str, tuple[Any, ...]]] = []

    def setFont(self, *font: Any) -> None:
        self._font = font

    def drawString(self, x: float, y: float, text: str) -> None:
        self._words.append((-round(y), x, y, text, self._font))

    def showPage(self) -> None:
        for _, x, y, text, font in sorted(self._words):
            super().setFont(*font)
            super().drawString(x, y, text)
        self._words = []
        super().showPage()

    def save(self) -> None:
        if self._words:
            self.showPage()
        super().save()


def folded(
    text: str,
    columns: int,
    across: frozenset[str] = frozenset(),
    *,
    shift: float = 0.0,
    line_by_line: bool = False,
) -> bytes:
    """A leaflet to be folded: a wide page, in columns that are equally long, under each heading `across` them.

    What stands in the table of contents is no heading: of equal lines the last one. Columns stand so many
    points lower than the one before.
    """
    width, height, margin, gutter, size = HEIGHT, WIDTH, 30.0, 16.0, 7.5
    setting = Setting(size=size, paragraph_gap=0.4)
    column = (width - 2 * margin - gutter * (columns - 1)) / columns
    paragraphs = [line for line in text.split("\n") if line.strip()]
    stream = io.BytesIO()
    canvas = (_LineByLine if line_by_line else Canvas)(stream, (width, height), invariant=1)
    y = height - margin
    body: list[str] = []
    for number, paragraph in enumerate([*paragraphs, ""]):
        if paragraph and (paragraph not in across or paragraph in paragraphs[number + 1 :]):
            body.append(paragraph)
            continue
        lines = list(_lines("\n".join(body), setting, column)) if body else []
        body = []
        while lines:
            stacks, rest = _balanced(lines, columns, size * setting.leading, y - margin)
            for at, stack in enumerate(stacks):
                for down, line in stack:
                    _draw_line(canvas, margin + at * (column + gutter), y - down - at * shift, line, setting)
            y -= max(down for stack in stacks for down, _ in stack) + size
            lines = rest
            if lines:
                canvas.showPage()
                y = height - margin
        if paragraph:
            if y < margin + 6 * size:
                canvas.showPage()
                y = height - margin
            canvas.setFont("Helvetica-Bold", size + 2)
            centred = len(paragraph) < 30
            canvas.drawString(
                width / 2 - stringWidth(paragraph, "Helvetica-Bold", size + 2) / 2 if centred else margin,
                y - 1.6 * size,
                paragraph,
            )
            y -= 2.6 * size
    canvas.save()
    return stream.getvalue()


def _balanced(
    lines: list[Line], columns: int, height: float, room: float
) -> tuple[list[list[tuple[float, Line]]], list[Line]]:
    """The lines of each column with how far down they stand, and those that the page has no room for."""
    least = 3 * height
    while True:
        stacks: list[list[tuple[float, Line]]] = []
        taken = 0
        for _ in range(columns):
            stack, down = [], 0.0
            while taken < len(lines) and down + height * (1 + lines[taken].gap) <= least:
                down += height * (1 + lines[taken].gap)
                stack.append((down, lines[taken]))
                taken += 1
            stacks.append(stack)
        if taken == len(lines) or least + height > room:
            return stacks, lines[taken:]
        least += height / 2


def black() -> Image.Image:
    """A small black image."""
    return Image.new("RGB", (24, 20))


def scanned(pages: int = 1, text: str = "") -> bytes:
    """Pages that are one image each, with a little text stamped on them if asked."""
    stream = io.BytesIO()
    canvas = Canvas(stream, (WIDTH, HEIGHT), invariant=1)
    for _ in range(pages):
        canvas.drawImage(ImageReader(black()), 0, 0, WIDTH, HEIGHT)
        if text:
            canvas.drawString(70, 30, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def drawn(*pages: list[tuple[float, float, str]], size: float = 11.0) -> bytes:
    """Words at places: (x, y, text); a text in asterisks is bold."""
    stream = io.BytesIO()
    canvas = Canvas(stream, (WIDTH, HEIGHT), invariant=1)
    for words in pages:
        for x, y, text in words:
            canvas.setFont("Helvetica-Bold" if text[0] == "*" else "Helvetica", size)
            canvas.drawString(x, y, text.strip("*"))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def assembled(objects: dict[int, bytes], root: int = 1) -> bytes:
    """A PDF of objects as they are written in the file, with a true cross-reference table."""
    data = b"%PDF-1.7\n"
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(objects) + 1
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        data += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    return data + b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(data, 9)
    head = b"<< /Length %d /Filter /FlateDecode %s >>" % (len(packed), entries)
    return head + b"\nstream\n" + packed + b"\nendstream"


def plain(
    content: bytes, *, pages: int = 1, extra: dict[int, bytes] | None = None, more: bytes = b""
) -> bytes:
    """A PDF whose pages all show the same content stream; object 9 is the font F1."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>"
    resources = b"<< /Font << /F1 9 0 R >> %s >>" % more
    kids = b" ".join([b"3 0 R"] * pages)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        3: page % resources,
        4: stream(content),
        9: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    return assembled(objects | (extra or {}))
