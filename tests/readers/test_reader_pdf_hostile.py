"""PDFs that would keep pdfium busy: refused, or read in a process of their own with bounds on time and memory."""

from __future__ import annotations

import random
import resource
import time
import zlib
from pathlib import Path

import pytest

from tests.leaflets import input_of
from tests.pdf_files import assembled, pdf_of, plain, scanned, stream
from validator.errors import UnreadableError
from validator.readers import DEFAULT_LIMITS, pdf_doubt, pdf_worker, read
from validator.readers.pdf_page import read_pages
from validator.readers.pdf_parts import packed_objects, streams, unpacked_size


def is_doubtful(data: bytes) -> bool:
    every = streams(data)
    return pdf_doubt.is_doubtful(data, every, packed_objects(every))


LEAFLET = input_of("eu-tablet")
_WORDS = b"BT /F1 11 Tf 70 700 Td (Keep this leaflet.) Tj ET\n"
_PLAIN = {
    "our leaflet": pdf_of(LEAFLET),
    "a scan": scanned(2, "stamp"),
    "small": plain(_WORDS),
    "with a drawing": plain(
        _WORDS + b"/X Do",
        more=b"/XObject << /X 10 0 R >>",
        extra={10: stream(b"0 0 1 1 re f", b"/Subtype /Form /BBox [0 0 9 9]")},
    ),
    "with a large image": plain(
        _WORDS, extra={10: stream(bytes(9_000_000), b"/Subtype /Image /Width 3000 /Height 3000")}
    ),
}


@pytest.mark.parametrize("data", _PLAIN.values(), ids=_PLAIN)
def test_a_plain_file_is_read_at_once(data: bytes) -> None:
    assert not is_doubtful(data)


def test_packed_data_that_looks_like_a_name_in_numbers_is_plain() -> None:
    """Base 85 is printable: one stream in ten holds a slash, letters and a number sign by chance."""
    head = b"<< /Length 17 /Filter [/ASCII85Decode /FlateDecode] >>"
    data = plain(_WORDS, extra={10: head + b"\nstream\n(/#5,/Q#6/Fo#72)~>\nendstream"})
    assert not is_doubtful(data)


def test_the_files_beside_the_leaflets_are_plain() -> None:
    paths = list((Path(__file__).parents[2] / "fixtures" / "formats").rglob("*.pdf"))
    assert paths
    assert [path.name for path in paths if is_doubtful(path.read_bytes())] == []


def test_counting_ends_where_the_packed_data_ends() -> None:
    packed = zlib.compress(bytes(1_600_000))
    assert unpacked_size(packed + b"\n", 10_000_000) == 1_600_000
    assert 1_000_000 < unpacked_size(packed, 1_000_000) <= 1_600_000


def _twice(data: bytes) -> bytes:
    packed = zlib.compress(zlib.compress(data, 9), 9)
    head = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>" % len(packed)
    return head + b"\nstream\n" + packed + b"\nendstream"


def _with(number: int, body: bytes) -> bytes:
    return plain(_WORDS, extra={number: body})


_LARGE = stream(b"q Q " * 400_000)
_DOUBTFUL = {
    "a large text": plain(_WORDS + b"q Q " * 2_000_000),
    "a large font": _with(
        10, stream(random.Random(1).randbytes(500_000) + bytes(9_000_000), b"/Length1 9500000")
    ),
    "packed twice": _with(4, _twice(_WORDS)),
    "packed in a rare way": _with(10, stream(bytes(9)).replace(b"/FlateDecode", b"/RunLengthDecode")),
    "a filter that stands elsewhere": _with(4, stream(_WORDS).replace(b"/FlateDecode", b"11 0 R     ")),
    "a name in numbers": plain(_WORDS).replace(b"/Contents", b"/#43ontents"),
    "a name partly in numbers": plain(_WORDS).replace(b"/Kids", b"/Ki#64#73"),
    "a filter in numbers": _with(4, stream(_WORDS).replace(b"/FlateDecode", b"/Fl#61teDecode")),
    "text that is called an image": plain(b"", extra={4: stream(_WORDS, b"/Subtype /Image")}),
    "a page that reads the same again and again": plain(_WORDS, extra={10: _LARGE}).replace(
        b"/Contents 4 0 R", b"/Contents [4 0 R %s]" % (b"10 0 R " * 40)
    ),
    "texts listed elsewhere": plain(_WORDS, extra={10: b"[4 0 R]"}).replace(
        b"/Contents 4 0 R", b"/Contents 10 0 R"
    ),
    "one page many times": plain(_WORDS, pages=3),
    "a comment in between": plain(_WORDS).replace(b"/Contents ", b"/Contents%\n"),
    "a large drawing again and again": plain(
        _WORDS + b"/X Do " * 100,
        more=b"/XObject << /X 10 0 R >>",
        extra={10: stream(b"q Q " * 400_000, b"/Subtype /Form /BBox [0 0 9 9]")},
    ),
    "the same, called a font": plain(
        _WORDS + b"/X Do " * 100,
        more=b"/XObject << /X 10 0 R >>",
        extra={10: stream(b"q Q " * 400_000, b"/Length1 9 /Subtype /Form /BBox [0 0 9 9]")},
    ),
    "letters that are drawings": _with(10, b"<< /Type /Font /Subtype /Type3 >>"),
}


@pytest.mark.parametrize("data", _DOUBTFUL.values(), ids=_DOUBTFUL)
def test_what_may_be_much_is_in_doubt(data: bytes) -> None:
    assert is_doubtful(data)


def test_a_file_in_doubt_is_read_all_the_same() -> None:
    data = plain(_WORDS, pages=3)
    assert pdf_worker.pages(data, DEFAULT_LIMITS) == read_pages(data, DEFAULT_LIMITS)
    assert [block.text for block in read(data).blocks] == ["Keep this leaflet."] * 3


def test_a_refusal_comes_back_in_its_own_words() -> None:
    with pytest.raises(UnreadableError) as caught:
        read(pdf_of(LEAFLET, password="secret"))
    assert str(caught.value) == "the PDF is protected by a password; save it without one"


_BOMBS = {
    "inline images over inline images": plain(_WORDS + b"BI ID EI " * 5_000_000),
    "one text a thousand times": plain(_WORDS, extra={10: stream(b"q Q " * 900_000)}).replace(
        b"/Contents 4 0 R", b"/Contents [%s]" % (b"10 0 R " * 1500)
    ),
}


@pytest.mark.parametrize("data", _BOMBS.values(), ids=_BOMBS)
def test_a_bomb_takes_no_memory_of_ours(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_worker, "_SECONDS", 15)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert str(caught.value) in (
        "reading the PDF takes more time or memory than any leaflet does",
        "a page of the PDF has more than 500000 drawn objects",
    )
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_nothing_of_a_file_is_hidden_by_a_second_revision() -> None:
    data = assembled({1: b"<< /Type /Catalog >>", 4: stream(b"q Q " * 2_000_000)}) + plain(_WORDS)
    assert is_doubtful(data)


def test_a_page_of_thousands_of_cells_is_read_in_time() -> None:
    """Cells are compared with those of the rows around: not where there are more of them than in any table."""
    row = b" ".join(
        b"1 0 0 1 %d %d Tm (a) Tj" % (70 + 20 * n, y) for y in (700, 680, 660, 640) for n in range(3000)
    )
    started = time.process_time()
    assert read_pages(plain(b"BT /F1 9 Tf " + row + b" ET"), DEFAULT_LIMITS)
    assert time.process_time() - started < 10
